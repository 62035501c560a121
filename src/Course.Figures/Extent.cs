namespace Course.Figures;

/// <summary>The range of values.</summary>
internal static class Extent
{
    // Room for margins and differences; what lies beyond is drawn beyond the edge.
    public const double Most = 1e300;

    public static IEnumerable<double> WithErrors(IReadOnlyList<double> y, ErrorBars? errors) => errors is null
        ? y
        : y.Concat(y.Select((v, i) => v - errors.Minus[i])).Concat(y.Select((v, i) => v + errors.Plus[i]));

    /// <summary>The least and the greatest finite value that <paramref name="admit"/> lets pass; null when there is none.</summary>
    public static (double Min, double Max)? Of(IEnumerable<double> values, Func<double, bool> admit)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!(Math.Abs(value) <= Most) || !admit(value)) continue;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
        return min <= max ? (min, max) : null;
    }
}
