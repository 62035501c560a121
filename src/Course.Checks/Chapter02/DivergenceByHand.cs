using RelativeEntropy;

namespace Course.Checks.Chapter02;

/// <summary>02.1: the divergence of two arrays, with its edges.</summary>
internal sealed class DivergenceByHand : FunctionExercise<(double[] P, double[] Q), double>
{
    public override string Id => "02.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double>>("double Divergence(double[] p, double[] q)");

    // Summing t_i = p_i ln(p_i/q_i) in any order errs by at most (n + 4) u sum|t_i|, u = 1.1e-16: for n <= 6 and sum|t_i| < 3, below 4e-15.
    // Relative to max(D, Floor) that is below 4e-12. Entropy subtracted from cross-entropy has larger terms, by a factor below 5.
    // Every mistake is off by more than 1e-6 on one input at least.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[] P, double[] Q), double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(Q || P): the distribution that weighs the terms and stands above the fraction bar is the first argument, p.",
            x => Exact(x.Q, x.P)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats, the unit of Math.Log.",
            x => Exact(x.P, x.Q) / Math.Log(2)),
        new("zero-log-zero", "An outcome with p_i = 0 gives NaN here: 0 * Math.Log(0) is NaN in floating point, and the outcome must contribute 0.",
            x => x.P.Contains(0) ? double.NaN : Exact(x.P, x.Q)),
        new("infinite-term-dropped", "An outcome with p_i > 0 and q_i = 0 was left out: Q calls impossible what P says happens, and that makes the divergence infinite.",
            x => Sum(x, (p, q) => q == 0 ? 0 : Term(p, q))),
        new("sign", "The sign is the wrong way round: a divergence is never negative. Look at which of p and q stands above the fraction bar.",
            x => -Exact(x.P, x.Q)),
        new("cross-entropy", "This is the cross-entropy H(P, Q): the entropy of P has to be subtracted from it.",
            x => Entropy.Cross(x.P, x.Q)),
        new("mean-for-sum", "This is the mean of the terms: p already weighs them, so they are added up and not divided by their number.",
            x => Exact(x.P, x.Q) / x.P.Length),
        new("absolute-terms", "The absolute values of the terms were summed: some terms are negative, and they belong into the sum as they are.",
            x => Sum(x, (p, q) => Math.Abs(Term(p, q)))),
        .. from epsilon in new[] { 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-14, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20, 1e-30, 1e-100, 1e-300 }
           from clipped in Clippings
           select new Mistake<(double[] P, double[] Q), double>("epsilon-clipping",
               "A small constant keeps zeros away here: it turns an infinite divergence into a finite number that depends on the constant. Treat the two kinds of zero as the statement says.",
               x => Sum(x, (p, q) => clipped(p, q, epsilon))),
    ];

    // What people do with a small constant: clip both as in many published snippets, clip one, add it to one or to both.
    private static readonly Func<double, double, double, double>[] Clippings =
    [
        (p, q, e) => Term(Math.Max(p, e), Math.Max(q, e)),
        (p, q, e) => Term(p, Math.Max(q, e)),
        (p, q, e) => p * Math.Log((p + e) / (q + e)),
        (p, q, e) => Term(p + e, q + e),
        (p, q, e) => Term(p, q + e),
        (p, q, e) => p * Math.Log(p / (q + e) + e),
    ];

    protected override IEnumerable<(double[] P, double[] Q)> Inputs(Random random)
    {
        yield return ([0.5, 0.5], [0.25, 0.75]);
        yield return ([0.2, 0.3, 0.5], [0.2, 0.3, 0.5]);
        yield return ([1, 0], [0.5, 0.5]);
        yield return ([0.5, 0.5, 0], [0.75, 0.25, 0]);
        yield return ([0.5, 0.25, 0.25], [0.5, 0.5, 0]);
        yield return ([1 - 1.0 / (1L << 40), 1.0 / (1L << 40)], [1, 0]);
        for (int n = 2; n <= 6; n++)
            yield return (Draw.Distribution(random, n), Draw.Distribution(random, n));
    }

    protected override IEnumerable<(double[] P, double[] Q)> Simpler((double[] P, double[] Q) input) =>
        Checks.Simpler.Distributions(input.P, input.Q).Select(rows => (rows[0], rows[1]));

    protected override object?[] Arguments((double[] P, double[] Q) input) => [input.P, input.Q];

    protected override double Truth((double[] P, double[] Q) input) => Exact(input.P, input.Q);

    protected override string Describe((double[] P, double[] Q) input) => $"p = {Words.Of(input.P)} and q = {Words.Of(input.Q)}";

    private static double Exact(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);

    private static double Term(double p, double q) => Terms.RelativeEntropy(p, q);

    private static double Sum((double[] P, double[] Q) input, Func<double, double, double> term) => input.P.Zip(input.Q, term).Sum();
}
