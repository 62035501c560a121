using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>
/// Reads a figure back from its chart and its text, the inverse of <see cref="PlotlyJson"/>: the chart has the data and the layout, the
/// text has the alternative text and the caption. What the figure would have chosen or taken from the data comes back as given, so that
/// the figure read draws what the figure written drew.
/// </summary>
internal static class PlotlyReader
{
    /// <summary>The panels, how many stand side by side, and what all of them share.</summary>
    public sealed record Layout(
        IReadOnlyList<Panel> Panels, int Columns, bool HasTitle, int Width, int Height, bool HasSharedX, bool HasSharedY);

    /// <summary>The title, the alternative text and the caption, a line each; and whether a line says that a slider changes the figure.</summary>
    public static (string Title, string Description, string? Caption, bool HasSlider) Texts(string text, bool hasTitle)
    {
        var lines = text.Split('\n');
        var description = hasTitle ? 1 : 0;
        var hasSlider = lines.Length > description && lines[description].StartsWith(FigureFamily.SliderLine, StringComparison.Ordinal);
        if (hasSlider) lines = [.. lines.Where((_, i) => i != description)];
        if (lines.Length <= description || lines.Length > description + 2)
            throw new FormatException(
                $"The text has {Number.Plain(lines.Length)} lines; it has one for each of title, alternative text and caption.");
        return (hasTitle ? lines[0] : "", lines[description], lines.ElementAtOrDefault(description + 1), hasSlider);
    }

    public static Layout Read(JsonObject chart)
    {
        var layout = chart.Part("layout");
        var count = 1;
        while (layout.Has("xaxis" + Number.Plain(count + 1))) count++;
        var traces = chart.Objects("data").ToLookup(trace => PanelOf(trace.Text("xaxis"), count));
        var domains = Enumerable.Range(0, count).Select(i => DomainOf(layout, i)).ToArray();
        var panels = Enumerable.Range(0, count).Select(i => PanelFrom(layout, i, [.. traces[i]])).ToArray();

        foreach (var shape in layout.Objects("shapes"))
        {
            var isVertical = shape.Text("yref").EndsWith(" domain", StringComparison.Ordinal);
            var index = PanelOf(shape.Text("xref"), count);
            panels[index] = panels[index] with
            {
                Guides = [.. panels[index].Guides, new Guide(isVertical, shape.Finite(isVertical ? "x0" : "y0"), null)],
            };
        }
        foreach (var note in layout.Objects("annotations"))
        {
            var isTitle = note.Text("xref") == "paper";
            var index = isTitle ? TitledPanel(note, domains) : PanelOf(note.Text("xref"), count);
            panels[index] = isTitle ? panels[index] with { Title = TitleOf(note) }
                : note.Is("showarrow") ? panels[index] with { Annotations = [.. panels[index].Annotations, NoteFrom(note, panels[index])] }
                : Labelled(panels[index], note);
        }
        return new Layout(
            panels, domains.Select(domain => domain.X0).Distinct().Count(), layout.Has("title"),
            layout.Whole("width"), layout.Whole("height"),
            count > 1 && layout.Part("xaxis2").Has("matches"), count > 1 && layout.Part("yaxis2").Has("matches"));
    }

    /// <summary>Text as a chart holds it, without the escapes of <see cref="PlotlyJson.Text"/> and on one line.</summary>
    public static string Plain(string text) => text.Replace("<br>", " ", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    private static Panel PanelFrom(JsonObject layout, int index, IReadOnlyList<JsonObject> traces)
    {
        var suffix = index == 0 ? "" : Number.Plain(index + 1);
        var (x, y) = (layout.Part("xaxis" + suffix), layout.Part("yaxis" + suffix));
        return new Panel(PlotlyTraceReader.Read(traces))
        {
            XAxis = AxisFrom(x),
            YAxis = AxisFrom(y),
            HasTicks = !x.Has("showticklabels"),
            EqualAspect = y.Has("scaleanchor"),
        };
    }

    private static Axis AxisFrom(JsonObject json)
    {
        var title = Plain(json.Part("title").Text("text"));
        var range = json.Numbers("range");
        if (range is not [var from, var to] || !double.IsFinite(from) || !double.IsFinite(to) || from == to)
            throw new FormatException("An axis has no range.");
        var axis = new Axis(title, Reversed: from > to);
        if (json.Text("type") == "category") return axis;
        axis = axis with { Scale = json.Text("type") == "log" ? Scale.Log : Scale.Linear };
        var (least, most) = (Value(Math.Min(from, to), axis), Value(Math.Max(from, to), axis));
        axis = axis with { Min = least, Max = most, Whole = axis.Scale == Scale.Linear && json.Has("dtick") };
        axis.Check("axis");
        return axis;
    }

    private static Annotation NoteFrom(JsonObject json, Panel panel)
    {
        var (x, y) = (Value(json.Finite("x"), panel.XAxis), Value(json.Finite("y"), panel.YAxis));
        var text = Plain(json.Text("text"));
        var (dx, dy) = (json.Finite("ax"), json.Finite("ay"));
        return PlotlyJson.IsFree(dx, dy) && !json.Has("name") ? new Annotation(x, y, text) : new Annotation(x, y, text, dx, dy);
    }

    /// <summary>The panel with a label on the first line that stands there and has none.</summary>
    private static Panel Labelled(Panel panel, JsonObject json)
    {
        var isVertical = json.Text("yref").EndsWith(" domain", StringComparison.Ordinal);
        var (axis, at) = isVertical ? (panel.XAxis, json.Finite("x")) : (panel.YAxis, json.Finite("y"));
        Guide[] guides = [.. panel.Guides];
        var index = Array.FindIndex(guides, guide =>
            guide.IsVertical == isVertical && guide.Label is null && PlotlyJson.Place(guide.Value, axis) == at);
        if (index < 0) throw new FormatException("A label belongs to no line.");
        guides[index] = guides[index] with { Label = Plain(json.Text("text")) };
        return panel with { Guides = guides };
    }

    private static string TitleOf(JsonObject note)
    {
        var text = note.Text("text");
        return text.StartsWith("<b>", StringComparison.Ordinal) && text.EndsWith("</b>", StringComparison.Ordinal)
            ? Plain(text[3..^4]) : throw new FormatException("A panel's title is not bold.");
    }

    private static int TitledPanel(JsonObject note, (double X0, double X1, double Y1)[] domains)
    {
        var (x, y) = (note.Finite("x"), note.Finite("y"));
        var index = Array.FindIndex(domains, domain => Math.Round((domain.X0 + domain.X1) / 2, 4) == x && domain.Y1 == y);
        return index >= 0 ? index : throw new FormatException("A title stands over no panel.");
    }

    private static (double X0, double X1, double Y1) DomainOf(JsonObject layout, int index)
    {
        var suffix = index == 0 ? "" : Number.Plain(index + 1);
        var (x, y) = (layout.Part("xaxis" + suffix).Numbers("domain"), layout.Part("yaxis" + suffix).Numbers("domain"));
        return x is [var x0, var x1] && y is [_, var y1] ? (x0, x1, y1) : throw new FormatException("A panel has no place.");
    }

    /// <summary>The index of the panel of an axis: 0 for <c>x</c>, 1 for <c>x2</c> or <c>x2 domain</c>.</summary>
    private static int PanelOf(string axis, int count)
    {
        var name = axis.Split(' ')[0];
        for (var i = 0; i < count; i++)
            if (name == PlotlyJson.AxesOf(i).X) return i;
        throw new FormatException($"There is no axis {name}.");
    }

    /// <summary>The value at a place on an axis, the inverse of <see cref="PlotlyJson.Place"/>.</summary>
    private static double Value(double place, Axis axis) => axis.Scale == Scale.Log ? Math.Pow(10, place) : place;
}
