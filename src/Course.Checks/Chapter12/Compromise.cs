using RelativeEntropy;

namespace Course.Checks.Chapter12;

/// <summary>12.5: the distribution nearest to one opponent that the other one can still bear.</summary>
internal sealed class Compromise : FunctionExercise<Compromise.Case, double[]>
{
    /// <summary>One input: the two opponents, and what the second may have to pay.</summary>
    public sealed record Case(double[] A, double[] B, double Limit);

    public override string Id => "12.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>("double[] Compromise(double[] a, double[] b, double limit)");

    // Near b the payment is quadratic in 1 - s, and rounded to 1e-15: at the least limit, 1e-4, that moves s by 1e-13. q moves by
    // ln(b/a) < 10 times that.
    protected override Precision Tolerance => Precision.Absolute(1e-9);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("mixture", "This is a mixture of a and b: the frontier is the exponential path, on which the logarithms are mixed.", Mixture),
        new("wrong-end", "The roles are exchanged: this is near to b, within a limit on what a pays.", x => Least(x.B, x.A, x.Limit)),
        new("swapped-direction", "The limit was put on D(b || q): q stands first in what both pay.",
            x => Path(x, Root(s => Divergence.KullbackLeibler(x.B, Path(x, s)), x.Limit))),
        new("bits-for-nats", "The limit was taken to be in bits: it is in nats.", x => Least(x.A, x.B, x.Limit * Math.Log(2))),
        new("linear",
            "The payment was taken to grow in proportion to the way along the path: it is a curve, and its root must be searched for.",
            x => Path(x, Math.Max(0, 1 - x.Limit / Divergence.KullbackLeibler(x.A, x.B)))),
        new("not-normalised",
            "The place on the path is right, and the result does not sum to one.",
            x => Products(x, Root(s => Pays(x, s), x.Limit))),
        new("halfway", "This is the middle of the path, whatever the limit is.", x => Path(x, 0.5)),
        new("fair-point", "This is the point at which both pay the same: asked is the one that the limit allows.",
            x => { Divergence.Chernoff(x.B, x.A, out double fair); return Path(x, fair); }),
        new("leash",
            "This is b times a power of a, the optimum with a reward: an opponent's distribution takes the place of b, it does not "
                + "multiply it.",
            Leash),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("limit-used-up", "Where a itself is within the limit, a is the answer: there is no need to use the limit up.",
            (x, given) => Divergence.KullbackLeibler(x.A, x.B) <= x.Limit && given.Zip(x.A).Any(v => Math.Abs(v.First - v.Second) > 1e-6)),
        new("over-the-limit", "Here b pays more than the limit allows.",
            (x, given) => given.All(v => v > 0) && Math.Abs(given.Sum() - 1) < 1e-9
                && Divergence.KullbackLeibler(Draw.Normalised(given), x.B) > x.Limit * (1 + 1e-6)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([0.7, 0.2, 0.1], [0.1, 0.3, 0.6], 0.1);
        yield return new([0.7, 0.2, 0.1], [0.1, 0.3, 0.6], 0.5);
        yield return new([0.6, 0.4], [0.3, 0.7], 2);
        yield return new([0.6, 0.4], [0.3, 0.7], 1e-4);
        yield return new([0.25, 0.75], [0.25, 0.75], 0.1);
        for (int n = 3; n <= 6; n++)
        {
            double[] a = Positive(random, n), b = Positive(random, n);
            yield return new(a, b, (0.1 + 0.7 * random.NextDouble()) * Divergence.KullbackLeibler(a, b));
        }
    }

    protected override object?[] Arguments(Case input) => [input.A, input.B, input.Limit];

    protected override double[] Truth(Case input) => Least(input.A, input.B, input.Limit);

    protected override string Describe(Case input) =>
        $"a = {Words.Of(input.A)}, b = {Words.Of(input.B)} and limit = {Words.Of(input.Limit)}";

    private static double[] Positive(Random random, int n) => Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.02)]);

    private static double[] Least(double[] a, double[] b, double limit)
    {
        var x = new Case(a, b, limit);
        return Path(x, Root(s => Pays(x, s), limit));
    }

    private static double[] Products(Case x, double s) => [.. x.A.Zip(x.B, (a, b) => Math.Pow(a, 1 - s) * Math.Pow(b, s))];

    private static double[] Path(Case x, double s) => Draw.Normalised(Products(x, s));

    private static double Pays(Case x, double s) => Divergence.KullbackLeibler(Path(x, s), x.B);

    private static double[] Mixture(Case x)
    {
        double[] Mixed(double s) => [.. x.A.Zip(x.B, (a, b) => (1 - s) * a + s * b)];
        return Mixed(Root(s => Divergence.KullbackLeibler(Mixed(s), x.B), x.Limit));
    }

    private static double[]? Leash(Case x)
    {
        double[] Tilted(double power) => Draw.Normalised([.. x.A.Zip(x.B, (a, b) => b * Math.Pow(a, power))]);
        double Root2(double least) => Root(v => Divergence.KullbackLeibler(Tilted((1 - v) / Math.Max(v, least)), x.B), x.Limit);
        return Divergence.KullbackLeibler(x.A, x.B) <= x.Limit ? null : Root2(1e-3) is var v && v > 1e-3 ? Tilted((1 - v) / v) : null;
    }

    /// <summary>The least s in [0, 1] at which a falling function is at most the limit.</summary>
    private static double Root(Func<double, double> falling, double limit)
    {
        if (falling(0) <= limit)
            return 0;
        double low = 0, high = 1;
        for (int halving = 0; halving < 100; halving++)
        {
            double middle = (low + high) / 2;
            if (falling(middle) > limit)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
