using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 08 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter08Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void The_gap_as_a_difference_is_always_right() =>
        Assert.All(UnderAllSeeds("08.1", new Func<double[], double[], double[]>(Difference)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_gap_as_a_divergence_is_always_right() =>
        Assert.All(UnderAllSeeds("08.1", new Func<double[], double[], double[]>((l, q) =>
            [Elbo.Discrete(l, q), q.Zip(l, (a, b) => a > 0 ? a * (Math.Log(a) - (b - Logits.LogSumExp(l))) : 0).Sum()])),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_swapped_direction_is_always_recognised() =>
        Assert.All(UnderAllSeeds("08.1", new Func<double[], double[], double[]>((l, q) => [Elbo.Discrete(l, q), Divergence.KullbackLeibler(Posterior(l), q)])),
            v => Assert.Equal("swapped-direction", v.Mistake));

    [Fact]
    public void A_floor_for_each_image_is_always_recognised() =>
        Assert.All(UnderAllSeeds("08.4", new Func<double[][], double, double>((rates, floor) => rates.Average(row => row.Sum(v => Math.Max(v, floor))))),
            v => Assert.Equal("floor-for-each-image", v.Mistake));

    [Fact]
    public void Steps_of_all_units_at_once_arrive_under_all_seeds() =>
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) => MeanField(j, h, 600))), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Too_few_steps_are_recognised_under_all_seeds() =>
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) => MeanField(j, h, 20))), v => Assert.Equal("not-converged", v.Mistake));

    [Fact]
    public void Steps_that_end_at_a_hundredfold_of_what_is_asked_are_refused_under_all_seeds() =>
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) => MeanField(j, h, 2000, stop: 1e-10))),
            v => Assert.Equal("not-converged", v.Mistake));

    [Fact]
    public void Means_of_another_update_are_not_told_to_go_on() =>
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) =>
            MeanField([.. j.Select(row => (double[])[.. row.Select(v => -v)])], h, 2000))),
            v => Assert.Equal("no-fixed-point", v.Mistake));

    [Fact]
    public void A_wrong_bound_with_the_right_means_is_told_nothing_about_the_means() =>
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) =>
            MeanField(j, h, 2000) is [var bound, .. var means] ? [bound + 1, .. means] : [])),
            v => Assert.Equal((Outcome.Wrong, null), (v.Outcome, v.Mistake)));

    [Fact]
    public void A_posterior_rounded_to_zero_is_told_so() =>
        Assert.All(UnderAllSeeds("08.1", new Func<double[], double[], double[]>((l, q) =>
            [Elbo.Discrete(l, q), Divergence.KullbackLeibler(q, Posterior(l))])),
            v => Assert.Equal("infinite-by-rounding", v.Mistake));

    [Fact]
    public void Another_shift_than_the_largest_logarithm_is_told_so() =>
        Assert.All(UnderAllSeeds("08.1", new Func<double[], double[], double[]>((l, q) =>
        {
            double bound = Difference(l, q)[0];
            return [bound, l[0] + Math.Log(l.Sum(v => Math.Exp(v - l[0]))) - bound];
        })), v => Assert.Equal("infinite-by-rounding", v.Mistake));

    [Fact]
    public void Answers_that_work_in_place_are_right()
    {
        Assert.All(UnderAllSeeds("08.4", new Func<double[][], double, double>((rates, floor) =>
        {
            for (int i = 1; i < rates.Length; i++)
            {
                for (int j = 0; j < rates[0].Length; j++)
                    rates[0][j] += rates[i][j];
            }

            return rates[0].Sum(v => Math.Max(v / rates.Length, floor));
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));
        Assert.All(UnderAllSeeds("08.5", new Func<double[][], double[], double[]>((j, h) =>
        {
            double[] result = MeanField(j, h, 2000);
            foreach (double[] row in j)
                Array.Clear(row);
            Array.Clear(h);
            return result;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));
    }

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        Assert.Equal(Outcome.Wrong, Check.Exercise("08.1", new Func<double[], double[], double[]>((_, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("08.5", new Func<double[][], double[], double[]>((_, _) => null!)).Outcome);
    }

    private static double[] Posterior(double[] logJoint) => Draw.Normalised([.. logJoint.Select(l => Math.Exp(l - logJoint.Max()))]);

    private static double[] Difference(double[] logJoint, double[] q)
    {
        double bound = logJoint.Zip(q).Where(v => v.Second > 0).Sum(v => v.Second * (v.First - Math.Log(v.Second)));
        double top = logJoint.Max();
        return [bound, top + Math.Log(logJoint.Sum(l => Math.Exp(l - top))) - bound];
    }

    private static double[] MeanField(double[][] coupling, double[] field, int steps, double stop = 0)
    {
        double[] m = new double[field.Length];
        double Neighbours(int i) => coupling[i].Zip(m, (a, b) => a * b).Sum();
        for (int step = 0; step < steps; step++)
        {
            double[] next = [.. field.Select((h, i) => Math.Tanh(h + Neighbours(i)))];
            double change = next.Zip(m, (a, b) => Math.Abs(a - b)).Max();
            m = next;
            if (change <= stop)
                break;
        }

        double bound = field.Select((h, i) => m[i] * (h + 0.5 * Neighbours(i)) + Terms.Entropy((1 + m[i]) / 2) + Terms.Entropy((1 - m[i]) / 2)).Sum();
        return [bound, .. m];
    }
}
