namespace RelativeEntropy.Tests;

/// <summary>Zeros, limits, NaN and refusals of entropies, information, chains and normalisation.</summary>
public class InformationEdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private static readonly double[] Half = [0.5, 0.5], Diagonal = [0.5, 0, 0, 0.5], Swap = [0, 1, 1, 0];

    private static readonly Dictionary<string, Func<double[], double>> OfTables = new()
    {
        ["Conditional"] = joint => Entropy.Conditional(joint, 2),
        ["OfRows"] = joint => Entropy.OfRows(joint, 2),
        ["OfColumns"] = joint => Entropy.OfColumns(joint, 2),
        ["Mutual"] = joint => Information.Mutual(joint, 2),
        ["Lautum"] = joint => Information.Lautum(joint, 2),
        ["ConditionalMutual"] = joint => Information.ConditionalMutual(joint, 1, 2),
        ["Interaction"] = joint => Information.Interaction(joint, 1, 2),
    };

    public static TheoryData<string> Tables => [.. OfTables.Keys];

    [Theory]
    [MemberData(nameof(Tables))]
    public void NaN_in_a_table_gives_NaN_and_bad_input_wins_over_it(string name)
    {
        Assert.Equal(NaN, OfTables[name]([NaN, 0.5, 0.25, 0.25]));
        Assert.Equal(NaN, OfTables[name]([0.5, 0, NaN, 0.5]));
        Refuses("joint", "joint[1] = -1 is negative", () => OfTables[name]([NaN, -1, 1, 1]));
        Refuses("joint", "joint[3] = Infinity is infinite", () => OfTables[name]([NaN, 0, 0, Inf]));
        Refuses("joint", "joint sums to 2, not to 1 within 1.49E-08; normalise it first with Measures.Normalise.",
            () => OfTables[name]([0.5, 0.5, 0.5, 0.5]));
        Refuses("joint", "joint is empty", () => OfTables[name]([]));
        Refuses("joint", "joint has 3 elements, which is not a whole number of", () => OfTables[name]([0.5, 0.25, 0.25]));
    }

    [Fact]
    public void Sizes_that_are_not_positive_are_refused()
    {
        Refuses("columns", "columns = 0; it must be positive.", () => Information.Mutual(Half, 0));
        Refuses("columns", "columns = -1", () => Entropy.Conditional(Half, -1));
        Refuses("rows", "rows = 0; it must be positive.", () => Information.Interaction(Half, 0, 1));
        Refuses("columns", "columns = 0", () => Information.ConditionalMutual(Half, 1, 0));
    }

    [Fact]
    public void Variables_equal_to_one_another_share_all_their_information()
    {
        Assert.Equal(1, Information.Mutual(Diagonal, 2, LogBase.Bits), 1e-15);
        Assert.Equal(0, Entropy.Conditional(Diagonal, 2));
        Assert.Equal(Inf, Information.Lautum(Diagonal, 2));
        Assert.Equal(1, Entropy.OfRows(Diagonal, 2, LogBase.Bits));
        Assert.Equal(1, Entropy.OfColumns(Diagonal, 2, LogBase.Bits));
    }

    [Fact]
    public void Rows_and_columns_that_are_impossible_do_not_count()
    {
        Assert.Equal(Information.Mutual([0.1, 0.2, 0.3, 0.4], 2), Information.Mutual([0.1, 0, 0.2, 0, 0, 0, 0.3, 0, 0.4], 3));
        Assert.Equal(Information.Lautum([0.1, 0.2, 0.3, 0.4], 2), Information.Lautum([0.1, 0, 0.2, 0, 0, 0, 0.3, 0, 0.4], 3));
        Assert.Equal(Entropy.Conditional([0.1, 0.2, 0.3, 0.4], 2), Entropy.Conditional([0.1, 0, 0.2, 0, 0, 0, 0.3, 0, 0.4], 3));
        Assert.Equal(0, Information.Mutual([0, 1.0], 1));
        Assert.Equal(0, Information.Lautum([0, 1.0, 0, 0], 2));
    }

    [Fact]
    public void Exclusive_or_is_one_bit_of_synergy_and_copies_are_one_of_redundancy()
    {
        Assert.Equal(1, Information.Interaction([0.25, 0, 0, 0.25, 0, 0.25, 0.25, 0], 2, 2, LogBase.Bits), 1e-15);
        Assert.Equal(-1, Information.Interaction([0.5, 0, 0, 0, 0, 0, 0, 0.5], 2, 2, LogBase.Bits), 1e-15);
    }

    [Fact]
    public void Entropies_of_order_take_their_limits()
    {
        double[] p = [0.5, 0.25, 0.25, 0];
        Assert.Equal(Math.Log2(3), Entropy.Renyi(p, 0, LogBase.Bits), 1e-15);
        Assert.Equal(1.5, Entropy.Renyi(p, 1, LogBase.Bits));
        Assert.Equal(1, Entropy.Renyi(p, Inf, LogBase.Bits));
        Assert.Equal(2, Entropy.Renyi([0.25, 0.25, 0.25, 0.25], 2, LogBase.Bits));
        Assert.Equal(2, Entropy.Tsallis(p, 0));
        Assert.Equal(0.625, Entropy.Tsallis(p, 2), 1e-15);
        Assert.Equal(0, Entropy.Renyi([1.0, 0], 0.5));
        Assert.Equal(0, Entropy.Tsallis([1.0, 0], 3));
        Assert.Equal(NaN, Entropy.Renyi([NaN, 0.5], 0));
        Assert.Equal(NaN, Entropy.Renyi([NaN, 0.5], Inf));
        Assert.Equal(NaN, Entropy.Tsallis([NaN, 0.5], 2));
        Refuses("p", "p sums to 7", () => Entropy.Renyi([3.0, 4.0], 2));
        Refuses("p", "p[0] = -1 is negative", () => Entropy.Tsallis([-1.0, 2], 2));
        Refuses("p", "p is empty", () => Entropy.Renyi(Array.Empty<double>(), 2));
        Refuses("order", "order = -1", () => Entropy.Renyi(Half, -1));
        Refuses("order", "order = Infinity; it must be at least 0 and finite.", () => Entropy.Tsallis(Half, Inf));
        Refuses("order", "order = NaN", () => Entropy.Renyi(Half, NaN));
    }

    [Fact]
    public void Entropies_of_rows_name_the_row_they_refuse()
    {
        double[] answers = new double[2];
        Entropy.ShannonRows([0.5, 0.5, 1, 0], 2, answers, LogBase.Bits);
        Assert.Equal([1, 0], answers);
        Entropy.ShannonRows([NaN, 0.5, 1, 0], 2, answers, LogBase.Bits);
        Assert.Equal([NaN, 0], answers);
        Refuses("p", "In row 1, p sums to 2", () => Entropy.ShannonRows([0.5, 0.5, 1, 1], 2, answers));
        Refuses("destination", "destination has 1 elements; it needs 2.", () => Entropy.ShannonRows([0.5, 0.5, 1, 0], 2, new double[1]));
        Refuses("columns", "columns = 0", () => Entropy.ShannonRows(Half, 0, answers));
    }

    [Fact]
    public void A_chain_that_alternates_is_half_the_time_in_each_state_and_never_surprises()
    {
        double[] stationary = new double[2];
        MarkovChain.Stationary(Swap, stationary);
        Assert.Equal([0.5, 0.5], stationary);
        Assert.Equal(0, MarkovChain.EntropyRate(Swap));
        Assert.Equal(1, MarkovChain.KullbackLeiblerRate(Swap, [0.5, 0.5, 0.5, 0.5], LogBase.Bits), 1e-15);
        Assert.Equal(Inf, MarkovChain.KullbackLeiblerRate([0.5, 0.5, 0.5, 0.5], Swap));
    }

    [Fact]
    public void Transient_states_do_not_count_whichever_they_are()
    {
        double[] stationary = new double[3];
        MarkovChain.Stationary([0.5, 0.25, 0.25, 0, 0.5, 0.5, 0, 0.5, 0.5], stationary);
        Assert.Equal([0, 0.5, 0.5], stationary);
        MarkovChain.Stationary([0.5, 0.5, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5], stationary);
        Assert.Equal([0.5, 0.5, 0], stationary);
        MarkovChain.Stationary([0.5, 0.5, 0, 0, 1, 0, 0, 0.5, 0.5], stationary);
        Assert.Equal([0, 1, 0], stationary);
        Assert.Equal(0, MarkovChain.KullbackLeiblerRate([0.5, 0.5, 0, 1.0], [1, 0, 0, 1.0]));
    }

    [Fact]
    public void Chains_are_refused_that_are_none_or_have_two_closed_classes()
    {
        double[] stationary = new double[2];
        Refuses("transitions", "transitions never leads from state 0 to state 1 nor back, so that more than one distribution is stationary",
            () => MarkovChain.Stationary([1, 0, 0, 1.0], stationary));
        Refuses("p", "p never leads from state 0", () => MarkovChain.KullbackLeiblerRate([1, 0, 0, 1.0], Swap));
        Refuses("transitions", "In row 1, transitions sums to 2", () => MarkovChain.EntropyRate([1, 0, 1, 1.0]));
        Refuses("transitions", "In row 0, transitions[1] = -1 is negative", () => MarkovChain.EntropyRate([2, -1, NaN, 1.0]));
        Refuses("transitions", "transitions has 3 elements, which is not the square of a number of states.",
            () => MarkovChain.EntropyRate([1, 0, 1.0]));
        Refuses("transitions", "transitions is empty", () => MarkovChain.Stationary([], stationary));
        Refuses("q", "In row 0, q sums to 0", () => MarkovChain.KullbackLeiblerRate(Swap, [0, 0, 1, 0.0]));
        Refuses("q", "p has 4 elements and q has 1", () => MarkovChain.KullbackLeiblerRate(Swap, [1.0]));
        Refuses("destination", "destination has 1 elements; it needs 2.", () => MarkovChain.Stationary(Swap, new double[1]));
    }

    [Fact]
    public void A_chain_with_an_unknown_probability_is_unknown()
    {
        double[] stationary = new double[2];
        MarkovChain.Stationary([NaN, 0.5, 0.5, 0.5], stationary);
        Assert.Equal([NaN, NaN], stationary);
        Assert.Equal(NaN, MarkovChain.EntropyRate([NaN, 0.5, 0.5, 0.5]));
        Assert.Equal(NaN, MarkovChain.KullbackLeiblerRate(Swap, [NaN, 0.5, 0.5, 0.5]));
    }

    [Fact]
    public void Masses_become_distributions()
    {
        double[] p = [1, 3];
        Measures.Normalise(p, p);
        Assert.Equal([0.25, 0.75], p);
        Measures.Smooth([0.0, 2.0], 1, p);
        Assert.Equal([0.25, 0.75], p);
        Measures.Smooth([0.0, 0.0], 0.5, p);
        Assert.Equal([0.5, 0.5], p);
        Measures.Normalise([1e308, 1e308], p);
        Assert.Equal([0.5, 0.5], p);
        Measures.Normalise([NaN, 1], p);
        Assert.Equal([NaN, NaN], p);
        float[] narrow = new float[2];
        Measures.Normalise([1f, 3f], narrow);
        Assert.Equal([0.25f, 0.75f], narrow);
        Measures.Smooth([0f, 2f], 1, narrow);
        Assert.Equal([0.25f, 0.75f], narrow);
        Refuses("masses", "masses is zero everywhere; at least one element must be positive.", () => Measures.Normalise([0.0, 0], p));
        Refuses("masses", "masses[1] = -1 is negative", () => Measures.Smooth([0.0, -1], 1, p));
        Refuses("masses", "masses is empty", () => Measures.Normalise([], p));
        Refuses("pseudocount", "pseudocount = 0; it must be positive and finite.", () => Measures.Smooth([0.0, 1], 0, p));
        Refuses("pseudocount", "pseudocount = NaN", () => Measures.Smooth([0.0, 1], NaN, p));
        Refuses("destination", "destination has 1 elements; it needs 2.", () => Measures.Normalise([1.0, 1], new double[1]));
    }

    private static void Refuses(string argument, string words, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static void Refuses(string argument, string words, Func<double> call) => Refuses(argument, words, () => { call(); });
}
