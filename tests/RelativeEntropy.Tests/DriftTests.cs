using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>Drift between counts: the index and its bands, the tests and their p-values, the bootstrap.</summary>
public sealed class DriftTests
{
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(0, StabilityBand.Stable)]
    [InlineData(0.0999999, StabilityBand.Stable)]
    [InlineData(0.1, StabilityBand.SmallChange)]
    [InlineData(0.25, StabilityBand.SmallChange)]
    [InlineData(0.2500001, StabilityBand.LargeShift)]
    [InlineData(Inf, StabilityBand.LargeShift)]
    [InlineData(double.NaN, StabilityBand.Unknown)]
    public void The_bands_are_those_of_the_field(double index, StabilityBand band) =>
        Assert.Equal(band, new PopulationStability(index).Band);

    [Fact]
    public void The_index_is_Jeffreys_by_another_name()
    {
        long[] expected = [100, 200, 300, 400], actual = [150, 180, 320, 350];
        PopulationStability stability = Drift.PopulationStability(expected, actual);
        Assert.Equal(Proportions.Jeffreys(expected, actual), stability.Index);
        Assert.Equal(stability, Drift.PopulationStability(actual, expected));
        Assert.Equal(stability, Drift.PopulationStability([100.0, 200, 300, 400], [150, 180, 320, 350]));
        Assert.Equal(stability, Drift.PopulationStability((int[])[100, 200, 300, 400], (int[])[150, 180, 320, 350]));
        Assert.Equal(stability, Drift.PopulationStability((float[])[100, 200, 300, 400], (float[])[150, 180, 320, 350]));
        Assert.Equal(StabilityBand.LargeShift, Drift.PopulationStability((int[])[1, 0], (int[])[1, 1]).Band);
        BadInputTests.Refuses("actual", "actual[1] = -1 is negative", () => { Drift.PopulationStability([1.0, 1], [1, -1]); });
        BadInputTests.Refuses("expected", "expected is zero everywhere",
            () => { Drift.PopulationStability((int[])[0, 0], (int[])[1, 1]); });
    }

    [Fact]
    public void A_fit_is_twice_n_times_the_divergence()
    {
        long[] observed = [30, 50, 20];
        double[] expected = [0.25, 0.45, 0.3];
        GTestResult result = Drift.GTest(observed, expected);
        Assert.Equal(200 * Proportions.KullbackLeibler([30, 50, 20], expected), result.Statistic, 1e-14 * result.Statistic);
        Assert.Equal(2, result.DegreesOfFreedom);
        Assert.Equal(Math.Exp(-result.Statistic / 2), result.PValue, 1e-14);
        Assert.Equal(result, Drift.GTest((int[])[30, 50, 20], expected));
        Assert.Equal(new GTestResult(Inf, 1, 0), Drift.GTest((int[])[30, 1, 1], [1, 1, 0]));
        Assert.Equal(new GTestResult(0, 0, 1), Drift.GTest((int[])[30, 0], [1, 0]));
        Assert.Equal(new GTestResult(Inf, 0, 0), Drift.GTest((int[])[30, 1], [1, 0]));
        Assert.True(double.IsNaN(Drift.GTest((int[])[30, 1], [1, double.NaN]).PValue));
        BadInputTests.Refuses("observed", "observed[0] = -1 is negative", () => { Drift.GTest((int[])[-1, 1], [1, 1]); });
        BadInputTests.Refuses("expected", "expected is zero everywhere", () => { Drift.GTest((int[])[1, 1], [0, 0]); });
        BadInputTests.Refuses("expected", "observed has 2 elements and expected has 3", () => { Drift.GTest((long[])[1, 1], [1, 1, 1]); });
    }

    [Fact]
    public void Two_samples_are_compared_with_both_together()
    {
        long[] first = [30, 50, 20, 0, 0], second = [60, 110, 30, 7, 0];
        double[] together = [.. first.Zip(second, (a, b) => (double)(a + b))];
        GTestResult result = Drift.GTestOfTwoSamples(first, second);
        double sum = Drift.GTest(first, together).Statistic + Drift.GTest(second, together).Statistic;
        Assert.Equal(sum, result.Statistic, 1e-13 * sum);
        Assert.Equal(3, result.DegreesOfFreedom);
        Assert.Equal(result.Statistic, Drift.GTestOfTwoSamples(second, first).Statistic, 1e-14 * sum);
        Assert.Equal(result, Drift.GTestOfTwoSamples((int[])[30, 50, 20, 0, 0], (int[])[60, 110, 30, 7, 0]));
        Assert.Equal(new GTestResult(0, 2, 1), Drift.GTestOfTwoSamples((int[])[1, 2, 3], (int[])[7, 14, 21]));
        BadInputTests.Refuses("second", "second is zero everywhere", () => { Drift.GTestOfTwoSamples((int[])[1, 1], (int[])[0, 0]); });
    }

    /// <summary>Under the hypothesis p-values are uniform, up to what the limit leaves out: their mean is 1/2, and a twentieth is
    /// below 0.05.</summary>
    [Fact]
    public void Without_drift_p_values_are_uniform()
    {
        const int Runs = 4000;
        long[] population = [200, 300, 150, 350, 500], first = new long[5], second = new long[5];
        var stream = new SplitMix64(20260101);
        (double sum, int below) = (0, 0);
        for (int run = 0; run < Runs; run++)
        {
            CountResampling.Draw(population, first, ref stream);
            CountResampling.Draw(population, second, ref stream);
            double p = Drift.GTestOfTwoSamples(first, second).PValue;
            sum += p;
            below += p < 0.05 ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"mean {sum / Runs}, below 0.05 {below / (double)Runs}");
        Assert.Equal(0.5, sum / Runs, 5 * Math.Sqrt(1.0 / 12 / Runs));
        Assert.Equal(0.05, below / (double)Runs, 5 * Math.Sqrt(0.05 * 0.95 / Runs));
    }

    /// <summary>Both ways of drawing, on either side of one half: the counts have the mean and the variance of a multinomial, and
    /// add up.</summary>
    [Theory]
    [InlineData(new long[] { 3, 7, 0, 5 })]
    [InlineData(new long[] { 30, 70, 900 })]
    [InlineData(new long[] { 100_000, 300_000, 5, 600_000 })]
    public void Resamples_are_multinomial(long[] counts)
    {
        const int Draws = 20_000;
        long n = counts.Sum();
        var stream = new SplitMix64(7);
        double[] sum = new double[counts.Length], squares = new double[counts.Length];
        long[] drawn = new long[counts.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            CountResampling.Draw(counts, drawn, ref stream);
            Assert.Equal(n, drawn.Sum());
            for (int i = 0; i < counts.Length; i++)
            {
                double deviation = drawn[i] - counts[i];
                sum[i] += deviation;
                squares[i] += deviation * deviation;
            }
        }

        for (int i = 0; i < counts.Length; i++)
        {
            double p = (double)counts[i] / n, variance = n * p * (1 - p);
            double kurtosis = variance > 0 ? 3 + (1 - 6 * p * (1 - p)) / variance : 3;
            Assert.Equal(0, sum[i] / Draws, 5 * Math.Sqrt(variance / Draws) + 1e-12);
            Assert.Equal(variance, squares[i] / Draws, 5 * variance * Math.Sqrt((kurtosis - 1) / Draws) + 1e-12);
        }
    }

    /// <summary>Each outcome of a binomial of 40 draws by rejection, against its probability, by the G-test itself.</summary>
    [Fact]
    public void Draws_by_rejection_have_the_binomial_probabilities()
    {
        const int Draws = 100_000;
        long[] counts = [12, 28], drawn = new long[2], seen = new long[41];
        var stream = new SplitMix64(11);
        for (int draw = 0; draw < Draws; draw++)
        {
            CountResampling.Draw(counts, drawn, ref stream);
            seen[drawn[0]]++;
        }

        double[] expected = [.. Enumerable.Range(0, 41).Select(k => Math.Exp(
            GammaFunction.Log(41) - GammaFunction.Log(k + 1) - GammaFunction.Log(41 - k) + k * Math.Log(0.3) + (40 - k) * Math.Log(0.7)))];
        GTestResult fit = Drift.GTest(
            [seen[..5].Sum(), .. seen[5..22], seen[22..].Sum()], [expected[..5].Sum(), .. expected[5..22], expected[22..].Sum()]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fit}");
        Assert.InRange(fit.PValue, 1e-4, 1);
    }

    [Fact]
    public void An_interval_is_the_same_for_the_same_seed_and_another_for_another()
    {
        long[] first = [300, 500, 200], second = [250, 450, 300];
        BootstrapInterval Interval(long seed, double confidence = 0.95) =>
            Drift.Bootstrap(first, second, (p, q) => Proportions.Jeffreys(p, q), confidence, 999, seed);
        Assert.Equal(Interval(1), Interval(1));
        Assert.NotEqual(Interval(1), Interval(2));
        Assert.Equal(Proportions.Jeffreys(first, second), Interval(1).Value);
        Assert.True(Interval(1).Lower < Interval(1).Value && Interval(1).Value < Interval(1).Upper);
        Assert.True(Interval(1, 0.5).Upper < Interval(1).Upper && Interval(1, 0.5).Lower > Interval(1).Lower);
        // Written down once: the stream, the sampler and the statistic are the same on every machine.
        Assert.Equal(new(0.05493061443340548, 0.022910017688589634, 0.10865737815350864), Interval(1));
    }

    /// <summary>The interval holds the divergence of the two distributions that the samples come from about as often as it says.</summary>
    [Fact]
    public void An_interval_holds_the_truth_about_as_often_as_it_says()
    {
        const int Runs = 300;
        long[] p = [400, 800, 500, 300], q = [700, 700, 400, 200], first = new long[4], second = new long[4];
        double truth = Proportions.KullbackLeibler(p, q);
        var stream = new SplitMix64(3);
        int held = 0;
        for (int run = 0; run < Runs; run++)
        {
            CountResampling.Draw(p, first, ref stream);
            CountResampling.Draw(q, second, ref stream);
            BootstrapInterval interval = Drift.Bootstrap(first, second, (x, y) => Proportions.KullbackLeibler(x, y), 0.9, 199, run);
            held += interval.Lower <= truth && truth <= interval.Upper ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{held} of {Runs} intervals of 0.9 hold the truth");
        Assert.InRange(held / (double)Runs, 0.9 - 5 * Math.Sqrt(0.09 / Runs), 0.9 + 5 * Math.Sqrt(0.09 / Runs));
    }

    [Fact]
    public void A_bootstrap_refuses_what_cannot_be_drawn()
    {
        static double Zero(ReadOnlySpan<long> p, ReadOnlySpan<long> q) => 0;
        BadInputTests.Refuses("resamples", "resamples = 38; an interval of confidence 0.95 needs at least 39.",
            () => { Drift.Bootstrap([1], [1], Zero, 0.95, 38, 1); });
        BadInputTests.Refuses("confidence", "confidence = 1; it must be above 0 and below 1.",
            () => { Drift.Bootstrap([1], [1], Zero, 1, 999, 1); });
        BadInputTests.Refuses("second", "second is zero everywhere", () => { Drift.Bootstrap([1], [0], Zero, 0.9, 999, 1); });
        BadInputTests.Refuses("first", "first[0] = -1 is negative", () => { Drift.Bootstrap([-1], [1], Zero, 0.9, 999, 1); });
        BadInputTests.Refuses("first", "at most 2^53 observations", () => { Drift.Bootstrap([long.MaxValue], [1], Zero, 0.9, 999, 1); });
        Assert.Equal(new(0, 0, 0), Drift.Bootstrap([1], [1], Zero, 0.95, 39, 1));
        Assert.True(double.IsNaN(Drift.Bootstrap([1, 1], [1, 1], (p, _) => p[0] == 0 ? double.NaN : 1, 0.9, 99, 1).Upper));
    }
}
