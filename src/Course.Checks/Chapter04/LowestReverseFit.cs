namespace Course.Checks.Chapter04;

/// <summary>04.5: the Gaussian of least reverse divergence from a mixture, whatever the landscape.</summary>
internal sealed class LowestReverseFit : FunctionExercise<LowestReverseFit.Case, double[]>
{
    /// <summary>
    /// One input: a mixture, shifted and in another unit, its components in one order or in the other. The divergence feels none of that,
    /// so the fit moves along.
    /// </summary>
    public sealed record Case(int Shape, double Shift, double Unit, bool LastFirst)
    {
        public Mixture Mixture => new(
            Ordered(Shapes[Shape].Weights),
            [.. Ordered(Shapes[Shape].Means).Select(m => Shift + Unit * m)],
            [.. Ordered(Shapes[Shape].Deviations).Select(d => Unit * d)]);

        private double[] Ordered(double[] components) => LastFirst ? [.. Enumerable.Reverse(components)] : components;

        public double Mu => Shift + Unit * Fits.Value[Shape].Mu;

        public double Sigma => Unit * Fits.Value[Shape].Sigma;
    }

    public override string Id => "04.5";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double[], double[]>>(
        "double[] ReverseFit(double[] weights, double[] means, double[] deviations)");

    // A gradient of g leaves the place off by about g over the least eigenvalue of the Hessian, above 0.05 in units of sigma on these
    // inputs: 1e-7 suffices.
    protected override Precision Tolerance => Precision.Absolute(1e-5);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("forward", "These are the mean and the standard deviation of P, the forward fit: the reverse divergence is asked for.",
            x => [x.Mixture.Mean, Math.Sqrt(x.Mixture.Variance)]),
        new("heaviest-component", "This is the heaviest component as it is: the lowest fit may be another one, may cover several, and feels its neighbours.",
            x => [x.Mixture.Means[x.Mixture.Heaviest], x.Mixture.Deviations[x.Mixture.Heaviest]]),
        new("variance-for-deviation", "The second number is the variance: the standard deviation is asked for.", x => [x.Mu, x.Sigma * x.Sigma]),
        new("logarithm-of-deviation", "The second number is the logarithm of the standard deviation: undo it before you return.", x => [x.Mu, Math.Log(x.Sigma)]),
        new("laplace", "This is the highest peak of p with the curvature there, Laplace's approximation: the reverse fit averages slope and curvature over Q.",
            x => Laplace(x.Mixture)),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("local-minimum", "The fit is stationary, and another one is lower: start from several places and compare the divergences.",
            (x, fit) => IsStationary(x.Mixture, fit)
                && x.Mixture.Reverse(fit[0], fit[1]) > x.Mixture.Reverse(x.Mu, x.Sigma) + LeastGap / 2),
        new("not-converged", "The fit is near the lowest one and not at it: either the optimiser stops before the gradient is below 1e-8, "
            + "or the integral is too coarse.",
            (x, fit) => Math.Abs(fit[0] - x.Mu) + Math.Abs(fit[1] - x.Sigma) < 0.3 * x.Sigma),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        for (int shape = 0; shape < Shapes.Count; shape++)
        {
            yield return new(shape, 0, 1, LastFirst: false);
            yield return new(shape, 4 * random.NextDouble() - 2, 0.7 + random.NextDouble(), LastFirst: true);
        }
    }

    // On each of these every other minimum is higher by at least that, so that the lowest one is not in doubt.
    private const double LeastGap = 0.02;

    internal static IReadOnlyList<Mixture> Shapes { get; } =
    [
        new([1], [1.5], [0.5]),
        new([0.5, 0.5], [-2, 2], [1, 1]),
        new([0.3, 0.7], [-3, 3], [1, 1]),
        new([0.65, 0.35], [-3, 3], [1.2, 0.8]),
        new([0.3, 0.3, 0.4], [-1, 1, 7], [1, 1, 1]),
        new([0.5, 0.2, 0.3], [-4, 0.5, 4], [0.6, 1, 1]),
    ];

    private static readonly Lazy<(double Mu, double Sigma)[]> Fits = new(() => [.. Shapes.Select(shape => shape.ReverseFit())]);

    protected override object?[] Arguments(Case input) => [input.Mixture.Weights, input.Mixture.Means, input.Mixture.Deviations];

    protected override double[] Truth(Case input) => [input.Mu, input.Sigma];

    protected override string Describe(Case input) =>
        $"weights = {Words.Of(input.Mixture.Weights)}, means = {Words.Of(input.Mixture.Means)} and deviations = {Words.Of(input.Mixture.Deviations)}";

    private static bool IsStationary(Mixture x, double[] fit)
    {
        if (!(fit[1] > 0) || !double.IsFinite(fit[0]) || !double.IsFinite(fit[1]))
            return false;
        (double mu, double s, _, _, _) = x.Slopes(fit[0], Math.Log(fit[1]));
        return Math.Abs(mu) * fit[1] + Math.Abs(s) < 1e-4;
    }

    private static double[] Laplace(Mixture x)
    {
        double peak = x.Means.MaxBy(m => x.LogDensity(m).Value);
        for (int step = 0; step < 100; step++)
        {
            (_, double slope, double curvature) = x.LogDensity(peak);
            peak -= slope / Math.Min(curvature, -0.1);
        }
        return [peak, 1 / Math.Sqrt(-x.LogDensity(peak).Curvature)];
    }
}
