using System.Globalization;
using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>Reads the traces of a panel back from Plotly's schema, the inverse of <see cref="PlotlyTraces"/>.</summary>
internal static class PlotlyTraceReader
{
    public static IReadOnlyList<Trace> Read(IReadOnlyList<JsonObject> traces)
    {
        if (traces.Count == 0) throw new FormatException("A panel is empty.");
        var isOverHeatmap = traces.Any(json => json.Text("type") == "heatmap");
        var read = new List<Trace>();
        for (var i = 0; i < traces.Count;)
        {
            var isBand = traces[i].Has("hoverinfo") && traces[i].Text("hoverinfo") == "skip" && i + 1 < traces.Count;
            var levels = isBand ? 0 : LevelLines(traces, i);
            read.Add(Named(traces[i],
                isBand ? Area(traces[i + 1], traces[i].Numbers("y"))
                : levels > 0 ? Levels([.. traces.Skip(i).Take(levels)], isOverHeatmap)
                : One(traces[i], isOverHeatmap)));
            i += isBand ? 2 : Math.Max(1, levels);
        }
        return read;
    }

    private static Trace Named(JsonObject json, Trace trace) =>
        json.Has("name") ? trace with { Name = PlotlyReader.Plain(json.Text("name")) } : trace;

    private static Trace One(JsonObject json, bool isOverHeatmap) => json.Text("type") switch
    {
        "scatter" when json.Has("fill") => Area(json, new double[json.Numbers("y").Count]),
        "scatter" => Scatter(json),
        "bar" => json.Has("width") ? Histogram(json) : Bars(json),
        "heatmap" => Heatmap(json),
        "contour" => Contour(json, isOverHeatmap),
        var type => throw new FormatException($"A trace is of the type {type}."),
    };

    private static Trace Scatter(JsonObject json)
    {
        var (x, y) = Points(json);
        var mode = json.Text("mode");
        if (mode == "markers")
            return new ScatterTrace(x, y)
            {
                Ink = InkOf(json, json.Part("marker").Text("color")),
                Marker = MarkerOf(json.Part("marker").Text("symbol")),
                Errors = Errors(json, y.Count),
            };
        return new LineTrace(x, y)
        {
            Ink = InkOf(json, json.Part("line").Text("color")),
            Dash = DashOf(json.Part("line").Text("dash")),
            Markers = mode == "lines+markers",
            Errors = Errors(json, y.Count),
        };
    }

    private static AreaTrace Area(JsonObject json, IReadOnlyList<double> lower)
    {
        var (x, upper) = Points(json);
        if (lower.Count != x.Count) throw new FormatException("The curves of an area differ in length.");
        return new AreaTrace(x, lower, upper) { Ink = InkOf(json, json.Part("line").Text("color")) };
    }

    private static BarTrace Bars(JsonObject json)
    {
        var heights = json.Numbers("y");
        var names = json.Names("x");
        IReadOnlyList<double> x = names is null ? json.Numbers("x") : Indices(names.Count);
        if (x.Count != heights.Count || x.Count == 0) throw new FormatException("Bars and places differ in number.");
        return new BarTrace(x, heights)
        {
            Categories = names,
            Ink = InkOf(json, json.Part("marker").Text("color")),
            Errors = Errors(json, x.Count),
        };
    }

    private static HistogramTrace Histogram(JsonObject json)
    {
        var (x, heights) = Points(json);
        var width = json.Finite("width");
        return new HistogramTrace([x[0] - width / 2, .. x.Select(centre => centre + width / 2)], heights)
        {
            Ink = InkOf(json, json.Part("marker").Text("color")),
        };
    }

    private static HeatmapTrace Heatmap(JsonObject json)
    {
        var (columns, rows) = (json.Names("x"), json.Names("y"));
        IReadOnlyList<double> x = columns is null ? json.Numbers("x") : Indices(columns.Count);
        IReadOnlyList<double> y = rows is null ? json.Numbers("y") : Indices(rows.Count);
        return new HeatmapTrace(x, y, Table(json, x, y))
        {
            Columns = columns,
            Rows = rows,
            Colors = ColorsOf(json),
            ColorBar = json.Is("showscale"),
            ZTitle = ZTitleOf(json),
            ZMin = json.Finite("zmin"),
            ZMax = json.Finite("zmax"),
        };
    }

    private static ContourTrace Contour(JsonObject json, bool isOverHeatmap)
    {
        var (x, y) = (json.Numbers("x"), json.Numbers("y"));
        var contours = json.Part("contours");
        var (start, end, size) = (contours.Finite("start"), contours.Finite("end"), contours.Finite("size"));
        var steps = Math.Round((end - start) / size);
        if (steps is not (>= 0 and < 1000)) throw new FormatException("The levels of a contour do not ascend.");
        var isFilled = contours.Text("coloring") == "fill";
        return new ContourTrace(x, y, Table(json, x, y), [.. Enumerable.Range(0, (int)steps + 1).Select(k => start + k * size)])
        {
            Filled = isFilled,
            Colors = isFilled ? ColorsOf(json) : ColorScale.Viridis,
            ZTitle = ZTitleOf(json),
            Ink = json.Part("line").Has("color") ? LineInk(json, isOverHeatmap) : null,
        };
    }

    /// <summary>How many traces from here on are the level lines of one contour: their levels ascend.</summary>
    private static int LevelLines(IReadOnlyList<JsonObject> traces, int first)
    {
        var count = 0;
        for (var i = first; i < traces.Count && traces[i].Has("hoverinfo") && traces[i].Text("hoverinfo") == "text"; i++)
        {
            if (count > 0 && LevelOf(traces[i]) <= LevelOf(traces[i - 1])) break;
            count++;
        }
        return count;
    }

    private static ContourTrace Levels(IReadOnlyList<JsonObject> traces, bool isOverHeatmap)
    {
        var contour = new ContourTrace([], [], new double[0, 0], [.. traces.Select(LevelOf)]) { Traced = [.. traces.Select(Runs)] };
        var isKeyed = traces.Select((json, k) => json.Part("line").Text("color") == contour.InkOf(k).Light).All(same => same);
        return contour with { Ink = isKeyed ? null : LineInk(traces[0], isOverHeatmap) };
    }

    private static double LevelOf(JsonObject json) =>
        double.TryParse(json.Text("text").Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var level)
            ? level : throw new FormatException("A level line has no level.");

    private static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Runs(JsonObject json)
    {
        var (x, y) = (json.Numbers("x"), json.Numbers("y"));
        if (x.Count != y.Count) throw new FormatException("The abscissas and ordinates of a level line differ in number.");
        var runs = new List<IReadOnlyList<(double, double)>>();
        var run = new List<(double, double)>();
        for (var i = 0; i < x.Count; i++)
        {
            if (!double.IsNaN(x[i] + y[i]))
            {
                run.Add((x[i], y[i]));
                continue;
            }
            if (run.Count > 0) runs.Add(run);
            run = [];
        }
        return runs;
    }

    /// <summary>The colour of a contour's lines; null for white over a heatmap, where each line takes the contrast to what is behind it.</summary>
    private static Ink? LineInk(JsonObject json, bool isOverHeatmap)
    {
        var color = json.Part("line").Text("color");
        return isOverHeatmap && color == "#FFFFFF" ? null : InkOf(json, color);
    }

    /// <summary>A colour of the palette, or one that brings its dark form along.</summary>
    private static Ink InkOf(JsonObject json, string light)
    {
        if (Palette.Series.FirstOrDefault(ink => ink.Light == light) is { } known && !json.Has("meta")) return known;
        return new Ink(light, json.Part("meta").Text("dark"));
    }

    private static ColorScale ColorsOf(JsonObject json)
    {
        string[] stops = [.. json.List("colorscale").Select(stop => (stop as JsonArray)?[1]?.ToString() ?? "")];
        ColorScale[] scales = [ColorScale.Viridis, ColorScale.Diverging, ColorScale.Greys];
        return scales.FirstOrDefault(scale => scale.Stops.SequenceEqual(stops))
            ?? throw new FormatException("A colour scale is none of the figures' own.");
    }

    private static string? ZTitleOf(JsonObject json) => json.Has("colorbar") && json.Part("colorbar").Has("title")
        ? PlotlyReader.Plain(json.Part("colorbar").Part("title").Text("text")) : null;

    private static ErrorBars? Errors(JsonObject json, int count)
    {
        if (!json.Has("error_y")) return null;
        var (minus, plus) = (json.Part("error_y").Numbers("arrayminus"), json.Part("error_y").Numbers("array"));
        if (minus.Count != count || plus.Count != count) throw new FormatException("Error bars and points differ in number.");
        return new ErrorBars(minus, plus);
    }

    private static (IReadOnlyList<double> X, IReadOnlyList<double> Y) Points(JsonObject json)
    {
        var (x, y) = (json.Numbers("x"), json.Numbers("y"));
        return x.Count == y.Count && x.Count > 0
            ? (x, y) : throw new FormatException("A trace has no points, or its abscissas and ordinates differ in number.");
    }

    private static double[,] Table(JsonObject json, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var rows = json.List("z").Select(row => JsonParts.Numbers(row, "z")).ToArray();
        if (x.Count == 0 || rows.Length != y.Count || rows.Any(row => row.Count != x.Count))
            throw new FormatException("A table has not the size of its axes.");
        var z = new double[y.Count, x.Count];
        for (var row = 0; row < y.Count; row++)
            for (var column = 0; column < x.Count; column++)
                z[row, column] = rows[row][column];
        return z;
    }

    private static IReadOnlyList<double> Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static Dash DashOf(string name) =>
        Enum.GetValues<Dash>().Cast<Dash?>().FirstOrDefault(dash => PlotlyTraces.NameOf(dash!.Value) == name)
        ?? throw new FormatException($"A line is dashed as {name}.");

    private static Marker MarkerOf(string symbol) =>
        Enum.GetValues<Marker>().Cast<Marker?>().FirstOrDefault(marker => PlotlyTraces.Symbol(marker!.Value) == symbol)
        ?? throw new FormatException($"A point has the shape {symbol}.");
}
