using RelativeEntropy;

namespace Course.Checks.Chapter06;

/// <summary>06.1: the divergence of two univariate normals, by standard deviations.</summary>
internal sealed class OneDimension : FunctionExercise<OneDimension.Case, double>
{
    /// <summary>One input: two means and two standard deviations.</summary>
    public sealed record Case(double M0, double S0, double M1, double S1)
    {
        public double Shift => M0 - M1;
    }

    public override string Id => "06.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double, double, double, double, double>>(
        "double OneDimension(double mean0, double standardDeviation0, double mean1, double standardDeviation1)");

    // The formula's three terms are below 60 on these inputs, and each is right to 4 ulp: an error below 4e-14, relative to max(D, Floor) below 4e-11
    // where D is small, and then the terms are below 2.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(N1 || N0): the distribution whose width divides the shift is the second one.", x => Gaussian.KullbackLeibler(x.M1, x.S1, x.M0, x.S0)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats, the unit of Math.Log.", x => Exact(x) / Math.Log(2)),
        new("variance-for-deviation", "The standard deviations were taken for variances: square them where the formula has a variance, and mind the logarithm.",
            x => Gaussian.KullbackLeibler(x.M0, Math.Sqrt(x.S0), x.M1, Math.Sqrt(x.S1))),
        new("variance-for-deviation", "The standard deviations are not squared: the formula divides by the variance.",
            x => Math.Log(x.S1 / x.S0) + (x.S0 + x.Shift * x.Shift) / (2 * x.S1) - 0.5),
        new("no-constant", "The constant -1/2 is missing: two equal distributions must have divergence 0.", x => Exact(x) + 0.5),
        new("no-half", "A factor 1/2 is missing: this is twice the divergence.", x => 2 * Exact(x)),
        new("logarithm-sign", "The logarithm has the wrong sign: it is that of the second width over the first.", x => Exact(x) + 2 * Math.Log(x.S0 / x.S1)),
        new("logarithm-doubled", "The logarithm counts twice: ln of the ratio of the variances has to be halved.", x => Exact(x) + Math.Log(x.S1 / x.S0)),
        new("no-logarithm", "The logarithm of the widths is missing.", x => Exact(x) - Math.Log(x.S1 / x.S0)),
        new("no-shift", "The means play no part here: their difference, in units of the second width, must count.", x => Gaussian.KullbackLeibler(0, x.S0, 0, x.S1)),
        new("divided-by-first", "The squared shift is divided by the wrong variance: outcomes come from the first distribution, and the second one judges them.",
            x => Exact(x) + x.Shift * x.Shift / 2 * (1 / (x.S0 * x.S0) - 1 / (x.S1 * x.S1))),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new(0, 1, 0, 1);
        yield return new(1, 1, 0, 1);
        yield return new(0, 2, 0, 1);
        yield return new(0, 1, 0, 2);
        yield return new(2, 0.5, -1, 3);
        for (int k = 0; k < 6; k++)
            yield return new(4 * random.NextDouble() - 2, Math.Exp(2 * random.NextDouble() - 1), 4 * random.NextDouble() - 2, Math.Exp(2 * random.NextDouble() - 1));
    }

    protected override object?[] Arguments(Case input) => [input.M0, input.S0, input.M1, input.S1];

    protected override double Truth(Case input) => Exact(input);

    protected override string Describe(Case input) =>
        $"N({Words.Of(input.M0)}, {Words.Of(input.S0)} squared) and N({Words.Of(input.M1)}, {Words.Of(input.S1)} squared)";

    private static double Exact(Case x) => Gaussian.KullbackLeibler(x.M0, x.S0, x.M1, x.S1);
}
