using System.Numerics;
using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 13 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter13Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void A_state_merged_by_the_log_sum_exp_of_both_is_always_right() =>
        Assert.All(UnderAllSeeds("13.1", new Func<double[], double[], double[]>(Merged)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Sums_that_are_not_rescaled_are_always_recognised() =>
        Assert.All(
            UnderAllSeeds("13.1", new Func<double[], double[], double[]>(
                (a, b) => [Math.Max(a[0], b[0]), a[1] + b[1], a[2] + b[2]])),
            v => Assert.Equal("not-rescaled", v.Mistake));

    [Fact]
    public void A_mean_of_means_is_always_recognised() =>
        Assert.All(UnderAllSeeds("13.2", new Func<double[], double[], double>((means, _) => means.Average())),
            v => Assert.Equal("mean-of-means", v.Mistake));

    [Fact]
    public void A_pooled_mean_by_shares_is_always_right() =>
        Assert.All(
            UnderAllSeeds("13.2", new Func<double[], double[], double>((means, counts) => counts.Sum() == 0
                ? double.NaN
                : means.Zip(counts).Where(s => s.Second > 0).Sum(s => s.Second / counts.Sum() * s.First))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Knuth_s_sum_without_a_branch_is_always_right() =>
        Assert.All(UnderAllSeeds("13.4", new Func<double[], double>(Knuth)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Kahan_s_own_sum_is_always_recognised_and_refused() =>
        Assert.All(UnderAllSeeds("13.4", new Func<double[], double>(Kahan)), v => Assert.Equal("kahan", v.Mistake));

    [Fact]
    public void A_plain_sum_is_always_recognised() =>
        Assert.All(UnderAllSeeds("13.4", new Func<double[], double>(Plain)), v => Assert.Equal("plain-sum", v.Mistake));

    [Fact]
    public void Whole_numbers_of_small_units_are_always_free_of_order() =>
        Assert.All(UnderAllSeeds("13.5", new Func<double[][], double[][], double>(InUnits)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_running_sum_over_the_shards_is_always_seen_to_depend_on_their_order() =>
        Assert.All(
            UnderAllSeeds("13.5", new Func<double[][], double[][], double>((p, q) => Plain(OfTerms(p, q)))),
            v => Assert.Equal("order-of-shards", v.Mistake));

    [Fact]
    public void Sorted_sums_of_shards_are_always_seen_to_depend_on_the_cuts() =>
        Assert.All(
            UnderAllSeeds("13.5", new Func<double[][], double[][], double>(
                (p, q) => Plain(p.Zip(q, (a, b) => Plain(OfTerms([a], [b]))).Order()))),
            v => Assert.Equal("depends-on-cuts", v.Mistake));

    [Fact]
    public void The_library_s_accumulator_is_not_the_learner_s() =>
        Assert.Equal(Exercise.LibraryCall, Check.Exercise("13.5", new Func<double[][], double[][], double>((p, q) =>
        {
            var sum = new KullbackLeiblerAccumulator();
            for (int k = 0; k < p.Length; k++)
                sum.Add(p[k], q[k]);
            return sum.OfMeasures();
        })).Mistake);

    private static double[] Merged(double[] a, double[] b)
    {
        if (a[1] == 0 || b[1] == 0)
            return a[1] == 0 ? b : a;
        double m = Math.Max(a[0], b[0]), first = Math.Exp(a[0] - m), second = Math.Exp(b[0] - m);
        return [m, first * a[1] + second * b[1], first * a[2] + second * b[2]];
    }

    private static double Plain(IEnumerable<double> terms)
    {
        double sum = 0;
        foreach (double x in terms)
            sum += x;
        return sum;
    }

    private static double Kahan(double[] terms)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double y = x - c, t = sum + y;
            c = (t - sum) - y;
            sum = t;
        }

        return sum;
    }

    private static double Knuth(double[] terms)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double t = sum + x, arrived = t - sum;
            c += (sum - (t - arrived)) + (x - arrived);
            sum = t;
        }

        return sum + c;
    }

    private static IEnumerable<double> OfTerms(double[][] p, double[][] q) => p.Zip(q)
        .SelectMany(shard => shard.First.Zip(shard.Second))
        .Where(outcome => outcome.First > 0)
        .Select(outcome => outcome.First * Math.Log(outcome.First / outcome.Second));

    private static double InUnits(double[][] p, double[][] q) => OfTerms(p, q).Contains(double.PositiveInfinity)
        ? double.PositiveInfinity
        : Math.ScaleB((double)OfTerms(p, q).Aggregate(BigInteger.Zero, (sum, x) => sum + new BigInteger(Math.ScaleB(x, 100))), -100);
}
