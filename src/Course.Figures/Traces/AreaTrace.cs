namespace Course.Figures;

/// <summary>The area between two curves, broken where either is not finite.</summary>
/// <param name="X">The abscissas.</param>
/// <param name="Lower">The curve it starts from: zeros, or another curve.</param>
/// <param name="Upper">The curve it fills to.</param>
public sealed record AreaTrace(IReadOnlyList<double> X, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper) : Trace
{
    internal override IEnumerable<double> XExtent => X;

    internal override IEnumerable<double> YExtent => Lower.Concat(Upper);

    internal override string Kind => "area";
}
