using RelativeEntropy;

namespace Course.Checks.Chapter06;

/// <summary>06.5: the divergence of two normals of equal mean, to all digits where their widths nearly agree.</summary>
internal sealed class Stretch : FunctionExercise<(double S0, double S1), double>
{
    public override string Id => "06.5";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double, double, double>>("double Stretch(double standardDeviation0, double standardDeviation1)");

    // Asked to ten digits. With d = (s0 - s1)/s1, e = d (2 + d) is right to 4 ulp, so e^2/4 and its series to 16 ulp. From |e| = 0.1 on the
    // difference e - ln(1 + e) is above 4.6e-3, with an error of a few ulp of one: a relative 1e-13.
    protected override Precision Tolerance => Precision.SignificantDigits(10);

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
            IsLeftOver),
        new("log-of-one-plus", "Where the first width is much the smaller one, e is nearly -1 and 1 + e has lost its digits: "
            + "its logarithm is that of the ratio of the widths, twice.",
            IsLogOfOnePlus),
        new("squares", "A square of a width is zero or infinite here, although the widths are not: divide first, then square.",
            (x, y) => !double.IsFinite(y) && x is not { S0: > 1e-150 and < 1e150, S1: > 1e-150 and < 1e150 }),
        new("series-too-far", "Right where the widths nearly agree, wrong where they do not: either a series is used where it converges "
            + "too slowly, or not at all, or the formula there is not right.",
            (x, _) => Math.Abs(x.S0 / x.S1 - 1) >= 0.005),
    ];

    protected override IEnumerable<(double S0, double S1)> Inputs(Random random)
    {
        yield return (2, 1);
        yield return (1, 2);
        yield return (0.1, 3);
        yield return (5, 0.25);
        yield return (1e-5, 1);
        yield return (1e5, 1);
        yield return (1e-9, 3);
        yield return (1, 1);
        yield return (0.7, 0.7);
        yield return (2e-170, 1e-170);
        yield return (1e170, 3e170);
        yield return (1e-200 * (1 + 1e-7), 1e-200);
        yield return (1 + 1e-8, 1);
        yield return (1 - 3e-9, 1);
        yield return (1 + 1e-5, 1);
        yield return (7 + 7e-10, 7);
        yield return (1.01, 1);
        yield return (1.04, 1);
        yield return (0.94, 1);
        yield return (1.1, 1);
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

    // What the formula as it stands is off by: a few roundings of one, whatever is then made of them.
    private static bool IsLeftOver((double S0, double S1) x, double answer) =>
        Math.Abs(x.S0 / x.S1 - 1) < 0.05 && Math.Abs(answer - Exact(x.S0, x.S1)) <= 1e-15;

    // 1 + e is right to a few roundings of one, which is 1/(1 + e) times as much in its logarithm.
    private static bool IsLogOfOnePlus((double S0, double S1) x, double answer) =>
        x.S0 / x.S1 < 0.05 && (!double.IsFinite(answer) || Math.Abs(answer - Exact(x.S0, x.S1)) <= 1e-15 * Math.Pow(x.S1 / x.S0, 2));

    private static double Exact(double s0, double s1) => Gaussian.KullbackLeibler(0, s0, 0, s1);
}
