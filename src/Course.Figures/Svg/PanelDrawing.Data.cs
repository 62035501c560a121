using System.Text;

namespace Course.Figures;

internal sealed partial class PanelDrawing
{
    private const double GroupWidth = 0.8;
    private const double Cap = 4;
    private const int MostColors = 128;
    private const int FewCells = 512;
    private const int LeastPicture = 200;

    private void DrawFills(SvgWriter svg)
    {
        foreach (var style in _styled)
            if (style.Trace is HeatmapTrace map) DrawHeatmap(svg, map);
        foreach (var style in _styled)
            if (style.Trace is ContourTrace { Filled: true } contour) DrawBands(svg, contour);
        foreach (var style in _styled)
            if (style.Trace is AreaTrace area)
                Marked(svg, style, "area", () => Shapes.Fill(svg, style, Region(svg, area), Shapes.FillOf(area)));
        foreach (var (style, x, width) in Bars())
        {
            var bars = (BarTrace)style.Trace;
            var outline = string.Concat(bars.Heights.Select((height, i) => Bar(x[i] - width / 2, x[i] + width / 2, height)));
            Marked(svg, style, "bars", () => Shapes.Fill(svg, style, outline, Shapes.FillOf(bars)));
        }
        foreach (var style in _styled)
            if (style.Trace is HistogramTrace histogram)
                Marked(svg, style, "steps", () => Shapes.Fill(svg, style, Staircase(histogram), Shapes.FillOf(histogram)));
    }

    private void DrawLines(SvgWriter svg)
    {
        foreach (var style in _styled)
            if (style.Trace is ContourTrace contour) DrawLevels(svg, style, contour);
        foreach (var style in _styled)
            if (style.Trace is LineTrace line)
                Marked(svg, style, "line", () =>
                    svg.Path(svg.Line(line.X.Zip(line.Y, (x, y) => (_x[x], _y[y]))), Shapes.Stroke(svg, style)));
        foreach (var style in _styled)
            switch (style.Trace)
            {
                case LineTrace { Errors: { } errors } line:
                    Marked(svg, style, "errors", () => DrawErrors(svg, style.Ink, line.X, line.Y, errors));
                    break;
                case ScatterTrace { Errors: { } errors } points:
                    Marked(svg, style, "errors", () => DrawErrors(svg, style.Ink, points.X, points.Y, errors));
                    break;
            }
        foreach (var (style, x, _) in Bars())
            if (style.Trace is BarTrace { Errors: { } errors } bars)
                Marked(svg, style, "errors", () => DrawErrors(svg, Theme.Text, x, bars.Heights, errors));
    }

    private void DrawPoints(SvgWriter svg)
    {
        foreach (var style in _styled)
            switch (style.Trace)
            {
                case ScatterTrace points:
                    Draw(style, points.X, points.Y);
                    break;
                case LineTrace { Markers: true } line:
                    Draw(style, line.X, line.Y);
                    break;
            }

        void Draw(Styled style, IReadOnlyList<double> x, IReadOnlyList<double> y)
        {
            var shown = x.Zip(y).Where(v => _x.Shows(v.First) && _y.Shows(v.Second)).Select(v => (X: _x[v.First], Y: _y[v.Second]));
            if (svg.HasMarks)
                Marked(svg, style, "points", () => Shapes.PointsAsOne(svg, style, shown), SvgWriter.At("data-marker", MarkOf(style.Marker)));
            else
                Shapes.Points(svg, style, shown);
        }
    }

    private static string MarkOf(Marker marker) => marker.ToString().ToLowerInvariant();

    private void DrawErrors(SvgWriter svg, Ink ink, IReadOnlyList<double> x, IReadOnlyList<double> y, ErrorBars errors)
    {
        var path = new StringBuilder();
        for (var i = 0; i < x.Count; i++)
        {
            var (px, low, high) = (_x[x[i]], _y.OrBase(y[i] - errors.Minus[i]), _y[y[i] + errors.Plus[i]]);
            if (double.IsNaN(px + low + high) || !double.IsFinite(y[i])) continue;
            path.Append($"M{Number.Pixel(px - Cap)} {Number.Pixel(high)}h{Number.Pixel(2 * Cap)}m{Number.Pixel(-Cap)} 0V{Number.Pixel(low)}");
            path.Append($"m{Number.Pixel(-Cap)} 0h{Number.Pixel(2 * Cap)}");
        }
        svg.Path(path.ToString(), svg.Paint(stroke: ink, width: 1.25));
    }

    private string Region(SvgWriter svg, AreaTrace area)
    {
        var path = new StringBuilder();
        List<(double X, double Y)> lower = [], upper = [];
        for (var i = 0; i < area.X.Count; i++)
        {
            var (x, from, to) = (_x[area.X[i]], _y.OrBase(area.Lower[i]), _y.OrBase(area.Upper[i]));
            if (double.IsNaN(x) || !double.IsFinite(area.Lower[i]) || !double.IsFinite(area.Upper[i]))
            {
                EndRun();
                continue;
            }
            lower.Add((x, from));
            upper.Add((x, to));
        }
        EndRun();
        return path.ToString();

        void EndRun()
        {
            if (upper.Count > 1) path.Append(svg.Line(upper.Concat(Enumerable.Reverse(lower)))).Append('z');
            lower.Clear();
            upper.Clear();
        }
    }

    /// <summary>The bars of each trace with their centres and width, those of all traces side by side around each place.</summary>
    private IEnumerable<(Styled Style, IReadOnlyList<double> X, double Width)> Bars() => Group(_panel, _styled);

    internal static IEnumerable<(Styled Style, IReadOnlyList<double> X, double Width)> Group(Panel panel, IReadOnlyList<Styled> styled)
    {
        var groups = styled.Where(style => style.Trace is BarTrace).ToArray();
        if (groups.Length == 0) yield break;
        var spacing = groups.Min(style => ((BarTrace)style.Trace).Spacing);
        var width = spacing * GroupWidth / groups.Length;
        for (var k = 0; k < groups.Length; k++)
        {
            var shift = (k - (groups.Length - 1) / 2.0) * width;
            yield return (groups[k], [.. panel.Places((BarTrace)groups[k].Trace).Select(x => x + shift)], width);
        }
    }

    private string Bar(double from, double to, double height)
    {
        var (left, right, top) = (_x[from], _x[to], _y.OrBase(height));
        if (!double.IsFinite(height) || double.IsNaN(left + right)) return "";
        return Shapes.Outline(new Box(Math.Min(left, right), Math.Min(top, _y.Base), Math.Abs(right - left), Math.Abs(_y.Base - top)));
    }

    private string Staircase(HistogramTrace histogram)
    {
        var heights = histogram.Heights;
        var path = new StringBuilder($"M{Number.Pixel(_x[histogram.Edges[0]])} {Number.Pixel(_y.Base)}");
        for (var i = 0; i < heights.Count; i++)
            path.Append($"V{Number.Pixel(_y.OrBase(heights[i]))}H{Number.Pixel(_x[histogram.Edges[i + 1]])}");
        return path.Append($"V{Number.Pixel(_y.Base)}z").ToString();
    }

    /// <summary>One path per colour, neighbours in a row joined; of many cells, the colours are rounded to 128.</summary>
    private void DrawHeatmap(SvgWriter svg, HeatmapTrace map)
    {
        var (xEdges, yEdges) = (Cells.Edges(map.X), Cells.Edges(map.Y));
        var (min, max) = map.ZRange;
        if (svg.IsOnPage && map.Z.Length > LeastPicture && IsEven(xEdges, _x) && IsEven(yEdges, _y))
        {
            DrawPicture(svg, map, xEdges, yEdges, ColorOf);
            return;
        }
        var paths = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        for (var row = 0; row < map.Y.Count; row++)
            for (var column = 0; column < map.X.Count;)
            {
                var color = ColorOf(map.Z[row, column]);
                var end = column + 1;
                while (end < map.X.Count && ColorOf(map.Z[row, end]) == color) end++;
                if (color is not null) Append(color, row, column, end);
                column = end;
            }
        svg.Open("g", SvgWriter.At("shape-rendering", "crispEdges"));
        foreach (var (color, path) in paths) svg.Path(path.ToString(), SvgWriter.At("fill", color));
        svg.Close("g");

        string? ColorOf(double z)
        {
            if (!double.IsFinite(z)) return null;
            var place = Math.Clamp((z - min) / (max - min), 0, 1);
            return map.Colors.At(map.Z.Length <= FewCells ? place : Rounded(place * (MostColors - 1)) / (MostColors - 1));
        }

        // Half-way between two colours but for rounding is half-way: last bits must not choose.
        static double Rounded(double color) => Math.Round(Math.Round(color, 9));

        // Cells are many and share their edges: a tenth of a pixel is fine enough.
        static string Tenth(double pixel) => Number.Pixel(Math.Round(Math.Round(pixel, 7), 1));

        void Append(string color, int row, int from, int to)
        {
            if (!paths.TryGetValue(color, out var path)) paths[color] = path = new StringBuilder();
            var (left, right) = (_x.OrBase(xEdges[from]), _x.OrBase(xEdges[to]));
            var (bottom, top) = (_y.OrBase(yEdges[row]), _y.OrBase(yEdges[row + 1]));
            path.Append($"M{Tenth(left)} {Tenth(top)}H{Tenth(right)}V{Tenth(bottom)}H{Tenth(left)}z");
        }
    }

    /// <summary>Whether cells are equally wide, as the points of a picture are.</summary>
    private static bool IsEven(double[] edges, AxisMap axis)
    {
        var exact = axis with { InTenths = false };
        var step = (exact[edges[^1]] - exact[edges[0]]) / (edges.Length - 1);
        return edges.Select((edge, i) => Math.Abs(exact[edge] - exact[edges[0]] - i * step)).All(off => off < 0.05);
    }

    /// <summary>The cells as the points of a picture, which is a tenth as heavy as their outlines.</summary>
    private void DrawPicture(SvgWriter svg, HeatmapTrace map, double[] xEdges, double[] yEdges, Func<double, string?> colorOf)
    {
        var (left, right, top, bottom) = (_x[xEdges[0]], _x[xEdges[^1]], _y[yEdges[^1]], _y[yEdges[0]]);
        var (rows, columns) = (map.Y.Count, map.X.Count);
        var colors = new string?[rows, columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                colors[top < bottom ? rows - 1 - row : row, left < right ? column : columns - 1 - column] = colorOf(map.Z[row, column]);
        var box = new Box(Math.Min(left, right), Math.Min(top, bottom), Math.Abs(right - left), Math.Abs(bottom - top));
        svg.Leaf("image", SvgWriter.At("x", box.X) + SvgWriter.At("y", box.Y)
            + SvgWriter.At("width", box.Width) + SvgWriter.At("height", box.Height)
            + " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\"" + SvgWriter.At("href", Png.DataOf(colors)));
    }

    private void DrawBands(SvgWriter svg, ContourTrace contour)
    {
        for (var k = -1; k < contour.Levels.Count; k++)
        {
            var level = k < 0 ? double.MinValue : contour.Levels[k];
            var path = string.Concat(MarchingSquares.Regions(contour.X, contour.Y, contour.Z, level).Select(ring => svg.Line(Mapped(ring)) + "z"));
            var color = contour.Colors.At((k + 1.0) / contour.Levels.Count);
            svg.Path(path, SvgWriter.At("fill", color) + SvgWriter.At("fill-rule", "evenodd"));
        }
    }

    private void DrawLevels(SvgWriter svg, Styled style, ContourTrace contour)
    {
        var heatmap = _panel.Traces.OfType<HeatmapTrace>().FirstOrDefault();
        for (var k = 0; k < contour.Levels.Count; k++)
        {
            var level = contour.Levels[k];
            var lines = contour.LinesAt(k).Select(line => Mapped(line).ToArray()).ToArray();
            var path = string.Concat(lines.Select(svg.Line));
            if (contour.Filled)
            {
                svg.Path(path, SvgWriter.At("fill", "none") + SvgWriter.At("stroke", "#FFFFFF")
                    + SvgWriter.At("stroke-opacity", 0.55) + SvgWriter.At("stroke-width", 0.75));
                continue;
            }
            var behind = heatmap is null ? null : BehindLevel(heatmap, level);
            var ink = contour.Ink is not null ? style.Ink : behind is null ? contour.InkOf(k) : ContrastTo(behind);
            svg.Path(path, svg.Paint(stroke: ink, width: behind is null ? 1.5 : 1));
            LabelLevel(svg, lines, Number.Short(level), behind);
        }
    }

    private static Ink ContrastTo(string color) => new(ColorScale.ContrastTo(color), ColorScale.ContrastTo(color));

    private static string BehindLevel(HeatmapTrace heatmap, double level)
    {
        var (min, max) = heatmap.ZRange;
        return heatmap.Colors.At((level - min) / (max - min));
    }

    /// <summary>Writes the value of a level on its longest line, where the text hits neither the edge nor another label.</summary>
    private void LabelLevel(SvgWriter svg, (double X, double Y)[][] lines, string text, string? behind)
    {
        const double Size = 11;
        var width = TextWidth.Of(text, Size) + 4;
        foreach (var line in lines.OrderByDescending(line => line.Length).Take(2))
        {
            if (line.Length < 8) continue;
            foreach (var part in (ReadOnlySpan<double>)[0.5, 0.35, 0.65, 0.2, 0.8])
            {
                var (x, y) = line[(int)(part * (line.Length - 1))];
                var box = new Box(x - width / 2, y - Size / 2 - 1, width, Size + 2);
                if (!_plot.Holds(box) || _written.Any(other => other.Overlaps(box))) continue;
                _written.Add(box);
                svg.Rectangle(box with { Y = box.Y + 2, Height = box.Height - 4 }, svg.Paint(behind is null ? Theme.Paper : new Ink(behind, behind)));
                svg.Text(text, x, y + 4, Size, behind is null ? Theme.Text : ContrastTo(behind), "middle");
                return;
            }
        }
    }

    private IEnumerable<(double X, double Y)> Mapped(IEnumerable<(double X, double Y)> line) => line.Select(p => (_x[p.X], _y[p.Y]));
}
