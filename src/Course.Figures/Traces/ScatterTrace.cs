namespace Course.Figures;

/// <summary>Points; one that is not finite is left out.</summary>
/// <param name="X">The abscissas.</param>
/// <param name="Y">The ordinates.</param>
public sealed record ScatterTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Trace
{
    /// <summary>The shape of the points; null to let the figure choose.</summary>
    public Marker? Marker { get; init; }

    /// <summary>How far each ordinate may be off; null for no error bars.</summary>
    public ErrorBars? Errors { get; init; }

    internal override IEnumerable<double> XExtent => X;

    internal override IEnumerable<double> YExtent => Extent.WithErrors(Y, Errors);

    internal override string Kind => "points";
}
