using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 07 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter07Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    private static Func<double[], double[], double[], double> Penalty(Func<double, double, double> term) =>
        (p, r, b) => Enumerable.Range(0, p.Length).Average(i => term(p[i] - r[i], Math.Exp(p[i] - b[i])));

    [Fact]
    public void The_weighted_mean_is_always_right() =>
        Assert.All(UnderAllSeeds("07.1", Penalty((l, w) => w * (Math.Exp(-l) - 1 + l))), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_penalty_with_one_exponential_less_is_always_right() =>
        Assert.All(UnderAllSeeds("07.1", Penalty((l, w) => w * Math.Exp(-l) + w * (l - 1))), v => Assert.Equal(Outcome.Correct, v.Outcome));

    public static TheoryData<string, Func<double, double, double>> HalfMended => new()
    {
        { "as-printed", (l, _) => Math.Exp(l) - 1 - l },
        { "no-weights", (l, _) => Math.Exp(-l) - 1 + l },
        { "ratio-inverted", (l, w) => w * (Math.Exp(l) - 1 - l) },
        { "k1", (l, w) => w * l },
        { "weights-inverted", (l, w) => (Math.Exp(-l) - 1 + l) / w },
        { "weights-clipped", (l, w) => Math.Min(w, 1) * (Math.Exp(-l) - 1 + l) },
    };

    [Theory]
    [MemberData(nameof(HalfMended))]
    public void A_fault_that_is_left_is_always_recognised(string mistake, Func<double, double, double> term) =>
        Assert.All(UnderAllSeeds("07.1", Penalty(term)), v => Assert.Equal(mistake, v.Mistake));

    [Fact]
    public void Entropies_in_another_order_of_summation_are_always_right() =>
        Assert.All(UnderAllSeeds("07.3", new Func<int[], double>(c =>
        {
            double n = c.Sum();
            return c.Where(v => v > 0).OrderDescending().Select(v => (0.5 - v * Math.Log(v / n)) / n).Sum() - 0.5 / n;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_correction_for_all_outcomes_listed_is_always_recognised() =>
        Assert.All(UnderAllSeeds("07.3", new Func<int[], double>(c => PlugIn.Entropy(c).Value + (c.Length - 1) / (2.0 * c.Sum()))),
            v => Assert.Equal("empty-outcomes", v.Mistake));

    [Fact]
    public void Grassbergers_correction_is_not_the_one_asked_for() =>
        Assert.All(UnderAllSeeds("07.3", new Func<int[], double>(c => PlugIn.Entropy(c, PlugInCorrection.Grassberger).Value)),
            v => Assert.Equal((Outcome.Wrong, null), (v.Outcome, v.Mistake)));

    [Fact]
    public void The_nearest_whole_number_is_told_from_its_neighbours()
    {
        Assert.Equal(Outcome.Correct, Check.Exercise("07.4", 1481).Outcome);
        Assert.Equal("rounded-down", Check.Exercise("07.4", 1480).Mistake);
        Assert.Equal((Outcome.Wrong, null), (Check.Exercise("07.4", 1482).Outcome, Check.Exercise("07.4", 1482).Mistake));
        Assert.Equal("scores", Check.Exercise("07.4", 1481 * 1481).Mistake);
    }

    [Fact]
    public void Distances_by_scaled_coordinates_are_always_right() =>
        Assert.All(UnderAllSeeds("07.5", new Func<double[][], double[][], int, double>((x, y, k) =>
        {
            double[][] Half(double[][] points) => [.. points.Select(p => (double[])[.. p.Select(v => v / 2)])];
            return Neighbours(Half(x), Half(y), k, counted: 0);
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void One_that_counts_each_point_as_its_own_neighbour_is_always_recognised() =>
        Assert.All(UnderAllSeeds("07.5", new Func<double[][], double[][], int, double>((x, y, k) => Neighbours(x, y, k, counted: 1))),
            v => Assert.Equal("own-point-counted", v.Mistake));

    [Fact]
    public void The_mutual_information_s_largest_difference_is_no_euclidean_distance() =>
        Assert.All(UnderAllSeeds("07.5", new Func<double[][], double[][], int, double>((x, y, k) =>
            Neighbours(x, y, k, counted: 0, (a, b) => a.Zip(b, (v, w) => Math.Abs(v - w)).Max()))),
            v => Assert.Equal((Outcome.Wrong, null), (v.Outcome, v.Mistake)));

    [Fact]
    public void Answers_that_work_in_place_are_right()
    {
        Assert.All(UnderAllSeeds("07.1", new Func<double[], double[], double[], double>((p, r, b) =>
        {
            for (int i = 0; i < p.Length; i++)
                (r[i], b[i]) = (p[i] - r[i], Math.Exp(p[i] - b[i]));
            double mean = r.Zip(b, (l, w) => w * (Math.Exp(-l) - 1 + l)).Average();
            Array.Clear(p);
            return mean;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));
        Assert.All(UnderAllSeeds("07.5", new Func<double[][], double[][], int, double>((x, y, k) =>
        {
            double result = Neighbours(x, y, k, counted: 0);
            foreach (double[] point in x.Concat(y))
                Array.Clear(point);
            return result;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));
    }

    private static double Neighbours(
        double[][] x, double[][] y, int k, int counted, Func<double[], double[], double>? distance = null)
    {
        distance ??= (a, b) => Math.Sqrt(a.Zip(b, (v, w) => (v - w) * (v - w)).Sum());
        double Kth(double[] from, double[][] points, int skipped) =>
            points.Select(p => distance(from, p)).Order().ElementAt(k - 1 + skipped);
        return x[0].Length * x.Average(p => Math.Log(Kth(p, y, 0)) - Math.Log(Kth(p, x, 1 - counted)))
            + Math.Log(y.Length / (x.Length - 1.0));
    }
}
