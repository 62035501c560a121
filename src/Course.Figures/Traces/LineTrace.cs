namespace Course.Figures;

/// <summary>A line through points in their given order, broken where a value is not finite.</summary>
/// <param name="X">The abscissas.</param>
/// <param name="Y">The ordinates.</param>
public sealed record LineTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Trace
{
    /// <summary>How the line is broken; null to let the figure choose.</summary>
    public Dash? Dash { get; init; }

    /// <summary>True to draw the points themselves too.</summary>
    public bool Markers { get; init; }

    /// <summary>How far each ordinate may be off; null for no error bars.</summary>
    public ErrorBars? Errors { get; init; }

    internal override IEnumerable<double> XExtent => X;

    internal override IEnumerable<double> YExtent => Extent.WithErrors(Y, Errors);

    internal override string Kind => "line";
}
