using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class NearestNeighbours
{
    /// <summary>The mutual information of two continuous variables, from joint samples (x_i, y_i).</summary>
    /// <remarks>
    /// <para>psi(k) + psi(n) - (1/n) sum over i of psi(a_i + 1) + psi(b_i + 1), where e_i is the distance of the pair i to its k-th
    /// neighbour, in the largest difference of
    /// any coordinate of x and y, a_i the number of other x nearer to x_i than e_i, and b_i that of the y. Where coinciding pairs raise a
    /// number to k_i, psi(k_i)
    /// stands for psi(k) in that term: so variables of few values, too, give their information. Much less biased than the entropies
    /// taken by themselves, and nearly unbiased for independent variables. The same bits under shifts that are exact; not invariant under
    /// unlike scales of x and y: standardise them.</para>
    /// <para>The standard error is that of the jackknife, from the k + 1 nearest neighbours and the counts for two of them. It is on the
    /// safe side: its square is
    /// on average not below the variance (Efron and Stein 1981). It does not contain the bias.</para>
    /// <para>Time O(n d log n) in few dimensions, more where z pairs coincide by O(n z). Source: Kraskov, Stoegbauer and Grassberger
    /// (2004),
    /// estimator 1, equation (8).</para>
    /// </remarks>
    /// <param name="x">n values of the first variable, row after row; at least k + 2.</param>
    /// <param name="y">The n values of the second that belong to them.</param>
    /// <param name="xDimension">The numbers in a value of x; at least 1.</param>
    /// <param name="yDimension">The numbers in a value of y; at least 1.</param>
    /// <param name="k">Which neighbour; at least 1. The source advises 2 to 4.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite estimate, below 0 by chance where the variables are nearly independent; NaN if an element is NaN.
    /// The standard error is NaN too where all pairs but one are at one place: without that one there is no estimate.</returns>
    /// <exception cref="ArgumentException">A span is empty, no whole number of points, or too short for k; the spans have unlike numbers of
    /// points; an element is infinite;
    /// all pairs are at one place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension or <paramref name="k"/> is not positive.</exception>
    /// <example><code>
    /// double[] x = [0, 1, 2, 3, 4, 5], y = [0.1, 1.1, 1.9, 3.2, 3.9, 5];
    /// double nats = NearestNeighbours.MutualInformation(x, y, xDimension: 1, yDimension: 1, k: 2).Value;   // 1.033333333
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate MutualInformation(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, int xDimension, int yDimension, int k = 4, LogBase logBase = default) =>
        Mutual(x, y, xDimension, yDimension, k, logBase);

    /// <inheritdoc cref="MutualInformation(ReadOnlySpan{double}, ReadOnlySpan{double}, int, int, int, LogBase)"/>
    public static Estimate MutualInformation(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, int xDimension, int yDimension, int k = 4, LogBase logBase = default) =>
        Mutual(x, y, xDimension, yDimension, k, logBase);

    private static Estimate Mutual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int xDimension, int yDimension, int k, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        SettingCheck.AtLeast(1, k, nameof(k));
        int n = Samples.Points(x, xDimension, least: k + 2, k, nameof(x), nameof(xDimension));
        int others = Samples.Points(y, yDimension, least: k + 2, k, nameof(y), nameof(yDimension));
        if (n != others)
            throw new ArgumentException(FormattableString.Invariant($"x has {n} points and y has {others}; each x must have its y."),
                nameof(y));
        if (Covariance.AnyNaN(x) || Covariance.AnyNaN(y))
            return new(double.NaN, double.NaN);
        int exponent = Samples.Exponent(x, y), dimension = xDimension + yDimension;
        KdTree<LargestDifference> xs = new(Samples.Scaled(x, exponent), xDimension), ys = new(Samples.Scaled(y, exponent), yDimension);
        double[] both = new double[n * dimension];
        for (int i = 0; i < n; i++)
        {
            xs.Point(i).CopyTo(both.AsSpan(i * dimension));
            ys.Point(i).CopyTo(both.AsSpan(i * dimension + xDimension));
        }

        KdTree<LargestDifference> pairs = new(both, dimension);
        NeighbourSearch<LargestDifference> search = new(pairs, k);
        Slabs ofX = new(xs), ofY = new(ys);
        double[] terms = new double[n], effects = new double[n];
        CompensatedSum sum = default;
        foreach (int i in pairs.Order)
        {
            search.Around(pairs.Point(i), i);
            if (search.Number == 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"x and y have all their {n} pairs at one place: they have no density; for few values use PlugIn."),
                    nameof(x));
            }

            terms[i] = GammaFunction.Digamma(search.Number) - ofX.Take(i, search) - ofY.Take(i, search);
            sum.Add(terms[i]);
            for (int j = 0; j < search.Neighbours.Length; j++)
            {
                int neighbour = search.Neighbours[j];
                effects[neighbour] += j < search.Coinciding ? -1.0 / (search.Number - 1) : ofX.Beyond(neighbour) + ofY.Beyond(neighbour);
            }
        }

        double[] byX = ofX.Effects(), byY = ofY.Effects();
        for (int i = 0; i < n; i++)
            effects[i] = (sum.Value - terms[i] + effects[i] + byX[i] + byY[i]) / (n - 1) + GammaFunction.Digamma(n - 1);
        return InUnit(sum.Value / n + GammaFunction.Digamma(n), Jackknife.Variance(effects), logBase);
    }

    /// <summary>How many values of one variable are near that of each pair, and what that would be without each of them.</summary>
    private sealed class Slabs(KdTree<LargestDifference> values)
    {
        private readonly KdTree<LargestDifference>.PointSums _sums = values.NewSums();
        private int _at;
        private double _distance;
        private double _nextDistance;
        private double _inSlab;
        private double _changeIfNearer;
        private double _changeElse;

        /// <summary>psi of the number of values nearer than the pair's neighbour, its own, at distance 0, among them.</summary>
        public double Take(int i, NeighbourSearch<LargestDifference> search)
        {
            (_at, _distance, _nextDistance) = (i, search.Distance, search.NextDistance);
            int count = values.CountNearer(values.Point(i), _distance), next = values.CountNearer(values.Point(i), _nextDistance);
            double psi = GammaFunction.Digamma(count);
            _inSlab = count > 1 ? 1.0 / (count - 1) : 0;
            _changeIfNearer = double.IsFinite(_nextDistance) ? psi - GammaFunction.Digamma(Math.Max(next - 1, 1)) : double.NaN;
            _changeElse = double.IsFinite(_nextDistance) ? psi - GammaFunction.Digamma(next) : double.NaN;
            values.AddToNearer(values.Point(i), _distance, _inSlab, _sums);
            _sums.OfPoints[i] -= _inSlab;
            return psi;
        }

        /// <summary>By how much the pair's term changes without one of its neighbours, beyond what any other value in the slab would
        /// change.</summary>
        public double Beyond(int neighbour)
        {
            ReadOnlySpan<double> here = values.Point(_at), there = values.Point(neighbour);
            double distance = 0;
            for (int j = 0; j < here.Length; j++)
                distance = LargestDifference.Add(distance, there[j] - here[j]);
            return (distance < _nextDistance ? _changeIfNearer : _changeElse) - (distance < _distance ? _inSlab : 0);
        }

        public double[] Effects() => values.Totals(_sums);
    }
}
