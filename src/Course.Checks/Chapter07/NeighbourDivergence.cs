using RelativeEntropy;

namespace Course.Checks.Chapter07;

/// <summary>07.5, the chapter's project: the divergence of two clouds of points from the distances to their k-th neighbours.</summary>
internal sealed class NeighbourDivergence : FunctionExercise<(double[][] X, double[][] Y, int K), double>
{
    private const double OneBit = 0.6931471805599453;

    public override string Id => "07.5";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[][], int, double>>("double NeighbourDivergence(double[][] x, double[][] y, int k)");

    // Each logarithm of a distance errs by some (d + 4) u, u = 1.1e-16, however the squares are summed; the mean of up to 24
    // of them, of size below 10, by less than 1e-14. Every mistake is off by 1e-3 or more on one input at least.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 0.1;

    protected override IReadOnlyList<Mistake<(double[][] X, double[][] Y, int K), double>> Mistakes { get; } =
    [
        new("own-point-counted", "Each point was counted as its own neighbour, at distance 0: leave x_i out of the neighbours of x_i.",
            x => Of(x, (own, other) => Log(x, other[x.K - 1]) - LogOrZero(x, own, x.K - 2))),
        new("dimension-forgotten", "The dimension is missing: volumes grow like distances to the power d.",
            x => Terms(x) / Dimension(x) + LogSizes(x)),
        new("n-for-n-minus-one", "The second term has n for n - 1: among the x there are only n - 1 other points.",
            x => Terms(x) + Math.Log(x.Y.Length / (double)x.X.Length)),
        new("m-minus-one", "The second term has m - 1 for m: x_i is none of the y, and all m of them may be its neighbours.",
            x => Terms(x) + Math.Log((x.Y.Length - 1.0) / (x.X.Length - 1.0))),
        new("sizes-forgotten", "The second term, ln(m/(n - 1)), is missing: samples of unequal size have unequal distances.", Terms),
        new("sizes-inverted", "The second term is upside down: more points of y make their distances smaller, and m stands above.",
            x => Terms(x) - LogSizes(x)),
        new("ratio-inverted", "The ratio of the distances is upside down: where the y are far away, q is small and the divergence large.",
            x => -Terms(x) + LogSizes(x)),
        new("swapped-direction", "This is the divergence the other way round: the mean is over the points of x, the first argument.",
            x => Whole((x.Y, x.X, x.K))),
        new("negative", "The whole has the wrong sign.", x => -Whole(x)),
        new("squared-distances", "The distances are squared here: their logarithms are twice as large.", x => 2 * Terms(x) + LogSizes(x)),
        new("sum-for-mean", "The terms were summed: divide by n.", x => x.X.Length * Terms(x) + LogSizes(x)),
        new("neighbour-after-next", "This looks at neighbour k + 1: the nearest one is number 1, and an array begins at 0.",
            x => Of(x, (own, other) => Log(x, other[x.K]) - Log(x, own[x.K]))),
        new("neighbour-after-next", "Of the y this looks at neighbour k + 1: only among the x there is a point to leave out.",
            x => Of(x, (own, other) => Log(x, other[x.K]) - Log(x, own[x.K - 1]))),
        new("nearest-only", "The nearest neighbour was taken, whatever k is.",
            x => Of(x, (own, other) => Log(x, other[0]) - Log(x, own[0]))),
        new("logarithm-last", "The logarithm was taken of the mean of the ratios: it is the mean of the logarithms.", x =>
            Dimension(x) * Math.Log(Enumerable.Range(0, x.X.Length).Average(i => OtherOf(x, i)[x.K - 1] / OwnOf(x, i)[x.K - 1]))
                + LogSizes(x)),
        new("bits-for-nats", "These are bits: asked are nats.", x => Whole(x) / OneBit),
    ];

    protected override IEnumerable<(double[][] X, double[][] Y, int K)> Inputs(Random random)
    {
        yield return ([[0], [1], [3]], [[0.5], [2.5], [6]], 1);
        yield return ([[0], [1], [3], [7]], [[0.4], [2.2], [5.5], [9], [12]], 2);
        yield return ([[0, 0], [1, 0.5], [2, 2], [0.3, 1.7]], [[0.6, 0.1], [3, 1], [-1, -2.5]], 1);
        foreach ((int n, int m, int d, int k) in new[] { (6, 9, 1, 1), (12, 8, 2, 1), (15, 24, 2, 3), (20, 14, 3, 2), (24, 24, 3, 4) })
            yield return (Cloud(random, n, d, 1), Cloud(random, m, d, 1.7), k);
    }

    protected override object?[] Arguments((double[][] X, double[][] Y, int K) input) => [input.X, input.Y, input.K];

    protected override double Truth((double[][] X, double[][] Y, int K) input) => NearestNeighbours.KullbackLeibler(
        [.. input.X.SelectMany(row => row)], [.. input.Y.SelectMany(row => row)], input.X[0].Length, input.K).Value;

    protected override string Describe((double[][] X, double[][] Y, int K) input) =>
        $"x = [{string.Join(", ", input.X.Select(Words.Of))}], y = [{string.Join(", ", input.Y.Select(Words.Of))}] and k = {input.K}";

    // Uniform, so that it takes no logarithm: what the points are drawn from does not matter.
    private static double[][] Cloud(Random random, int n, int d, double width) =>
        [.. Enumerable.Range(0, n).Select(_ => (double[])[.. Enumerable.Range(0, d).Select(_ => width * (random.NextDouble() - 0.5))])];

    private static int Dimension((double[][] X, double[][] Y, int K) x) => x.X[0].Length;

    private static double LogSizes((double[][] X, double[][] Y, int K) x) => Math.Log(x.Y.Length / (x.X.Length - 1.0));

    private static double Log((double[][] X, double[][] Y, int K) x, double distance) => Dimension(x) * Math.Log(distance);

    // Where one counts oneself, the first neighbour is at distance 0.
    private static double LogOrZero((double[][] X, double[][] Y, int K) x, double[] own, int place) => Log(x, place < 0 ? 0 : own[place]);

    private static double Terms((double[][] X, double[][] Y, int K) x) =>
        Enumerable.Range(0, x.X.Length).Average(i => Log(x, OtherOf(x, i)[x.K - 1]) - Log(x, OwnOf(x, i)[x.K - 1]));

    private static double Whole((double[][] X, double[][] Y, int K) x) => Terms(x) + LogSizes(x);

    private static double Of((double[][] X, double[][] Y, int K) x, Func<double[], double[], double> term) =>
        Enumerable.Range(0, x.X.Length).Average(i => term(OwnOf(x, i), OtherOf(x, i))) + LogSizes(x);

    private static double[] OwnOf((double[][] X, double[][] Y, int K) x, int i) => Ascending(x.X.Where((_, j) => j != i), x.X[i]);

    private static double[] OtherOf((double[][] X, double[][] Y, int K) x, int i) => Ascending(x.Y, x.X[i]);

    private static double[] Ascending(IEnumerable<double[]> points, double[] from) =>
        [.. points.Select(point => Math.Sqrt(point.Zip(from, (a, b) => (a - b) * (a - b)).Sum())).Order()];
}
