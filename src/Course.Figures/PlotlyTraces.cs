using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>Writes the traces of a panel in Plotly's schema.</summary>
internal static class PlotlyTraces
{
    public static IEnumerable<JsonObject> Of(
        Panel panel, IReadOnlyList<Styled> styled, (double X0, double X1, double Y0, double Y1) domain)
    {
        var isOverHeatmap = panel.Traces.Any(trace => trace is HeatmapTrace);
        foreach (var style in styled)
            foreach (var json in Of(style, domain, isOverHeatmap))
            {
                if (style.Trace.Name is { } name) (json["name"], json["legendgroup"]) = (PlotlyJson.Text(name), PlotlyJson.Text(name));
                json["showlegend"] ??= style.InLegend;
                if (style.Trace.Ink is { } ink && !Palette.Series.Contains(ink)) json["meta"] = new JsonObject { ["dark"] = ink.Dark };
                yield return json;
            }
    }

    private static IEnumerable<JsonObject> Of(
        Styled style, (double X0, double X1, double Y0, double Y1) domain, bool isOverHeatmap) => style.Trace switch
        {
            LineTrace line => [WithErrors(Scatter(line.X, line.Y, line.Markers ? "lines+markers" : "lines", style), line.Errors)],
            ScatterTrace points => [WithErrors(Scatter(points.X, points.Y, "markers", style), points.Errors)],
            AreaTrace area => Area(area, style),
            BarTrace bars => [WithErrors(Bars(bars, style), bars.Errors)],
            HistogramTrace histogram => [Histogram(histogram, style)],
            HeatmapTrace map => [Heatmap(map, domain)],
            ContourTrace contour => Contour(contour, style, domain, isOverHeatmap),
            _ => throw new NotSupportedException($"No Plotly trace for {style.Trace.Kind}."),
        };

    private static JsonObject Scatter(IReadOnlyList<double> x, IReadOnlyList<double> y, string mode, Styled style)
    {
        var json = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = mode,
            ["x"] = PlotlyJson.Numbers(x),
            ["y"] = PlotlyJson.Numbers(y),
            ["connectgaps"] = false,
        };
        if (mode != "markers") json["line"] = Line(style);
        if (mode != "lines")
            json["marker"] = new JsonObject
            {
                ["color"] = style.Ink.Light,
                ["size"] = 8,
                ["symbol"] = Symbol(style.Marker),
                ["line"] = new JsonObject
                {
                    ["width"] = style.Marker is Marker.Cross or Marker.Saltire ? 2 : 0,
                    ["color"] = style.Ink.Light,
                },
            };
        return json;
    }

    private static IEnumerable<JsonObject> Area(AreaTrace area, Styled style)
    {
        var isFromZero = area.Lower.All(value => value == 0);
        var invisible = new JsonObject { ["width"] = 0, ["color"] = style.Ink.Light };
        if (!isFromZero)
            yield return new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["x"] = PlotlyJson.Numbers(area.X),
                ["y"] = PlotlyJson.Numbers(area.Lower),
                ["line"] = invisible.DeepClone(),
                ["showlegend"] = false,
                ["hoverinfo"] = "skip",
            };
        var json = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["x"] = PlotlyJson.Numbers(area.X),
            ["y"] = PlotlyJson.Numbers(area.Upper),
            ["line"] = invisible,
            ["fill"] = isFromZero ? "tozeroy" : "tonexty",
            ["fillcolor"] = Translucent(style.Ink.Light),
        };
        if (style.Hatching > 0)
            json["fillpattern"] = new JsonObject { ["shape"] = Shape(style.Hatching), ["fgcolor"] = style.Ink.Light, ["size"] = 6, ["solidity"] = 0.2 };
        yield return json;
    }

    private static JsonObject Bars(BarTrace bars, Styled style) => new()
    {
        ["type"] = "bar",
        ["x"] = bars.Categories is { } names
            ? new JsonArray([.. names.Select(name => JsonValue.Create(PlotlyJson.Text(name)))])
            : PlotlyJson.Numbers(bars.X),
        ["y"] = PlotlyJson.Numbers(bars.Heights),
        ["marker"] = BarMarker(style),
    };

    /// <summary>Bars at the bins: the samples themselves may be many, and the figure shows no more than their counts.</summary>
    private static JsonObject Histogram(HistogramTrace histogram, Styled style)
    {
        var edges = histogram.Edges;
        var width = (edges[^1] - edges[0]) / (edges.Count - 1);
        var json = new JsonObject
        {
            ["type"] = "bar",
            ["x"] = PlotlyJson.Numbers(histogram.Counts.Select((_, i) => (edges[i] + edges[i + 1]) / 2)),
            ["y"] = PlotlyJson.Numbers(histogram.Heights),
            ["width"] = width,
            ["offset"] = -width / 2,
            ["opacity"] = 0.65,
            ["marker"] = BarMarker(style),
        };
        return json;
    }

    private static JsonObject Heatmap(HeatmapTrace map, (double X0, double X1, double Y0, double Y1) domain)
    {
        var (min, max) = map.ZRange;
        var json = new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = map.Columns is { } columns ? Names(columns) : PlotlyJson.Numbers(map.X),
            ["y"] = map.Rows is { } rows ? Names(rows) : PlotlyJson.Numbers(map.Y),
            ["z"] = Rows(map.Z),
            ["zmin"] = min,
            ["zmax"] = max,
            ["colorscale"] = ScaleOf(map.Colors),
            ["showscale"] = map.ColorBar,
        };
        if (map.ColorBar) json["colorbar"] = ColorBar(map.ZTitle, domain);
        return json;
    }

    private static IEnumerable<JsonObject> Contour(
        ContourTrace contour, Styled style, (double X0, double X1, double Y0, double Y1) domain, bool isOverHeatmap)
    {
        var levels = contour.Levels;
        var step = levels.Count < 2 ? 1 : (levels[^1] - levels[0]) / (levels.Count - 1);
        var isEven = levels.Count > 1 && levels.Select((level, i) => Math.Abs(level - levels[0] - i * step)).All(off => off <= 1e-6 * step);
        string? color = contour.Ink is not null ? style.Ink.Light : isOverHeatmap && !contour.Filled ? "#FFFFFF" : null;
        if (!isEven)
        {
            foreach (var trace in LevelLines(contour, color)) yield return trace;
            yield break;
        }
        var json = new JsonObject
        {
            ["type"] = "contour",
            ["x"] = PlotlyJson.Numbers(contour.X),
            ["y"] = PlotlyJson.Numbers(contour.Y),
            ["z"] = Rows(contour.Z),
            ["autocontour"] = false,
            ["contours"] = new JsonObject
            {
                ["start"] = levels[0],
                ["end"] = levels[^1],
                ["size"] = step,
                ["coloring"] = contour.Filled ? "fill" : color is null ? "lines" : "none",
                ["showlabels"] = !contour.Filled,
            },
            ["line"] = new JsonObject { ["width"] = contour.Filled ? 0.75 : 1.5 },
            ["colorscale"] = contour.Filled ? ScaleOf(contour.Colors) : LineScale(),
            ["showscale"] = contour.Filled,
        };
        if (color is not null) json["line"]!["color"] = color;
        if (contour.Filled) json["colorbar"] = ColorBar(contour.ZTitle, domain);
        yield return json;
    }

    /// <summary>
    /// One line trace per level: a contour trace of Plotly knows equally spaced levels only, and for a single level a whole table is a long
    /// way to say where a line runs.
    /// </summary>
    private static IEnumerable<JsonObject> LevelLines(ContourTrace contour, string? color)
    {
        for (var k = 0; k < contour.Levels.Count; k++)
        {
            List<double> x = [], y = [];
            foreach (var line in contour.LinesAt(k))
            {
                x.AddRange([.. line.Select(p => p.X), double.NaN]);
                y.AddRange([.. line.Select(p => p.Y), double.NaN]);
            }
            var json = new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["x"] = PlotlyJson.Numbers(x),
                ["y"] = PlotlyJson.Numbers(y),
                ["line"] = new JsonObject { ["width"] = 1.5, ["color"] = color ?? contour.InkOf(k).Light },
                ["hoverinfo"] = "text",
                ["text"] = Number.Short(contour.Levels[k]),
            };
            if (k > 0) json["showlegend"] = false;
            yield return json;
        }
    }

    private static JsonObject WithErrors(JsonObject json, ErrorBars? errors)
    {
        if (errors is null) return json;
        json["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["visible"] = true,
            ["thickness"] = 1.25,
            ["width"] = 4,
            ["array"] = PlotlyJson.Numbers(errors.Plus),
            ["arrayminus"] = PlotlyJson.Numbers(errors.Minus),
        };
        return json;
    }

    private static JsonObject Line(Styled style) => new()
    {
        ["color"] = style.Ink.Light,
        ["width"] = 2,
        ["dash"] = NameOf(style.Dash),
    };

    internal static string NameOf(Dash dash) => dash switch
    {
        Dash.Dashed => "dash",
        Dash.Dotted => "dot",
        Dash.DashDot => "dashdot",
        Dash.LongDash => "longdash",
        Dash.LongDashDot => "longdashdot",
        _ => "solid",
    };

    private static JsonObject BarMarker(Styled style) => new()
    {
        ["color"] = style.Ink.Light,
        ["pattern"] = new JsonObject { ["shape"] = Shape(style.Hatching), ["fillmode"] = "replace", ["size"] = 6, ["solidity"] = 0.4 },
    };

    private static string Shape(int hatching) => hatching switch { 1 => "/", 2 => "\\", 3 => "+", _ => "" };

    internal static string Symbol(Marker marker) => marker switch
    {
        Marker.Square => "square",
        Marker.Diamond => "diamond",
        Marker.Triangle => "triangle-up",
        Marker.Cross => "cross-thin-open",
        Marker.Saltire => "x-thin-open",
        _ => "circle",
    };

    private static string Translucent(string color)
    {
        var rgb = Convert.FromHexString(color[1..]);
        return $"rgba({Number.Plain(rgb[0])},{Number.Plain(rgb[1])},{Number.Plain(rgb[2])},0.3)";
    }

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(name => JsonValue.Create(PlotlyJson.Text(name)))]);

    private static JsonArray Rows(double[,] z) => new([.. Enumerable.Range(0, z.GetLength(0)).Select(row =>
        PlotlyJson.Numbers(Enumerable.Range(0, z.GetLength(1)).Select(column => z[row, column])))]);

    private static JsonArray ScaleOf(ColorScale colors) => new([.. colors.Stops.Select((color, i) =>
        new JsonArray((double)i / (colors.Stops.Count - 1), color))]);

    private static JsonArray LineScale() => new([.. LineInks().Select((ink, i) => new JsonArray(i / 8.0, ink.Light))]);

    /// <summary>The stops of the colours of lines that are keyed to levels.</summary>
    public static IEnumerable<Ink> LineInks() => Enumerable.Range(0, 9).Select(i => Palette.Keyed(i / 8.0));

    private static JsonObject ColorBar(string? title, (double X0, double X1, double Y0, double Y1) domain)
    {
        var json = new JsonObject
        {
            ["thickness"] = 14,
            ["x"] = Math.Round(domain.X1 + 0.01, 4),
            ["y"] = Math.Round((domain.Y0 + domain.Y1) / 2, 4),
            ["len"] = Math.Round(domain.Y1 - domain.Y0, 4),
            ["outlinewidth"] = 0,
        };
        if (title is not null) json["title"] = new JsonObject { ["text"] = PlotlyJson.Text(title), ["side"] = "right", ["font"] = new JsonObject { ["size"] = 13 } };
        return json;
    }
}
