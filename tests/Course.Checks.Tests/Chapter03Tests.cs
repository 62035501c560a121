using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 03 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter03Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer, int seeds = Seeds)
        where TDelegate : Delegate =>
        Enumerable.Range(0, seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void Log_sum_exp_with_the_largest_logit_taken_out_is_always_right() =>
        Assert.All(UnderAllSeeds("03.1", new Func<double[], int, double>(
            (z, label) => z.Max() - z[label] + Math.Log(z.Sum(v => Math.Exp(v - z.Max()))))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_logarithm_of_a_softmax_is_always_recognised() =>
        Assert.All(UnderAllSeeds("03.1", new Func<double[], int, double>((z, label) =>
        {
            var q = new double[z.Length];
            Logits.Softmax(z, q);
            return -Math.Log(q[label]);
        })), v => Assert.Equal("softmax-first", v.Mistake));

    [Fact]
    public void The_ratio_of_what_two_steps_lack_to_one_always_tells_the_convention() =>
        Assert.All(UnderAllSeeds("03.4", new Func<double[][], double[][], double[]>((small, large) =>
        {
            (double k, double n) = (small[0].Length, large[0].Length);
            (double missing, double ratio) = (Missing(small), Missing(small) / Missing(large));
            return Math.Abs(ratio - 1) < 1e-9 ? [missing, k]
                : Math.Abs(ratio - k / (k - 1) * (n - 1) / n) < 1e-9 ? [missing * (k - 1) / k, k - 1]
                : [];
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Who_looks_at_one_model_or_at_one_row_is_always_recognised()
    {
        Assert.All(UnderAllSeeds("03.4", new Func<double[][], double[][], double[]>((small, _) => [Missing(small), small[0].Length])),
            v => Assert.Equal("always-all", v.Mistake));
        Assert.All(UnderAllSeeds("03.4", new Func<double[][], double[][], double[]>((small, large) =>
        {
            double Others(double[] row) => (1 - row.Max() + row.Min()) * (row.Length - 1) / row.Length;
            (double all, double others) = (1 - small[0].Max() + small[0].Min(), Others(small[0]));
            return Math.Abs(all - (1 - large[0].Max() + large[0].Min())) < Math.Abs(others - Others(large[0]))
                ? [all, small[0].Length]
                : [others, small[0].Length - 1];
        })), v => Assert.Equal("prediction-kept", v.Mistake));
    }

    private static double Missing(double[][] rows) => 1 - rows[0].Zip(rows[1], (a, b) => b - a).Max();

    [Fact]
    public void A_search_by_values_of_the_loss_is_always_right() =>
        Assert.All(UnderAllSeeds("03.5", new Func<double[][], int[], double>(GoldenSection), seeds: 25),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_factor_of_the_logits_is_always_recognised() =>
        Assert.All(UnderAllSeeds("03.5", new Func<double[][], int[], double>((z, labels) => 1 / GoldenSection(z, labels)), seeds: 25),
            v => Assert.Equal("inverse", v.Mistake));

    private static double GoldenSection(double[][] logits, int[] labels)
    {
        double spread = logits.Max(z => z.Max() - z.Min()), ratio = (Math.Sqrt(5) - 1) / 2;
        double Loss(double t) => logits.Zip(labels, (z, y) => Logits.CrossEntropy(y, z, spread * Math.Exp(t))).Average();
        if (logits.Zip(labels, (z, y) => z[y] == z.Max()).All(right => right))
            return 0;
        if (logits.Zip(labels, (z, y) => z[y] - z.Average()).Sum() <= 0)
            return double.PositiveInfinity;
        (double left, double right) = (-6, 6);
        for (int k = 0; k < 60; k++)
        {
            double a = right - ratio * (right - left), b = left + ratio * (right - left);
            (left, right) = Loss(a) < Loss(b) ? (left, b) : (a, right);
        }
        return spread * Math.Exp((left + right) / 2);
    }
}
