namespace RelativeEntropy.Tests;

/// <summary>The families of discrete divergences against their 50-digit tables.</summary>
public class DivergenceReferenceTests
{
    [Fact]
    public void Jeffreys_is_right_to_4_ulp()
    {
        ReferenceTable.AssertUlp("divergence_jeffreys", 4, c => Divergence.Jeffreys(c.Pair.P, c.Pair.Q, c.LogBase));
        ReferenceTable.AssertUlp("measures_jeffreys", 4, c => Measures.Jeffreys(c.Pair.P, c.Pair.Q, c.LogBase));
    }

    [Fact]
    public void Itakura_Saito_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("measures_itakura_saito", 4, c => Measures.ItakuraSaito(c.Pair.P, c.Pair.Q));

    [Fact]
    public void Total_variation_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("divergence_total_variation", 1, c => Divergence.TotalVariation(c.Pair.P, c.Pair.Q));

    [Fact]
    public void The_Hellinger_distance_and_its_square_are_right_to_4_ulp()
    {
        ReferenceTable.AssertUlp("divergence_squared_hellinger", 4, c => Divergence.SquaredHellinger(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("divergence_hellinger", 4, c => Divergence.Hellinger(c.Pair.P, c.Pair.Q));
    }

    [Fact]
    public void Quadratic_divergences_are_right_to_4_ulp()
    {
        ReferenceTable.AssertUlp("divergence_pearson", 4, c => Divergence.PearsonChiSquared(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("divergence_neyman", 4, c => Divergence.NeymanChiSquared(c.Pair.P, c.Pair.Q));
        ReferenceTable.AssertUlp("divergence_triangular", 4, c => Divergence.Triangular(c.Pair.P, c.Pair.Q));
    }

    [Fact]
    public void Jensen_Shannon_of_any_weight_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("divergence_jensen_shannon", 4, c => Divergence.JensenShannon(c.Pair.P, c.Pair.Q, c.Setting("weight"), c.LogBase));

    [Fact]
    public void The_Jensen_Shannon_distance_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("divergence_jensen_shannon_distance", 4, c => Divergence.JensenShannonDistance(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void Renyi_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("divergence_renyi", 1e-13, c => Divergence.Renyi(c.Pair.P, c.Pair.Q, c.Setting("order"), c.LogBase));

    [Fact]
    public void Tsallis_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("divergence_tsallis", 1e-13, c => Divergence.Tsallis(c.Pair.P, c.Pair.Q, c.Setting("order")));

    [Fact]
    public void Alpha_of_distributions_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("divergence_alpha", 1e-13, c => Divergence.Alpha(c.Pair.P, c.Pair.Q, c.Setting("alpha")));

    [Fact]
    public void Alpha_of_measures_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("measures_alpha", 1e-13, c => Measures.Alpha(c.Pair.P, c.Pair.Q, c.Setting("alpha")));

    [Fact]
    public void Bhattacharyya_is_right_to_13_digits_and_its_coefficient_to_4_ulp()
    {
        ReferenceTable.AssertRelative("divergence_bhattacharyya", 1e-13, c => Divergence.Bhattacharyya(c.Pair.P, c.Pair.Q, c.LogBase));
        ReferenceTable.AssertUlp("divergence_bhattacharyya_coefficient", 4, c => Divergence.BhattacharyyaCoefficient(c.Pair.P, c.Pair.Q));
    }

    [Fact]
    public void The_Chernoff_coefficient_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("divergence_chernoff_coefficient", 4, c => Divergence.ChernoffCoefficient(c.Pair.P, c.Pair.Q, c.Setting("weight")));

    [Fact]
    public void Chernoff_information_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("divergence_chernoff", 1e-13, c => Divergence.Chernoff(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void The_weight_of_Chernoff_information_is_right_to_11_digits() =>
        ReferenceTable.AssertRelative("divergence_chernoff_weight", 1e-11, c =>
        {
            Divergence.Chernoff(c.Pair.P, c.Pair.Q, out double weight);
            return weight;
        });

    [Fact]
    public void Wasserstein1_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("divergence_wasserstein1", 4, c => Divergence.Wasserstein1(c.Pair.P, c.Pair.Q, c.Settings("positions")));

    [Fact]
    public void Jensen_Shannon_of_many_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("divergence_jensen_shannon_of_many", 1e-13, c =>
            Divergence.JensenShannon(c.Settings("rows"), (int)c.Setting("columns"), c.Settings("weights"), c.LogBase));

    [Fact]
    public void Every_derivative_is_right_to_4_ulp()
    {
        ReferenceTable.AssertUlpOfEach("divergence_kullback_leibler_gradient", 4, c =>
            Both(c, (p, q, byP, byQ) => Divergence.KullbackLeiblerGradient(p, q, byP, byQ, c.LogBase)));
        ReferenceTable.AssertUlpOfEach("divergence_jensen_shannon_gradient", 4, c =>
            Both(c, (p, q, byP, byQ) => Divergence.JensenShannonGradient(p, q, byP, byQ, c.LogBase)));
    }

    private static double[] Both(ReferenceCase c, Action<double[], double[], double[], double[]> fill)
    {
        (double[] p, double[] q) = c.Pair;
        double[] byP = new double[p.Length], byQ = new double[p.Length];
        fill(p, q, byP, byQ);
        return [.. byP, .. byQ];
    }
}
