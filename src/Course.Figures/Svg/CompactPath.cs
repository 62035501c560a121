using System.Text;

namespace Course.Figures;

/// <summary>
/// Paths in tenths of a pixel, each point as its distance from the one before, and without the points that nobody would miss: those that
/// lie within a tenth of a pixel of the line that is drawn without them (Douglas and Peucker, 1973).
/// </summary>
internal static class CompactPath
{
    private const double Tolerance = 0.1;

    public static string Of(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var run = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (double.IsNaN(point.X) || double.IsNaN(point.Y)) EndRun();
            else run.Add(point);
        }
        EndRun();
        return path.ToString();

        void EndRun()
        {
            if (run.Count > 0) Append(path, Thinned(run));
            run.Clear();
        }
    }

    private static void Append(StringBuilder path, List<(double X, double Y)> points)
    {
        var (x, y) = (Tenths(points[0].X), Tenths(points[0].Y));
        path.Append('M').Append(Text(x)).Append(' ').Append(Text(y));
        if (points.Count == 1)
        {
            path.Append("h0.01");
            return;
        }
        path.Append('l');
        for (var i = 1; i < points.Count; i++)
        {
            var (nextX, nextY) = (Tenths(points[i].X), Tenths(points[i].Y));
            var (dx, dy) = (Text(nextX - x), Text(nextY - y));
            if (i > 1 && dx[0] != '-') path.Append(' ');
            path.Append(dx);
            if (dy[0] != '-') path.Append(' ');
            path.Append(dy);
            (x, y) = (nextX, nextY);
        }
    }

    private static int Tenths(double pixel) => (int)Math.Round(10 * pixel);

    private static string Text(int tenths) => Number.Pixel(tenths / 10.0).Replace("0.", ".", StringComparison.Ordinal) switch
    {
        var text when Math.Abs(tenths) < 10 => text,
        _ => Number.Pixel(tenths / 10.0),
    };

    private static List<(double X, double Y)> Thinned(List<(double X, double Y)> points)
    {
        if (points.Count < 3) return points;
        var kept = new bool[points.Count];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Count - 1)]);
        while (open.TryPop(out var part))
        {
            var (farthest, distance) = (0, Tolerance);
            for (var i = part.From + 1; i < part.To; i++)
                if (Distance(points[i], points[part.From], points[part.To]) is var d && d > distance) (farthest, distance) = (i, d);
            if (farthest == 0) continue;
            kept[farthest] = true;
            open.Push((part.From, farthest));
            open.Push((farthest, part.To));
        }
        return [.. points.Where((_, i) => kept[i])];
    }

    /// <summary>The distance of a point from the line between two others.</summary>
    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var square = dx * dx + dy * dy;
        var t = square > 0 ? Math.Clamp(((point.X - from.X) * dx + (point.Y - from.Y) * dy) / square, 0, 1) : 0;
        return Math.Sqrt(Math.Pow(point.X - from.X - t * dx, 2) + Math.Pow(point.Y - from.Y - t * dy, 2));
    }
}
