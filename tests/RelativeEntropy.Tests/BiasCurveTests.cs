using System.Globalization;

namespace RelativeEntropy.Tests;

/// <summary>
/// Estimators where the truth is known, at fixed seeds and growing numbers of samples: they hit it within the errors that they state, and
/// the output holds the curve of their bias.
/// </summary>
public class BiasCurveTests
{
    private const int Repeats = 60;

    private static readonly int[] Sizes = [100, 400, 1600];

    // KL(N(0, 1) || N(1/2, 1)), KL of two exponentials with rates 1 and 2, KL of two categoricals.
    private const double Shift = 0.5, OfNormals = 0.125;
    private static readonly double OfExponentials = Math.Log(0.5) + 2 - 1;
    private static readonly double[] P = [0.5, 0.3, 0.2], Q = [0.2, 0.3, 0.5];
    private static readonly double[] Ten = [.. Enumerable.Range(1, 10).Select(i => i / 55.0)];

    private static readonly Dictionary<string, Func<Draws, int, double[]>> LogRatios = new()
    {
        ["normals"] = (draws, n) => [.. draws.Normals(n).Select(x => 0.5 * Shift * Shift - Shift * x)],
        ["exponentials"] = (draws, n) => [.. draws.Exponentials(n, 1).Select(x => Math.Log(0.5) + x)],
        ["categoricals"] = (draws, n) => [.. draws.Counts(n, P).SelectMany((count, i) => Enumerable.Repeat(Math.Log(P[i] / Q[i]), count))],
    };

    private static readonly Dictionary<string, double> Divergences = new()
    {
        ["normals"] = OfNormals,
        ["exponentials"] = OfExponentials,
        ["categoricals"] = Divergence.KullbackLeibler(P, Q),
    };

    // What k2 is the mean of: half the second moment of the log-ratio.
    private static readonly Dictionary<string, double> HalfSquares = new()
    {
        ["normals"] = 0.5 * (Shift * Shift + Math.Pow(Shift, 4) / 4),
        ["exponentials"] = 0.5 * (1 + Math.Pow(1 + Math.Log(0.5), 2)),
        ["categoricals"] = 0.5 * P.Zip(Q, (p, q) => p * Math.Pow(Math.Log(p / q), 2)).Sum(),
    };

    public static TheoryData<string> Pairs => [.. LogRatios.Keys];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void K1_and_k3_have_no_bias_and_k2_has_the_one_that_is_known(string pair)
    {
        double truth = Divergences[pair];
        Unbiased($"k1, {pair}", truth, truth, (draws, n) => MonteCarlo.K1(LogRatios[pair](draws, n)));
        Unbiased($"k2, {pair}", truth, HalfSquares[pair], (draws, n) => MonteCarlo.K2(LogRatios[pair](draws, n)));
        Unbiased($"k3, {pair}", truth, truth, (draws, n) => MonteCarlo.K3(LogRatios[pair](draws, n)));
    }

    /// <summary>The frequencies alone fall short by about (m - 1)/(2 n) of m outcomes; corrections leave a small part of that.</summary>
    [Fact]
    public void Corrections_take_away_most_of_the_bias_of_frequencies()
    {
        double truth = Entropy.Shannon(Ten);
        foreach (PlugInCorrection correction in Enum.GetValues<PlugInCorrection>())
        {
            foreach (Point point in Curve(
                $"entropy of ten outcomes, {correction}", truth, [20, 50, 200, 1000],
                (draws, n) => PlugIn.Entropy(draws.Counts(n, Ten), correction)))
            {
                double firstOrder = -4.5 / point.Size, least = correction == PlugInCorrection.None ? 1.25 * firstOrder : 0.3 * firstOrder;
                double most = correction == PlugInCorrection.None ? 0.75 * firstOrder : -0.3 * firstOrder;
                Assert.InRange(point.Bias, least - 3 * point.Error, most + 3 * point.Error);
            }
        }
    }

    [Fact]
    public void Counted_divergences_and_informations_come_to_the_truth()
    {
        double[] joint = [0.4, 0.1, 0.1, 0.4];
        foreach (PlugInCorrection correction in Enum.GetValues<PlugInCorrection>())
        {
            Consistent(
                $"KL of categoricals, counted, {correction}", Divergences["categoricals"],
                (draws, n) => PlugIn.KullbackLeibler(draws.Counts(n, P), draws.Counts(n, Q), correction));
            Consistent(
                $"information in a table, {correction}", Information.Mutual(joint, 2),
                (draws, n) => PlugIn.MutualInformation(draws.Counts(n, joint), 2, correction));
        }
    }

    [Fact]
    public void Neighbours_come_to_the_truth()
    {
        Consistent(
            "KL of normals, neighbours", OfNormals,
            (draws, n) => NearestNeighbours.KullbackLeibler(draws.Normals(n), draws.Normals(n, Shift), 1));
        Consistent(
            "KL of exponentials, neighbours", OfExponentials,
            (draws, n) => NearestNeighbours.KullbackLeibler(draws.Exponentials(n, 1), draws.Exponentials(n, 2), 1));
        Consistent(
            "KL of correlated normals from independent ones, neighbours", -0.5 * Math.Log(1 - 0.25),
            (draws, n) => NearestNeighbours.KullbackLeibler(Correlated(draws, n, 0.5), draws.Normals(2 * n), 2));
        Consistent(
            "information of correlated normals, neighbours", -0.5 * Math.Log(1 - 0.25),
            (draws, n) =>
            {
                double[] both = Correlated(draws, n, 0.5);
                return NearestNeighbours.MutualInformation(
                    [.. both.Where((_, i) => i % 2 == 0)], [.. both.Where((_, i) => i % 2 == 1)], 1, 1);
            });
        Consistent(
            "entropy of an exponential, neighbours", 1, (draws, n) => NearestNeighbours.Entropy(draws.Exponentials(n, 1), 1));
    }

    /// <summary>With the best critic the bound of Nguyen, Wainwright and Jordan is unbiased, that of Donsker and Varadhan comes to the
    /// truth.</summary>
    [Fact]
    public void Bounds_with_the_best_critic_come_to_the_truth()
    {
        Unbiased(
            "Nguyen-Wainwright-Jordan, normals", OfNormals, OfNormals, (draws, n) => VariationalBounds.NguyenWainwrightJordan(
                Critic(draws.Normals(n), 1), Critic(draws.Normals(n, Shift), 1)));
        Consistent(
            "Donsker-Varadhan, normals", OfNormals, (draws, n) => VariationalBounds.DonskerVaradhan(
                Critic(draws.Normals(n), 0), Critic(draws.Normals(n, Shift), 0)));

        static double[] Critic(double[] x, double constant) => [.. x.Select(v => 0.5 * Shift * Shift - Shift * v + constant)];
    }

    /// <summary>InfoNCE of variables with 1.66 nats in common: below log N where N is small, and coming up to the truth.</summary>
    [Fact]
    public void InfoNCE_is_below_the_truth_and_below_the_logarithm_of_its_pairs()
    {
        const double Correlation = 0.982;
        double truth = -0.5 * Math.Log(1 - Correlation * Correlation), before = double.NegativeInfinity;
        foreach (Point point in Curve(
            "InfoNCE, correlated normals", truth, [2, 4, 16, 64, 256], (draws, n) => Contrast(draws, n, Correlation)))
        {
            Assert.True(point.Most <= Math.Log(point.Size));
            Assert.True(point.Bias <= 3 * point.Error && point.Mean > before, $"{point}");
            before = point.Mean;
        }

        Assert.InRange(before, truth - 0.05, truth + 0.05);
    }

    private static Estimate Contrast(Draws draws, int n, double correlation)
    {
        double[] both = Correlated(draws, n, correlation), scores = new double[n * n];
        double rest = 1 - correlation * correlation;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double residual = both[2 * j + 1] - correlation * both[2 * i];
                scores[i * n + j] = 0.5 * both[2 * j + 1] * both[2 * j + 1] - 0.5 * residual * residual / rest;
            }
        }

        return VariationalBounds.InfoNce(scores);
    }

    private static double[] Correlated(Draws draws, int n, double correlation) =>
    [
        .. Enumerable.Range(0, n).SelectMany(_ =>
        {
            double x = draws.Normal();
            return (double[])[x, correlation * x + Math.Sqrt(1 - correlation * correlation) * draws.Normal()];
        }),
    ];

    /// <summary>At every size the mean is what is expected, and the stated errors hold what they should.</summary>
    private static void Unbiased(string name, double truth, double expected, Func<Draws, int, Estimate> estimate)
    {
        foreach (Point point in Curve(name, truth, Sizes, estimate))
        {
            Assert.True(Math.Abs(point.Mean - expected) <= 4 * point.Error, $"{name}: {point}, expected {expected}");
            Assert.True(point.Within(expected) >= 0.85, $"{name}: {point.Within(expected)} are within two of their errors");
        }
    }

    /// <summary>The bias falls, and at the largest size the estimates are within their stated errors of the truth.</summary>
    private static void Consistent(string name, double truth, Func<Draws, int, Estimate> estimate)
    {
        Point[] points = [.. Curve(name, truth, Sizes, estimate)];
        Point first = points[0], last = points[^1];
        Assert.True(Math.Abs(last.Bias) - 3 * last.Error <= Math.Abs(first.Bias) + 3 * first.Error, $"{name}: {first}, then {last}");
        Assert.True(last.Within(truth) >= 0.85, $"{name}: {last.Within(truth)} are within two of their errors");
        Assert.True(Math.Abs(last.Bias) <= last.Stated, $"{name}: {last}");
    }

    private static List<Point> Curve(string name, double truth, int[] sizes, Func<Draws, int, Estimate> estimate)
    {
        List<Point> points = [];
        ITestOutputHelper? output = TestContext.Current.TestOutputHelper;
        output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, truth {truth:F4}"));
        output?.WriteLine($"{"n",6}{"mean",10}{"bias",10}{"of it +-",10}{"spread",10}{"stated",10}");
        foreach (int n in sizes)
        {
            Estimate[] all = [.. Enumerable.Range(0, Repeats).Select(r => estimate(new Draws((ulong)(10_000 * n + r)), n))];
            Point point = new(n, truth, all);
            points.Add(point);
            output?.WriteLine($"{point}");
        }

        return points;
    }

    /// <summary>All repetitions at one size.</summary>
    private sealed class Point(int size, double truth, Estimate[] all)
    {
        public int Size { get; } = size;

        public double Mean => all.Average(e => e.Value);

        public double Bias => Mean - truth;

        public double Most => all.Max(e => e.Value);

        public double Spread
        {
            get
            {
                double mean = Mean;
                return Math.Sqrt(all.Sum(e => (e.Value - mean) * (e.Value - mean)) / (all.Length - 1));
            }
        }

        /// <summary>The standard error of the mean, and so of the bias.</summary>
        public double Error => Spread / Math.Sqrt(all.Length);

        /// <summary>The root mean square of the stated errors.</summary>
        public double Stated => Math.Sqrt(all.Average(e => e.StandardError * e.StandardError));

        /// <summary>How many of the estimates are within two of their stated errors of a value.</summary>
        public double Within(double value) => all.Count(e => Math.Abs(e.Value - value) <= 2 * e.StandardError) / (double)all.Length;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Size,6}{Mean,10:F4}{Bias,10:F4}{Error,10:F4}{Spread,10:F4}{Stated,10:F4}");
    }
}
