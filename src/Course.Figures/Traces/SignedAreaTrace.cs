namespace Course.Figures;

/// <summary>The area between a curve and zero, its parts above and below zero in two colours.</summary>
/// <param name="X">The abscissas.</param>
/// <param name="Y">The curve.</param>
/// <param name="PositiveName">The name of the part above zero in the legend; null for none.</param>
/// <param name="NegativeName">The name of the part below zero in the legend; null for none.</param>
public sealed record SignedAreaTrace(
    IReadOnlyList<double> X, IReadOnlyList<double> Y, string? PositiveName, string? NegativeName) : Trace
{
    internal override IEnumerable<double> XExtent => X;

    internal override IEnumerable<double> YExtent => Y.Append(0);

    internal override string Kind => "signed area";

    /// <summary>The two areas it consists of, cut at the zeros of the curve between its points.</summary>
    internal (AreaTrace Positive, AreaTrace Negative) Parts()
    {
        List<double> x = [], y = [];
        for (var i = 0; i < X.Count; i++)
        {
            if (i > 0 && Y[i - 1] * Y[i] < 0 && double.IsFinite(Y[i - 1] * Y[i]))
            {
                x.Add(X[i - 1] + (X[i] - X[i - 1]) * (Y[i - 1] / (Y[i - 1] - Y[i])));
                y.Add(0);
            }
            x.Add(X[i]);
            y.Add(Y[i]);
        }
        var zero = new double[x.Count];
        return (
            new AreaTrace(x, zero, [.. y.Select(v => Math.Max(v, 0))]) { Name = PositiveName, Ink = Palette.Blue },
            new AreaTrace(x, zero, [.. y.Select(v => Math.Min(v, 0))]) { Name = NegativeName, Ink = Palette.Vermillion });
    }
}
