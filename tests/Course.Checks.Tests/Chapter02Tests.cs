using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 02 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter02Tests
{
    private const int Seeds = 300;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void The_plain_sum_is_always_right() =>
        Assert.All(UnderAllSeeds("02.1", new Func<double[], double[], double>(
            (p, q) => p.Zip(q).Where(x => x.First > 0).Sum(x => x.First * Math.Log(x.First / x.Second)))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Cross_entropy_minus_entropy_is_always_right() =>
        Assert.All(UnderAllSeeds("02.1", new Func<double[], double[], double>((p, q) => Entropy.Cross(p, q) - Entropy.Shannon(p))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_swapped_direction_is_always_recognised() =>
        Assert.All(UnderAllSeeds("02.1", new Func<double[], double[], double>((p, q) => Divergence.KullbackLeibler(q, p))),
            v => Assert.Equal("swapped-direction", v.Mistake));

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-6)]
    public void An_epsilon_is_always_recognised(double epsilon) =>
        Assert.All(UnderAllSeeds("02.1", new Func<double[], double[], double>(
            (p, q) => p.Zip(q, (a, b) => a * Math.Log((a + epsilon) / (b + epsilon))).Sum())),
            v => Assert.Equal("epsilon-clipping", v.Mistake));

    [Fact]
    public void An_answer_that_writes_into_its_arguments_spoils_nothing() =>
        Assert.All(UnderAllSeeds("02.1", new Func<double[], double[], double>((p, q) =>
        {
            double d = Divergence.KullbackLeibler(p, q);
            Array.Clear(p);
            Array.Clear(q);
            return d;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Newton_projects_rightly_under_all_seeds() =>
        Assert.All(UnderAllSeeds("02.5", new Func<double[], double[], double, double[]>(Newton)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Returning_the_belief_itself_is_wrong_under_all_seeds() =>
        Assert.All(UnderAllSeeds("02.5", new Func<double[], double[], double, double[]>((q, values, mean) => q)),
            v => Assert.Equal(Outcome.Wrong, v.Outcome));

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        Assert.Equal(Outcome.Wrong, Check.Exercise("02.4", new Func<double[][]>(() => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("02.4", new Func<double[][]>(() => [null!, null!, null!])).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("02.5", new Func<double[], double[], double, double[]>((_, _, _) => null!)).Outcome);
    }

    [Theory]
    [InlineData(0.99, Outcome.Correct)]
    [InlineData(-0.99, Outcome.Correct)]
    [InlineData(1.01, Outcome.Wrong)]
    [InlineData(-1.01, Outcome.Wrong)]
    public void A_mean_may_be_missed_by_as_much_as_the_statement_says(double share, Outcome outcome) =>
        Assert.All(UnderAllSeeds("02.5", new Func<double[], double[], double, double[]>((q, values, mean) =>
        {
            double[] p = Newton(q, values, mean);
            int[] support = [.. Enumerable.Range(0, q.Length).Where(i => q[i] > 0).OrderBy(i => values[i])];
            (int least, int greatest) = (support[0], support[^1]);
            if (mean > values[least] && mean < values[greatest])
            {
                double moved = share * 1e-12 * (values.Max() - values.Min()) / (values[greatest] - values[least]);
                (p[least], p[greatest]) = (p[least] - moved, p[greatest] + moved);
            }
            return p;
        })), v => Assert.Equal(outcome, v.Outcome));

    [Fact]
    public void A_probability_that_must_be_zero_is_zero() =>
        Assert.Equal(Outcome.Wrong, Check.Exercise("02.5", new Func<double[], double[], double, double[]>((q, values, mean) =>
            [.. Newton(q, values, mean).Select((v, i) => q[i] > 0 ? v : double.Epsilon)])).Outcome);

    [Theory]
    [InlineData(0.99, Outcome.Correct)]
    [InlineData(-0.99, Outcome.Correct)]
    [InlineData(1.01, Outcome.Wrong)]
    [InlineData(-1.01, Outcome.Wrong)]
    public void A_row_may_miss_one_by_as_much_as_the_statement_says(double share, Outcome outcome) =>
        Assert.Equal(outcome, Check.Exercise("02.4", new Func<double[][]>(
            () => [[0.8 + share * 1e-8, 0.1, 0.1], [0.45, 0.45, 0.1], [0.1, 0.8, 0.1]])).Outcome);

    [Theory]
    [InlineData(1.01, Outcome.Correct)]
    [InlineData(0.99, Outcome.Wrong)]
    public void The_triangle_breaks_by_as_much_as_the_statement_says(double share, Outcome outcome)
    {
        static double[][] Rows(double step) => [[0.3, 0.3, 0.4], [0.3 + step, 0.3 - step, 0.4], [0.3 + 2 * step, 0.3 - 2 * step, 0.4]];
        static double Between(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);
        (double low, double high) = (0, 0.1);
        for (int k = 0; k < 60; k++)
        {
            double[][] d = Rows((low + high) / 2);
            bool isTooFar = Between(d[0], d[2]) - Between(d[0], d[1]) - Between(d[1], d[2]) > share * 1e-6;
            (low, high) = isTooFar ? (low, (low + high) / 2) : ((low + high) / 2, high);
        }
        Assert.Equal(outcome, Check.Exercise("02.4", new Func<double[][]>(() => Rows(high))).Outcome);
    }

    [Fact]
    public void Not_numbers_break_no_triangle() =>
        Assert.Equal("not-positive", Check.Exercise("02.4", new Func<double[][]>(
            () => [[double.NaN, 0.5, 0.5], [0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])).Mistake);

    /// <summary>The tilt with the mean, by Newton's method held in a bracket.</summary>
    private static double[] Newton(double[] q, double[] values, double mean)
    {
        double[] inside = [.. values.Where((_, i) => q[i] > 0)];
        if (mean == inside.Max() || mean == inside.Min())
            return Draw.Normalised([.. q.Select((v, i) => values[i] == mean ? v : 0)]);
        double scale = inside.Max() - inside.Min(), low = double.NegativeInfinity, high = double.PositiveInfinity, multiplier = 0;
        double[] x = [.. values.Select(v => (v - mean) / scale)];
        for (int k = 0; ; k++)
        {
            double largest = x.Where((_, i) => q[i] > 0).Max(v => v * multiplier);
            double[] p = Draw.Normalised([.. x.Select((v, i) => q[i] == 0 ? 0 : q[i] * Math.Exp(v * multiplier - largest))]);
            double excess = p.Zip(x, (a, b) => a * b).Sum();
            double variance = p.Zip(x, (a, b) => a * (b - excess) * (b - excess)).Sum();
            if (Math.Abs(excess) < 1e-15 || k == 500)
                return p;
            (low, high) = excess < 0 ? (multiplier, high) : (low, multiplier);
            double next = multiplier - excess / variance;
            multiplier = next > low && next < high ? next
                : double.IsInfinity(low) ? 2 * high - 1
                : double.IsInfinity(high) ? 2 * low + 1
                : (low + high) / 2;
        }
    }
}
