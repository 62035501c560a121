using RelativeEntropy;

namespace Course.Checks.Chapter05;

/// <summary>05.5: Renyi's divergence for every order, its limits and the orders near one among them.</summary>
internal sealed class RenyiOfEveryOrder : FunctionExercise<RenyiOfEveryOrder.Case, double>
{
    /// <summary>One input: two distributions and an order.</summary>
    public sealed record Case(double[] P, double[] Q, double Order)
    {
        public bool IsNearOne => Order != 1 && Math.Abs(Order - 1) < 1e-6;

        public bool IsLarge => Order >= 100 && double.IsFinite(Order);

        // The sum is rounded to a multiple of 2^-53 when it is not far from one; a few roundings of its terms and of itself,
        // divided by order - 1.
        public bool IsLostNearOne(double answer) => IsNearOne && Math.Abs(answer - Exact(this)) <= 1e-15 / Math.Abs(Order - 1);

        public bool Overflows(double answer) => IsLarge && !double.IsFinite(answer);
    }

    private const string OrderZero =
        "At order 0 all outcomes count here: one that P cannot produce does not, although Math.Pow(0, 0) is 1.";

    public override string Id => "05.5";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double>>("double Renyi(double[] p, double[] q, double order)");

    // With s = order - 1, the sum of p (e^(s x) - 1) over n <= 5 outcomes errs by at most (n + 6) u sum p |s x|, so the divergence by 2e-15 sum p|x|:
    // below 1e-14. The formula as it stands errs by u/s: 1e-7 at s = 1e-9. The second term of the series in s is 1e-18 of the first there.
    protected override Precision Tolerance => Precision.SignificantDigits(9).OrDecimals(10);

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is the divergence of Q relative to P: it is p that is raised to the order.", x => Divergence.Renyi(x.Q, x.P, x.Order)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats, the unit of Math.Log.", x => Exact(x) / Math.Log(2)),
        new("sign", "The sign is the wrong way round: the factor before the logarithm is 1/(order - 1).", x => InFormula(x, -Exact(x))),
        new("no-logarithm", "This is the Tsallis divergence: Renyi's takes the logarithm of the sum.", x => InFormula(x, Divergence.Tsallis(x.P, x.Q, Math.Min(x.Order, double.MaxValue)))),
        new("no-factor", "The factor 1/(order - 1) before the logarithm is missing.", x => InFormula(x, (x.Order - 1) * Exact(x))),
        new("kl-near-one", "Orders near one were treated as order one: right to some digits, and not to nine. "
            + "The divergence is not the same there.",
            x => KullbackLeiblerWithin(1e-6, x)),
        new("kl-near-one", "Orders within 1e-8 of one were treated as order one: right to some digits, and not to nine. "
            + "The divergence is not the same there.",
            x => KullbackLeiblerWithin(1e-8, x)),
        new("order-zero", OrderZero, x => x.Order == 0 ? -Math.Log(x.Q.Sum()) : Exact(x)),
        new("order-zero", OrderZero, x => x.Order == 0 && double.IsFinite(Exact(x)) ? -Math.Log(x.Q.Sum()) : Exact(x)),
        new("ratio-at-infinity", "For order infinity this is the largest ratio itself: the divergence is its logarithm.",
            x => double.IsInfinity(x.Order) ? Math.Exp(Exact(x)) : Exact(x)),
    ];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("order-one", "Wrong at order 1 alone, which is a limit: both the logarithm and order - 1 vanish there, "
            + "and what remains is the KL divergence.",
            (x, _) => x.Order == 1),
        new("order-infinity", "Wrong at order infinity alone, which is a limit: the largest ratio p/q decides.",
            (x, _) => double.IsInfinity(x.Order)),
        new("cancellation", "For orders near one the sum is nearly one, and the digits of its difference from one are lost before the logarithm sees them: sum the small differences instead.",
            (x, y) => x.IsLostNearOne(y)),
        new("overflow", "For large orders the powers overflow: take the largest exponent out before you exponentiate.",
            (x, y) => x.Overflows(y)),
        new("as-it-stands", "This is the formula as it stands. For orders near one the sum is nearly one and its digits are lost: sum the small differences from one instead. For large orders the powers overflow: take the largest exponent out.",
            (x, y) => x.IsLostNearOne(y) || x.Overflows(y)),
        new("zeros", "Wrong only where an outcome has probability zero: the statement says what such outcomes do.",
            (x, _) => x.P.Concat(x.Q).Contains(0)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        double[] p = [0.6, 0.3, 0.1], q = [0.3, 0.3, 0.4];
        foreach (double order in new[] { 2, 0.5, 1, 0, double.PositiveInfinity, 1 + 1e-9, 1 - 1e-9, 1 + 1e-7, 0.01, 5 })
            yield return new(p, q, order);
        foreach (double order in new[] { 0, 0.5, 1, 3 })
            yield return new([0.5, 0.5, 0], [0.4, 0.4, 0.2], order);
        foreach (double order in new[] { 0, 0.5, 1 - 1e-9, 1, 1 + 1e-9, 2, double.PositiveInfinity })
            yield return new([0.5, 0.3, 0.2, 0], [0.5, 0.5, 0, 0], order);
        foreach (double order in new[] { 0, 0.5, 1, 2 })
            yield return new([1, 0], [0, 1], order);
        yield return new([0.9, 0.1], [0.01, 0.99], 400);
        yield return new([0.2, 0.8], [0.3, 0.7], 400);
        for (int n = 2; n <= 5; n++)
        {
            double[] first = Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.05)]);
            double[] second = Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.05)]);
            yield return new(first, second, n / 4.0 + 0.1);
            yield return new(first, second, 1 + 1e-9 * n);
        }
    }

    protected override object?[] Arguments(Case input) => [input.P, input.Q, input.Order];

    protected override double Truth(Case input) => Exact(input);

    protected override string Describe(Case input) =>
        $"p = {Words.Of(input.P)}, q = {Words.Of(input.Q)} and order = {(input.IsNearOne ? $"1 + {Words.Of(input.Order - 1)}" : Words.Of(input.Order))}";

    private static double Exact(Case x) => Divergence.Renyi(x.P, x.Q, x.Order);

    private static double KullbackLeiblerWithin(double distance, Case x) =>
        Math.Abs(x.Order - 1) < distance && Divergence.KullbackLeibler(x.P, x.Q) is var kl && double.IsFinite(kl) ? kl : Exact(x);

    // What a mistake in the formula gives where the limits and the infinite cases are treated apart, and rightly.
    private static double InFormula(Case x, double value) => x.Order is 0 or 1 or double.PositiveInfinity || double.IsInfinity(Exact(x)) ? Exact(x) : value;
}
