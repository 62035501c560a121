namespace Course.Figures;

/// <summary>One pair of axes and what is drawn on them.</summary>
/// <param name="Traces">The data, in the order of the legend.</param>
public sealed record Panel(IReadOnlyList<Trace> Traces)
{
    /// <summary>The title above the panel; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public Axis XAxis { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis YAxis { get; init; } = new();

    /// <summary>The lines across the panel.</summary>
    public IReadOnlyList<Guide> Guides { get; init; } = [];

    /// <summary>The notes on points of the panel.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>True when a unit is as long on the one axis as on the other.</summary>
    public bool EqualAspect { get; init; }

    /// <summary>False to leave the ticks of both axes out, as pictures have none.</summary>
    public bool HasTicks { get; init; } = true;

    /// <summary>The names along the x axis, in the order of their first appearance; null where it has numbers.</summary>
    internal IReadOnlyList<string>? XNames => Names(trace => trace.XCategories);

    /// <summary>The names along the y axis, in the order of their first appearance; null where it has numbers.</summary>
    internal IReadOnlyList<string>? YNames => Names(trace => trace.YCategories);

    /// <summary>Where the bars of a trace stand on the x axis of the panel.</summary>
    internal IReadOnlyList<double> Places(BarTrace bars) =>
        bars.Categories is { } categories && XNames is { } names
            ? [.. categories.Select(category => (double)names.ToList().IndexOf(category))]
            : bars.X;

    internal void CheckData()
    {
        for (var i = 1; i < Traces.Count; i++)
        {
            if (Traces[i].XCategories is null != Traces[0].XCategories is null)
                throw new ArgumentException($"traces[{i}] has {Words(Traces[i].XCategories)} along x but traces[0] has {Words(Traces[0].XCategories)}.");
            if (Traces[i].YCategories is null != Traces[0].YCategories is null)
                throw new ArgumentException($"traces[{i}] has {Words(Traces[i].YCategories)} along y but traces[0] has {Words(Traces[0].YCategories)}.");
        }
        if (XAxis.Scale == Scale.Log && Extent.Of(Traces.SelectMany(trace => trace.XExtent), v => v > 0) is null)
            throw new ArgumentException("The x axis is logarithmic but no value along x is positive.");
        if (YAxis.Scale == Scale.Log && Extent.Of(Traces.SelectMany(trace => trace.YExtent), v => v > 0) is null)
            throw new ArgumentException("The y axis is logarithmic but no value along y is positive.");

        static string Words(IReadOnlyList<string>? categories) => categories is null ? "numbers" : "categories";
    }

    private List<string>? Names(Func<Trace, IReadOnlyList<string>?> categories)
    {
        var names = Traces.SelectMany(trace => categories(trace) ?? []).Distinct(StringComparer.Ordinal).ToList();
        return names.Count > 0 ? names : null;
    }
}
