using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 05 under many seeds, and where they draw the line. That each answer in the solutions notebook gets its verdict is
/// tested where notebooks are run.
/// </summary>
public sealed class Chapter05Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    private static Verdict Renyi(Func<double[], double[], double, double> answer) => Check.Exercise("05.5", answer);

    [Fact]
    public void Every_clipping_of_Jensen_Shannon_is_recognised() =>
        Assert.All(UnderAllSeeds("05.1", new Func<double[], double[], double>((p, q) =>
            p.Zip(q, (a, b) => Clipped(a, (a + b) / 2) + Clipped(b, (a + b) / 2)).Sum() / 2)),
            v => Assert.Equal("epsilon-clipping", v.Mistake));

    // Rows of p, q, r and s = 0.01: the total variations 2d and r - s are as small as the statement allows.
    [Theory]
    [InlineData(0.0010000000, 0.011, null)]
    [InlineData(0.0009999998, 0.011, "variation")]
    [InlineData(0.0009999999999, 0.011, "variation")]
    [InlineData(0.0010000000, 0.0109999, "too-close")]
    [InlineData(0, 0.01, "too-close")]
    public void A_factor_of_two_is_one_however_small_the_distances(double d, double r, string? mistake)
    {
        Verdict verdict = Check.Exercise("05.4",
            new Func<double[][]>(() => [[0.5 + d, 0.5 - d], [0.5 - d, 0.5 + d], [r, 1 - r], [0.01, 0.99]]));
        Assert.Equal((mistake is null ? Outcome.Correct : Outcome.Wrong, mistake), (verdict.Outcome, verdict.Mistake));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-8)]
    public void The_divergence_of_order_one_is_not_that_of_orders_near_one(double distance) =>
        Assert.All(UnderAllSeeds("05.5", new Func<double[], double[], double, double>((p, q, order) =>
            Math.Abs(order - 1) < distance && double.IsFinite(Divergence.KullbackLeibler(p, q))
                ? Divergence.KullbackLeibler(p, q)
                : Divergence.Renyi(p, q, order))),
            v => Assert.Equal("kl-near-one", v.Mistake));

    [Theory]
    [InlineData(false, "order-zero")]
    [InlineData(true, "zeros")]
    public void A_wrong_zero_at_order_zero_is_told_to_be_all_outcomes_where_it_is_for_all_inputs(bool onlyInfinite, string mistake) =>
        Assert.Equal(mistake, Renyi((p, q, order) =>
            order == 0 && (!onlyInfinite || double.IsInfinity(Divergence.Renyi(p, q, 0))) ? 0 : Divergence.Renyi(p, q, order)).Mistake);

    [Fact]
    public void Lost_digits_are_told_to_those_who_lost_them()
    {
        Assert.Equal("cancellation", Renyi((p, q, order) => IsNearOne(order) ? Plain(p, q, order) : Divergence.Renyi(p, q, order)).Mistake);
        Assert.Null(Renyi((p, q, order) => (IsNearOne(order) ? 1.01 : 1) * Divergence.Renyi(p, q, order)).Mistake);
    }

    [Fact]
    public void An_overflow_is_told_to_those_who_overflow()
    {
        Assert.Equal("overflow", Renyi((p, q, order) => order == 400 ? Plain(p, q, order) : Divergence.Renyi(p, q, order)).Mistake);
        Assert.Null(Renyi((p, q, order) => (order == 400 ? 1.01 : 1) * Divergence.Renyi(p, q, order)).Mistake);
    }

    private static bool IsNearOne(double order) => order != 1 && Math.Abs(order - 1) < 1e-6;

    private static double Plain(double[] p, double[] q, double order) =>
        Math.Log(p.Zip(q).Where(o => o.First > 0).Sum(o => Math.Pow(o.First, order) * Math.Pow(o.Second, 1 - order))) / (order - 1);

    private static double Clipped(double p, double m) => Terms.RelativeEntropy(Math.Max(p, 1e-8), Math.Max(m, 1e-8));
}
