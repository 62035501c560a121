using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>Writes a figure in Plotly's schema.</summary>
internal static class PlotlyJson
{
    private const double Gap = 65;
    private const double GapWithColorBar = 145;
    private const double FreeX = 40;
    private const double FreeY = -30;

    public static JsonObject Write(Figure figure)
    {
        var styled = Styled.Of(figure);
        var data = new JsonArray();
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var axes = AxesOf(i);
            var domain = DomainOf(figure, i);
            foreach (var trace in PlotlyTraces.Of(figure.Panels[i], styled[i], domain))
            {
                trace["xaxis"] = axes.X;
                trace["yaxis"] = axes.Y;
                data.Add(trace);
            }
        }
        return new JsonObject { ["data"] = data, ["layout"] = LayoutOf(figure, Legend.Rows(styled.SelectMany(panel => panel), figure.Width - 100).Count) };
    }

    /// <summary>Text that Plotly, which reads a few HTML tags, shows as it is.</summary>
    public static string Text(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Numbers of <see cref="Number.Digits"/> digits, with null for those that are not finite.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? JsonValue.Create(Number.Rounded(value)) : null)]);

    private static JsonObject LayoutOf(Figure figure, int legendRows)
    {
        var titleLines = TextWidth.Wrap(figure.Title, FigureSvg.TitleSize, figure.Width - 40, bold: true);
        var hasPanelTitles = figure.Panels.Any(panel => panel.Title.Length > 0);
        var top = 24 + 21 * titleLines.Count + (legendRows > 0 ? 6 + 20 * legendRows : 0) + (hasPanelTitles ? 24 : 0);
        var layout = new JsonObject
        {
            ["width"] = figure.Width,
            ["height"] = figure.Height,
            ["font"] = new JsonObject { ["family"] = Theme.FontFamily, ["size"] = 13, ["color"] = Theme.Text.Light },
            ["paper_bgcolor"] = Theme.Paper.Light,
            ["plot_bgcolor"] = Theme.Paper.Light,
            ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 24, ["t"] = top, ["b"] = 50 },
            ["showlegend"] = legendRows > 0,
            ["barmode"] = "group",
            ["bargap"] = 0.2,
        };
        if (titleLines.Count > 0)
            layout["title"] = new JsonObject
            {
                ["text"] = string.Join("<br>", titleLines.Select(Text)),
                ["x"] = 0,
                ["xref"] = "paper",
                ["xanchor"] = "left",
                ["y"] = Math.Round(1 - 14.0 / figure.Height, 4),
                ["yanchor"] = "top",
                ["font"] = new JsonObject { ["size"] = FigureSvg.TitleSize, ["color"] = Theme.Text.Light },
            };
        if (legendRows > 0)
            layout["legend"] = new JsonObject
            {
                ["orientation"] = "h",
                ["x"] = 0,
                ["xanchor"] = "left",
                ["yanchor"] = "bottom",
                ["y"] = Math.Round(1 + (hasPanelTitles ? 28.0 : 4.0) / Math.Max(100, figure.Height - top - 50), 4),
            };

        var ranges = FigureSvg.Ranges(figure);
        JsonArray shapes = [], annotations = [];
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var panel = figure.Panels[i];
            var (x, y) = AxesOf(i);
            var suffix = i == 0 ? "" : Number.Plain(i + 1);
            var domain = DomainOf(figure, i);
            var xAxis = AxisOf(panel.XAxis, panel.XNames, ranges[i].X, y, domain.X0, domain.X1);
            var yAxis = AxisOf(panel.YAxis, panel.YNames, ranges[i].Y, x, domain.Y0, domain.Y1);
            if (!panel.HasTicks)
                foreach (var axis in (JsonObject[])[xAxis, yAxis]) (axis["showticklabels"], axis["ticks"], axis["showgrid"]) = (false, "", false);
            if (i > 0 && figure.HasSharedX) xAxis["matches"] = "x";
            if (i > 0 && figure.HasSharedY) yAxis["matches"] = "y";
            if (panel.EqualAspect)
            {
                yAxis["scaleanchor"] = x;
                (xAxis["constrain"], yAxis["constrain"]) = ("domain", "domain");
            }
            layout["xaxis" + suffix] = xAxis;
            layout["yaxis" + suffix] = yAxis;
            if (panel.Title.Length > 0) annotations.Add(PanelTitle(panel, domain));
            var verticals = 0;
            foreach (var guide in panel.Guides)
            {
                shapes.Add(Line(guide, x, y));
                if (guide.Label is not null) annotations.Add(Label(guide, panel, x, y, verticals += guide.IsVertical ? 1 : 0));
            }
            foreach (var note in panel.Annotations) annotations.Add(Note(note, panel, x, y, figure.Width / (2.0 * figure.Columns)));
        }
        if (shapes.Count > 0) layout["shapes"] = shapes;
        if (annotations.Count > 0) layout["annotations"] = annotations;
        return layout;
    }

    internal static (string X, string Y) AxesOf(int panel) =>
        panel == 0 ? ("x", "y") : ("x" + Number.Plain(panel + 1), "y" + Number.Plain(panel + 1));

    /// <summary>The part of the figure that a panel takes, from 0 to 1 to the right and upwards.</summary>
    private static (double X0, double X1, double Y0, double Y1) DomainOf(Figure figure, int index)
    {
        var rows = (figure.Panels.Count + figure.Columns - 1) / figure.Columns;
        var (row, column) = (index / figure.Columns, index % figure.Columns);
        var hasColorBar = figure.Panels.Any(panel => panel.Traces.Any(trace =>
            trace is HeatmapTrace { ColorBar: true } or ContourTrace { Filled: true }));
        var gap = Math.Min(0.6 / figure.Columns, (hasColorBar ? GapWithColorBar : Gap) / figure.Width);
        var width = (1 - (figure.Columns - 1) * gap) / figure.Columns;
        var rowGap = rows > 1 ? Math.Min(0.6 / rows, 105.0 / figure.Height) : 0;
        var height = (1 - (rows - 1) * rowGap) / rows;
        var (x0, y1) = (column * (width + gap), 1 - row * (height + rowGap));
        return (Math.Round(x0, 4), Math.Round(x0 + width, 4), Math.Round(Math.Max(0, y1 - height), 4), Math.Round(y1, 4));
    }

    private static JsonObject AxisOf(Axis axis, IReadOnlyList<string>? names, Interval range, string anchor, double from, double to)
    {
        var (start, end) = (Place(range.Min, axis), Place(range.Max, axis));
        if (axis.Reversed) (start, end) = (end, start);
        var json = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = Text(axis.Title), ["font"] = new JsonObject { ["size"] = 13 } },
            ["type"] = names is not null ? "category" : axis.Scale == Scale.Log ? "log" : "linear",
            ["range"] = new JsonArray(start, end),
            ["domain"] = new JsonArray(from, to),
            ["anchor"] = anchor,
            ["automargin"] = true,
            ["showline"] = true,
            ["zeroline"] = false,
            ["ticks"] = "outside",
            ["exponentformat"] = "power",
            ["linecolor"] = Theme.AxisLine.Light,
            ["tickcolor"] = Theme.AxisLine.Light,
            ["gridcolor"] = Theme.Grid.Light,
        };
        if (axis.Scale == Scale.Log && range.Max / range.Min >= 100) json["dtick"] = 1;
        if (axis.Whole && range.Max - range.Min <= 12) json["dtick"] = 1; // on longer axes Plotly's own ticks are whole
        if (names is not null)
        {
            json["categoryorder"] = "array";
            json["categoryarray"] = new JsonArray([.. names.Select(name => JsonValue.Create(Text(name)))]);
        }
        return json;
    }

    private static JsonObject PanelTitle(Panel panel, (double X0, double X1, double Y0, double Y1) domain) => new()
    {
        ["text"] = "<b>" + Text(panel.Title) + "</b>",
        ["x"] = Math.Round((domain.X0 + domain.X1) / 2, 4),
        ["y"] = domain.Y1,
        ["xref"] = "paper",
        ["yref"] = "paper",
        ["xanchor"] = "center",
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
    };

    private static JsonObject Line(Guide guide, string x, string y)
    {
        var (value, other) = guide.IsVertical ? ("x", "y") : ("y", "x");
        return new JsonObject
        {
            ["type"] = "line",
            [value + "ref"] = guide.IsVertical ? x : y,
            [value + "0"] = guide.Value,
            [value + "1"] = guide.Value,
            [other + "ref"] = (guide.IsVertical ? y : x) + " domain",
            [other + "0"] = 0,
            [other + "1"] = 1,
            ["line"] = new JsonObject { ["color"] = Theme.Muted.Light, ["width"] = 1.25, ["dash"] = "dash" },
        };
    }

    private static JsonObject Label(Guide guide, Panel panel, string x, string y, int row) => new()
    {
        ["text"] = Text(guide.Label!),
        ["x"] = guide.IsVertical ? Place(guide.Value, panel.XAxis) : 1,
        ["xref"] = guide.IsVertical ? x : x + " domain",
        ["y"] = guide.IsVertical ? 1 : Place(guide.Value, panel.YAxis),
        ["yref"] = guide.IsVertical ? y + " domain" : y,
        ["xanchor"] = guide.IsVertical ? "left" : "right",
        ["yanchor"] = guide.IsVertical ? "top" : "bottom",
        ["showarrow"] = false,
        ["yshift"] = guide.IsVertical ? -16 * (row - 1) : 0,
    };

    /// <summary>Whether a note stands where one stands that leaves its place to the figure.</summary>
    internal static bool IsFree(double dx, double dy) => dx == FreeX && dy == FreeY;

    private static JsonObject Note(Annotation note, Panel panel, string x, string y, double width)
    {
        var isFree = note is { Dx: null, Dy: null };
        var (dx, dy) = isFree ? (FreeX, FreeY) : (note.Dx ?? 0, note.Dy ?? 0);
        var json = NoteAt(note, panel, x, y, width, dx, dy);
        if (!isFree && IsFree(dx, dy)) json["name"] = "placed";
        return json;
    }

    private static JsonObject NoteAt(Annotation note, Panel panel, string x, string y, double width, double dx, double dy) => new()
    {
        ["text"] = string.Join("<br>", TextWidth.Wrap(note.Text, 13, width).Select(Text)),
        ["x"] = Place(note.X, panel.XAxis),
        ["xref"] = x,
        ["y"] = Place(note.Y, panel.YAxis),
        ["yref"] = y,
        ["showarrow"] = true,
        ["arrowcolor"] = Theme.Muted.Light,
        ["arrowhead"] = 6,
        ["arrowwidth"] = 1,
        ["ax"] = dx,
        ["ay"] = dy,
        ["bgcolor"] = Theme.Paper.Light,
    };

    /// <summary>A place on an axis: Plotly counts ranges and annotations of logarithmic axes in powers of ten.</summary>
    internal static double Place(double value, Axis axis) => axis.Scale == Scale.Log ? Math.Log10(value) : value;
}
