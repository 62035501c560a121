namespace Course.Figures;

/// <summary>The range an axis shows.</summary>
internal readonly record struct Interval(double Min, double Max)
{
    private const double Padding = 0.04;

    // Ratios of what a logarithmic axis shows stay finite.
    public const double LogLeast = 1e-150;
    public const double LogMost = 1e150;

    public static Interval OfX(Panel panel)
    {
        if (panel.XNames is { } names) return new Interval(-0.5, names.Count - 0.5);
        var values = panel.Traces.SelectMany(trace => trace.XExtent)
            .Concat(panel.Guides.Where(guide => guide.IsVertical).Select(guide => guide.Value))
            .Concat(panel.Annotations.Select(note => note.X));
        var hasPoints = panel.Traces.Any(trace => trace is ScatterTrace or LineTrace { Markers: true });
        return Of(values, panel.XAxis, hasPoints ? Padding : 0, startsAtZero: false);
    }

    public static Interval OfY(Panel panel)
    {
        if (panel.YNames is { } names) return new Interval(-0.5, names.Count - 0.5);
        var values = panel.Traces.SelectMany(trace => trace.YExtent)
            .Concat(panel.Guides.Where(guide => !guide.IsVertical).Select(guide => guide.Value))
            .Concat(panel.Annotations.Select(note => note.Y));
        var isMap = panel.Traces.All(trace => trace is HeatmapTrace or ContourTrace);
        return Of(values, panel.YAxis, isMap ? 0 : Padding, startsAtZero: !isMap);
    }

    public static Interval Hull(IEnumerable<Interval> intervals) =>
        intervals.Aggregate((a, b) => new Interval(Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max)));

    private static Interval Of(IEnumerable<double> values, Axis axis, double padding, bool startsAtZero)
    {
        var isLog = axis.Scale == Scale.Log;
        var (min, max) = Extent.Of(values, value => !isLog || value is >= LogLeast and <= LogMost) ?? (isLog ? (1, 10) : (0, 1));
        if (isLog)
        {
            var factor = max > min * (1 + 1e-12) ? Math.Pow(max / min, padding) : 2;
            return Ends(min / factor, max * factor, v => v / 2, v => v * 2);
        }
        var isConstant = max - min <= Math.Max(1e-12 * Math.Max(Math.Abs(min), Math.Abs(max)), 1e-290);
        var margin = isConstant ? Math.Max(0.5, Math.Abs(max) / 10) : (max - min) * padding;
        var low = startsAtZero && min >= 0 ? Math.Max(0, min - margin) : min - margin;
        var high = startsAtZero && max <= 0 ? Math.Min(0, max + margin) : max + margin;
        return low < high ? Ends(low, high, v => v - 1, v => v + 1) : Ends(-0.5, 0.5, v => v - 1, v => v + 1);

        Interval Ends(double from, double to, Func<double, double> below, Func<double, double> above)
        {
            from = axis.Min ?? (axis.Max <= from ? below(axis.Max.Value) : from);
            to = axis.Max ?? (to <= from ? above(from) : to);
            return new Interval(from, to);
        }
    }
}
