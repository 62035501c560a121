using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Estimates from counts: exact expectations by enumeration, agreement with the functions of probabilities, and
/// refusals.</summary>
public class PlugInTests
{
    private static readonly PlugInCorrection[] Corrections = Enum.GetValues<PlugInCorrection>();

    private static ITestOutputHelper? Output => TestContext.Current.TestOutputHelper;

    /// <summary>The exact bias over all counts of N observations: first order without correction, less with Miller and Madow's; with
    /// Grassberger's what the fixed N leaves, at most 1/(2 N).</summary>
    [Fact]
    public void Corrections_take_off_most_of_the_bias_of_an_entropy()
    {
        double[] p = [0.5, 0.25, 0.125, 0.125];
        double truth = Entropy.Shannon(p);
        foreach (int n in new[] { 4, 8, 16, 32 })
        {
            double[] bias = [.. Corrections.Select(correction =>
                Expectation(n, p, counts => PlugIn.Entropy(counts, correction).Value) - truth)];
            Output?.WriteLine($"N = {n}: {string.Join(", ", Corrections.Zip(bias, (name, b) => $"{name} {b:F5}"))}");
            Assert.True(bias[0] < 0);
            Assert.InRange(Math.Abs(bias[1]), 0, 0.6 * Math.Abs(bias[0]));
            Assert.InRange(bias[2] - 0.5 / n, n < 8 ? -0.06 : -0.1 / n, 0.01 / n);
        }
    }

    [Fact]
    public void Corrections_take_off_most_of_the_bias_of_a_divergence()
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.3, 0.3, 0.4];
        double truth = Divergence.KullbackLeibler(p, q);
        foreach (int n in new[] { 18, 30 })
        {
            double[] bias =
            [
                .. Corrections.Select(correction =>
                    Expectation(n, p, m => Expectation(n, q, l => Finite(PlugIn.KullbackLeibler(m, l, correction)))) - truth),
            ];
            Output?.WriteLine($"N = M = {n}: {string.Join(", ", Corrections.Zip(bias, (name, b) => $"{name} {b:F5}"))}");
            Assert.True(bias[0] > 0);
            Assert.InRange(Math.Abs(bias[1]), 0, 0.5 * bias[0]);
            Assert.InRange(bias[2] + 1.0 / n, -1e-3 / n, 1e-3 / n);
        }

        // Where an outcome of q is empty, all but Grassberger's estimate are infinite, and left out.
        static double Finite(Estimate estimate) => double.IsFinite(estimate.Value) ? estimate.Value : 0;
    }

    [Fact]
    public void Corrections_take_off_most_of_the_bias_of_an_information()
    {
        double[] joint = [0.3, 0.2, 0.1, 0.4];
        double truth = Information.Mutual(joint, 2);
        foreach (int n in new[] { 10, 20, 40 })
        {
            double[] bias = [.. Corrections.Select(correction =>
                Expectation(n, joint, counts => PlugIn.MutualInformation(counts, 2, correction).Value) - truth)];
            Output?.WriteLine($"N = {n}: {string.Join(", ", Corrections.Zip(bias, (name, b) => $"{name} {b:F5}"))}");
            Assert.True(bias[0] > 0);
            Assert.InRange(Math.Abs(bias[1]), 0, 0.7 * bias[0]);
            Assert.InRange(bias[2] - 0.5 / n, -0.1 / n, 0.1 / n);
        }
    }

    /// <summary>G is made so that the mean of n G(n) over a Poisson distribution of mean L is L log L, but for a rest that is exponentially
    /// small; that of G(n + 1) is then log L.</summary>
    [Theory]
    [InlineData(1, 0.2), InlineData(2, 0.05), InlineData(5, 1e-3), InlineData(10, 1e-5), InlineData(20, 1e-9)]
    public void Grassbergers_G_estimates_a_logarithm(double mean, double bound)
    {
        double sum = Enumerable.Range(0, 400).Sum(n => Math.Exp(Families.Poisson(n, mean)) * LogarithmOf(n));
        Output?.WriteLine($"mean {mean}: off by {sum - Math.Log(mean):g3}");
        Assert.InRange(Math.Abs(sum - Math.Log(mean)), 0, bound);

        // G(n + 1), as a divergence has it: log(M/N) + G(1) - G(n + 1) with N = 1 and M = 1 + n.
        static double LogarithmOf(int n) =>
            -PlugIn.KullbackLeibler([0, 1], [1, n], PlugInCorrection.Grassberger).Value + Math.Log(1 + n) + G(1);
        static double G(int n) => Numerics.GammaFunction.Digamma(n / 2 + 0.5) + Math.Log(2);
    }

    [Fact]
    public void Without_correction_they_are_those_of_the_frequencies()
    {
        int[] n = [5, 3, 0, 2, 10], m = [1, 4, 2, 8, 5], table = [5, 3, 0, 2, 10, 4];
        double[] p = [.. n.Select(x => x / 20.0)], q = [.. m.Select(x => x / 20.0)], joint = [.. table.Select(x => x / 24.0)];
        Assert.Equal(Entropy.Shannon(p), PlugIn.Entropy(n).Value, 1e-15);
        Assert.Equal(Divergence.KullbackLeibler(p, q), PlugIn.KullbackLeibler(n, m).Value, 1e-15);
        Assert.Equal(Information.Mutual(joint, 3), PlugIn.MutualInformation(table, 3).Value, 1e-15);
        Assert.Equal(Information.Mutual(joint, 3, LogBase.Bits),
            PlugIn.MutualInformation(table, 3, PlugInCorrection.None, LogBase.Bits).Value, 1e-15);
    }

    [Fact]
    public void Ints_and_longs_agree()
    {
        int[] n = [5, 3, 1, 2], m = [1, 4, 2, 8];
        long[] wideN = [5, 3, 1, 2], wideM = [1, 4, 2, 8];
        foreach (PlugInCorrection correction in Corrections)
        {
            Assert.Equal(PlugIn.Entropy(wideN, correction), PlugIn.Entropy(n, correction));
            Assert.Equal(PlugIn.KullbackLeibler(wideN, wideM, correction), PlugIn.KullbackLeibler(n, m, correction));
            Assert.Equal(PlugIn.MutualInformation(wideN, 2, correction), PlugIn.MutualInformation(n, 2, correction));
        }
    }

    /// <summary>The corrected information is H(X) + H(Y) - H(X, Y) with each corrected.</summary>
    [Fact]
    public void Information_is_made_of_entropies()
    {
        int[] table = [7, 2, 0, 1, 9, 3], rows = [9, 13], columns = [8, 11, 3];
        foreach (PlugInCorrection correction in Corrections)
        {
            double sum = PlugIn.Entropy(rows, correction).Value
                + PlugIn.Entropy(columns, correction).Value - PlugIn.Entropy(table, correction).Value;
            Assert.Equal(sum, PlugIn.MutualInformation(table, 3, correction).Value, 1e-14);
        }
    }

    [Fact]
    public void Equal_frequencies_have_no_divergence_and_a_product_table_no_information()
    {
        Assert.Equal(new(0, 0), PlugIn.KullbackLeibler([3, 6, 9], [1, 2, 3]));
        Assert.Equal(new(0, 0), PlugIn.MutualInformation([2, 4, 6, 12], 2));
        Assert.Equal(new(0, 0), PlugIn.KullbackLeibler([3, 0, 6], [1, 0, 2]));
        Assert.Equal(new(0, 0), PlugIn.MutualInformation([2, 0, 4, 0, 0, 0], 2));
        Assert.Equal(0, PlugIn.Entropy([0, 7]).Value);
    }

    /// <summary>Frequency 0 stands for probability 0, but to Grassberger's estimate it is a count like any other.</summary>
    [Fact]
    public void An_outcome_that_only_p_was_seen_in_is_infinite_unless_corrected_by_Grassberger()
    {
        Estimate infinite = new(double.PositiveInfinity, double.PositiveInfinity);
        Assert.Equal(infinite, PlugIn.KullbackLeibler([1, 9], [0, 10]));
        Assert.Equal(infinite, PlugIn.KullbackLeibler([1, 9], [0, 10], PlugInCorrection.MillerMadow));
        Estimate finite = PlugIn.KullbackLeibler([1, 9], [0, 10], PlugInCorrection.Grassberger);
        Assert.True(double.IsFinite(finite.Value) && double.IsFinite(finite.StandardError));
    }

    /// <summary>Over repetitions at a fixed seed the spread is what the standard error says, and the mean is the truth within the bias
    /// left.</summary>
    [Fact]
    public void The_stated_error_is_the_spread()
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.2, 0.3, 0.5], joint = [0.3, 0.2, 0.1, 0.4];
        foreach (PlugInCorrection correction in Corrections)
        {
            Repetitions entropy = Repetitions.Of(400, r => PlugIn.Entropy(new Draws((ulong)r).Counts(300, p), correction));
            Repetitions divergence = Repetitions.Of(400, r =>
                PlugIn.KullbackLeibler(new Draws((ulong)r).Counts(300, p), new Draws((ulong)(r + 1000)).Counts(400, q), correction));
            Repetitions information = Repetitions.Of(400, r =>
                PlugIn.MutualInformation(new Draws((ulong)r).Counts(300, joint), 2, correction));
            Output?.WriteLine($"{correction}: entropy {entropy}; divergence {divergence}; information {information}");
            foreach (Repetitions all in new[] { entropy, divergence, information })
                Assert.InRange(all.StatedError / all.Spread, 0.85, 1.15);
            if (correction == PlugInCorrection.None)
                continue;
            Assert.InRange(entropy.Deviations(Entropy.Shannon(p)), -4, 4);
            Assert.InRange(divergence.Deviations(Divergence.KullbackLeibler(p, q)), -4, 4);
            Assert.InRange(information.Deviations(Information.Mutual(joint, 2)), -4, 4);
        }
    }

    /// <summary>One more than the largest count is no long: the correction must not go there.</summary>
    [Fact]
    public void The_largest_counts_are_counted()
    {
        long[] counts = [0, long.MaxValue, 0, 0];
        foreach (PlugInCorrection correction in Enum.GetValues<PlugInCorrection>())
        {
            foreach (Estimate estimate in (Estimate[])
            [
                PlugIn.Entropy(counts, correction), PlugIn.KullbackLeibler(counts, counts, correction),
                PlugIn.MutualInformation(counts, 2, correction),
            ])
            {
                Assert.Equal(0, estimate.Value, 1e-13);
                Assert.Equal(0, estimate.StandardError, 1e-13);
            }
        }
    }

    [Fact]
    public void Bad_counts_are_refused()
    {
        Refuses("counts", "counts[1] = -2 is negative; a count must be at least 0.", () => PlugIn.Entropy([3, -2]).Value);
        Refuses("counts", "counts sums to 0; there must be at least one observation.", () => PlugIn.Entropy([0, 0]).Value);
        Refuses("counts", "counts is empty", () => PlugIn.Entropy((int[])[]).Value);
        Refuses("counts", "counts sums to 9223372036854775808, above 2^63 - 1; divide the counts", () =>
            PlugIn.Entropy([long.MaxValue, 1L]).Value);
        Refuses("qCounts", "pCounts has 2 elements and qCounts has 3", () => PlugIn.KullbackLeibler([1, 2], [1, 2, 3]).Value);
        Refuses("qCounts", "qCounts sums to 0", () => PlugIn.KullbackLeibler([1, 2], [0, 0]).Value);
        Refuses("counts", "counts has 3 elements, which is not a whole number of rows of 2.", () =>
            PlugIn.MutualInformation([1, 2, 3], 2).Value);
        Refuses("correction", "correction = 3; it must be None, MillerMadow or Grassberger.", () =>
            PlugIn.Entropy([1, 2], (PlugInCorrection)3).Value);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        int[] n = [5, 3, 1, 2], m = [1, 4, 2, 8];
        Assert.Equal(0, Allocation.Of(() => PlugIn.KullbackLeibler(n, m, PlugInCorrection.Grassberger)));
        Assert.Equal(0, Allocation.Of(() => PlugIn.MutualInformation(n, 2, PlugInCorrection.MillerMadow)));
    }

    /// <summary>The mean of a function over all counts of n independent draws.</summary>
    private static double Expectation(int n, double[] p, Func<int[], double> function)
    {
        int[] counts = new int[p.Length];
        return Over(0, n, 1);

        double Over(int outcome, int left, double weight)
        {
            if (outcome == p.Length - 1)
            {
                counts[outcome] = left;
                return weight * Math.Pow(p[outcome], left) * function(counts);
            }

            double sum = 0, ways = 1;
            for (int k = 0; k <= left; k++)
            {
                counts[outcome] = k;
                sum += Over(outcome + 1, left - k, weight * ways * Math.Pow(p[outcome], k));
                ways = ways * (left - k) / (k + 1);
            }

            return sum;
        }
    }
}
