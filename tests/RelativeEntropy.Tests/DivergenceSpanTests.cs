namespace RelativeEntropy.Tests;

/// <summary>The families of discrete divergences on spans: they allocate nothing, and floats are the doubles they stand for.</summary>
public class DivergenceSpanTests
{
    private const int N = 256;

    // Multiples of 2^-20 that sum to one exactly, so that the same numbers are distributions as floats and as doubles.
    private static readonly double[] P = Exact(71), Q = Exact(72), Positions = [.. Enumerable.Range(0, N).Select(i => i * 0.25)];
    private static readonly float[] FloatP = Narrow(P), FloatQ = Narrow(Q), FloatPositions = Narrow(Positions);
    private static readonly double[] Answers = new double[4], ByP = new double[N], ByQ = new double[N];
    private static readonly double[] FloatAnswers = new double[4];
    private static readonly float[] FloatByP = new float[N], FloatByQ = new float[N];
    private static readonly double[] Four = [0.1, 0.2, 0.3, 0.4], Quarters = [0.25, 0.25, 0.25, 0.25];

    private static readonly Dictionary<string, (Func<double> Wide, Func<double> Narrow)> Functions = new()
    {
        ["Jeffreys"] = (() => Divergence.Jeffreys(P, Q), () => Divergence.Jeffreys(FloatP, FloatQ)),
        ["Measures.Jeffreys"] = (() => Measures.Jeffreys(P, Q), () => Measures.Jeffreys(FloatP, FloatQ)),
        ["ItakuraSaito"] = (() => Measures.ItakuraSaito(P, Q), () => Measures.ItakuraSaito(FloatP, FloatQ)),
        ["Measures.Alpha"] = (() => Measures.Alpha(P, Q, 0.5), () => Measures.Alpha(FloatP, FloatQ, 0.5)),
        ["JensenShannon"] = (() => Divergence.JensenShannon(P, Q, LogBase.Bits), () => Divergence.JensenShannon(FloatP, FloatQ, LogBase.Bits)),
        ["JensenShannon weighted"] = (() => Divergence.JensenShannon(P, Q, 0.25), () => Divergence.JensenShannon(FloatP, FloatQ, 0.25)),
        ["JensenShannon of many"] = (() => Divergence.JensenShannon(P, N, One), () => Divergence.JensenShannon(FloatP, N, FloatOne)),
        ["JensenShannonDistance"] = (() => Divergence.JensenShannonDistance(P, Q), () => Divergence.JensenShannonDistance(FloatP, FloatQ)),
        ["TotalVariation"] = (() => Divergence.TotalVariation(P, Q), () => Divergence.TotalVariation(FloatP, FloatQ)),
        ["SquaredHellinger"] = (() => Divergence.SquaredHellinger(P, Q), () => Divergence.SquaredHellinger(FloatP, FloatQ)),
        ["Hellinger"] = (() => Divergence.Hellinger(P, Q), () => Divergence.Hellinger(FloatP, FloatQ)),
        ["PearsonChiSquared"] = (() => Divergence.PearsonChiSquared(P, Q), () => Divergence.PearsonChiSquared(FloatP, FloatQ)),
        ["NeymanChiSquared"] = (() => Divergence.NeymanChiSquared(P, Q), () => Divergence.NeymanChiSquared(FloatP, FloatQ)),
        ["Triangular"] = (() => Divergence.Triangular(P, Q), () => Divergence.Triangular(FloatP, FloatQ)),
        ["Renyi"] = (() => Divergence.Renyi(P, Q, 0.75), () => Divergence.Renyi(FloatP, FloatQ, 0.75)),
        ["Tsallis"] = (() => Divergence.Tsallis(P, Q, 2), () => Divergence.Tsallis(FloatP, FloatQ, 2)),
        ["Alpha"] = (() => Divergence.Alpha(P, Q, 0.5), () => Divergence.Alpha(FloatP, FloatQ, 0.5)),
        ["BhattacharyyaCoefficient"] = (() => Divergence.BhattacharyyaCoefficient(P, Q), () => Divergence.BhattacharyyaCoefficient(FloatP, FloatQ)),
        ["Bhattacharyya"] = (() => Divergence.Bhattacharyya(P, Q), () => Divergence.Bhattacharyya(FloatP, FloatQ)),
        ["ChernoffCoefficient"] = (() => Divergence.ChernoffCoefficient(P, Q, 0.25), () => Divergence.ChernoffCoefficient(FloatP, FloatQ, 0.25)),
        ["Chernoff"] = (() => Divergence.Chernoff(P, Q), () => Divergence.Chernoff(FloatP, FloatQ)),
        ["Wasserstein1"] = (() => Divergence.Wasserstein1(P, Q, Positions), () => Divergence.Wasserstein1(FloatP, FloatQ, FloatPositions)),
        ["KullbackLeiblerGradient"] = (() => Divergence.KullbackLeiblerGradient(P, Q, ByP, ByQ), () => Divergence.KullbackLeiblerGradient(FloatP, FloatQ, FloatByP, FloatByQ)),
        ["JensenShannonGradient"] = (() => Divergence.JensenShannonGradient(P, Q, ByP, ByQ), () => Divergence.JensenShannonGradient(FloatP, FloatQ, FloatByP, FloatByQ)),
    };

    private static readonly double[] One = [1];
    private static readonly float[] FloatOne = [1];

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        foreach (Func<double> function in new[] { Functions[name].Wide, Functions[name].Narrow })
        {
            Assert.Equal(0, Allocation.Of(() => function()));
        }
    }

    [Fact]
    public void Rows_allocate_nothing()
    {
        double[] p = [.. Four, .. Four, .. Four, .. Four], q = [.. Quarters, .. Quarters, .. Quarters, .. Quarters];
        Assert.Equal(0, Allocation.Of(() =>
        {
            Divergence.RenyiRows(p, q, 4, 2, Answers);
            Divergence.KullbackLeiblerRows(p, q, 4, Answers);
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_float_counts_as_the_double_it_equals(string name) => Assert.Equal(Functions[name].Wide(), Functions[name].Narrow());

    [Fact]
    public void Answers_from_floats_are_those_of_the_doubles_and_gradients_are_rounded_once()
    {
        Divergence.KullbackLeiblerGradient(P, Q, ByP, ByQ);
        Divergence.KullbackLeiblerGradient(FloatP, FloatQ, FloatByP, FloatByQ);
        Assert.Equal(Narrow(ByP), FloatByP);
        Assert.Equal(Narrow(ByQ), FloatByQ);
        Divergence.JensenShannonRows(P, Q, N, Answers);
        Divergence.JensenShannonRows(FloatP, FloatQ, N, FloatAnswers);
        Assert.Equal(Answers[0], FloatAnswers[0]);
        Divergence.RenyiRows(FloatP, FloatQ, N, 2, FloatAnswers);
        Assert.Equal(Divergence.Renyi(P, Q, 2), FloatAnswers[0]);
        Divergence.KullbackLeiblerRows(FloatP, FloatQ, N, FloatAnswers);
        Assert.Equal(Divergence.KullbackLeibler(P, Q), FloatAnswers[0]);
        Divergence.JeffreysRows(FloatP, FloatQ, N, FloatAnswers);
        Assert.Equal(Divergence.Jeffreys(P, Q), FloatAnswers[0]);
        Divergence.TotalVariationRows(FloatP, FloatQ, N, FloatAnswers);
        Assert.Equal(Divergence.TotalVariation(P, Q), FloatAnswers[0]);
    }

    private static double[] Exact(int seed)
    {
        long[] stream = [.. Generated.Stream(seed, N).Select(x => 1 + x % 4000)];
        stream[0] += (1 << 20) - stream.Sum();
        return [.. stream.Select(x => x / (double)(1 << 20))];
    }

    private static float[] Narrow(double[] values) => [.. values.Select(x => (float)x)];
}
