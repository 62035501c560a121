using RelativeEntropy;

namespace Course.Checks.Chapter06;

/// <summary>06.5: the divergence of two normals of equal mean, to all digits where their widths nearly agree.</summary>
internal sealed class Stretch : FunctionExercise<(double S0, double S1), double>
{
    public override string Id => "06.5";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double, double, double>>("double Stretch(double standardDeviation0, double standardDeviation1)");

    // e = (s0 - s1)(s0 + s1)/s1^2 is right to 4 ulp, so e^2/4 and its series to 16 ulp. From |e| = 0.01 on the difference e - ln(1 + e) is above 4.9e-5,
    // with an error of 2 ulp of one: 1e-11.
    protected override Precision Tolerance => 2e-11;

    protected override IReadOnlyList<Mistake<(double S0, double S1), double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(N1 || N0): the ratio is that of the first width to the second.", x => Exact(x.S1, x.S0)),
        new("no-half", "A factor 1/2 is missing: this is twice the divergence.", x => 2 * Exact(x.S0, x.S1)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats.", x => Exact(x.S0, x.S1) / Math.Log(2)),
        new("variance-for-deviation", "The standard deviations were taken for variances.", x => Terms.KullbackLeibler(x.S1, x.S0) / x.S1 / 2),
        new("quadratic-only", "This is half the Fisher form, the first term of the series: right for nearly equal widths, but not for others.", x => Math.Pow((x.S0 - x.S1) / x.S1, 2)),
    ];

    protected override IReadOnlyList<Symptom<(double S0, double S1), double>> Symptoms { get; } =
    [
        new("cancellation", "Where the widths nearly agree, the terms cancel and rounding is left: compute the small difference first, and from it the result by a series.",
            (x, _) => Math.Abs(x.S0 / x.S1 - 1) < 0.05),
        new("series-too-far", "The series was used where it converges too slowly, or not at all: beyond nearly equal widths use the formula.",
            (x, _) => Math.Abs(x.S0 / x.S1 - 1) >= 0.05),
    ];

    protected override IEnumerable<(double S0, double S1)> Inputs(Random random)
    {
        yield return (2, 1);
        yield return (1, 2);
        yield return (0.1, 3);
        yield return (5, 0.25);
        yield return (1, 1);
        yield return (1 + 1e-8, 1);
        yield return (1 - 3e-9, 1);
        yield return (1 + 1e-5, 1);
        yield return (7 + 7e-10, 7);
        yield return (1.01, 1);
        for (int k = 2; k < 8; k++)
        {
            double s = Math.Exp(random.NextDouble());
            yield return (s * (1 + Math.Pow(10, -k) * (0.5 + 0.4 * random.NextDouble())), s);
        }
    }

    protected override object?[] Arguments((double S0, double S1) input) => [input.S0, input.S1];

    protected override double Truth((double S0, double S1) input) => Exact(input.S0, input.S1);

    protected override string Describe((double S0, double S1) input) =>
        $"standardDeviation0 = {Words.Of(input.S0)} and standardDeviation1 = {Words.Of(input.S1)} (relative difference {Words.Of(input.S0 / input.S1 - 1)})";

    private static double Exact(double s0, double s1) => Gaussian.KullbackLeibler(0, s0, 0, s1);
}
