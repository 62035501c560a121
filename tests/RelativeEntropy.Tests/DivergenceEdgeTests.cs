namespace RelativeEntropy.Tests;

/// <summary>Zeros, limits, NaN and refusals of the families of discrete divergences.</summary>
public class DivergenceEdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private static readonly double[] Half = [0.5, 0.5], Left = [1, 0], Right = [0, 1];

    private delegate double OfPair(double[] p, double[] q);

    private static readonly Dictionary<string, OfPair> All = new()
    {
        ["Jeffreys"] = (p, q) => Divergence.Jeffreys(p, q),
        ["JensenShannon"] = (p, q) => Divergence.JensenShannon(p, q),
        ["JensenShannon weighted"] = (p, q) => Divergence.JensenShannon(p, q, 0.25),
        ["JensenShannon of many"] = (p, q) => Divergence.JensenShannon([.. p, .. q], p.Length, Half),
        ["JensenShannonDistance"] = (p, q) => Divergence.JensenShannonDistance(p, q),
        ["TotalVariation"] = (p, q) => Divergence.TotalVariation(p, q),
        ["SquaredHellinger"] = (p, q) => Divergence.SquaredHellinger(p, q),
        ["Hellinger"] = (p, q) => Divergence.Hellinger(p, q),
        ["PearsonChiSquared"] = (p, q) => Divergence.PearsonChiSquared(p, q),
        ["NeymanChiSquared"] = (p, q) => Divergence.NeymanChiSquared(p, q),
        ["Triangular"] = (p, q) => Divergence.Triangular(p, q),
        ["Renyi 0"] = (p, q) => Divergence.Renyi(p, q, 0),
        ["Renyi 0.5"] = (p, q) => Divergence.Renyi(p, q, 0.5),
        ["Renyi 1"] = (p, q) => Divergence.Renyi(p, q, 1),
        ["Renyi 3"] = (p, q) => Divergence.Renyi(p, q, 3),
        ["Renyi inf"] = (p, q) => Divergence.Renyi(p, q, Inf),
        ["Tsallis"] = (p, q) => Divergence.Tsallis(p, q, 0.5),
        ["Alpha 0"] = (p, q) => Divergence.Alpha(p, q, 0),
        ["Alpha 3"] = (p, q) => Divergence.Alpha(p, q, 3),
        ["Alpha -1"] = (p, q) => Divergence.Alpha(p, q, -1),
        ["BhattacharyyaCoefficient"] = (p, q) => Divergence.BhattacharyyaCoefficient(p, q),
        ["Bhattacharyya"] = (p, q) => Divergence.Bhattacharyya(p, q),
        ["ChernoffCoefficient"] = (p, q) => Divergence.ChernoffCoefficient(p, q, 0.25),
        ["Chernoff"] = (p, q) => Divergence.Chernoff(p, q),
        ["Wasserstein1"] = (p, q) => Divergence.Wasserstein1(p, q, Positions(p.Length)),
        ["KullbackLeiblerGradient"] = (p, q) => Divergence.KullbackLeiblerGradient(p, q, [], []),
        ["JensenShannonGradient"] = (p, q) => Divergence.JensenShannonGradient(p, q, [], []),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_anywhere_gives_NaN(string name)
    {
        Assert.Equal(NaN, All[name]([NaN, 0.5], Half));
        Assert.Equal(NaN, All[name]([0.5, NaN], [0.5, 0.5]));
        Assert.Equal(NaN, All[name]([0, 1], [NaN, 1]));
        Assert.Equal(NaN, All[name]([0.5, 0.5, NaN], [1, 0, 0]));
        Assert.Equal(NaN, All[name]([1, 0, 0], [0.5, NaN, 0.5]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_distribution_is_refused_NaN_beside_it_or_not(string name)
    {
        string q = name == "JensenShannon of many" ? "rows" : "q", p = name == "JensenShannon of many" ? "rows" : "p";
        Refuses(q, "[1] = -0.1 is negative; every element must be finite and at least 0.", () => All[name]([NaN, 0.5], [1.1, -0.1]));
        Refuses(p, "[0] = Infinity is infinite", () => All[name]([Inf, 0.5], Half));
        Refuses(q, "sums to 1.25, not to 1 within 1.49E-08; normalise it first", () => All[name](Half, [0.5, 0.75]));
        if (name != "JensenShannon of many")
        {
            Refuses("p", "p is empty; it must have at least one element.", () => All[name]([], []));
            Refuses("q", "p has 2 elements and q has 3; they must have the same length.", () => All[name](Half, [0.2, 0.3, 0.5]));
        }
    }

    [Theory]
    [InlineData("Jeffreys", Inf), InlineData("JensenShannon", 0.6931471805599453), InlineData("JensenShannonDistance", 0.8325546111576977)]
    [InlineData("TotalVariation", 1), InlineData("SquaredHellinger", 1), InlineData("Hellinger", 1), InlineData("PearsonChiSquared", Inf)]
    [InlineData("NeymanChiSquared", Inf), InlineData("Triangular", 2), InlineData("Renyi 0", Inf), InlineData("Renyi 0.5", Inf)]
    [InlineData("Renyi 1", Inf), InlineData("Renyi 3", Inf), InlineData("Renyi inf", Inf), InlineData("Tsallis", 2), InlineData("Alpha 0", 4)]
    [InlineData("Alpha 3", Inf), InlineData("Alpha -1", Inf), InlineData("BhattacharyyaCoefficient", 0), InlineData("Bhattacharyya", Inf)]
    [InlineData("ChernoffCoefficient", 0), InlineData("Chernoff", Inf), InlineData("Wasserstein1", 1)]
    public void Without_a_common_outcome(string name, double expected) => Assert.Equal(expected, All[name](Left, Right));

    [Theory]
    [InlineData("Jeffreys", Inf), InlineData("PearsonChiSquared", Inf), InlineData("NeymanChiSquared", 1), InlineData("Renyi 0", 0)]
    [InlineData("Renyi 0.5", 0.6931471805599453), InlineData("Renyi 1", Inf), InlineData("Renyi 3", Inf), InlineData("Renyi inf", Inf)]
    [InlineData("Alpha -1", Inf), InlineData("Alpha 3", 0.5), InlineData("Bhattacharyya", 0.34657359027997264), InlineData("Chernoff", 0.6931471805599453)]
    public void Where_q_alone_excludes_an_outcome(string name, double expected) => Assert.Equal(expected, All[name](Half, Left), 1e-15);

    [Theory]
    [InlineData("Jeffreys", Inf), InlineData("PearsonChiSquared", 1), InlineData("NeymanChiSquared", Inf), InlineData("Renyi 0", 0.6931471805599453)]
    [InlineData("Renyi 0.5", 0.6931471805599453), InlineData("Renyi 1", 0.6931471805599453), InlineData("Renyi 3", 0.6931471805599453)]
    [InlineData("Renyi inf", 0.6931471805599453), InlineData("Alpha -1", 0.6931471805599453), InlineData("Alpha 3", Inf)]
    public void Where_p_alone_excludes_an_outcome(string name, double expected) => Assert.Equal(expected, All[name](Left, Half), 1e-15);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_distributions_are_at_no_distance(string name)
    {
        double expected = name.EndsWith("Coefficient", StringComparison.Ordinal) ? 1 : 0;
        Assert.Equal(expected, All[name]([0.1, 0.2, 0.3, 0.4, 0], [0.1, 0.2, 0.3, 0.4, 0]), 1e-15);
        if (expected == 0)
            Assert.Equal(0, All[name]([0.1, 0.2, 0.3, 0.4, 0], [0.1, 0.2, 0.3, 0.4, 0]));
    }

    [Fact]
    public void Measures_have_the_same_edges()
    {
        Assert.Equal(0, Measures.Jeffreys([0.0, 3.0], [0.0, 3.0]));
        Assert.Equal(Inf, Measures.Jeffreys([0.0, 3.0], [1.0, 3.0]));
        Assert.Equal(Inf, Measures.Jeffreys([2.0, 3.0], [0.0, 3.0]));
        Assert.Equal(NaN, Measures.Jeffreys([0.0, NaN], [1.0, 3.0]));
        Assert.Equal(0, Measures.ItakuraSaito([0.0, 3.0], [0.0, 3.0]));
        Assert.Equal(Inf, Measures.ItakuraSaito([0.0, 3.0], [1.0, 3.0]));
        Assert.Equal(Inf, Measures.ItakuraSaito([2.0, 3.0], [0.0, 3.0]));
        Assert.Equal(NaN, Measures.ItakuraSaito([0.0, NaN], [1.0, 3.0]));
        Assert.Equal(7, Measures.Alpha([0.0, 0.0], [3.0, 4.0], -1));
        Assert.Equal(14, Measures.Alpha([0.0, 0.0], [3.0, 4.0], 0));
        Assert.Equal(Inf, Measures.Alpha([0.0, 0.0], [3.0, 4.0], 1));
        Assert.Equal(Inf, Measures.Alpha([3.0], [0.0], -1));
        Assert.Equal(NaN, Measures.Alpha([3.0, NaN], [0.0, 1.0], -1));
        Refuses("q", "q[1] = -4 is negative", () => Measures.Alpha([1.0, NaN], [1.0, -4.0], 0));
        Refuses("p", "p[0] = Infinity is infinite", () => Measures.Jeffreys([Inf], [1.0]));
        Refuses("p", "p is empty", () => Measures.ItakuraSaito([], Array.Empty<double>()));
        Refuses("q", "p has 1 elements and q has 2", () => Measures.Jeffreys([1.0], [1.0, 2.0]));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Refuses("weight", "weight = 1.5; it must be in [0, 1].", () => Divergence.JensenShannon(Half, Half, 1.5));
        Refuses("weight", "weight = NaN", () => Divergence.ChernoffCoefficient(Half, Half, NaN));
        Refuses("order", "order = -1; it must be at least 0, and may be infinite.", () => Divergence.Renyi(Half, Half, -1));
        Refuses("order", "order = Infinity; it must be at least 0 and finite.", () => Divergence.Tsallis(Half, Half, Inf));
        Refuses("order", "order = NaN", () => Divergence.Renyi(Half, Half, NaN));
        Refuses("alpha", "alpha = Infinity; it must be finite.", () => Divergence.Alpha(Half, Half, Inf));
        Refuses("alpha", "alpha = NaN", () => Measures.Alpha(Half, Half, NaN));
    }

    [Fact]
    public void A_weight_of_zero_or_one_leaves_nothing_to_diverge()
    {
        Assert.Equal(0, Divergence.JensenShannon(Half, Left, 0));
        Assert.Equal(0, Divergence.JensenShannon(Half, Left, 1));
        Assert.Equal(0, Divergence.JensenShannon(Left, Right, 0));
        Assert.Equal(0.5, Divergence.ChernoffCoefficient(Half, Left, 1));
        Assert.Equal(1, Divergence.ChernoffCoefficient(Half, Left, 0));
    }

    [Fact]
    public void Disjoint_distributions_are_one_bit_from_their_midpoint()
    {
        Assert.Equal(1, Divergence.JensenShannon(Left, Right, LogBase.Bits));
        Assert.Equal(1, Divergence.JensenShannonDistance(Left, Right, LogBase.Bits));
    }

    [Fact]
    public void Chernoff_says_at_which_weight()
    {
        Divergence.Chernoff([0.25, 0.75], [0.75, 0.25], out double middle);
        Assert.Equal(0.5, middle, 1e-15);
        Divergence.Chernoff(Half, Half, out double any);
        Assert.Equal(0.5, any);
        Divergence.Chernoff(Left, Right, out double none);
        Assert.Equal(0.5, none);
        Divergence.Chernoff(Half, Left, out double end);
        Assert.Equal(1, end);
        Divergence.Chernoff(Left, Half, out double otherEnd);
        Assert.Equal(0, otherEnd);
        Divergence.Chernoff([NaN, 0.5], Half, out double unknown);
        Assert.Equal(NaN, unknown);
    }

    [Fact]
    public void Wasserstein_moves_mass_along_the_line()
    {
        Assert.Equal(7, Divergence.Wasserstein1([1, 0], [0, 1], [-3.0, 4.0]));
        Assert.Equal(0, Divergence.Wasserstein1([1, 0], [0, 1], [4.0, 4.0]));
        Assert.Equal(0, Divergence.Wasserstein1([1.0], [1.0], [5.0]));
        Assert.Equal(1.5e308, Divergence.Wasserstein1([0.5, 0.5], [0, 1], [-1.5e308, 1.5e308]));
        Assert.Equal(NaN, Divergence.Wasserstein1([1, 0], [0, 1], [0, NaN]));
        Assert.Equal(NaN, Divergence.Wasserstein1([1.0], [1.0], [NaN]));
        Refuses("positions", "positions[1] = -1 is below positions[0] = 0; sort the outcomes by position first.", () => Divergence.Wasserstein1(Half, Half, [0.0, -1.0]));
        Refuses("positions", "positions[1] = Infinity is infinite", () => Divergence.Wasserstein1(Half, Half, [0.0, Inf]));
        Refuses("positions", "p has 2 elements and positions has 1", () => Divergence.Wasserstein1(Half, Half, [0.0]));
    }

    [Fact]
    public void Many_distributions_need_one_weight_each()
    {
        Refuses("weights", "rows has 2 rows of 2 and weights has 1 elements; there must be one weight per row.", () => Divergence.JensenShannon([.. Half, .. Left], 2, [1.0]));
        Refuses("weights", "weights sums to 1.5", () => Divergence.JensenShannon([.. Half, .. Left], 2, [1.0, 0.5]));
        Refuses("rows", "In row 1, rows[0] = -1 is negative", () => Divergence.JensenShannon([0.5, 0.5, -1, 2], 2, Half));
        Refuses("rows", "rows has 3 elements, which is not a whole number of rows of 2.", () => Divergence.JensenShannon([0.5, 0.5, 1], 2, Half));
        Refuses("columns", "columns = 0; it must be positive.", () => Divergence.JensenShannon(Half, 0, Half));
        Refuses("rows", "rows is empty", () => Divergence.JensenShannon([], 2, Half));
        Assert.Equal(NaN, Divergence.JensenShannon([.. Half, .. Left], 2, [NaN, 0.5]));
    }

    [Fact]
    public void A_row_in_error_is_named()
    {
        double[] p = [0.5, 0.5, 0.5, 0.5], answers = new double[2];
        Refuses("q", "In row 1, q[0] = -1 is negative", () => Divergence.KullbackLeiblerRows(p, [0.5, 0.5, -1, 2], 2, answers));
        Refuses("p", "In row 0, p sums to 2", () => Divergence.RenyiRows([1.0, 1, 0, 1], p, 2, 2, answers));
        Refuses("destination", "destination has 1 elements; it needs 2.", () => Divergence.JeffreysRows(p, p, 2, new double[1]));
        Refuses("destination", "destination overlaps the data; it must be a span of its own.", () => Divergence.TotalVariationRows(p, [0.5, 0.5, 0, 1], 2, p));
        Refuses("columns", "columns = -2", () => Divergence.JensenShannonRows(p, p, -2, answers));
        Refuses("p", "not a whole number of rows of 3", () => Divergence.JensenShannonRows(p, p, 3, answers));
        Refuses("order", "order = -2", () => Divergence.RenyiRows(p, p, 2, -2, answers));
    }

    [Fact]
    public void Gradients_vanish_at_equals_and_take_their_limits_at_zeros()
    {
        double[] byP = new double[3], byQ = new double[3];
        Divergence.KullbackLeiblerGradient([0, 0.25, 0.75], [0, 0.25, 0.75], byP, byQ);
        Assert.Equal([0, 0, 0], byP);
        Assert.Equal([0, 0, 0], byQ);
        Divergence.JensenShannonGradient([0, 0.25, 0.75], [0, 0.25, 0.75], byP, byQ);
        Assert.Equal([0, 0, 0], byP);
        Assert.Equal([0, 0, 0], byQ);

        double value = Divergence.KullbackLeiblerGradient([0, 0.5, 0.5], [0.5, 0, 0.5], byP, byQ);
        Assert.Equal(Inf, value);
        Assert.Equal([-Inf, Inf, 0], byP);
        Assert.Equal([1, -Inf, 0], byQ);
        value = Divergence.JensenShannonGradient([0, 0.5, 0.5], [0.5, 0, 0.5], byP, byQ, LogBase.Bits);
        Assert.Equal(0.5, value);
        Assert.Equal([-Inf, 0.5, 0], byP);
        Assert.Equal([0.5, -Inf, 0], byQ);
    }

    [Fact]
    public void A_gradient_may_take_the_place_of_its_argument_but_touch_nothing_else()
    {
        double[] p = [0.25, 0.75], q = [0.5, 0.5], byP = new double[2], byQ = new double[2], buffer = new double[4];
        Divergence.KullbackLeiblerGradient(p, q, byP, byQ);
        Divergence.KullbackLeiblerGradient(p, q, p, q);
        Assert.Equal(byP, p);
        Assert.Equal(byQ, q);
        Refuses("pGradient", "pGradient has 1 elements; it needs 2, or none", () => Divergence.JensenShannonGradient(Half, Half, new double[1], []));
        Refuses("qGradient", "qGradient overlaps pGradient", () => Divergence.JensenShannonGradient(Half, Half, buffer.AsSpan(0, 2), buffer.AsSpan(1, 2)));
        buffer = [0.5, 0.5, 0, 0];
        Refuses("qGradient", "qGradient overlaps a source without being the same span.", () => Divergence.KullbackLeiblerGradient(buffer.AsSpan(0, 2), Half, [], buffer.AsSpan(1, 2)));
    }

    [Fact]
    public void What_is_refused_leaves_the_gradients_as_they_were()
    {
        double[] byP = [7, 7];
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeiblerGradient(Half, [0.5, 0.6], byP, []));
        Assert.Equal([7, 7], byP);
    }

    private static double[] Positions(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];

    private static void Refuses(string argument, string words, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static void Refuses(string argument, string words, Func<double> call) => Refuses(argument, words, () => { call(); });
}
