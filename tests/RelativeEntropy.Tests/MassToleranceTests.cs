using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RelativeEntropy.Tests;

/// <summary>Ranges at the edge of the tolerance: masses as far from one as is accepted take a value past its bound by no more than the
/// documentation says.</summary>
public sealed class MassToleranceTests
{
    private const double Inf = double.PositiveInfinity;

    // 2^-26 and 2^-11.5, less than rounding can turn over.
    private const double DoubleTolerance = 1.0 / (1 << 26), FloatTolerance = 0.00034526698300124393;
    private const double Double = 0.9999 * DoubleTolerance, Float = 0.9999 * FloatTolerance;

    private static readonly double Log2 = Math.Log(2);

    private delegate double OfPair(double[] p, double[] q);

    private delegate double OfNarrowPair(float[] p, float[] q);

    /// <summary>A function and the bounds that its documentation states for masses of one, in nats, for n outcomes.</summary>
    private sealed record Ranged(OfPair Wide, OfNarrowPair Narrow, double Lower, Func<int, double> Upper);

    private static readonly Dictionary<string, Ranged> Functions = new()
    {
        ["Divergence.KullbackLeibler"] = new(
            (p, q) => Divergence.KullbackLeibler(p, q),
            (p, q) => Divergence.KullbackLeibler(p, q), 0, _ => Inf),
        ["Divergence.Jeffreys"] = new((p, q) => Divergence.Jeffreys(p, q), (p, q) => Divergence.Jeffreys(p, q), 0, _ => Inf),
        ["Divergence.JensenShannon"] = new(
            (p, q) => Divergence.JensenShannon(p, q),
            (p, q) => Divergence.JensenShannon(p, q), 0, _ => Log2),
        ["Divergence.JensenShannon 0.2"] = new(
            (p, q) => Divergence.JensenShannon(p, q, 0.2),
            (p, q) => Divergence.JensenShannon(p, q, 0.2), 0, _ => Binary(0.2)),
        ["Divergence.JensenShannon of many"] = new(
            (p, q) => Divergence.JensenShannon([.. p, .. q, .. p], p.Length, [0.25, 0.5, 0.25 + Double]),
            (p, q) => Divergence.JensenShannon((float[])[.. p, .. q, .. p], p.Length, (float[])[0.25f, 0.5f, 0.25f + (float)Float]),
            0, _ => Log2),
        ["Divergence.JensenShannonDistance"] = new(
            (p, q) => Divergence.JensenShannonDistance(p, q),
            (p, q) => Divergence.JensenShannonDistance(p, q), 0, _ => Math.Sqrt(Log2)),
        ["Divergence.TotalVariation"] = new(
            (p, q) => Divergence.TotalVariation(p, q),
            (p, q) => Divergence.TotalVariation(p, q), 0, _ => 1),
        ["Divergence.SquaredHellinger"] = new(
            (p, q) => Divergence.SquaredHellinger(p, q),
            (p, q) => Divergence.SquaredHellinger(p, q), 0, _ => 1),
        ["Divergence.Hellinger"] = new((p, q) => Divergence.Hellinger(p, q), (p, q) => Divergence.Hellinger(p, q), 0, _ => 1),
        ["Divergence.PearsonChiSquared"] = new(
            (p, q) => Divergence.PearsonChiSquared(p, q),
            (p, q) => Divergence.PearsonChiSquared(p, q), 0, _ => Inf),
        ["Divergence.NeymanChiSquared"] = new(
            (p, q) => Divergence.NeymanChiSquared(p, q),
            (p, q) => Divergence.NeymanChiSquared(p, q), 0, _ => Inf),
        ["Divergence.Triangular"] = new((p, q) => Divergence.Triangular(p, q), (p, q) => Divergence.Triangular(p, q), 0, _ => 2),
        ["Divergence.Renyi 0"] = OfRenyi(0),
        ["Divergence.Renyi 0.5"] = OfRenyi(0.5),
        ["Divergence.Renyi 0.999"] = OfRenyi(0.999),
        ["Divergence.Renyi 1"] = OfRenyi(1),
        ["Divergence.Renyi 2"] = OfRenyi(2),
        ["Divergence.Renyi 1000"] = OfRenyi(1000),
        ["Divergence.Renyi inf"] = OfRenyi(Inf),
        ["Divergence.Tsallis 0.5"] = new((p, q) => Divergence.Tsallis(p, q, 0.5), (p, q) => Divergence.Tsallis(p, q, 0.5), 0, _ => 2),
        ["Divergence.Tsallis 0.9"] = new((p, q) => Divergence.Tsallis(p, q, 0.9), (p, q) => Divergence.Tsallis(p, q, 0.9), 0, _ => 10),
        ["Divergence.Tsallis 3"] = new((p, q) => Divergence.Tsallis(p, q, 3), (p, q) => Divergence.Tsallis(p, q, 3), 0, _ => Inf),
        ["Divergence.Alpha 0"] = new((p, q) => Divergence.Alpha(p, q, 0), (p, q) => Divergence.Alpha(p, q, 0), 0, _ => Inf),
        ["Divergence.Alpha -3"] = new((p, q) => Divergence.Alpha(p, q, -3), (p, q) => Divergence.Alpha(p, q, -3), 0, _ => Inf),
        ["Divergence.BhattacharyyaCoefficient"] = new(
            (p, q) => Divergence.BhattacharyyaCoefficient(p, q),
            (p, q) => Divergence.BhattacharyyaCoefficient(p, q), 0, _ => 1),
        ["Divergence.Bhattacharyya"] = new((p, q) => Divergence.Bhattacharyya(p, q), (p, q) => Divergence.Bhattacharyya(p, q), 0, _ => Inf),
        ["Divergence.ChernoffCoefficient"] = new(
            (p, q) => Divergence.ChernoffCoefficient(p, q, 0.3),
            (p, q) => Divergence.ChernoffCoefficient(p, q, 0.3), 0, _ => 1),
        ["Divergence.Chernoff"] = new((p, q) => Divergence.Chernoff(p, q), (p, q) => Divergence.Chernoff(p, q), 0, _ => Inf),
        ["Entropy.Shannon"] = new((p, _) => Entropy.Shannon(p), (p, _) => Entropy.Shannon(p), 0, n => Math.Log(n)),
        ["Entropy.Cross"] = new((p, q) => Entropy.Cross(p, q), (p, q) => Entropy.Cross(p, q), 0, _ => Inf),
        ["Entropy.Cross less Shannon"] = new(
            (p, q) => Entropy.Cross(p, q) - Entropy.Shannon(p),
            (p, q) => Entropy.Cross(p, q) - Entropy.Shannon(p), 0, _ => Inf),
        ["Entropy.Renyi 0"] = OfRenyiEntropy(0),
        ["Entropy.Renyi 0.5"] = OfRenyiEntropy(0.5),
        ["Entropy.Renyi 0.999"] = OfRenyiEntropy(0.999),
        ["Entropy.Renyi 1"] = OfRenyiEntropy(1),
        ["Entropy.Renyi 1.2"] = OfRenyiEntropy(1.2),
        ["Entropy.Renyi 2"] = OfRenyiEntropy(2),
        ["Entropy.Renyi 1000"] = OfRenyiEntropy(1000),
        ["Entropy.Renyi inf"] = OfRenyiEntropy(Inf),
        ["Entropy.Tsallis 0.5"] = OfTsallisEntropy(0.5),
        ["Entropy.Tsallis 2"] = OfTsallisEntropy(2),
        ["Entropy.Conditional"] = new((p, _) => Entropy.Conditional(p, 2), (p, _) => Entropy.Conditional(p, 2), 0, _ => Log2),
        ["Entropy.OfRows"] = new((p, _) => Entropy.OfRows(p, 2), (p, _) => Entropy.OfRows(p, 2), 0, n => Math.Log(n / 2)),
        ["Entropy.OfColumns"] = new((p, _) => Entropy.OfColumns(p, 2), (p, _) => Entropy.OfColumns(p, 2), 0, _ => Log2),
        ["Information.Mutual"] = new((p, _) => Information.Mutual(p, 2), (p, _) => Information.Mutual(p, 2), 0, _ => Log2),
        ["Information.Mutual less OfRows"] = new(
            (p, _) => Information.Mutual(p, 2) - Entropy.OfRows(p, 2),
            (p, _) => Information.Mutual(p, 2) - Entropy.OfRows(p, 2), -Inf, _ => 0),
        ["Information.Lautum"] = new((p, _) => Information.Lautum(p, 2), (p, _) => Information.Lautum(p, 2), 0, _ => Inf),
        ["MarkovChain.EntropyRate"] = new(
            (p, q) => MarkovChain.EntropyRate([.. p[..2], .. q[..2]]),
            (p, q) => MarkovChain.EntropyRate((float[])[.. p[..2], .. q[..2]]), 0, _ => Log2),
    };

    // Where an accepted pair does pass the bound: the caveat is not idle.
    private static bool Passes(string name) =>
        name is "Divergence.Renyi inf" or "Entropy.Cross" or "Entropy.Cross less Shannon"
        || (name != "Entropy.Renyi 0" && Functions[name].Upper(4) < Inf);

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bound_is_passed_by_no_more_than_the_documentation_says(string name)
    {
        Ranged function = Functions[name];
        int passed = 0, pairs = 0;
        foreach ((double[] p, double[] q) in Pairs(name.StartsWith("MarkovChain", StringComparison.Ordinal)))
        {
            foreach ((double sideP, double sideQ) in (IEnumerable<(double, double)>)[(1, 1), (1, -1), (-1, 1), (-1, -1), (0, 0)])
            {
                Hold(function.Wide(Scaled(p, 1 + sideP * Double), Scaled(q, 1 + sideQ * Double)), DoubleTolerance, p.Length);
                Hold(function.Narrow(Narrow(Scaled(p, 1 + sideP * Float)), Narrow(Scaled(q, 1 + sideQ * Float))), FloatTolerance, p.Length);
            }
        }

        Assert.Equal(Passes(name), passed > 0);
        Assert.True(pairs > 200);

        void Hold(double value, double t, int n)
        {
            (double lower, double upper) = (function.Lower, function.Upper(n));
            pairs++;
            passed += value < lower - 1e-9 || value > upper + 1e-9 ? 1 : 0;
            Assert.True(
                (lower == -Inf || value >= lower - 2 * t * (1 + Math.Abs(lower)))
                && (upper == Inf || value <= upper + 2 * t * (1 + Math.Abs(upper))),
                $"{name} is {value:R}, which is not in [{lower}, {upper}] widened by 2 t (1 + |b|), t = {t}");
        }
    }

    [Fact]
    public void At_high_orders_Tsallis_entropy_is_as_low_as_the_documentation_says()
    {
        float[] p = [1.0003f, 0];
        double m = p[0];
        foreach (double order in (double[])[2, 10, 1000, 100_000])
        {
            double value = Entropy.Tsallis(p, order), lowest = (m - Math.Pow(m, order)) / (order - 1);
            Assert.True(value < 0);
            Assert.Equal(lowest, value, 1e-9 * Math.Abs(lowest));
        }
    }

    [Fact]
    public void The_evidence_lower_bound_too_is_one_up_to_the_mass()
    {
        foreach (double shift in (double[])[0, -50, 3])
        {
            double[] logJoint = [shift - 1, shift - 2, shift - 0.5, shift - 7], posterior = new double[4];
            Logits.Softmax(logJoint, posterior);
            double evidence = Logits.LogSumExp(logJoint);
            foreach (double side in (double[])[-1, 1])
            {
                double bound = Elbo.Discrete(logJoint, Scaled(posterior, 1 + side * Double));
                double slack = 2 * DoubleTolerance * (1 + Math.Abs(evidence));
                Assert.InRange(bound - evidence, -slack, slack);
            }
        }
    }

    /// <summary>What is checked for sums of one, and may lie past the end of a range that its documentation states.</summary>
    [Fact]
    public void Every_finite_bound_of_a_function_of_distributions_is_stated_with_its_caveat()
    {
        XElement[] members = [.. XDocument.Load(Path.ChangeExtension(typeof(Divergence).Assembly.Location, "xml")).Descendants("member")];
        int stated = 0;
        foreach (XElement member in members)
        {
            string name = member.Attribute("name")!.Value, range = member.Element("returns")?.Value ?? "";
            if (!Regex.IsMatch(name, @"^M:RelativeEntropy\.(Divergence|Entropy|Information|MarkovChain)\.")
                || !Regex.IsMatch(range, @"(in|from) \[?0(, (?!\+infinity)| to )"))
                continue;
            stated++;
            Assert.True(range.Contains("masses", StringComparison.Ordinal), $"{name} states {range.Trim()} without the masses");
        }

        Assert.True(stated >= 15, $"{stated} ranges were found");
    }

    private static IEnumerable<(double[] P, double[] Q)> Pairs(bool ofRows)
    {
        double[][] distributions =
        [
            [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [0.5, 0, 0, 0.5],
            [0.999, 0.001, 0, 0], [0.4, 0.3, 0.2, 0.1],
        ];
        if (ofRows)
            distributions = [[0.5, 0.5], [0.25, 0.75], [0.999, 0.001]];
        foreach (double[] p in distributions)
        {
            foreach (double[] q in distributions)
                yield return (p, q);
        }

        for (int seed = 1; seed <= 20; seed++)
            yield return Generated.Masses(seed, ofRows ? 2 : 4, seed % 2 * 100_000, normalised: true);
    }

    private static Ranged OfRenyi(double order) =>
        new((p, q) => Divergence.Renyi(p, q, order), (p, q) => Divergence.Renyi(p, q, order), 0, _ => Inf);

    private static Ranged OfRenyiEntropy(double order) =>
        new((p, _) => Entropy.Renyi(p, order), (p, _) => Entropy.Renyi(p, order), 0, n => Math.Log(n));

    private static Ranged OfTsallisEntropy(double order) =>
        new((p, _) => Entropy.Tsallis(p, order), (p, _) => Entropy.Tsallis(p, order), 0, n => (Math.Pow(n, 1 - order) - 1) / (1 - order));

    private static double Binary(double w) => -w * Math.Log(w) - (1 - w) * Math.Log(1 - w);

    private static double[] Scaled(double[] p, double mass) => [.. p.Select(x => x * mass)];

    private static float[] Narrow(double[] p) => [.. p.Select(x => (float)x)];
}
