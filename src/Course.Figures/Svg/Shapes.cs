using System.Text;

namespace Course.Figures;

/// <summary>Lines, points and fills in the style of their trace.</summary>
internal static class Shapes
{
    private const double LineWidth = 2;
    private const double Radius = 4;

    /// <summary>How strongly a trace fills its shapes.</summary>
    public static double FillOf(Trace trace) => trace switch { AreaTrace => 0.3, HistogramTrace => 0.55, _ => 0.9 };

    public static string Stroke(SvgWriter svg, Styled style) =>
        svg.Paint(stroke: style.Ink, width: LineWidth)
        + SvgWriter.At("stroke-linejoin", "round")
        + (style.Trace is LineTrace ? SvgWriter.DashArray(style.Dash) : "");

    public static string Outline(Box box) =>
        $"M{Number.Pixel(box.X)} {Number.Pixel(box.Y)}h{Number.Pixel(box.Width)}v{Number.Pixel(box.Height)}h{Number.Pixel(-box.Width)}z";

    /// <summary>A filled shape; hatched over a lighter fill unless its trace is the first of its figure.</summary>
    public static void Fill(SvgWriter svg, Styled style, string outline, double opacity)
    {
        if (outline.Length == 0 && !svg.HasMarks) return;
        var isArea = style.Trace is AreaTrace;
        var edge = isArea ? svg.Paint(style.Ink) : svg.Paint(style.Ink, style.Ink);
        if (style.Hatching == 0)
        {
            svg.Path(outline, edge + SvgWriter.At("fill-opacity", opacity));
            return;
        }
        var pattern = $"{SvgWriter.Id}-h{Number.Plain(Hatch(svg, style))}";
        svg.Path(outline, edge + SvgWriter.At("fill-opacity", opacity * (isArea ? 0.6 : 0.35)));
        svg.Path(outline, SvgWriter.At("fill", $"url(#{pattern})"));
    }

    /// <summary>Points of one trace; on a page they share their paint.</summary>
    public static void Points(SvgWriter svg, Styled style, IEnumerable<(double X, double Y)> points)
    {
        if (!svg.IsOnPage)
        {
            foreach (var (x, y) in points) Point(svg, style, x, y);
            return;
        }
        svg.Open("g", PaintOf(svg, style));
        foreach (var (x, y) in points) Point(svg, style, x, y, "");
        svg.Close("g");
    }

    public static void Point(SvgWriter svg, Styled style, double x, double y) => Point(svg, style, x, y, PaintOf(svg, style));

    private static string PaintOf(SvgWriter svg, Styled style) => style.Marker is Marker.Cross or Marker.Saltire
        ? svg.Paint(stroke: style.Ink, width: LineWidth)
        : svg.Paint(style.Ink, Theme.Paper, 0.75);

    private static void Point(SvgWriter svg, Styled style, double x, double y, string paint)
    {
        var (cx, cy) = (Number.Pixel(x), Number.Pixel(y));
        switch (style.Marker)
        {
            case Marker.Circle:
                svg.Leaf("circle", $" cx=\"{cx}\" cy=\"{cy}\" r=\"{Number.Pixel(Radius)}\"{paint}");
                break;
            case Marker.Square:
                svg.Rectangle(new Box(x - 3.5, y - 3.5, 7, 7), paint);
                break;
            default:
                svg.Path(Outline(style.Marker, cx, cy), paint);
                break;
        }
    }

    /// <summary>All points of a trace as one shape, which a script can redraw with other points.</summary>
    public static void PointsAsOne(SvgWriter svg, Styled style, IEnumerable<(double X, double Y)> points) => svg.Path(
        string.Concat(points.Select(point => Outline(style.Marker, Number.Pixel(point.X), Number.Pixel(point.Y)))), PaintOf(svg, style));

    private static string Outline(Marker marker, string x, string y) => $"M{x} {y}" + marker switch
    {
        Marker.Square => "m-3.5 -3.5h7v7h-7z",
        Marker.Diamond => "m0 -5l5 5l-5 5l-5 -5z",
        Marker.Triangle => "m0 -5l4.8 8.4h-9.6z",
        Marker.Cross => "m-4.5 0h9m-4.5 -4.5v9",
        Marker.Saltire => "m-3.5 -3.5l7 7m0 -7l-7 7",
        _ => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    };

    /// <summary>A path through points, broken where one is NaN; a point alone becomes a dot of the stroke.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var run = 0;
        foreach (var (x, y) in points)
        {
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                EndRun();
                continue;
            }
            path.Append(run++ == 0 ? 'M' : 'L').Append(Number.Pixel(x)).Append(' ').Append(Number.Pixel(y));
        }
        EndRun();
        return path.ToString();

        void EndRun()
        {
            if (run == 1) path.Append("h0.01");
            run = 0;
        }
    }

    /// <summary>Defines the hatching of a trace and gives its number, that of its first ink and slope.</summary>
    private static int Hatch(SvgWriter svg, Styled style)
    {
        var (number, isNew) = svg.Hatching(style.Ink, style.Hatching);
        if (!isNew) return number;
        var turn = style.Hatching == 2 ? "-45" : "45";
        svg.Open("defs").Open("pattern",
            $" id=\"{SvgWriter.Id}-h{Number.Plain(number)}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({turn})\"");
        var data = style.Hatching == 3 ? "M3 0v6M0 3h6" : "M3 0v6";
        svg.Path(data, svg.Paint(stroke: style.Ink, width: style.Trace is AreaTrace ? 1 : 2));
        svg.Close("pattern").Close("defs");
        return number;
    }
}
