namespace Course.Figures;

/// <summary>The level sets of a function given on a grid.</summary>
/// <param name="X">The abscissas of the grid, ascending.</param>
/// <param name="Y">The ordinates of the grid, ascending.</param>
/// <param name="Z">The values, <c>Z[row, column]</c>; the sets end where one is not finite.</param>
/// <param name="Levels">The values of the level sets, ascending.</param>
public sealed record ContourTrace(
    IReadOnlyList<double> X, IReadOnlyList<double> Y, double[,] Z, IReadOnlyList<double> Levels) : Trace
{
    /// <summary>True to fill between the level sets, with a colour bar; false to draw labelled lines.</summary>
    public bool Filled { get; init; }

    /// <summary>The colours between filled level sets.</summary>
    public ColorScale Colors { get; init; } = ColorScale.Viridis;

    /// <summary>What the levels measure; null for nothing above the colour bar.</summary>
    public string? ZTitle { get; init; }

    /// <summary>The level lines themselves, where they were read from a chart that holds these and no grid.</summary>
    internal IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)>>>? Traced { get; init; }

    /// <summary>The lines of a level.</summary>
    internal IReadOnlyList<IReadOnlyList<(double X, double Y)>> LinesAt(int level) =>
        Traced?[level] ?? MarchingSquares.Lines(X, Y, Z, Levels[level]);

    internal override IEnumerable<double> XExtent => X;

    internal override IEnumerable<double> YExtent => Y;

    internal override string Kind => "contour";

    /// <summary>The colour of the line of a level, by its place among the levels.</summary>
    internal Ink InkOf(int level) => Palette.Keyed(Levels.Count == 1 ? 0.5 : (double)level / (Levels.Count - 1));
}
