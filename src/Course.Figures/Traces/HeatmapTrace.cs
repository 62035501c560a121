namespace Course.Figures;

/// <summary>A table of values drawn as colours.</summary>
/// <param name="X">The abscissas of the columns' centres, ascending; the indices of the categories where these are given.</param>
/// <param name="Y">The ordinates of the rows' centres, ascending; the indices of the categories where these are given.</param>
/// <param name="Z">The values, <c>Z[row, column]</c>; one that is not finite is left out.</param>
public sealed record HeatmapTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y, double[,] Z) : Trace
{
    /// <summary>The names of the columns; null where they stand at numbers.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The names of the rows; null where they stand at numbers.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>The colours.</summary>
    public ColorScale Colors { get; init; } = ColorScale.Viridis;

    /// <summary>True to show the colour bar.</summary>
    public bool ColorBar { get; init; } = true;

    /// <summary>What the colours measure; null for nothing above the colour bar.</summary>
    public string? ZTitle { get; init; }

    /// <summary>The value of the first colour; null to take it from the data.</summary>
    public double? ZMin { get; init; }

    /// <summary>The value of the last colour; null to take it from the data.</summary>
    public double? ZMax { get; init; }

    internal override IEnumerable<double> XExtent => Cells.Edges(X);

    internal override IEnumerable<double> YExtent => Cells.Edges(Y);

    internal override string Kind => "heatmap";

    internal override IReadOnlyList<string>? XCategories => Columns;

    internal override IReadOnlyList<string>? YCategories => Rows;

    internal (double Min, double Max) ZRange => Colors.Range(Z, ZMin, ZMax);
}
