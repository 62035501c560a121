using RelativeEntropy;

namespace Course.Checks.Chapter08;

/// <summary>08.1: the evidence lower bound of a latent variable with few outcomes, and what it lacks.</summary>
internal sealed class BoundAndGap : FunctionExercise<(double[] LogJoint, double[] Q), double[]>
{
    public override string Id => "08.1";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double[]>>("double[] BoundAndGap(double[] logJoint, double[] q)");

    // Both results are sums of at most six terms of the size of the bound, or a difference of two such sums: right to 20 u, u = 1.1e-16,
    // of the larger result, which is what errors are relative to. Every mistake is off by more than 1e-5 of it on one input at least.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[] LogJoint, double[] Q), double[]>> Mistakes { get; } =
    [
        new("no-entropy", "The bound is only the average of ln p(x, z): its other half, the average of -ln q(z), is missing.", x => Both(Energy(x), Evidence(x) - Energy(x))),
        new("no-entropy", "The bound is only the average of ln p(x, z): its other half, the average of -ln q(z), is missing.", x => Both(Energy(x), Gap(x))),
        new("entropy-subtracted", "The average of ln q(z) was added: the bound has ln p(x, z) - ln q(z), with a minus.", x => Both(Energy(x) - EntropyOf(x), Evidence(x) - Energy(x) + EntropyOf(x))),
        new("entropy-subtracted", "The average of ln q(z) was added: the bound has ln p(x, z) - ln q(z), with a minus.", x => Both(Energy(x) - EntropyOf(x), Gap(x))),
        new("swapped-direction", "The gap is the divergence of q from the posterior, D(q || posterior): here it is the other way round.",
            x => Both(Bound(x), Divergence.KullbackLeibler(Posterior(x), x.Q))),
        new("from-the-joint", "The second number uses p(x, z) in place of the posterior: divide the joint by the evidence first.", x => Both(Bound(x), -Bound(x))),
        new("evidence-for-gap", "The second number is the log-evidence itself: the gap is what the bound lacks of it.", x => Both(Bound(x), Evidence(x))),
        new("negative-gap", "The gap has the wrong sign: it is the log-evidence less the bound, and never negative.", x => Both(Bound(x), -Gap(x))),
        new("loss", "The first number is the loss, minus the bound: asked is the bound itself.", x => Both(-Bound(x), Gap(x))),
        new("bits-for-nats", "These are bits: asked are nats, the unit of Math.Log.", x => Both(Bound(x) / Math.Log(2), Gap(x) / Math.Log(2))),
        new("wrong-order", "The two numbers have changed places: first the bound, then the gap.", x => Both(Gap(x), Bound(x))),
    ];

    protected override IReadOnlyList<Symptom<(double[] LogJoint, double[] Q), double[]>> Symptoms { get; } =
    [
        new("underflow", "Exponentials underflowed: every p(x, z) is rounded to zero here, although their logarithms are well in range. Take the largest logarithm out before you exponentiate.",
            (x, given) => x.LogJoint.Max() < -700 && given.Any(v => !double.IsFinite(v))),
        new("infinite-by-rounding", "Infinite only by rounding. Either another logarithm than the largest was taken out of the sum, "
            + "and an exponential overflowed; or the posterior of an unlikely cause was rounded to zero before its logarithm was taken.",
            (x, given) => x.LogJoint.All(double.IsFinite) && x.LogJoint.Max() - x.LogJoint.Min() > 700
                && given.Any(v => !double.IsFinite(v))),
        new("zero-log-zero", "A cause with q(z) = 0 gives NaN here: in floating point 0 times an infinity is NaN, and the cause must contribute 0.",
            (x, given) => x.Q.Contains(0) && given.Any(double.IsNaN)),
        new("infinity-hidden", "Here q gives probability to a cause that the model excludes: the bound is -infinity and the gap +infinity, and no small constant may hide that.",
            (x, given) => double.IsInfinity(Bound(x)) && given.Any(double.IsFinite)),
    ];

    protected override IEnumerable<(double[] LogJoint, double[] Q)> Inputs(Random random)
    {
        yield return ([Math.Log(0.35), Math.Log(0.05)], [0.5, 0.5]);
        yield return ([-3, -1, -2], [0.2, 0.5, 0.3]);
        yield return ([-4, -2.5, -3], [0, 0.75, 0.25]);
        yield return ([-1.5, double.NegativeInfinity, -2], [0.4, 0, 0.6]);
        yield return ([-1000, -1002, -1001], [0.3, 0.3, 0.4]);
        yield return ([-1000, -1], [0.1, 0.9]);
        yield return ([-1, -1000], [0.9, 0.1]);
        yield return ([-2500, -1, -2500, -2500], [0.1, 0.7, 0.1, 0.1]);
        yield return ([-1, double.NegativeInfinity], [0.5, 0.5]);
        for (int n = 2; n <= 6; n++)
            yield return ([.. Enumerable.Range(0, n).Select(_ => -12 * random.NextDouble())], Draw.Distribution(random, n));
    }

    protected override object?[] Arguments((double[] LogJoint, double[] Q) input) => [input.LogJoint, input.Q];

    protected override double[] Truth((double[] LogJoint, double[] Q) input) => Both(Bound(input), Gap(input));

    protected override string Describe((double[] LogJoint, double[] Q) input) => $"logJoint = {Words.Of(input.LogJoint)} and q = {Words.Of(input.Q)}";

    private static double[] Both(double bound, double gap) => [bound, gap];

    private static double Bound((double[] LogJoint, double[] Q) x) => Elbo.Discrete(x.LogJoint, x.Q);

    private static double Gap((double[] LogJoint, double[] Q) x) => Elbo.DiscreteGap(x.LogJoint, x.Q);

    private static double Evidence((double[] LogJoint, double[] Q) x) => Logits.LogSumExp(x.LogJoint);

    private static double Energy((double[] LogJoint, double[] Q) x) => x.LogJoint.Zip(x.Q, (l, q) => q > 0 ? q * l : 0).Sum();

    private static double EntropyOf((double[] LogJoint, double[] Q) x) => Entropy.Shannon(x.Q);

    private static double[] Posterior((double[] LogJoint, double[] Q) x) => Draw.Normalised([.. x.LogJoint.Select(l => Math.Exp(l - x.LogJoint.Max()))]);
}
