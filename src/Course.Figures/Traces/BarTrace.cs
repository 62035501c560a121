namespace Course.Figures;

/// <summary>Bars from zero; the bars of several traces stand side by side.</summary>
/// <param name="X">Where the bars stand; the indices of the categories where these are given.</param>
/// <param name="Heights">Their heights; one that is not finite is left out.</param>
public sealed record BarTrace(IReadOnlyList<double> X, IReadOnlyList<double> Heights) : Trace
{
    /// <summary>The names below the bars; null where the bars stand at numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>How far each height may be off; null for no error bars.</summary>
    public ErrorBars? Errors { get; init; }

    internal override IEnumerable<double> XExtent
    {
        get
        {
            var half = Spacing / 2;
            return X.SelectMany(x => new[] { x - half, x + half });
        }
    }

    internal override IEnumerable<double> YExtent => Extent.WithErrors(Heights, Errors).Append(0);

    internal override string Kind => "bars";

    internal override IReadOnlyList<string>? XCategories => Categories;

    /// <summary>The smallest distance between two bars of the trace, 1 for a single bar.</summary>
    internal double Spacing
    {
        get
        {
            var sorted = X.Distinct().Order().ToArray();
            return sorted.Length < 2 ? 1 : sorted.Zip(sorted.Skip(1), (a, b) => b - a).Min();
        }
    }
}
