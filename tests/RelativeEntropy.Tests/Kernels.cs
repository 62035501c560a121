namespace RelativeEntropy.Tests;

/// <summary>What every function with a loop in vectors gives, over data that fill vectors, leave a rest, and hold what no vector form
/// takes.</summary>
public static class Kernels
{
    private static readonly int[] Lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 1024, 1025];

    private static readonly double[] Orders = [0, 0.3, 0.5, 1, 1.5, 2, 5, double.PositiveInfinity];

    private static readonly Dictionary<string, Func<double[], double[], double[]>> OfDistributions = new()
    {
        ["Divergence.KullbackLeibler"] = (p, q) =>
        [
            Divergence.KullbackLeibler(p, q), Divergence.KullbackLeibler(p, q, LogBase.Bits),
            Divergence.KullbackLeibler(Narrow(p), Narrow(q)),
        ],
        ["Divergence.KullbackLeiblerRows"] = (p, q) =>
            Filled(2, to => Divergence.KullbackLeiblerRows([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.KullbackLeiblerGradient"] = (p, q) => Both(p.Length, (byP, byQ) => Divergence.KullbackLeiblerGradient(p, q, byP, byQ)),
        ["Divergence.KullbackLeiblerMatrix"] = (p, q) =>
            Filled(4, to => Divergence.KullbackLeiblerMatrix([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.JensenShannonMatrix"] = (p, q) =>
            Filled(4, to => Divergence.JensenShannonMatrix([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.Jeffreys"] = (p, q) => [Divergence.Jeffreys(p, q)],
        ["Divergence.JeffreysRows"] = (p, q) => Filled(2, to => Divergence.JeffreysRows([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.JensenShannon"] = (p, q) =>
        [
            Divergence.JensenShannon(p, q), Divergence.JensenShannon(p, q, 0.2), Divergence.JensenShannon(Narrow(p), Narrow(q)),
            Divergence.JensenShannon([.. p, .. q], p.Length, [0.25, 0.75]),
        ],
        ["Divergence.JensenShannonRows"] = (p, q) =>
            Filled(2, to => Divergence.JensenShannonRows([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.JensenShannonDistance"] = (p, q) => [Divergence.JensenShannonDistance(p, q)],
        ["Divergence.JensenShannonGradient"] = (p, q) => Both(p.Length, (byP, byQ) => Divergence.JensenShannonGradient(p, q, byP, byQ)),
        ["Divergence.TotalVariation"] = (p, q) => [Divergence.TotalVariation(p, q)],
        ["Divergence.TotalVariationRows"] = (p, q) =>
            Filled(2, to => Divergence.TotalVariationRows([.. p, .. q], [.. q, .. p], p.Length, to)),
        ["Divergence.SquaredHellinger"] = (p, q) => [Divergence.SquaredHellinger(p, q)],
        ["Divergence.Hellinger"] = (p, q) => [Divergence.Hellinger(p, q)],
        ["Divergence.PearsonChiSquared"] = (p, q) => [Divergence.PearsonChiSquared(p, q)],
        ["Divergence.NeymanChiSquared"] = (p, q) => [Divergence.NeymanChiSquared(p, q)],
        ["Divergence.Triangular"] = (p, q) => [Divergence.Triangular(p, q)],
        ["Divergence.Renyi"] = (p, q) => [.. Orders.Select(order => Divergence.Renyi(p, q, order))],
        ["Divergence.RenyiRows"] = (p, q) => Filled(2, to => Divergence.RenyiRows([.. p, .. q], [.. q, .. p], p.Length, 0.5, to)),
        ["Divergence.Tsallis"] = (p, q) => [.. Orders[..^1].Select(order => Divergence.Tsallis(p, q, order))],
        ["Divergence.Alpha"] = (p, q) => [.. Orders[..^1].Select(order => Divergence.Alpha(p, q, order - 1))],
        ["Divergence.BhattacharyyaCoefficient"] = (p, q) => [Divergence.BhattacharyyaCoefficient(p, q)],
        ["Divergence.Bhattacharyya"] = (p, q) => [Divergence.Bhattacharyya(p, q)],
        ["Divergence.ChernoffCoefficient"] = (p, q) => [Divergence.ChernoffCoefficient(p, q, 0.3)],
        ["Divergence.Chernoff"] = (p, q) => [Divergence.Chernoff(p, q, out double weight), weight],
        ["Divergence.Wasserstein1"] = (p, q) => [Divergence.Wasserstein1(p, q, Positions(p.Length))],
        ["Measures.KullbackLeibler"] = (p, q) => [Measures.KullbackLeibler(Doubled(p), q)],
        ["Measures.LogRatioSum"] = (p, q) => [Measures.LogRatioSum(Doubled(p), q)],
        ["Measures.Jeffreys"] = (p, q) => [Measures.Jeffreys(Doubled(p), q)],
        ["Measures.Alpha"] = (p, q) => [Measures.Alpha(Doubled(p), q, 0.5)],
        ["Measures.ItakuraSaito"] = (p, q) => [Measures.ItakuraSaito(Doubled(p), q)],
        ["Proportions.KullbackLeibler"] = (p, q) =>
        [
            Proportions.KullbackLeibler(Doubled(p), q), Proportions.KullbackLeibler(Doubled(q), q),
            Proportions.KullbackLeibler(Narrow(p), Narrow(q)),
        ],
        ["KullbackLeiblerAccumulator.OfMeasures"] = (p, q) =>
        [
            Summed(new KullbackLeiblerAccumulator(), s => s.Add(p, q)).OfMeasures(),
            Summed(new KullbackLeiblerAccumulator(), s => s.Add(Narrow(p), Narrow(q))).OfMeasures(),
        ],
        ["CrossEntropyAccumulator.OfProportions"] = (p, q) => [Summed(new CrossEntropyAccumulator(), s => s.Add(p, q)).OfProportions()],
        ["EntropyAccumulator.OfProportions"] = (p, _) => [Summed(new EntropyAccumulator(), s => s.Add(p)).OfProportions()],
        ["MomentAccumulator.Variance"] = (p, _) => [Summed(new MomentAccumulator(), s => s.Add(p)).Variance],
        ["Measures.Normalise"] = (p, _) => Filled(p.Length, to => Measures.Normalise(Doubled(p), to)),
        ["Measures.Smooth"] = (p, _) => Filled(p.Length, to => Measures.Smooth(p, 0.5, to)),
        ["Entropy.Shannon"] = (p, _) => [Entropy.Shannon(p), Entropy.Shannon(Narrow(p), LogBase.Bits)],
        ["Entropy.ShannonRows"] = (p, q) => Filled(2, to => Entropy.ShannonRows([.. p, .. q], p.Length, to)),
        ["Entropy.Cross"] = (p, q) => [Entropy.Cross(p, q)],
        ["Entropy.Renyi"] = (p, _) => [.. Orders.Select(order => Entropy.Renyi(p, order))],
        ["Entropy.Tsallis"] = (p, _) => [.. Orders[..^1].Select(order => Entropy.Tsallis(p, order))],
        ["Entropy.Conditional"] = (p, q) => [Entropy.Conditional(Joint(p, q), p.Length)],
        ["Entropy.OfRows"] = (p, q) => [Entropy.OfRows(Joint(p, q), p.Length)],
        ["Entropy.OfColumns"] = (p, q) => [Entropy.OfColumns(Joint(p, q), p.Length)],
        ["Information.Mutual"] = (p, q) => [Information.Mutual(Joint(p, q), p.Length), Information.Mutual(Joint(p, q), 2)],
        ["Information.Lautum"] = (p, q) => [Information.Lautum(Joint(p, q), p.Length), Information.Lautum(Joint(p, q), 2)],
        ["Information.ConditionalMutual"] = (p, q) =>
            [Information.ConditionalMutual([.. Joint(p, q).Select(x => x / 2), .. Joint(q, p).Select(x => x / 2)], 2, 2)],
        ["Information.Interaction"] = (p, q) =>
            [Information.Interaction([.. Joint(p, q).Select(x => x / 2), .. Joint(q, p).Select(x => x / 2)], 2, 2)],
    };

    private static readonly Dictionary<string, Func<double[], double[], double[]>> OfLogits = new()
    {
        ["Logits.KullbackLeibler"] = (a, b) =>
            [Logits.KullbackLeibler(a, b), Logits.KullbackLeibler(a, b, 3, LogBase.Bits), Logits.KullbackLeibler(Narrow(a), Narrow(b))],
        ["Logits.KullbackLeiblerRows"] = (a, b) => Filled(20, to => Logits.KullbackLeiblerRows(Repeated(a), Repeated(b), a.Length, to)),
        ["Logits.KullbackLeiblerGradient"] = (a, b) => Both(a.Length, (byA, byB) => Logits.KullbackLeiblerGradient(a, b, byA, byB)),
        ["Logits.CrossEntropy"] = (a, b) => [Logits.CrossEntropy(a, b), Logits.CrossEntropy(0, a)],
        ["Logits.CrossEntropyRows"] = (a, b) => Filled(2, to => Logits.CrossEntropyRows([.. a, .. b], [.. b, .. a], a.Length, to)),
        ["Logits.CrossEntropyGradient"] = (a, b) =>
        [
            .. Both(a.Length, (byA, byB) => Logits.CrossEntropyGradient(a, b, byA, byB)),
            .. Filled(a.Length, to => Logits.CrossEntropyGradient(0, a, to)),
        ],
        ["Logits.CrossEntropyFromProbabilities"] = (a, b) => [Logits.CrossEntropyFromProbabilities(Softmax(a), b)],
        ["Logits.CrossEntropyFromProbabilitiesGradient"] = (a, b) =>
            Filled(a.Length, to => Logits.CrossEntropyFromProbabilitiesGradient(Softmax(a), b, to)),
        ["Logits.CrossEntropyFromLabelsRows"] = (a, b) =>
            Filled(2, to => Logits.CrossEntropyFromLabelsRows([0, a.Length - 1], [.. a, .. b], a.Length, to)),
        ["Logits.CrossEntropyFromLabelsGradientRows"] = (a, b) =>
            Filled(2 * a.Length, to =>
                Logits.CrossEntropyFromLabelsGradientRows([0, a.Length - 1], [.. a, .. b], a.Length, new double[2], to)),
        ["Logits.MeanCrossEntropyFromLabels"] = (a, b) => [Logits.MeanCrossEntropyFromLabels([0, a.Length - 1], [.. a, .. b], a.Length)],
        ["Logits.MeanCrossEntropyFromLabelsGradient"] = (a, b) =>
            Filled(2 * a.Length, to => Logits.MeanCrossEntropyFromLabelsGradient([0, a.Length - 1], [.. a, .. b], a.Length, to)),
        ["Logits.CrossEntropyFromProbabilitiesRows"] = (a, b) =>
            Filled(1, to => Logits.CrossEntropyFromProbabilitiesRows(Softmax(a), b, a.Length, to)),
        ["Logits.CrossEntropyFromProbabilitiesGradientRows"] = (a, b) =>
            Filled(a.Length, to => Logits.CrossEntropyFromProbabilitiesGradientRows(Softmax(a), b, a.Length, new double[1], to)),
        ["Logits.MeanCrossEntropyFromProbabilities"] = (a, b) => [Logits.MeanCrossEntropyFromProbabilities(Softmax(a), b, a.Length)],
        ["Logits.MeanCrossEntropyFromProbabilitiesGradient"] = (a, b) =>
            Filled(a.Length, to => Logits.MeanCrossEntropyFromProbabilitiesGradient(Softmax(a), b, a.Length, to)),
        ["Logits.KullbackLeiblerGradientRows"] = (a, b) =>
            Filled(2 * a.Length, to =>
                Logits.KullbackLeiblerGradientRows([.. a, .. b], [.. b, .. a], a.Length, new double[2], to, default)),
        ["Logits.MeanKullbackLeibler"] = (a, b) => [Logits.MeanKullbackLeibler([.. a, .. b], [.. b, .. a], a.Length)],
        ["Logits.MeanKullbackLeiblerGradient"] = (a, b) =>
            Filled(2 * a.Length, to => Logits.MeanKullbackLeiblerGradient([.. a, .. b], [.. b, .. a], a.Length, default, to)),
        ["Logits.EntropyGradient"] = (a, _) => Filled(a.Length, to => Logits.EntropyGradient(a, to)),
        ["Logits.MeanEntropy"] = (a, b) => [Logits.MeanEntropy([.. a, .. b], a.Length)],
        ["Logits.MeanEntropyGradient"] = (a, b) => Filled(2 * a.Length, to => Logits.MeanEntropyGradient([.. a, .. b], a.Length, to)),
        ["Logits.LogSumExp"] = (a, _) => [Logits.LogSumExp(a), Logits.LogSumExp(Narrow(a))],
        ["Logits.LogSoftmax"] = (a, _) => Filled(a.Length, to => Logits.LogSoftmax(a, to)),
        ["Logits.LogSoftmaxRows"] = (a, b) => Filled(2 * a.Length, to => Logits.LogSoftmaxRows([.. a, .. b], a.Length, to)),
        ["Logits.Softmax"] = (a, _) => Softmax(a),
        ["Logits.SoftmaxRows"] = (a, b) => Filled(2 * a.Length, to => Logits.SoftmaxRows([.. a, .. b], a.Length, to)),
        ["Logits.Entropy"] = (a, _) => [Logits.Entropy(a)],
        ["Logits.JensenShannon"] = (a, b) => [Logits.JensenShannon(a, b)],
        ["Logits.Renyi"] = (a, b) => [.. Orders.Select(order => Logits.Renyi(a, b, order))],
    };

    // Means, variances or log-variances, twice.
    private static readonly Dictionary<string, Func<double[], double[], double[], double[], double[]>> OfNormals = new()
    {
        ["DiagonalGaussian.KullbackLeibler"] = (m0, v0, m1, v1) => [DiagonalGaussian.KullbackLeibler(m0, v0, m1, v1)],
        ["DiagonalGaussian.KullbackLeiblerRows"] = (m0, v0, m1, v1) =>
            Filled(1, to => DiagonalGaussian.KullbackLeiblerRows(m0, v0, m1, v1, m0.Length, to)),
        ["DiagonalGaussian.KullbackLeiblerGradient"] = (m0, v0, m1, v1) =>
            Both(2 * m0.Length, (first, second) => DiagonalGaussian.KullbackLeiblerGradient(
                m0, v0, m1, v1,
                first.AsSpan(0, m0.Length), first.AsSpan(m0.Length), second.AsSpan(0, m0.Length), second.AsSpan(m0.Length))),
        ["DiagonalGaussian.KullbackLeiblerFromLogVariance"] = (m0, v0, m1, v1) =>
            [DiagonalGaussian.KullbackLeiblerFromLogVariance(m0, Logs(v0), m1, Logs(v1))],
        ["DiagonalGaussian.EntropyFromLogStandardDeviation"] = (_, v0, _, _) => [DiagonalGaussian.EntropyFromLogStandardDeviation(Logs(v0))],
        ["DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation"] = (m0, v0, m1, v1) =>
            [DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation(m0, Logs(v0), m1, Logs(v1))],
        ["DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient"] = (m0, v0, m1, v1) =>
            Both(2 * m0.Length, (first, second) => DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient(
                m0, Logs(v0), m1, Logs(v1),
                first.AsSpan(0, m0.Length), first.AsSpan(m0.Length), second.AsSpan(0, m0.Length), second.AsSpan(m0.Length))),
        ["DiagonalGaussian.KullbackLeiblerToStandard"] = (m0, v0, _, _) => [DiagonalGaussian.KullbackLeiblerToStandard(m0, Logs(v0))],
        ["DiagonalGaussian.KullbackLeiblerToStandardRows"] = (m0, v0, _, _) =>
            Filled(1, to => DiagonalGaussian.KullbackLeiblerToStandardRows(m0, Logs(v0), m0.Length, to)),
        ["DiagonalGaussian.KullbackLeiblerToStandardByDimension"] = (m0, v0, _, _) =>
            Filled(m0.Length, to => DiagonalGaussian.KullbackLeiblerToStandardByDimension(m0, Logs(v0), to)),
        ["DiagonalGaussian.KullbackLeiblerToStandardGradient"] = (m0, v0, _, _) =>
            Both(m0.Length, (byMean, byLog) => DiagonalGaussian.KullbackLeiblerToStandardGradient(m0, Logs(v0), byMean, byLog)),
        ["DiagonalGaussian.Renyi"] = (m0, v0, m1, v1) => [DiagonalGaussian.Renyi(m0, v0, m1, v1, 0.5)],
        ["DiagonalGaussian.SquaredHellinger"] = (m0, v0, m1, v1) => [DiagonalGaussian.SquaredHellinger(m0, v0, m1, v1)],
        ["DiagonalGaussian.Bhattacharyya"] = (m0, v0, m1, v1) => [DiagonalGaussian.Bhattacharyya(m0, v0, m1, v1)],
        ["DiagonalGaussian.Wasserstein2"] = (m0, v0, m1, v1) => [DiagonalGaussian.Wasserstein2(m0, v0, m1, v1)],
    };

    public static string[] Names => [.. OfDistributions.Keys, .. OfLogits.Keys, .. OfNormals.Keys];

    /// <summary>The classes all of whose functions are here.</summary>
    public static string[] Classes =>
    [
        nameof(Divergence), nameof(Measures), nameof(Entropy), nameof(Information), nameof(Logits), nameof(DiagonalGaussian),
    ];

    /// <summary>Every answer over all data, by the function that gives it.</summary>
    public static Dictionary<string, double[]> Answers()
    {
        Dictionary<string, List<double>> answers = Names.ToDictionary(name => name, _ => new List<double>());
        foreach (int n in Lengths)
        {
            foreach (long delta in new long[] { 0, 1000, 1 })
            {
                (double[] p, double[] q) = Generated.Masses(n, n, delta, normalised: true);
                foreach ((double[] first, double[] second) in Irregular(p, q, 0, 1e-310).Append((p, q)))
                {
                    foreach ((string name, Func<double[], double[], double[]> function) in OfDistributions)
                        answers[name].AddRange(function(first, second));
                }

                (double[] a, double[] b) = Generated.Logits(n, n, delta * 1e-6);
                foreach ((double[] first, double[] second) in Irregular(a, b, double.NegativeInfinity, -800).Append((a, b)))
                {
                    foreach ((string name, Func<double[], double[], double[]> function) in OfLogits)
                        answers[name].AddRange(function(first, second));
                }

                (double[] m0, double[] v0, double[] m1, double[] v1) = Generated.Normals(n, n, delta * 1e-6);
                foreach ((double mean, double variance) in new[] { (0.0, 1.0), (1e160, 1.0), (0.0, 1e-300) })
                {
                    foreach ((string name, Func<double[], double[], double[], double[], double[]> function) in OfNormals)
                        answers[name].AddRange(function([.. m0, mean], [.. v0, variance], [.. m1, 0], [.. v1, 1]));
                }
            }
        }

        return answers.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>An element that both exclude, one that is tiny under both, and one excluded under p alone, in the middle of the
    /// others.</summary>
    private static IEnumerable<(double[] P, double[] Q)> Irregular(double[] p, double[] q, double nothing, double tiny)
    {
        int middle = p.Length / 2;
        foreach ((double x, double y) in new[] { (nothing, nothing), (tiny, 2 * tiny), (nothing, tiny) })
            yield return ([.. p[..middle], x, .. p[middle..]], [.. q[..middle], y, .. q[middle..]]);
    }

    private static TAccumulator Summed<TAccumulator>(TAccumulator sum, Action<TAccumulator> add)
    {
        add(sum);
        return sum;
    }

    private static double[] Filled(int length, Action<double[]> fill)
    {
        double[] answers = new double[length];
        fill(answers);
        return answers;
    }

    private static double[] Both(int length, Func<double[], double[], double> fill)
    {
        double[] first = new double[length], second = new double[length];
        return [fill(first, second), .. first, .. second];
    }

    private static float[] Narrow(double[] values) => [.. values.Select(x => (float)x)];

    private static double[] Doubled(double[] values) => [.. values.Select(x => 2 * x)];

    private static double[] Logs(double[] values) => [.. values.Select(x => Terms.LogRatio(x, 1))];

    private static double[] Positions(int n) => [.. Enumerable.Range(0, n).Select(i => i * 0.3)];

    private static double[] Joint(double[] p, double[] q) => [.. p.Select(x => 0.5 * x), .. q.Select(x => 0.5 * x)];

    private static double[] Repeated(double[] logits) => [.. Enumerable.Range(0, 20).SelectMany(row => logits.Select(x => x + row * 0.01))];

    private static double[] Softmax(double[] logits) => Filled(logits.Length, to => Logits.Softmax(logits, to));
}
