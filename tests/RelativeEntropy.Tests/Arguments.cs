using System.Reflection;

namespace RelativeEntropy.Tests;

/// <summary>
/// What each function of the library can be given, by the names of its parameters: ordinary numbers, zeros, subnormal, tiny, huge, nearly
/// equal and infinite ones, and some that it has to refuse. The first of each list is ordinary, and all first ones fit together.
/// </summary>
/// <remarks>No test framework is needed here, so that other test projects can compile this file too.</remarks>
public static class Arguments
{
    private const double Inf = double.PositiveInfinity;
    private const double Tiny = 5e-324;
    private const double Max = double.MaxValue;
    private const double Epsilon = 2.220446049250313e-16 / 2;
    private static readonly double Above = Math.BitIncrement(1.0), Below = Math.BitDecrement(1.0);

    /// <summary>The most cases that are tried of one function; of more combinations than that, so many spread over all of them.</summary>
    public const int MostCases = 4000;

    private static readonly double[] Scalars = [0.5, 0, Tiny, 1e-300, 1e-16, Below, 1, Above, 2, 1e300, Max, Inf, -1, -1e300];
    private static readonly double[] Orders = [2, 0, Tiny, 1e-16, 0.25, 0.5, Below, 1, Above, 3, 1e300, Inf, -1];
    private static readonly double[] Alphas = [0.5, 0, Tiny, -1, 1, Below, Above, -3, 3, 1e-16, 1e300, -1e300, Inf];
    private static readonly double[] Weights = [0.5, 0, Tiny, 1e-300, 1e-16, Below, 1, 2];
    private static readonly double[] Temperatures = [1, 2, 0.5, Tiny, 1e-300, 1e-10, 1e300, Max, 0];

    private static readonly double[][] Distributions =
    [
        [0.25, 0.75], [0.5, 0.5], [0, 1], [1, 0], [Tiny, 1], [1, Tiny], [1e-162, 1], [1, 1e-300],
        [Epsilon, Below], [Math.BitIncrement(0.25), 0.75],
        [0.5 + 1e-10, 0.5 - 1e-10], [0.5, 0.6], [-0.5, 1.5], [Inf, 0],
    ];

    private static readonly double[][] DistributionsOfThree =
    [
        [0.2, 0.3, 0.5], [0, 0, 1], [Tiny, 1e-300, 1], [0, 0.5, 0.5], [Epsilon, Below, 0], [0.5, 0.5, 0.5],
    ];

    private static readonly double[][] Masses =
    [
        [0.5, 3], [0, 0], [0, 1], [1, 0], [Tiny, Tiny], [1e-162, 1e300], [Max, Max], [1, Above], [1, 1], [1e300, 0], [1e-300, 1e-300],
        [Inf, 1], [-1, 1],
    ];

    private static readonly double[][] Joints =
    [
        [0.1, 0.2, 0.3, 0.4], [0, 0, 0, 1], [0.5, 0, 0, 0.5], [Tiny, 0, 0, 1], [1e-162, 1e-300, 0.25, 0.75], [0.25, 0.25, 0.25, 0.25],
        [1e-300, 1e-300, 0.5, 0.5],
    ];

    private static readonly double[][] JointsOfThree =
    [
        [0.05, 0.1, 0.15, 0.2, 0.05, 0.1, 0.15, 0.2], [0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125],
        [0.5, 0, 0, 0, 0, 0, 0, 0.5], [Tiny, 0, 0, 0, 0, 0, 0, 1],
        [1e-162, 1e-300, Tiny, 0, 0, 0, 0.5, 0.5], [0, 0, 0, 0, 0, 0, 0, 1],
    ];

    private static readonly double[][] Transitions =
    [
        [0.5, 0.5, 0.25, 0.75], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1e-300, 1e-300, 1], [Tiny, 1, 1, Tiny], [1, Tiny, 0.5, 0.5],
        [1, 1, 0, 1],
    ];

    private static readonly double[][] Means =
    [
        [0, 1], [0, 0], [Tiny, -Tiny], [1e300, -1e300], [Max, -Max], [1, Above], [1e-300, 1e-16], [Inf, 0],
    ];

    private static readonly double[][] Variances = [[1, 2], [Tiny, Tiny], [1e-300, 1e300], [Max, Max], [1, Above], [1e-16, 1], [0, 1]];

    private static readonly double[][] LogVariances =
    [
        [0, 1], [-745, 710], [1e300, -1e300], [Max, -Max], [1e-16, Tiny], [-1e-300, 700], [0, -Inf],
    ];

    private static readonly double[][] Covariances =
    [
        [2, 0.5, 0.5, 1], [1, 0, 0, 1], [Above, 0, 0, 1], [1e-300, 0, 0, 1e300], [1, Below, Below, 1],
        [Tiny, 0, 0, 1], [Max, 0, 0, Max], [1e300, 1e-300, 1e-300, 1e-300], [1, 1, 1, 1],
    ];

    private static readonly double[][] CholeskyFactors =
    [
        [1, 0, 0.5, 2], [1, 0, 0, 1], [Above, 0, 1e-16, 1], [1e-300, 0, 0, 1e300], [Tiny, 0, 0, 1], [Max, 0, Max, Max], [1, 0.5, 0.5, 1],
    ];

    private static readonly double[][] Columns = [[0.5, 1], [0, 0], [1e300, 1e-300], [Tiny, 1], [1e154, 1e154], [1e-16, 1], [Inf, 0]];

    private static readonly double[][] Logits =
    [
        [1, 2, 3], [0, 0, 0], [1e308, -1e308, 0], [Max, -Max, -Inf], [-Max, Max, 0],
        [-Inf, 0, Tiny], [0, -Inf, -Inf], [1e-16, 0, -1e-16], [800, 0, -800], [-Inf, -Inf, 0],
        [-Max, -Max, -Max], [-Inf, -Max, Max], [Inf, 0, 0],
    ];

    private static readonly double[][] Rewards =
    [
        [1, 2, 3], [0, 0, 0], [1e300, -1e300, 0], [0.8e308, -0.8e308, Tiny], [Tiny, 1e-300, 0], [1, Above, Below], [Max, -Max, 0],
    ];

    private static readonly double[][] LogRatios =
    [
        [0.5, -0.5], [0, 0], [Tiny, -1e-300], [710, -740], [1e6, -1e6], [Inf, 0], [-Inf, 0], [Inf, -Inf], [Max, -Max], [1e-16, 1e-10],
    ];

    private static readonly double[][] LogWeights =
    [
        [-1, -2], [0, 0], [-Inf, 0], [-Inf, -Inf], [Max, -Max], [-1e300, Tiny], [1e-16, 0], [Inf, 0],
    ];

    private static readonly double[][] LogDensities =
    [
        [-1, -2], [0, 0], [Max, -Max], [-1e300, Tiny], [710, -740], [1e-16, 1e-10], [-Inf, 0], [Inf, 0],
    ];

    private static readonly double[][] PairsOfLogits =
    [
        [1, 2, 3, 0], [0, 0, 0, 0], [Max, -Max, -Max, Max], [-Inf, 0, Tiny, 1], [1, -Inf, 0, 0], [800, -800, 1e-16, 0], [1e300, 0, -1e308,
            1e308],
        [Inf, 0, 0, 0], [0, 0, -Inf, -Inf],
    ];

    private static readonly double[][] Vectors = [[1, 2], [0, 0], [Tiny, 0], [1e300, 1e-300], [Max, -Max], [1, Above], [Inf, 0]];

    // Eight numbers: points of one or of two dimensions.
    private static readonly double[][] Points =
    [
        [0.5, -1.25, 2, 0.75, -0.5, 1.5, 3.25, -2], [0, 0, 1, 1, 2, 2, 5, 7], [0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 2],
        [Tiny, 0, -Tiny, 1e-300, 2e-300, 3e-300, 1e-162, 1e-16], [Max, -Max, 1e300, -1e300, 0, 1, Tiny, 2],
        [1, Above, Below, 1 + 1e-10, 1 - 1e-10, 1.5, 2, 3], [0, 1, 2, 3, 4, 5, 6, Inf],
    ];

    private static readonly int[][] Counts = [[5, 3, 0, 2], [1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 7], [int.MaxValue, int.MaxValue, 1, 0], [-1, 1, 1, 1]];

    private static readonly long[][] LongCounts =
    [
        [5, 3, 0, 2], [1L << 50, (1L << 50) + 1, 1L << 50, 1L << 50], [0, 0, 0, 0], [0, 0, long.MaxValue, 0], [long.MaxValue, 1, 0, 0], [-1, 1, 1, 1],
    ];

    private static readonly Func<double, double>[] LogDensitiesOfX =
    [
        x => -0.5 * x * x - 0.5 * Math.Log(2 * Math.PI), x => -0.5 * (x - 3) * (x - 3) - 0.5 * Math.Log(2 * Math.PI), x => x < 0 ? -Inf : -x,
        x => x is > 0 and < 1 ? 0 : -Inf, _ => 0, _ => -Inf, _ => 1e300, x => -0.5 * Math.Log(Math.Abs(x)) - Math.Log(2),
    ];

    private static readonly Func<long, double>[] LogProbabilitiesOfN =
    [
        n => -(n + 1) * Math.Log(2), n => n * Math.Log(0.75) - Math.Log(4), n => n == 0 ? 0 : -Inf, _ => -Inf, _ => -1e300, _ => -1, _ => 1,
    ];

    // Generators of a user's; built here, so that the file stands alone.
    private static readonly Generator OwnTotalVariation =
        Generator.Create("own total variation", u => 0.5 * Math.Abs(u - 1), u => u < 1 ? -0.5 : 0.5, 0.5, 0.5, Inf);

    private static readonly Generator OwnKullbackLeibler =
        Generator.Create("own Kullback-Leibler", u => u * Math.Log(u), u => 1 + Math.Log(u), 0, Inf, 1);

    private static readonly Dictionary<string, Array> ByName = new()
    {
        ["p"] = Distributions,
        ["q"] = Distributions,
        ["source"] = Distributions,
        ["weights"] = Distributions,
        ["Logits.p"] = DistributionsOfThree,
        ["Terms.p"] = Scalars,
        ["Terms.q"] = Scalars,
        ["Measures.p"] = Masses,
        ["Measures.q"] = Masses,
        ["masses"] = Masses,
        ["Proportions.p"] = Masses,
        ["Proportions.q"] = Masses,
        ["expected"] = Masses,
        ["actual"] = Masses,
        ["observed"] = Masses,
        ["first"] = Masses,
        ["second"] = Masses,
        ["KullbackLeiblerAccumulator.p"] = Masses,
        ["KullbackLeiblerAccumulator.q"] = Masses,
        ["CrossEntropyAccumulator.p"] = Masses,
        ["CrossEntropyAccumulator.q"] = Masses,
        ["EntropyAccumulator.p"] = Masses,
        ["other"] = new Accumulator[] { new KullbackLeiblerAccumulator(), new EntropyAccumulator() },
        ["values"] = Vectors,
        ["sample"] = Vectors,
        ["Histogram.Shared.first"] = Vectors,
        ["Histogram.Shared.second"] = Vectors,
        ["lower"] = new[] { 0, -Max, Tiny, 1, Inf },
        ["upper"] = new[] { 1, Max, Above, 0, Inf },
        ["bins"] = new[] { 1, 2, 0 },
        ["outside"] = Enum.GetValues<OutsideRule>(),
        ["confidence"] = new[] { 0.5, 0, Below, 1 },
        ["resamples"] = new[] { 9, 1, 0 },
        ["statistic"] = new CountStatistic[] { (p, q) => Proportions.JensenShannon(p, q) },
        ["MarkovChain.p"] = Transitions,
        ["MarkovChain.q"] = Transitions,
        ["transitions"] = Transitions,
        ["channel"] = Transitions,
        ["positions"] = new double[][] { [0, 1], [-Max, Max], [0, Tiny], [1e300, 1e300], [1, Above], [1, 0], [0, Inf] },
        ["Divergence.JensenShannon.rows"] = new double[][]
        {
            [0.25, 0.75, 0.5, 0.5], [0, 1, 1, 0], [Tiny, 1, 1, 0], [1, 0, 1, 0], [1e-300, 1, 0.5, 0.5], [0.5, 0.5, 1, 1],
        },
        ["joint"] = Joints,
        ["Information.ConditionalMutual.joint"] = JointsOfThree,
        ["Information.Interaction.joint"] = JointsOfThree,
        ["rows"] = new[] { 2, 0 },
        ["columns"] = new[] { 2, 0 },
        ["Logits.columns"] = new[] { 3, 0 },
        ["input"] = new double[][] { [0.25, 0.75], [0, 0], [Tiny, 1], [0, 1] },
        ["reproduction"] = new double[][] { [0.25, 0.75], [0, 0], [Tiny, 1], [0, 1] },
        ["distortions"] = new double[][] { [0, 1, 1, 0], [0, 0, 0, 0], [1e300, 0, 0, 1e300], [Tiny, 1, 0, Max], [1, 1, 1, 1] },
        ["slope"] = new[] { -1, 0, -Tiny, -1e-300, -1e300, -Max, 1 },
        ["clusters"] = new[] { 2, 0 },
        ["encoder"] = new double[][] { [0.75, 0.25, 0.25, 0.75], [1, 0, 0, 1], [0.5, 0.5, 0.5, 0.5], [Tiny, 1, 1, 0] },
        ["seed"] = new[] { 1L, 0L, long.MaxValue },
        ["iterations"] = new[] { 20, 1, 0 },
        ["tolerance"] = new[] { 1e-12, 0, Max, -1 },
        ["mean"] = Means,
        ["mean0"] = Means,
        ["mean1"] = Means,
        ["means"] = Means,
        ["meanStep"] = Means,
        ["priorMean"] = Means,
        ["meanVector"] = Means,
        ["Gaussian.mean0"] = Scalars,
        ["Gaussian.mean1"] = Scalars,
        ["variance0"] = Variances,
        ["variance1"] = Variances,
        ["diagonal0"] = Variances,
        ["diagonal1"] = Variances,
        ["spectrum0"] = Variances,
        ["spectrum1"] = Variances,
        ["logVariance"] = LogVariances,
        ["logVariance0"] = LogVariances,
        ["logVariance1"] = LogVariances,
        ["logVariances"] = LogVariances,
        ["priorLogVariance"] = LogVariances,
        ["logStandardDeviation"] = LogVariances,
        ["logStandardDeviation0"] = LogVariances,
        ["logStandardDeviation1"] = LogVariances,
        ["logStandardDeviationVector"] = Means,
        ["covariance"] = Covariances,
        ["covariance0"] = Covariances,
        ["covariance1"] = Covariances,
        ["covarianceStep"] = new double[][]
        {
            [0.1, 0.05, 0.05, 0.2], [0, 0, 0, 0], [1e300, 1e300, 1e300, -1e300], [Tiny, 0, 0, Tiny], [Max, 0, 0, Max],
        },
        ["factor0"] = CholeskyFactors,
        ["factor1"] = CholeskyFactors,
        ["LowRankGaussian.factor0"] = Columns,
        ["LowRankGaussian.factor1"] = Columns,
        ["split"] = new[] { 1, 2 },
        ["dimension"] = new[] { 2, 0 },
        ["dimensions"] = new[] { 1, 2, 0 },
        ["rank0"] = new[] { 1, 0 },
        ["rank1"] = new[] { 1, 0 },
        ["TrustRegion.WorkLength.parameters"] = new[] { 2, 0 },
        ["logits"] = Logits,
        ["pLogits"] = Logits,
        ["qLogits"] = Logits,
        ["teacherLogits"] = Logits,
        ["studentLogits"] = Logits,
        ["referenceLogits"] = Logits,
        ["rewards"] = Rewards,
        ["vector"] = Rewards,
        ["costs"] = new double[][]
        {
            [0, 1, 2, 1, 0, 1, 2, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1e300, Max, 1e300, 0, Tiny, 1, 1, 0],
            [1, 1, 1, 1, 1, 1, 1, 1, 1],
        },
        ["label"] = new[] { 0, 2, 3 },
        ["labels"] = new int[][] { [0], [2], [3], [-1] },
        ["kept"] = new bool[][] { [true], [], [false], [true, true] },
        ["MonteCarlo.kept"] = new bool[][] { [true, true], [], [true, false], [false, false] },
        ["MonteCarlo.samples"] = new int[][] { [0, 0], [1, 0], [0, 1], [0, 2] },
        ["MonteCarlo.pLogits"] = PairsOfLogits,
        ["MonteCarlo.qLogits"] = PairsOfLogits,
        ["logP"] = LogDensities,
        ["logQ"] = LogDensities,
        ["temperature"] = Temperatures,
        ["order"] = Orders,
        ["alpha"] = Alphas,
        ["weight"] = Weights,
        ["logRatios"] = LogRatios,
        ["criticAtP"] = LogRatios,
        ["criticAtQ"] = LogRatios,
        ["logJoint"] = LogWeights,
        ["logWeights"] = LogWeights,
        ["byDimension"] = new double[][] { [1, 2], [0, 0], [Tiny, 1e300], [Inf, 1], [Max, Max], [-1, 1] },
        ["rightSide"] = Vectors,
        ["TrustRegion.Step.gradient"] = Vectors,
        ["TrustRegion.Step.parameters"] = new double[][] { [0.5, 0.5], [0, 0], [Max, -Max] },
        ["relevance"] = new double[][] { [1, 2], [0, 1], [Tiny, 1e300], [Max, Max], [0, 0] },
        ["f"] = new[]
        {
            Generator.KullbackLeibler, Generator.Reverse, Generator.Jeffreys, Generator.JensenShannon, Generator.TotalVariation,
            Generator.SquaredHellinger, Generator.PearsonChiSquared,
            Generator.NeymanChiSquared, Generator.Triangular, Generator.ArithmeticGeometric, Generator.Gan, Generator.Gan.Dual,
            Generator.Alpha(0.5), Generator.Alpha(-3), Generator.Tsallis(0.5),
            Generator.Tsallis(3), Generator.Tsallis(3).Dual, Generator.KullbackLeibler.Symmetrised, Generator.Reverse.Centred,
            OwnTotalVariation, OwnTotalVariation.Dual, OwnKullbackLeibler, OwnKullbackLeibler.Dual,
        },
        ["grid"] = new[] { new PatchGrid(2, 1, 1, 1, 1) },
        ["product"] = new FisherVectorProduct[] { (vector, destination) => vector.CopyTo(destination) },
        ["evaluate"] = new SurrogateEvaluation[] { _ => new SurrogateValue(0.5, 0.001), _ => new SurrogateValue(0, Inf) },
        ["options"] = new TrustRegionOptions?[] { null },
        ["NearestNeighbours.x"] = Points,
        ["NearestNeighbours.y"] = Points,
        ["NearestNeighbours.dimension"] = new[] { 1, 2, 3, 0 },
        ["xDimension"] = new[] { 1, 2, 0 },
        ["yDimension"] = new[] { 1, 2, 0 },
        ["k"] = new[] { 1, 2, 9, 0 },
        ["pCounts"] = Counts,
        ["qCounts"] = Counts,
        ["counts"] = Counts,
        ["PlugIn.pCounts"] = LongCounts,
        ["PlugIn.qCounts"] = LongCounts,
        ["PlugIn.counts"] = LongCounts,
        ["correction"] = new[] { PlugInCorrection.None, PlugInCorrection.MillerMadow, PlugInCorrection.Grassberger, (PlugInCorrection)3 },
        ["scores"] = PairsOfLogits,
        ["Quadrature.logP"] = LogDensitiesOfX,
        ["Quadrature.logQ"] = LogDensitiesOfX,
        ["Quadrature.lower"] = new[] { -Inf, 0, -1e300, Tiny, 1, Inf },
        ["Quadrature.upper"] = new[] { Inf, 1, 1e300, Above, 0, -Inf },
        ["evaluations"] = new[] { 3000, 1, 0 },
        ["Summation.logP"] = LogProbabilitiesOfN,
        ["Summation.logQ"] = LogProbabilitiesOfN,
        ["Summation.first"] = new[] { 0L, 5L, long.MaxValue },
        ["from"] = new[] { 5L, 0L, long.MaxValue },
        ["ratio"] = new[] { 0.75, Tiny, Below, 0, 1 },
        ["tail"] = new Func<long, double>[] { n => Math.Pow(0.75, n), _ => Inf, _ => 0, _ => -1 },
        ["terms"] = new[] { 100, 1, 0 },
        ["Generator.Create.name"] = new[] { "chi squared" },
        ["Generator.Create.value"] = new Func<double, double>[] { u => (u - 1) * (u - 1) },
        ["Generator.Create.derivative"] = new Func<double, double>[] { u => 2 * (u - 1) },
        ["Generator.Create.conjugate"] = new Func<double, double>?[] { null },
        ["Generator.Create.conjugateDerivative"] = new Func<double, double>?[] { null },
        ["LogBase.Of.value"] = new[] { 2, 0, Above, Tiny, 1e300, Max, 1, Inf },
        ["step"] = new[] { 1, 0, 5, -1 },
        ["warmup"] = new[] { 4, 0 },
        ["midpoint"] = new[] { 4, 0 },
        ["period"] = new[] { 4, 0 },
        ["logBase"] = new[] { LogBase.Nats, LogBase.Bits },
        ["LinearGaussianModel.x"] = new double[][] { [0.5] },
        ["BetaBernoulli.q"] = new[] { new BetaBernoulli(2, 3), new BetaBernoulli(1e-300, 1e300) },
        ["GammaPoisson.q"] = new[] { new GammaPoisson(2, 3), new GammaPoisson(1e-300, 1e-300) },
        ["NormalGamma.q"] = new[] { new NormalGamma(0, 1, 2, 3), new NormalGamma(1e10, 1e-10, 1e10, 1e-10) },
        ["NormalNormal.q"] = new[] { new NormalNormal(0, 1, 2), new NormalNormal(1e10, 1e-10, 2) },
        ["DirichletCategorical.q"] = new[] { new DirichletCategorical([1, 2]), new DirichletCategorical([1e-300, 1e10]) },
        ["observations"] = new double[][] { [1, 2], [], [0, 0], [Tiny, 1e-300], [1e150, -1e150], [1, Above], [Inf, 0] },
        ["DirichletCategorical.counts"] = new double[][] { [1, 2], [0, 0], [0, 1e10], [0, Max], [Inf, 0], [-1, 0] },
        ["GammaPoisson.counts"] = new int[][] { [1, 2], [], [0, 0], [int.MaxValue, int.MaxValue], [-1, 0] },
        ["qMean"] = Means,
        ["qCovariance"] = Covariances,
    };

    private static readonly Dictionary<Type, Array> ByType = new()
    {
        [typeof(BetaBernoulli)] = new[] { new BetaBernoulli(0.5, 2), new BetaBernoulli(1e-10, 1e10) },
        [typeof(GammaPoisson)] = new[] { new GammaPoisson(0.5, 2), new GammaPoisson(1e-10, 1e10) },
        [typeof(NormalGamma)] = new[] { new NormalGamma(1, 2, 0.5, 4), new NormalGamma(0, 1e-10, 1e10, 1e-10) },
        [typeof(NormalNormal)] = new[] { new NormalNormal(0, 1, 2), new NormalNormal(1e10, 1e-10, 2) },
        [typeof(DirichletCategorical)] = new[] { new DirichletCategorical([0.5, 2]), new DirichletCategorical([1e-10, 1e10]) },
        [typeof(AdaptivePenalty)] = new[] { new AdaptivePenalty(1, 0.01), new AdaptivePenalty(Max, Tiny), new AdaptivePenalty(Tiny, Max) },
        [typeof(ProportionalPenalty)] = new[]
        {
            new ProportionalPenalty(1, 0.01, 100, 0.1, 10), new ProportionalPenalty(1, Tiny, Tiny, Tiny, Max), new ProportionalPenalty(Max,
                Max, Max, Tiny, Max),
        },
        [typeof(LinearGaussianModel)] = new[] { new LinearGaussianModel([0, 0], [2, 0.5, 0.5, 1], [1, 2], [0], [1]) },
        [typeof(Generator)] = ByName["f"],
        [typeof(Histogram)] = new[] { new Histogram([0, 1, 2], OutsideRule.Clamp), new Histogram([-Max, Max], OutsideRule.Refuse) },
    };

    /// <summary>Sums that change as they are added to: made anew for each function.</summary>
    private static readonly Dictionary<Type, Func<Accumulator>> Sums = new()
    {
        [typeof(Accumulator)] = () => Summed(new KullbackLeiblerAccumulator(), sum => sum.Add([0.5, 0.5], [0.25, 0.75])),
        [typeof(KullbackLeiblerAccumulator)] = () => Summed(new KullbackLeiblerAccumulator(), sum => sum.Add([0.5, 0.5], [0.25, 0.75])),
        [typeof(CrossEntropyAccumulator)] = () => Summed(new CrossEntropyAccumulator(), sum => sum.Add([0.5, 0.5], [0.25, 0.75])),
        [typeof(EntropyAccumulator)] = () => Summed(new EntropyAccumulator(), sum => sum.Add([0.5, 0.5])),
        [typeof(MomentAccumulator)] = () => Summed(new MomentAccumulator(), sum => sum.Add([0.5, 0.5])),
        [typeof(LogitsAccumulator)] = () => Summed(new LogitsAccumulator(), sum => sum.Add([0, 1], [1, 0])),
    };

    /// <summary>The objects of which a function is tried; one null for a static one.</summary>
    public static Array Targets(MethodInfo method) =>
        method.IsStatic ? new object?[] { null }
        : Sums.TryGetValue(method.DeclaringType!, out Func<Accumulator>? sum) ? new[] { sum() }
        : ByType[method.DeclaringType!];

    /// <summary>
    /// What a parameter is given: numbers, and arrays where it is a span; floats where it is of floats.
    /// A parameter without an entry throws.
    /// </summary>
    public static Array Of(MethodInfo method, ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string function = $"{method.DeclaringType!.Name}.{method.Name}.{parameter.Name}",
            member = $"{method.DeclaringType.Name}.{parameter.Name}";
        if (parameter.IsOut)
            return new object?[] { null };
        if (type == typeof(ReadOnlySpan<byte>))
            return new[] { Sums[method.DeclaringType!]().ToBytes(), [], [1, 2, 3] };
        bool isReceived = IsSpan(type, typeof(Span<>));
        foreach (string key in new[] { function, member, parameter.Name! })
        {
            if (ByName.TryGetValue(key, out Array? values)
                && (!isReceived || key == function || parameter.Name is "encoder" or "input" or "reproduction") && Fits(values, type))
                return Narrowed(values, type);
        }

        if (isReceived)
            return Narrowed(new[] { new double[parameter.Name == "work" ? 400 : 4] }, type);
        return type == typeof(double)
            ? Scalars
            : throw new InvalidOperationException($"{function} has no arguments: give it some in Arguments.");
    }

    /// <summary>
    /// So many different combinations of as many lists as there are parameters: all, or <see cref="MostCases"/> spread over them.
    /// The first is that of the first ones.
    /// </summary>
    public static IEnumerable<object?[]> Combinations(Array[] lists)
    {
        long all = lists.Aggregate(1L, (product, list) => product * list.Length), count = Count(lists);
        const long Stride = 1_000_003; // a prime that is no list's length, so that no combination comes twice
        for (long k = 0; k < count; k++)
        {
            long rest = count == all ? k : (long)((Int128)k * Stride % all);
            object?[] combination = new object?[lists.Length];
            for (int i = 0; i < lists.Length; i++)
                (combination[i], rest) = (lists[i].GetValue(rest % lists[i].Length), rest / lists[i].Length);
            yield return combination;
        }
    }

    /// <summary>How many that is.</summary>
    public static int Count(Array[] lists) => (int)lists.Aggregate(1L, (product, list) => Math.Min(product * list.Length, MostCases));

    public static bool IsSpan(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static TAccumulator Summed<TAccumulator>(TAccumulator sum, Action<TAccumulator> add)
    {
        add(sum);
        return sum;
    }

    private static bool IsAnySpan(Type type) => IsSpan(type, typeof(Span<>)) || IsSpan(type, typeof(ReadOnlySpan<>));

    private static bool Fits(Array values, Type type)
    {
        Type element = values.GetType().GetElementType()!;
        if (!IsAnySpan(type))
            return type.IsAssignableFrom(element);

        // Doubles are narrowed to whatever numbers are wanted.
        return element == typeof(double[]) ? type.GetGenericArguments()[0] != typeof(bool) : element.GetElementType() == type.GetGenericArguments()[0];
    }

    private static Array Narrowed(Array values, Type type) =>
        !IsAnySpan(type) || values is not double[][] doubles ? values
        : type.GetGenericArguments()[0] == typeof(float) ? doubles.Select(x => x.Select(Narrowed).ToArray()).ToArray()
        : type.GetGenericArguments()[0] == typeof(Half) ? doubles.Select(x => x.Select(NarrowedToHalf).ToArray()).ToArray()
        : type.GetGenericArguments()[0] == typeof(int) ? doubles.Select(x => x.Select(y => (int)Count(y, int.MaxValue)).ToArray()).ToArray()
        : type.GetGenericArguments()[0] == typeof(long) ? doubles.Select(x => x.Select(y => Count(y, 1L << 40)).ToArray()).ToArray()
        : values;

    // What is not zero stays so, and what is too large becomes the largest.
    private static long Count(double x, long largest) => x < 0 ? -1 : x >= largest ? largest : (long)Math.Ceiling(x);

    // Extremes stay extremes: what is finite stays so, and what is not zero too.
    private static float Narrowed(double x) =>
        double.IsFinite(x) && Math.Abs(x) > float.MaxValue ? float.CopySign(float.MaxValue, (float)Math.Sign(x))
        : x != 0 && Math.Abs(x) < float.Epsilon ? float.CopySign(float.Epsilon, (float)Math.Sign(x))
        : (float)x;

    private static Half NarrowedToHalf(double x) =>
        double.IsFinite(x) && Math.Abs(x) > (double)Half.MaxValue ? Half.CopySign(Half.MaxValue, (Half)Math.Sign(x))
        : x != 0 && Math.Abs(x) < (double)Half.Epsilon ? Half.CopySign(Half.Epsilon, (Half)Math.Sign(x))
        : (Half)x;
}
