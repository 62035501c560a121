using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>
/// Writes a family for the script that redraws its default figure. A coordinate is a place on its axis, in ten-thousandths of it:
/// less than a tenth of a pixel, and the same for a drawing of any size. What is as in the default figure is not said again.
/// </summary>
internal static class FamilyJson
{
    private const double Places = 10_000;
    private const double Far = 1e7;

    /// <summary>The name of a trace: its panel, and its place in it where a signed area counts as two.</summary>
    public static string Key(int panel, int trace) => $"{Number.Plain(panel)}.{Number.Plain(trace)}";

    public static JsonObject Write(FigureFamily family)
    {
        var standard = Of(family.Default);
        JsonObject[] members = [.. family.Figures.Select(Of)];
        var steps = members.Select(member => new JsonObject(member
            .Where(entry => entry.Value?.ToJsonString() != standard[entry.Key]?.ToJsonString())
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))));
        standard["widths"] = Widths(family);
        return new JsonObject
        {
            ["parameter"] = family.Parameter,
            ["unit"] = family.Unit,
            ["values"] = new JsonArray([.. family.Values.Select(value => JsonValue.Create(value))]),
            ["at"] = family.DefaultIndex,
            ["figure"] = standard,
            ["steps"] = new JsonArray([.. steps]),
        };
    }

    /// <summary>The width of each character of a note, by which the script finds a place for it as a drawing does.</summary>
    private static JsonObject Widths(FigureFamily family) => new(family.Figures
        .SelectMany(figure => figure.Panels)
        .SelectMany(panel => panel.Guides.Select(guide => guide.Label ?? "").Concat(panel.Annotations.Select(note => note.Text)))
        .SelectMany(text => text.EnumerateRunes())
        .Distinct().Order()
        .Select(rune => KeyValuePair.Create(rune.ToString(), (JsonNode?)TextWidth.Hundredths(rune))));

    private static JsonObject Of(Figure figure)
    {
        var json = new JsonObject { ["caption"] = figure.Caption ?? "", ["text"] = figure.AlternativeText };
        var (styled, ranges) = (Styled.Of(figure), FigureSvg.Ranges(figure));
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var panel = figure.Panels[i];
            var x = new AxisMap(ranges[i].X, panel.XAxis.Scale, 0, 1);
            var y = new AxisMap(ranges[i].Y, panel.YAxis.Scale, 0, 1);
            for (var k = 0; k < styled[i].Count; k++)
                foreach (var (name, values) in Coordinates(styled[i][k], panel, styled[i], x, y))
                    json[$"{Key(i, k)}.{name}"] = Rounded(values);
            json[$"{Number.Plain(i)}.guides"] = new JsonArray(
            [
                .. from guide in panel.Guides
                   let axis = guide.IsVertical ? x : y
                   where axis.Shows(guide.Value)
                   select new JsonArray(guide.IsVertical ? 1 : 0, Rounded(axis.Fraction(guide.Value)), guide.Label),
            ]);
            json[$"{Number.Plain(i)}.notes"] = new JsonArray(
            [
                .. from note in panel.Annotations
                   where x.Shows(note.X) && y.Shows(note.Y)
                   select new JsonArray(Rounded(x.Fraction(note.X)), Rounded(y.Fraction(note.Y)), note.Text, note.Dx, note.Dy),
            ]);
        }
        return json;
    }

    /// <summary>The places of a trace. What starts from the base of the axis where it has no place starts there here, too.</summary>
    private static IEnumerable<(string Name, IEnumerable<double> Values)> Coordinates(
        Styled style, Panel panel, IReadOnlyList<Styled> all, AxisMap x, AxisMap y)
    {
        var ground = y.Scale == Scale.Log ? 0 : y.Fraction(0);
        switch (style.Trace)
        {
            case LineTrace line:
                return Points(line.X, line.Y, line.Errors);
            case ScatterTrace points:
                return Points(points.X, points.Y, points.Errors);
            case AreaTrace area:
                return
                [
                    ("x", area.X.Select(x.Fraction)),
                    ("l", area.Lower.Select(OrGround)),
                    ("u", area.Upper.Select(OrGround)),
                ];
            case BarTrace bars:
                var (_, centres, width) = PanelDrawing.Group(panel, all).Single(group => ReferenceEquals(group.Style, style));
                return
                [
                    ("a", centres.Select(centre => x.Fraction(centre - width / 2))),
                    ("b", centres.Select(centre => x.Fraction(centre + width / 2))),
                    ("y", bars.Heights.Select(OrGround)),
                    ("o", [ground]),
                    .. bars.Errors is null ? [] : Points(centres, bars.Heights, bars.Errors).Where(values => values.Name != "y"),
                ];
            case HistogramTrace histogram:
                return [("x", histogram.Edges.Select(x.Fraction)), ("y", histogram.Heights.Select(OrGround)), ("o", [ground])];
            default:
                return [];
        }

        double OrGround(double value) =>
            !double.IsFinite(value) ? double.NaN : double.IsNaN(y.Fraction(value)) ? ground : y.Fraction(value);

        IEnumerable<(string Name, IEnumerable<double> Values)> Points(IReadOnlyList<double> xs, IReadOnlyList<double> ys, ErrorBars? errors)
        {
            yield return ("x", xs.Select(x.Fraction));
            yield return ("y", ys.Select(y.Fraction));
            if (errors is null) yield break;
            yield return ("m", ys.Select((value, i) => double.IsFinite(value) ? OrGround(value - errors.Minus[i]) : double.NaN));
            yield return ("n", ys.Select((value, i) => y.Fraction(value + errors.Plus[i])));
        }
    }

    private static JsonArray Rounded(IEnumerable<double> fractions) => new([.. fractions.Select(Rounded)]);

    private static JsonNode? Rounded(double fraction) =>
        double.IsNaN(fraction) ? null : JsonValue.Create((int)Math.Round(Math.Clamp(Places * fraction, -Far, Far)));
}
