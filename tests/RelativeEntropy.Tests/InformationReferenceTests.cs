namespace RelativeEntropy.Tests;

/// <summary>Entropies, information in joint tables, chains and normalisation against their 50-digit tables.</summary>
public class InformationReferenceTests
{
    [Fact]
    public void Renyi_entropy_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("entropy_renyi", 1e-13, c => Entropy.Renyi(c.Pair.P, c.Setting("order"), c.LogBase));

    [Fact]
    public void Tsallis_entropy_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("entropy_tsallis", 1e-13, c => Entropy.Tsallis(c.Pair.P, c.Setting("order")));

    [Fact]
    public void Conditional_entropy_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("entropy_conditional", 1e-13, c => Entropy.Conditional(c.Settings("joint"), (int)c.Setting("columns"), c.LogBase));

    [Fact]
    public void Entropies_of_the_marginals_are_right_to_13_digits()
    {
        ReferenceTable.AssertRelative("entropy_of_rows", 1e-13, c => Entropy.OfRows(c.Settings("joint"), (int)c.Setting("columns"), c.LogBase));
        ReferenceTable.AssertRelative("entropy_of_columns", 1e-13, c => Entropy.OfColumns(c.Settings("joint"), (int)c.Setting("columns"), c.LogBase));
    }

    [Fact]
    public void Mutual_information_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("information_mutual", 1e-13, c => Information.Mutual(c.Settings("joint"), (int)c.Setting("columns"), c.LogBase));

    [Fact]
    public void Lautum_information_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("information_lautum", 1e-13, c => Information.Lautum(c.Settings("joint"), (int)c.Setting("columns"), c.LogBase));

    [Fact]
    public void Conditional_mutual_information_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("information_conditional_mutual", 1e-13, c =>
            Information.ConditionalMutual(c.Settings("joint"), (int)c.Setting("rows"), (int)c.Setting("columns"), c.LogBase));

    [Fact]
    public void Interaction_information_is_right_to_16_ulp_of_its_parts() =>
        ReferenceTable.AssertUlpOfScale("information_interaction", 16, c =>
            Information.Interaction(c.Settings("joint"), (int)c.Setting("rows"), (int)c.Setting("columns"), c.LogBase));

    [Fact]
    public void Every_stationary_probability_is_right_to_64_ulp() =>
        ReferenceTable.AssertUlpOfEach("markov_stationary", 64, c =>
        {
            double[] stationary = new double[(int)Math.Sqrt(c.Pair.P.Length)];
            MarkovChain.Stationary(c.Pair.P, stationary);
            return stationary;
        });

    [Fact]
    public void Rates_are_right_to_13_digits()
    {
        ReferenceTable.AssertRelative("markov_entropy_rate", 1e-13, c => MarkovChain.EntropyRate(c.Pair.P, c.LogBase));
        ReferenceTable.AssertRelative("markov_kullback_leibler_rate", 1e-13, c => MarkovChain.KullbackLeiblerRate(c.Pair.P, c.Pair.Q, c.LogBase));
    }

    [Fact]
    public void Normalising_is_right_to_2_ulp_and_smoothing_to_3()
    {
        ReferenceTable.AssertUlpOfEach("measures_normalise", 2, c =>
        {
            double[] p = new double[c.Pair.P.Length];
            Measures.Normalise(c.Pair.P, p);
            return p;
        });
        ReferenceTable.AssertUlpOfEach("measures_smooth", 3, c =>
        {
            double[] p = new double[c.Pair.P.Length];
            Measures.Smooth(c.Pair.P, c.Setting("pseudocount"), p);
            return p;
        });
    }
}
