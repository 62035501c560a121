using System.Text.Json;
using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>Proportions, drift and sums that merge against their 50-digit tables.</summary>
public class EstimationCountsReferenceTests
{
    [Fact]
    public void KullbackLeibler_of_proportions_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("proportions_kullback_leibler", 4, c => Proportions.KullbackLeibler(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void Jeffreys_of_proportions_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("proportions_jeffreys", 4, c => Proportions.Jeffreys(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void JensenShannon_of_proportions_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp(
            "proportions_jensen_shannon", 4, c => Proportions.JensenShannon(c.Pair.P, c.Pair.Q, c.Setting("weight"), c.LogBase));

    [Fact]
    public void Distances_of_proportions_are_right_to_4_ulp()
    {
        ReferenceTable.AssertUlp("proportions_total_variation", 1, c => Proportions.TotalVariation(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("proportions_squared_hellinger", 4, c => Proportions.SquaredHellinger(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("proportions_pearson", 4, c => Proportions.PearsonChiSquared(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("proportions_neyman", 4, c => Proportions.NeymanChiSquared(c.Pair.P, c.Pair.Q));
    }

    [Fact]
    public void Entropies_of_proportions_are_right_to_1_ulp()
    {
        ReferenceTable.AssertUlp("proportions_entropy", 1, c => Proportions.Entropy(c.Pair.P, c.LogBase));
        ReferenceTable.AssertUlp("proportions_cross_entropy", 1, c => Proportions.CrossEntropy(c.Pair.P, c.Pair.Q, c.LogBase));
    }

    [Fact]
    public void The_population_stability_index_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("drift_population_stability", 4, c => Drift.PopulationStability(c.Pair.P, c.Pair.Q).Index);

    [Fact]
    public void The_incomplete_gamma_function_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("incomplete_gamma_upper", 1e-13, c => IncompleteGamma.Upper(c.Setting("shape"), c.X));

    [Fact]
    public void The_G_tests_are_right_to_13_digits()
    {
        ReferenceTable.AssertRelativeOfEach("drift_g_test", 1e-13, c =>
            [("Drift.GTest", Both(Drift.GTest(Counts(c, "observed"), c.Settings("expected"))))]);
        ReferenceTable.AssertRelativeOfEach("drift_g_test_of_two_samples", 1e-13, c =>
            [("Drift.GTestOfTwoSamples", Both(Drift.GTestOfTwoSamples(Counts(c, "first"), Counts(c, "second"))))]);
    }

    [Fact]
    public void Exact_sums_and_what_is_made_of_them_are_rounded_once()
    {
        ReferenceTable.AssertUlp("exact_sum", 0.5, c => Of(c).Sum, "MomentAccumulator.Sum");
        ReferenceTable.AssertUlp("moments_mean", 0.5, c => Of(c).Mean, "MomentAccumulator.Mean");
        ReferenceTable.AssertUlp("moments_variance", 0.5, c => Of(c).Variance, "MomentAccumulator.Variance");

        static MomentAccumulator Of(ReferenceCase c)
        {
            var moments = new MomentAccumulator();
            moments.Add(c.Settings("numbers"));
            return moments;
        }
    }

    [Fact]
    public void Accumulators_are_right_to_their_stated_ulp()
    {
        ReferenceTable.AssertUlpOfScale("accumulator_kullback_leibler", 4, c =>
        {
            var sum = new KullbackLeiblerAccumulator();
            sum.Add(c.Pair.P, c.Pair.Q);
            return sum.OfProportions(c.LogBase);
        }, "KullbackLeiblerAccumulator.OfProportions");
        ReferenceTable.AssertUlpOfScale("accumulator_entropy", 1, c =>
        {
            var sum = new EntropyAccumulator();
            sum.Add(c.Pair.P);
            return sum.OfProportions(c.LogBase);
        }, "EntropyAccumulator.OfProportions");
        ReferenceTable.AssertUlpOfScale("accumulator_cross_entropy", 1, c =>
        {
            var sum = new CrossEntropyAccumulator();
            sum.Add(c.Pair.P, c.Pair.Q);
            return sum.OfProportions(c.LogBase);
        }, "CrossEntropyAccumulator.OfProportions");
    }

    [Fact]
    public void Logits_in_parts_are_right_to_their_stated_ulp()
    {
        ReferenceTable.AssertUlpOfScale("accumulator_logits", 4, c => Of(c).KullbackLeibler(), "LogitsAccumulator.KullbackLeibler");
        ReferenceTable.AssertUlp("accumulator_log_sum_exp", 1, c => Of(c).PLogSumExp, "LogitsAccumulator.PLogSumExp");

        static LogitsAccumulator Of(ReferenceCase c)
        {
            var logits = new LogitsAccumulator();
            logits.Add(c.LogitPair.A, c.LogitPair.B);
            return logits;
        }
    }

    /// <summary>tests/peers/g_test.py recorded what SciPy says, whose statistic sums logarithms that cancel.</summary>
    [Fact]
    public void SciPy_agrees_on_the_G_test()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "peers", "g_test.json");
        JsonElement record = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        TestContext.Current.TestOutputHelper?.WriteLine($"SciPy {record.GetProperty("scipy")}");
        int cases = 0;
        foreach (JsonElement c in record.GetProperty("cases").EnumerateArray())
        {
            long[] observed = [.. c.GetProperty("observed").EnumerateArray().Select(x => x.GetInt64())];
            double[] expected = [.. c.GetProperty("expected").EnumerateArray().Select(x => x.GetDouble())];
            GTestResult ours = c.GetProperty("kind").GetString() == "fit"
                ? Drift.GTest(observed, expected)
                : Drift.GTestOfTwoSamples(observed, [.. expected.Select(x => (long)x)]);
            Assert.Equal(c.GetProperty("statistic").GetDouble(), ours.Statistic, 1e-10);
            Assert.Equal(c.GetProperty("pValue").GetDouble(), ours.PValue, 1e-10);
            cases++;
        }

        Assert.Equal(8, cases);
    }

    private static long[] Counts(ReferenceCase c, string name) => [.. c.Settings(name).Select(x => (long)x)];

    private static double[] Both(GTestResult result) => [result.Statistic, result.PValue];
}
