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

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Any_floor_of_the_interval_is_right(double part) =>
        Assert.All(UnderAllSeeds("08.4", Floor((l, d, k) => Between(l, d, k, part))), v => Assert.Equal(Outcome.Correct, v.Outcome));

    // The rates and the noise by minimising J itself, the floors at which the number changes by halving: nothing of the check's formula.
    [Fact]
    public void The_interval_is_where_the_minimum_of_the_loss_has_so_many_active_dimensions() =>
        Assert.All(UnderAllSeeds("08.4", Floor((l, d, k) =>
        {
            double lower = k == d ? 0 : FirstFloor(l, d, k);
            return k == 0 ? lower + 1e-5 : lower + 0.999 * (FirstFloor(l, d, k - 1) - lower);
        })).Take(10), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Wherever_in_the_interval_a_mistake_begins_it_is_recognised_under_all_seeds(double part)
    {
        var said = new Dictionary<string, Func<double[], int, int, double>>
        {
            ["bits-for-nats"] = (l, d, k) => Between(l, d, k, part) / Math.Log(2),
            ["no-half"] = (l, d, k) => 2 * Between(l, d, k, part),
            ["floor-on-the-sum"] = (l, d, k) => d * Between(l, d, k, part),
            ["counted-the-others"] = (l, d, k) => Between(l, d, d - k, part),
            ["noise-held"] = (l, d, k) => BetweenRates(l, d, k, part, l[d..].Sum() / (l.Length - d)),
            ["idle-dropped"] = (l, d, k) => BetweenRates(l, d, k, part, l[k..].Sum() / (l.Length - k)),
            ["one-too-many"] = (l, d, k) => Between(l, d, Math.Min(d, k + 1), part),
            ["one-too-few"] = (l, d, k) => Between(l, d, Math.Max(0, k - 1), part),
        };
        Assert.All(said, mistake => Assert.All(UnderAllSeeds("08.4", Floor(mistake.Value)), v => Assert.Equal(mistake.Key, v.Mistake)));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(0)]
    [InlineData(5e-7)]
    public void A_floor_at_which_the_number_changes_is_told_so(double beyond) =>
        Assert.All(UnderAllSeeds("08.4", Floor((l, d, k) => k == d ? Edge(l, d, k, k - 1) - beyond : Edge(l, d, k, k) + beyond)),
            v => Assert.Equal("on-the-edge", v.Mistake));

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

    private static Func<double[], int, int, double> Floor(Func<double[], int, int, double> answer) => answer;

    // Where k dimensions are active, the floor at which dimension j would come to lie on it.
    private static double Edge(double[] l, int d, int k, int j) => Math.Log(((l.Length - k) * l[j] - l[k..d].Sum()) / l[d..].Sum()) / 2;

    private static double Between(double[] l, int d, int k, double part)
    {
        double lower = k == d ? 0 : Edge(l, d, k, k);
        return lower + part * (k == 0 ? 1 : Edge(l, d, k, k - 1) - lower);
    }

    private static double BetweenRates(double[] l, int d, int k, double part, double noise)
    {
        double lower = k == d ? 0 : Math.Log(l[k] / noise) / 2;
        return lower + part * (k == 0 ? 1 : Math.Log(l[k - 1] / noise) / 2 - lower);
    }

    // The least floor with at most k active dimensions, by halving.
    private static double FirstFloor(double[] l, int d, int k)
    {
        (double low, double high) = (0, 20);
        for (int step = 0; step < 40; step++)
            (low, high) = Active(l, d, (low + high) / 2) > k ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return high;
    }

    // Rates and noise in turn, each the best for the other: that lowers the loss, and it is convex.
    private static int Active(double[] l, int d, double floor)
    {
        double noise = l.Average();
        double[] rates = [];
        for (int step = 0; step < 500; step++)
        {
            rates = [.. l[..d].Select(v => Math.Max(floor, Math.Log(v / noise) / 2))];
            noise = (l[..d].Zip(rates, (v, rate) => v * Math.Exp(-2 * rate)).Sum() + l[d..].Sum()) / l.Length;
        }

        return rates.Count(rate => rate > floor);
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
