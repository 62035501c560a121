using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Estimates from nearest neighbours: known truths, laws, coinciding points and refusals.</summary>
public class NearestNeighboursTests
{
    private static readonly double LogTwoPiE = Math.Log(2 * Math.PI * Math.E);

    private static ITestOutputHelper? Output => TestContext.Current.TestOutputHelper;

    [Theory]
    [InlineData(1, 0, 1), InlineData(1, 1, 1), InlineData(1, 0.5, 2), InlineData(2, 1, 1), InlineData(3, 0.5, 1.5)]
    public void Normals_have_their_divergence(int dimension, double shift, double deviation)
    {
        const int n = 4000;
        Draws draws = new(11);
        Estimate estimate = NearestNeighbours.KullbackLeibler(draws.Normals(n * dimension), draws.Normals(n * dimension, shift, deviation),
            dimension);
        double truth = dimension * Gaussian.KullbackLeibler(0, 1, shift, deviation);
        Output?.WriteLine($"{estimate}, truth {truth:F4}");
        Assert.InRange(estimate.Value, truth - 3 * estimate.StandardError, truth + 3 * estimate.StandardError);
        Assert.InRange(estimate.StandardError, 0, 0.1);
    }

    [Theory]
    [InlineData(1, 2), InlineData(3, 1)]
    public void Exponentials_have_their_divergence(double rate0, double rate1)
    {
        Draws draws = new(12);
        Estimate estimate = NearestNeighbours.KullbackLeibler(draws.Exponentials(5000, rate0), draws.Exponentials(4000, rate1), 1);
        double truth = Math.Log(rate0 / rate1) + rate1 / rate0 - 1;
        Output?.WriteLine($"{estimate}, truth {truth:F4}");
        Assert.InRange(estimate.Value, truth - 3 * estimate.StandardError, truth + 3 * estimate.StandardError);
    }

    [Theory]
    [InlineData(0), InlineData(0.5), InlineData(0.9), InlineData(-0.99)]
    public void Correlated_normals_have_their_information(double correlation)
    {
        Estimate estimate = Information(new Draws(13), 4000, correlation);
        double truth = -0.5 * Math.Log(1 - correlation * correlation);
        Output?.WriteLine($"{estimate}, truth {truth:F4}");
        Assert.InRange(estimate.Value, truth - 3 * estimate.StandardError, truth + 3 * estimate.StandardError);
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 1), InlineData(3, 0.1)]
    public void Normals_have_their_entropy(int dimension, double deviation)
    {
        Estimate estimate = NearestNeighbours.Entropy(new Draws(14).Normals(4000 * dimension, 5, deviation), dimension);
        double truth = dimension * (0.5 * LogTwoPiE + Math.Log(deviation));
        Output?.WriteLine($"{estimate}, truth {truth:F4}");
        Assert.InRange(estimate.Value, truth - 3 * estimate.StandardError, truth + 3 * estimate.StandardError);
    }

    /// <summary>Repetitions: the stated error is the spread or more, and the bias falls with n.</summary>
    [Fact]
    public void The_bias_falls_and_the_stated_error_is_on_the_safe_side()
    {
        foreach (int dimension in new[] { 1, 3 })
        {
            double before = double.PositiveInfinity;
            foreach (int n in new[] { 50, 200, 800 })
            {
                double truth = dimension * 0.125;
                Repetitions all = Repetitions.Of(120, r =>
                {
                    Draws draws = new((ulong)(1000 * n + r));
                    return NearestNeighbours.KullbackLeibler(draws.Normals(n * dimension), draws.Normals(n * dimension, 0.5), dimension);
                });
                Output?.WriteLine($"KL, d = {dimension}, n = {n}: {all}, bias {all.Mean - truth:F4}");
                Assert.InRange(all.StatedError / all.Spread, 0.9, 2.5);
                double bias = Math.Abs(all.Mean - truth) - 3 * all.Spread / Math.Sqrt(all.Count);
                Assert.True(bias < before);
                before = Math.Abs(all.Mean - truth) + 3 * all.Spread / Math.Sqrt(all.Count);
            }
        }

        foreach (int n in new[] { 50, 200, 800 })
        {
            Repetitions information = Repetitions.Of(120, r => Information(new Draws((ulong)(7000 * n + r)), n, 0.8));
            Repetitions entropy = Repetitions.Of(120, r => NearestNeighbours.Entropy(new Draws((ulong)(9000 * n + r)).Normals(2 * n), 2));
            Output?.WriteLine($"information, n = {n}: {information}, bias {information.Mean + 0.5 * Math.Log(0.36):F4}");
            Output?.WriteLine($"entropy, d = 2, n = {n}: {entropy}, bias {entropy.Mean - LogTwoPiE:F4}");
            Assert.InRange(information.StatedError / information.Spread, 0.9, 2.5);
            Assert.InRange(entropy.StatedError / entropy.Spread, 0.9, 2.5);
            Assert.InRange(Math.Abs(information.Mean + 0.5 * Math.Log(0.36)), 0, 0.15);
        }
    }

    /// <summary>Of independent variables the estimate is nearly unbiased, even from few samples.</summary>
    [Fact]
    public void Independent_variables_have_no_information()
    {
        Repetitions all = Repetitions.Of(300, r => Information(new Draws((ulong)r), 30, 0));
        Output?.WriteLine($"{all}");
        Assert.InRange(all.Deviations(0), -4, 4);
    }

    [Fact]
    public void Twenty_dimensions_are_possible()
    {
        const int n = 500, dimension = 20;
        Draws draws = new(15);
        Estimate same = NearestNeighbours.KullbackLeibler(draws.Normals(n * dimension), draws.Normals(n * dimension), dimension);
        Estimate shifted = NearestNeighbours.KullbackLeibler(draws.Normals(n * dimension), draws.Normals(n * dimension, 0.5), dimension);
        Output?.WriteLine($"{same}, truth 0; {shifted}, truth 2.5");
        Assert.InRange(same.Value, -4 * same.StandardError, 4 * same.StandardError);
        Assert.InRange(shifted.Value, 0.5, 2.5);
    }

    [Fact]
    public void Shifts_scales_and_the_order_of_the_points_change_nothing()
    {
        Draws draws = new(16);
        double[] x = [.. draws.Normals(60).Select(Dyadic)], y = [.. draws.Normals(80).Select(Dyadic)];
        Estimate divergence = NearestNeighbours.KullbackLeibler(x, y, 2), entropy = NearestNeighbours.Entropy(x, 2),
            information = NearestNeighbours.MutualInformation(x, x, 2, 2);
        Estimate moved = NearestNeighbours.KullbackLeibler([.. x.Select(v => 8 * v + 16)], [.. y.Select(v => 8 * v + 16)], 2);
        AssertNear(divergence, moved);
        AssertNear(divergence, NearestNeighbours.KullbackLeibler(Reversed(x), Reversed(y), 2));
        AssertNear(entropy with { Value = entropy.Value + 2 * Math.Log(8) }, NearestNeighbours.Entropy([.. x.Select(v => 8 * v + 16)], 2));
        AssertNear(information, NearestNeighbours.MutualInformation(Reversed(x), Reversed(x), 2, 2));

        static double Dyadic(double v) => Math.Round(v * 1024) / 1024;
        static double[] Reversed(double[] points) => [.. points.Chunk(2).Reverse().SelectMany(point => point)];
    }

    [Fact]
    public void Information_is_symmetric()
    {
        Draws draws = new(17);
        double[] x = draws.Normals(100), y = [.. draws.Normals(50).Zip(x, (a, b) => a + b)];
        AssertNear(
            NearestNeighbours.MutualInformation(x, y, 2, 1), NearestNeighbours.MutualInformation(y, x, 1, 2));
    }

    [Fact]
    public void Bits_are_nats_over_log_2()
    {
        double[] x = new Draws(18).Normals(50), y = new Draws(19).Normals(50);
        Estimate nats = NearestNeighbours.KullbackLeibler(x, y, 1), bits = NearestNeighbours.KullbackLeibler(x, y, 1, 4, LogBase.Bits);
        AssertNear(new(nats.Value / Math.Log(2), nats.StandardError / Math.Log(2)), bits);
    }

    [Fact]
    public void A_float_counts_as_the_double_it_equals()
    {
        float[] x = [.. new Draws(20).Normals(40).Select(v => (float)v)], y = [.. new Draws(21).Normals(40).Select(v => (float)v)];
        double[] wideX = [.. x.Select(v => (double)v)], wideY = [.. y.Select(v => (double)v)];
        Assert.Equal(NearestNeighbours.KullbackLeibler(wideX, wideY, 2), NearestNeighbours.KullbackLeibler(x, y, 2));
        Assert.Equal(NearestNeighbours.Entropy(wideX, 2), NearestNeighbours.Entropy(x, 2));
        Assert.Equal(NearestNeighbours.MutualInformation(wideX, wideY, 2, 2), NearestNeighbours.MutualInformation(x, y, 2, 2));
    }

    /// <summary>A rounded sample has points at one place: nothing is infinite, and the estimate stays near that of the sample as it
    /// was.</summary>
    [Theory]
    [InlineData(100), InlineData(10)]
    public void Rounded_samples_give_finite_estimates(int digits)
    {
        Draws draws = new(22);
        double[] x = draws.Normals(2000), y = draws.Normals(2000, 1);
        Estimate exact = NearestNeighbours.KullbackLeibler(x, y, 1),
            rounded = NearestNeighbours.KullbackLeibler([.. x.Select(Rounded)], [.. y.Select(Rounded)], 1);
        Output?.WriteLine($"{exact}, rounded to 1/{digits} {rounded}");
        Assert.InRange(rounded.Value, exact.Value - 0.1, exact.Value + 0.1);
        Assert.True(double.IsFinite(rounded.StandardError));

        double Rounded(double v) => Math.Round(v * digits) / digits;
    }

    /// <summary>Where all values are of a few, the rule for points at one place makes the estimate that of their frequencies, up to a
    /// correction of order 1/n.</summary>
    [Fact]
    public void Variables_of_few_values_have_the_information_of_their_table()
    {
        Draws draws = new(23);
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => Math.Floor(2 * draws.Uniform()))];
        double[] y = [.. x.Select(v => draws.Uniform() < 0.9 ? v : 1 - v)];
        int[] table = new int[4];
        for (int i = 0; i < x.Length; i++)
            table[(int)(2 * x[i] + y[i])]++;
        Estimate estimate = NearestNeighbours.MutualInformation(x, y, 1, 1), counted = PlugIn.MutualInformation(table, 2);
        Output?.WriteLine($"{estimate}, from the table {counted}");
        Assert.InRange(estimate.Value - counted.Value, -0.005, 0.005);
    }

    [Fact]
    public void A_point_is_not_its_own_neighbour()
    {
        double[] x = [0, 1, 3, 7, 15, 31];

        // The distances to the nearest others are 1, 1, 2, 4, 8, 16.
        double expected = (0 + 0 + 1 + 2 + 3 + 4) * Math.Log(2) / 6 + Math.Log(2) + Digamma(6) - Digamma(1);
        Assert.Equal(expected, NearestNeighbours.Entropy(x, 1, k: 1).Value, 1e-14);
    }

    [Fact]
    public void Bad_samples_are_refused()
    {
        double[] four = [1, 2, 4, 8], five = [1, 2, 4, 8, 16], same = [3, 3, 3, 3, 3];
        Refuses("k", "k = 0; it must be at least 1.", () => NearestNeighbours.KullbackLeibler(five, five, 1, 0).Value);
        Refuses("dimension", "dimension = 0; it must be positive.", () => NearestNeighbours.Entropy(five, 0, 1).Value);
        Refuses("x", "x has 5 elements, which is not a whole number of rows of 2.", () => NearestNeighbours.Entropy(five, 2, 1).Value);
        Refuses("x", "x has 4 points; k = 3 needs at least 5: take more samples or a smaller k.", () =>
            NearestNeighbours.KullbackLeibler(four, five, 1, 3).Value);
        Refuses("y", "y has 4 points; k = 4 needs at least 5", () =>
            NearestNeighbours.KullbackLeibler([1, 2, 3, 4, 5, 6], four, 1, 4).Value);
        Refuses("y", "x has 5 points and y has 4; each x must have its y.", () =>
            NearestNeighbours.MutualInformation(five, four, 1, 1, 1).Value);
        Refuses("yDimension", "yDimension = -1", () => NearestNeighbours.MutualInformation(five, five, 1, -1, 1).Value);
        Refuses("x", "x[1] = Infinity is infinite", () => NearestNeighbours.Entropy([1, double.PositiveInfinity, 3], 1, 1).Value);
        Refuses("x", "x has all its points at one place, that of point", () => NearestNeighbours.Entropy(same, 1, 1).Value);
        Refuses("y", "y has all its points at one place", () => NearestNeighbours.KullbackLeibler([3.0, 4, 5, 6, 7], same, 1, 1).Value);
        Refuses("x", "x and y have all their 5 pairs at one place", () => NearestNeighbours.MutualInformation(same, same, 1, 1, 1).Value);
    }

    [Fact]
    public void NaN_gives_NaN()
    {
        double[] x = [1, 2, double.NaN, 4, 5], y = [1, 2, 3, 4, 5];
        Estimate unknown = new(double.NaN, double.NaN);
        Assert.Equal(unknown, NearestNeighbours.KullbackLeibler(y, x, 1, 1));
        Assert.Equal(unknown, NearestNeighbours.Entropy(x, 1, 1));
        Assert.Equal(unknown, NearestNeighbours.MutualInformation(x, y, 1, 1, 1));
    }

    private static Estimate Information(Draws draws, int n, double correlation)
    {
        double[] x = draws.Normals(n),
            y = [.. draws.Normals(n).Zip(x, (a, b) => correlation * b + Math.Sqrt(1 - correlation * correlation) * a)];
        return NearestNeighbours.MutualInformation(x, y, 1, 1);
    }

    private static void AssertNear(Estimate expected, Estimate actual)
    {
        Assert.Equal(expected.Value, actual.Value, 1e-12);
        Assert.Equal(expected.StandardError, actual.StandardError, 1e-12);
    }

    private static double Digamma(double x) => Numerics.GammaFunction.Digamma(x);
}
