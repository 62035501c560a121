using RelativeEntropy;

namespace Course.Checks.Chapter05;

/// <summary>05.1: the Jensen-Shannon divergence of two arrays, with its edges.</summary>
internal sealed class JensenShannonByHand : FunctionExercise<(double[] P, double[] Q), double>
{
    public override string Id => "05.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double>>("double JensenShannon(double[] p, double[] q)");

    // The 2n terms p ln(p/m) and q ln(q/m) are below 1 each in size; summed in any order they err by at most (2n + 4) u sum|t|, below
    // 1e-14 for n <= 6. The difference of entropies errs by as much. Relative to max(JS, Floor) that is below 1e-11.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[] P, double[] Q), double>> Mistakes { get; } =
    [
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats, the unit of Math.Log.", x => Exact(x.P, x.Q) / Math.Log(2)),
        new("not-halved", "This is twice the Jensen-Shannon divergence: the two divergences are averaged, not added up.", x => 2 * Exact(x.P, x.Q)),
        new("distance", "This is the Jensen-Shannon distance: the divergence is asked, before the square root is taken.", x => Math.Sqrt(Exact(x.P, x.Q))),
        new("zero-log-zero", "An outcome that P or Q cannot produce gives NaN here: 0 * Math.Log(0) is NaN in floating point, and such a term must contribute 0.",
            x => x.P.Contains(0) || x.Q.Contains(0) ? double.NaN : Exact(x.P, x.Q)),
        new("middle-not-halved", "The middle M was taken as P + Q, which sums to two: each logarithm is off by ln 2, and a divergence is never negative.",
            x => Exact(x.P, x.Q) - Math.Log(2)),
        new("one-sided", "This is D(P || M) alone: the divergence of Q from the middle counts, too.", x => Divergence.KullbackLeibler(x.P, Middle(x))),
        new("one-sided", "This is D(Q || M) alone: the divergence of P from the middle counts, too.", x => Divergence.KullbackLeibler(x.Q, Middle(x))),
        new("symmetrised-kl", "This is the mean of D(P || Q) and D(Q || P), which can be infinite: here each distribution is compared with the middle M, not with the other one.",
            x => Divergence.Jeffreys(x.P, x.Q) / 2),
        new("symmetrised-kl", "This is D(P || Q) + D(Q || P), which can be infinite: here each distribution is compared with the middle M, not with the other one.",
            x => Divergence.Jeffreys(x.P, x.Q)),
        new("swapped-direction", "The divergences were taken from the middle, D(M || P) and D(M || Q): outcomes come from P and Q, so these stand first.",
            x => FDivergence.Of(Generator.ArithmeticGeometric, x.P, x.Q)),
        new("sign", "The sign is the wrong way round: a divergence is never negative.", x => -Exact(x.P, x.Q)),
        .. from epsilon in new[] { 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10 }
           from clipped in Clippings
           select new Mistake<(double[] P, double[] Q), double>("epsilon-clipping",
               "A small constant keeps zeros away here, and every result depends on it: leave out the terms of probability zero, "
               + "and nothing has to be clipped.",
               x => x.P.Zip(x.Q, (p, q) => (clipped(p, (p + q) / 2, epsilon) + clipped(q, (p + q) / 2, epsilon)) / 2).Sum()),
    ];

    // What people do with a small constant: clip both probabilities, add it to both, or add it inside the logarithm alone.
    private static readonly Func<double, double, double, double>[] Clippings =
    [
        (p, m, e) => Terms.RelativeEntropy(Math.Max(p, e), Math.Max(m, e)),
        (p, m, e) => Terms.RelativeEntropy(p + e, m + e),
        (p, m, e) => p * Math.Log((p + e) / (m + e)),
    ];

    protected override IEnumerable<(double[] P, double[] Q)> Inputs(Random random)
    {
        yield return ([0.5, 0.5], [0.25, 0.75]);
        yield return ([0.2, 0.3, 0.5], [0.2, 0.3, 0.5]);
        yield return ([1, 0], [0, 1]);
        yield return ([0.5, 0.5, 0], [0.75, 0.25, 0]);
        yield return ([0.5, 0.25, 0.25], [0.5, 0.5, 0]);
        for (int n = 2; n <= 6; n++)
            yield return (Draw.Distribution(random, n), Draw.Distribution(random, n));
    }

    protected override object?[] Arguments((double[] P, double[] Q) input) => [input.P, input.Q];

    protected override double Truth((double[] P, double[] Q) input) => Exact(input.P, input.Q);

    protected override string Describe((double[] P, double[] Q) input) => $"p = {Words.Of(input.P)} and q = {Words.Of(input.Q)}";

    private static double Exact(double[] p, double[] q) => Divergence.JensenShannon(p, q);

    private static double[] Middle((double[] P, double[] Q) input) => [.. input.P.Zip(input.Q, (a, b) => (a + b) / 2)];
}
