namespace Course.Figures;

/// <summary>How often samples fall into bins of equal width.</summary>
/// <param name="Edges">The edges of the bins, one more than there are bins; a bin holds its left edge, the last one both.</param>
/// <param name="Counts">The number of samples in each bin.</param>
public sealed record HistogramTrace(IReadOnlyList<double> Edges, IReadOnlyList<int> Counts) : Trace
{
    private readonly IReadOnlyList<double>? _heights;

    /// <summary>A histogram read from a chart, which holds the heights of the bars and not the samples that they count.</summary>
    internal HistogramTrace(IReadOnlyList<double> edges, IReadOnlyList<double> heights)
        : this(edges, new int[heights.Count]) => _heights = heights;

    /// <summary>True to draw a density, whose bars have total area 1; false to draw counts.</summary>
    public bool IsDensity { get; init; }

    /// <summary>How the number of bins was found, for example <c>Freedman-Diaconis</c>.</summary>
    public string BinRule { get; init; } = "given";

    /// <summary>The height of each bar: the count, or the count / (samples · width).</summary>
    public IReadOnlyList<double> Heights
    {
        get
        {
            if (_heights is not null) return _heights;
            double samples = Counts.Sum();
            return [.. Counts.Select((count, i) => IsDensity ? count / (samples * (Edges[i + 1] - Edges[i])) : count)];
        }
    }

    internal override IEnumerable<double> XExtent => Edges;

    internal override IEnumerable<double> YExtent => Heights.Append(0);

    internal override string Kind => "histogram";
}
