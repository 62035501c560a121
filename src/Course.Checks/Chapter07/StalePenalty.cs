using RelativeEntropy;

namespace Course.Checks.Chapter07;

/// <summary>07.1: a snippet to be mended: k3 from samples of an older policy.</summary>
internal sealed class StalePenalty : FunctionExercise<(double[] LogP, double[] LogRef, double[] LogOld), double>
{
    public override string Id => "07.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double[], double>>("double Penalty(double[] logP, double[] logRef, double[] logOld)");

    // A mean of at most 9 terms w (e^-l - 1 + l), w at most 10: each loses up to 4 u w (1 + |l|), u = 1.1e-16, to the
    // cancellation at small l. That is below 5e-14 in all, and 5e-11 of the floor. Every mistake is off by 1e-3 or more on one
    // input at least.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[] LogP, double[] LogRef, double[] LogOld), double>> Mistakes { get; } =
    [
        new("as-printed", "This is what the snippet computes, both faults in it.", x => Mean(x, (l, _) => Inverted(l))),
        new("no-weights",
            "The samples count as if the policy had drawn them: they come from the old one, so each term needs the weight p/old.",
            x => Mean(x, (l, _) => K3(l))),
        new("ratio-inverted", "The ratio is inverted: under p it is e^-l = ref/p that has the mean one, not p/ref.",
            x => Mean(x, (l, w) => w * Inverted(l))),
        new("sign",
            "One of the signs is wrong: k3 is e^-l - 1 + l with l = ln p - ln ref, never negative, and zero at l = 0 with slope zero.",
            x => Mean(x, (l, w) => w * (Math.Exp(-l) - 1 - l))),
        new("sign",
            "One of the signs is wrong: k3 is e^-l - 1 + l with l = ln p - ln ref, never negative, and zero at l = 0 with slope zero.",
            x => Mean(x, (l, w) => w * (Math.Exp(l) - 1 + l))),
        new("sign", "The whole has the wrong sign: no term of k3 is negative.", x => Mean(x, (l, w) => -w * K3(l))),
        new("k1", "This is k1: unbiased, too, but its terms may be negative. Asked is k3.", x => Mean(x, (l, w) => w * l)),
        new("k2", "This is k2, which is biased. Asked is k3.", x => Mean(x, (l, w) => w * l * l / 2)),
        new("one-forgotten", "The -1 is missing: at p = ref every term must be zero.", x => Mean(x, (l, w) => w * (Math.Exp(-l) + l))),
        new("weights-inverted", "The weights are inverted: a sample counts more where p is larger than the old policy.",
            x => Mean(x, (l, w) => K3(l) / w)),
        new("weight-of-reference", "The weight compares with the reference: what matters is who drew the samples, the old policy.",
            x => Mean(x, (l, _) => Math.Exp(l) * K3(l))),
        new("old-for-p", "This measures the old policy against the reference: the policy is p, the old one only drew the samples.",
            x => Enumerable.Range(0, x.LogP.Length).Average(i => K3(x.LogOld[i] - x.LogRef[i]))),
        new("self-normalised",
            "The sum is divided by the sum of the weights, which is biased: asked is the mean over the samples, divided by n.",
            x => Mean(x, (l, w) => w * K3(l)) / Mean(x, (_, w) => w)),
        new("mean-times-mean",
            "The mean of the weights times the mean of k3 is not the mean of their product: each term needs its own weight.",
            x => Mean(x, (_, w) => w) * Mean(x, (l, _) => K3(l))),
        new("weights-clipped", "The weights are cut off at one: that keeps them small, and makes the estimate biased.",
            x => Mean(x, (l, w) => Math.Min(w, 1) * K3(l))),
        new("sum-for-mean", "The terms were summed: a mean does not grow with the number of samples.",
            x => x.LogP.Length * Mean(x, (l, w) => w * K3(l))),
        new("bits-for-nats", "These are bits: asked are nats.", x => Mean(x, (l, w) => w * K3(l)) / Math.Log(2)),
    ];

    protected override IEnumerable<(double[] LogP, double[] LogRef, double[] LogOld)> Inputs(Random random)
    {
        yield return ([Math.Log(0.5)], [Math.Log(0.25)], [Math.Log(0.2)]);
        yield return ([-1, -2, -0.5], [-1, -2, -0.5], [-1.5, -1, -1]);
        yield return ([-1, -2, -0.5], [-2, -1, -0.7], [-1, -2, -0.5]);
        yield return ([-3, -0.2, -1.5], [-0.5, -1.5, -1.2], [-1, -0.9, -2.5]);
        for (int n = 4; n <= 9; n++)
            yield return (Draws(random, n), Draws(random, n), Draws(random, n));
    }

    protected override object?[] Arguments((double[] LogP, double[] LogRef, double[] LogOld) input) =>
        [input.LogP, input.LogRef, input.LogOld];

    protected override double Truth((double[] LogP, double[] LogRef, double[] LogOld) input) => MonteCarlo.K3Importance(
        [.. input.LogP.Zip(input.LogRef, (p, r) => p - r)], [.. input.LogP.Zip(input.LogOld, (p, b) => p - b)]).Value;

    protected override string Describe((double[] LogP, double[] LogRef, double[] LogOld) input) =>
        $"logP = {Words.Of(input.LogP)}, logRef = {Words.Of(input.LogRef)} and logOld = {Words.Of(input.LogOld)}";

    private static double[] Draws(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => -0.3 - 2 * random.NextDouble())];

    private static double K3(double l) => Math.Exp(-l) - 1 + l;

    private static double Inverted(double l) => Math.Exp(l) - 1 - l;

    private static double Mean((double[] LogP, double[] LogRef, double[] LogOld) x, Func<double, double, double> term) =>
        Enumerable.Range(0, x.LogP.Length).Average(i => term(x.LogP[i] - x.LogRef[i], Math.Exp(x.LogP[i] - x.LogOld[i])));
}
