namespace RelativeEntropy.Benchmarks;

/// <summary>What is timed. The loops are the formulas as one writes them with <see cref="Math"/>, without checks and without care for digits.</summary>
internal static class Races
{
    private const double Order = 0.7;
    private const int FewColumns = 10, ManyColumns = 1000;

    // Where the functions that fill spans write.
    private static double[] _first = [], _second = [];

    public static IReadOnlyList<Race> All { get; } =
    [
        OfPairs("Divergence.KullbackLeibler", (p, q) => Divergence.KullbackLeibler(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += p[i] * Math.Log(p[i] / q[i]); return s; }),
        OfFloats("Divergence.KullbackLeibler, float", (p, q) => Divergence.KullbackLeibler(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += p[i] * Math.Log((double)p[i] / q[i]); return s; }),
        OfFloats("Divergence.KullbackLeibler, float, MathF", (p, q) => Divergence.KullbackLeibler(p, q), (p, q) => { float s = 0; for (int i = 0; i < p.Length; i++) s += p[i] * MathF.Log(p[i] / q[i]); return s; }),
        OfPairs("Measures.KullbackLeibler", (p, q) => Measures.KullbackLeibler(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += p[i] * Math.Log(p[i] / q[i]) - p[i] + q[i]; return s; }),
        OfPairs("Measures.LogRatioSum", (p, q) => Measures.LogRatioSum(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += p[i] * Math.Log(p[i] / q[i]); return s; }),
        OfPairs("Measures.ItakuraSaito", (p, q) => Measures.ItakuraSaito(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) { double r = p[i] / q[i]; s += r - 1 - Math.Log(r); } return s; }),
        OfPairs("Divergence.Jeffreys", (p, q) => Divergence.Jeffreys(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += (p[i] - q[i]) * Math.Log(p[i] / q[i]); return s; }),
        OfPairs("Divergence.JensenShannon", (p, q) => Divergence.JensenShannon(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) { double m = 0.5 * (p[i] + q[i]); s += p[i] * Math.Log(p[i] / m) + q[i] * Math.Log(q[i] / m); } return 0.5 * s; }),
        OfPairs("Divergence.KullbackLeiblerGradient", WithGradient, (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) { double l = Math.Log(p[i] / q[i]); s += p[i] * l; _first[i] = l; _second[i] = 1 - p[i] / q[i]; } return s; }),
        OfPairs("Divergence.Renyi(0.7)", (p, q) => Divergence.Renyi(p, q, Order), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += q[i] * Math.Exp(Order * Math.Log(p[i] / q[i])); return Math.Log(s) / (Order - 1); }),
        OfPairs("Divergence.Tsallis(0.7)", (p, q) => Divergence.Tsallis(p, q, Order), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += q[i] * Math.Exp(Order * Math.Log(p[i] / q[i])); return (s - 1) / (Order - 1); }),
        OfPairs("Entropy.Shannon", (p, _) => Entropy.Shannon(p), (p, _) => { double s = 0; for (int i = 0; i < p.Length; i++) s -= p[i] * Math.Log(p[i]); return s; }),
        OfFloats("Entropy.Shannon, float", (p, _) => Entropy.Shannon(p), (p, _) => { double s = 0; for (int i = 0; i < p.Length; i++) s -= p[i] * Math.Log(p[i]); return s; }),
        OfPairs("Entropy.Cross", (p, q) => Entropy.Cross(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s -= p[i] * Math.Log(q[i]); return s; }),
        OfPairs("Entropy.Renyi(0.7)", (p, _) => Entropy.Renyi(p, Order), (p, _) => { double s = 0; for (int i = 0; i < p.Length; i++) s += Math.Exp(Order * Math.Log(p[i])); return Math.Log(s) / (1 - Order); }),
        OfPairs("KullbackLeiblerAccumulator beside Divergence.KullbackLeibler", Summed, (p, q) => Divergence.KullbackLeibler(p, q)),
        OfPairs("the same, masses from 2^-300 to 2^300",
            (_, _) => Summed(_first, _second), (_, _) => Measures.KullbackLeibler(_first, _second), Widely),
        OfPairs("EntropyAccumulator beside Entropy.Shannon",
            (p, _) => { var sum = new EntropyAccumulator(); sum.Add(p); return sum.OfDistribution(); }, (p, _) => Entropy.Shannon(p)),
        OfPairs("CrossEntropyAccumulator beside Entropy.Cross",
            (p, q) => { var sum = new CrossEntropyAccumulator(); sum.Add(p, q); return sum.OfDistributions(); },
            (p, q) => Entropy.Cross(p, q)),
        OfPairs("LogitsAccumulator beside Logits.KullbackLeibler",
            (p, q) => { var sum = new LogitsAccumulator(); sum.Add(p, q); return sum.KullbackLeibler(); },
            (p, q) => Logits.KullbackLeibler(p, q)),
        OfPairs("Proportions.KullbackLeibler", (p, q) => Proportions.KullbackLeibler(p, q),
            (p, q) =>
            {
                double s = 0, a = p.Sum(), b = q.Sum();
                for (int i = 0; i < p.Length; i++)
                    s += p[i] * Math.Log(p[i] * b / (q[i] * a));
                return s / a;
            }),
        OfPoints("NearestNeighbours.KullbackLeibler, 5 dimensions"),
        OfTables("Information.Mutual, 10 columns", (joint, columns) => Information.Mutual(joint, columns), MutualLoop),
        OfLogits("Logits.KullbackLeiblerRows, 1,000 columns", ManyColumns, (a, b, columns, d) => Logits.KullbackLeiblerRows(a, b, columns, d), KullbackLeiblerLoop),
        OfLogits("Logits.KullbackLeiblerRows, 10 columns", FewColumns, (a, b, columns, d) => Logits.KullbackLeiblerRows(a, b, columns, d), KullbackLeiblerLoop),
        OfLogits("Logits.CrossEntropyRows, 1,000 columns", ManyColumns, (a, b, columns, d) => Logits.CrossEntropyRows(a, b, columns, d), CrossEntropyLoop),
        OfLogits("Logits.LogSoftmaxRows, 1,000 columns", ManyColumns, (a, _, columns, _) => Logits.LogSoftmaxRows(a, columns, _first.AsSpan(0, a.Length)), LogSoftmaxLoop),
        OfNormals("DiagonalGaussian.KullbackLeiblerToStandard", (m, l, _, _) => DiagonalGaussian.KullbackLeiblerToStandard(m, l),
            (m, l, _, _) => { double s = 0; for (int i = 0; i < m.Length; i++) s += m[i] * m[i] + Math.Exp(l[i]) - 1 - l[i]; return 0.5 * s; }),
        OfNormals("DiagonalGaussian.KullbackLeiblerFromLogVariance", (m, l, n, k) => DiagonalGaussian.KullbackLeiblerFromLogVariance(m, l, n, k),
            (m, l, n, k) => { double s = 0; for (int i = 0; i < m.Length; i++) { double v = Math.Exp(k[i]); s += k[i] - l[i] + Math.Exp(l[i]) / v + (m[i] - n[i]) * (m[i] - n[i]) / v - 1; } return 0.5 * s; }),
        OfVariances("DiagonalGaussian.KullbackLeibler", (m, v, n, w) => DiagonalGaussian.KullbackLeibler(m, v, n, w),
            (m, v, n, w) => { double s = 0; for (int i = 0; i < m.Length; i++) { double r = v[i] / w[i]; s += r - 1 - Math.Log(r) + (m[i] - n[i]) * (m[i] - n[i]) / w[i]; } return 0.5 * s; }),
        OfPairs("without a logarithm: TotalVariation", (p, q) => Divergence.TotalVariation(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += Math.Abs(p[i] - q[i]); return 0.5 * s; }),
        OfPairs("without a logarithm: SquaredHellinger", (p, q) => Divergence.SquaredHellinger(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) { double d = Math.Sqrt(p[i]) - Math.Sqrt(q[i]); s += d * d; } return 0.5 * s; }),
        OfPairs("without a logarithm: PearsonChiSquared", (p, q) => Divergence.PearsonChiSquared(p, q), (p, q) => { double s = 0; for (int i = 0; i < p.Length; i++) s += (p[i] - q[i]) * (p[i] - q[i]) / q[i]; return s; }),
    ];

    private static Race OfPairs(
        string name, Func<double[], double[], double> function, Func<double[], double[], double> loop,
        Func<double[], double[]>? spread = null) => new(name, n =>
    {
        (double[] p, double[] q) = (Masses(n, seed: 1), Masses(n, seed: 2));
        (_first, _second) = spread is null ? (new double[n], new double[n]) : (spread(p), spread(q));
        return (() => function(p, q), () => loop(p, q));
    });

    private static Race OfFloats(string name, Func<float[], float[], double> function, Func<float[], float[], double> loop) => new(name, n =>
    {
        (float[] p, float[] q) = ([.. Masses(n, seed: 1).Select(x => (float)x)], [.. Masses(n, seed: 2).Select(x => (float)x)]);
        return (() => function(p, q), () => loop(p, q));
    });

    // An element is a point of each sample; the loop looks at all points, for at most 1,000 of them.
    private static Race OfPoints(string name)
    {
        const int Dimension = 5, Queries = 1000;
        return new(name, n =>
        {
            double[] x = Uniform(Dimension * n, 0, 1, seed: 1), y = Uniform(Dimension * n, 0.1, 1.1, seed: 2);
            return (
                () => NearestNeighbours.KullbackLeibler(x, y, Dimension).Value,
                () => NeighboursLoop(x, y, Dimension, n / Math.Min(n, Queries)));
        })
        {
            Longest = 100_000,
            PartOfLoop = n => Math.Min(n, Queries) / (double)n,
        };
    }

    private static Race OfTables(string name, Func<double[], int, double> function, Func<double[], int, double> loop) => new(name, n =>
    {
        double[] joint = Masses(n, seed: 1);
        return (() => function(joint, FewColumns), () => loop(joint, FewColumns));
    });

    private delegate void RowFunction(double[] a, double[] b, int columns, double[] destination);

    private static Race OfLogits(string name, int columns, RowFunction function, RowFunction loop) => new(name, n =>
    {
        double[] a = Uniform(n, -5, 5, seed: 1), b = Uniform(n, -5, 5, seed: 2), destination = new double[n / columns];
        _first = new double[n];
        return (() => { function(a, b, columns, destination); return destination[0]; }, () => { loop(a, b, columns, destination); return destination[0]; });
    });

    private static Race OfNormals(string name, Func<double[], double[], double[], double[], double> function, Func<double[], double[], double[], double[], double> loop) => new(name, n =>
    {
        double[] m0 = Uniform(n, -2, 2, seed: 1), l0 = Uniform(n, -2, 2, seed: 2), m1 = Uniform(n, -2, 2, seed: 3), l1 = Uniform(n, -2, 2, seed: 4);
        return (() => function(m0, l0, m1, l1), () => loop(m0, l0, m1, l1));
    });

    private static Race OfVariances(string name, Func<double[], double[], double[], double[], double> function, Func<double[], double[], double[], double[], double> loop) => new(name, n =>
    {
        double[] m0 = Uniform(n, -2, 2, seed: 1), v0 = Uniform(n, 0.2, 4, seed: 2), m1 = Uniform(n, -2, 2, seed: 3), v1 = Uniform(n, 0.2, 4, seed: 4);
        return (() => function(m0, v0, m1, v1), () => loop(m0, v0, m1, v1));
    });

    private static double Summed(double[] p, double[] q)
    {
        var sum = new KullbackLeiblerAccumulator();
        sum.Add(p, q);
        return sum.OfMeasures();
    }

    private static double[] Widely(double[] masses) =>
        [.. masses.Select((x, i) => Math.ScaleB(x, (int)((uint)i * 2654435761 % 601) - 300))];

    private static double WithGradient(double[] p, double[] q) => Divergence.KullbackLeiblerGradient(p, q, _first, _second);

    private static double NeighboursLoop(double[] x, double[] y, int dimension, int step)
    {
        const int K = 4;
        double sum = 0;
        double[] nearest = new double[K];
        for (int i = 0; i < x.Length; i += step * dimension)
            sum += Math.Log(OfNearest(y, i, own: -1) / OfNearest(x, i, own: i));
        return sum;

        double OfNearest(double[] points, int query, int own)
        {
            Array.Fill(nearest, double.PositiveInfinity);
            for (int j = 0; j < points.Length; j += dimension)
            {
                if (j == own)
                    continue;
                double distance = 0;
                for (int c = 0; c < dimension; c++)
                    distance += (points[j + c] - x[query + c]) * (points[j + c] - x[query + c]);
                for (int place = K - 1; place >= 0 && distance < nearest[place]; place--)
                {
                    if (place < K - 1)
                        nearest[place + 1] = nearest[place];
                    nearest[place] = distance;
                }
            }

            return nearest[K - 1];
        }
    }

    private static double MutualLoop(double[] joint, int columns)
    {
        int rows = joint.Length / columns;
        double[] r = new double[rows], c = new double[columns];
        for (int i = 0; i < joint.Length; i++)
        {
            r[i / columns] += joint[i];
            c[i % columns] += joint[i];
        }

        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                sum += joint[i * columns + j] * Math.Log(joint[i * columns + j] / (r[i] * c[j]));
        }

        return sum;
    }

    private static void KullbackLeiblerLoop(double[] a, double[] b, int columns, double[] destination)
    {
        for (int row = 0; row < destination.Length; row++)
        {
            ReadOnlySpan<double> x = a.AsSpan(row * columns, columns), y = b.AsSpan(row * columns, columns);
            (double logX, double logY, double sum) = (LogSumExp(x), LogSumExp(y), 0);
            for (int i = 0; i < columns; i++)
                sum += Math.Exp(x[i] - logX) * (x[i] - logX - (y[i] - logY));
            destination[row] = sum;
        }
    }

    private static void CrossEntropyLoop(double[] a, double[] b, int columns, double[] destination)
    {
        for (int row = 0; row < destination.Length; row++)
        {
            ReadOnlySpan<double> x = a.AsSpan(row * columns, columns), y = b.AsSpan(row * columns, columns);
            (double logX, double logY, double sum) = (LogSumExp(x), LogSumExp(y), 0);
            for (int i = 0; i < columns; i++)
                sum -= Math.Exp(x[i] - logX) * (y[i] - logY);
            destination[row] = sum;
        }
    }

    private static void LogSoftmaxLoop(double[] a, double[] b, int columns, double[] destination)
    {
        for (int row = 0; row < destination.Length; row++)
        {
            ReadOnlySpan<double> x = a.AsSpan(row * columns, columns);
            double log = LogSumExp(x);
            for (int i = 0; i < columns; i++)
                _first[row * columns + i] = x[i] - log;
        }
    }

    private static double LogSumExp(ReadOnlySpan<double> x)
    {
        (double max, double sum) = (double.NegativeInfinity, 0);
        foreach (double value in x)
            max = Math.Max(max, value);
        foreach (double value in x)
            sum += Math.Exp(value - max);
        return max + Math.Log(sum);
    }

    private static double[] Masses(int n, int seed)
    {
        double[] masses = Uniform(n, 0.01, 1, seed);
        double total = masses.Sum();
        return [.. masses.Select(x => x / total)];
    }

    private static double[] Uniform(int n, double low, double high, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => low + (high - low) * random.NextDouble())];
    }
}
