using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergence, entropy and mutual information of distributions of which there are only samples, from the distances to their nearest
/// neighbours: consistent for
/// every k, without a histogram or a bandwidth.
/// </summary>
/// <remarks>
/// <para>A sample is a row-major span of points of <c>dimension</c> numbers each; a point is never its own neighbour. The distributions
/// must have densities.
/// Points at one place, which rounding makes, have probability 0 then. They are counted, not passed over in silence: where the k-th
/// neighbour
/// is at distance 0, the first that is not stands in its place, with its own number in place of k. No distance is ever 0 for that, and
/// nothing is infinite;
/// what all lies at one place is refused. Many such points bias a result: for outcomes that are few there is <see cref="PlugIn"/>.</para>
/// <para>Larger k: less variance, more bias. The bias grows with the dimension, about as n^(-2/d) for smooth densities. It is downward
/// where the truth is large, since a divergence or an information of T nats needs in the order of e^T samples; in many dimensions it may be
/// upward, as where a narrow P lies inside a wide Q. Coordinates should have comparable units.</para>
/// <para>The samples are copied; the memory is O((n + m) d). Neighbours are found in a tree, in about O(log n) each in few dimensions;
/// from some 10 on nearly all points are looked at, O(n) each. An infinite coordinate throws; else NaN gives NaN.</para>
/// </remarks>
public static partial class NearestNeighbours
{
    /// <summary>The divergence KL(P || Q), from samples of P and of Q.</summary>
    /// <remarks>
    /// <para>(d/n) sum over i of log(nu_i/rho_i) + log(m/(n - 1)), where rho_i is the Euclidean distance of x_i to its k-th neighbour among
    /// the other x and nu_i that
    /// to its k-th among the y. Where coinciding points raise a number, k_i or l_i instead of k, psi(k_i) - psi(l_i) is added to the term.
    /// Distances below
    /// 2^-500 of the largest coordinate count as 0. Invariant under shifts, rotations and one common scale, not under unlike scales of the
    /// coordinates.</para>
    /// <para>The standard error is that of the jackknife over both samples, for which the k + 1 nearest neighbours suffice. It is on the
    /// safe side: its square is
    /// on average not below the variance (Efron and Stein 1981). It does not contain the bias.</para>
    /// <para>Time O((n + m) d log(n + m)) in few dimensions, more where z points coincide by O(n z). Source: Wang, Kulkarni and Verdu
    /// (2009), equations (5) and (25).</para>
    /// </remarks>
    /// <param name="x">n points drawn from P, row after row; at least k + 2.</param>
    /// <param name="y">m points drawn from Q, row after row; at least k + 1.</param>
    /// <param name="dimension">d, the numbers in a point; at least 1.</param>
    /// <param name="k">Which neighbour; at least 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite estimate, below 0 by chance where the distributions are near each other; NaN if an element is NaN.
    /// The standard error is NaN too where all points of a sample but one are at one place: without that one there is no
    /// estimate.</returns>
    /// <exception cref="ArgumentException">A span is empty, no whole number of points or too short for k; an element is infinite; all
    /// points that a point sees are at its own place.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> or <paramref name="k"/> is not positive.</exception>
    /// <example><code>
    /// double[] x = [0, 1, 3, 4, 6, 9], y = [2, 3, 5, 7, 8, 12];   // six points on the line each
    /// Estimate estimate = NearestNeighbours.KullbackLeibler(x, y, dimension: 1, k: 2);
    /// double nats = estimate.Value;                               // -0.3845446735
    /// double error = estimate.StandardError;                      // 0.4109527786
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate KullbackLeibler(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, int dimension, int k = 4, LogBase logBase = default) =>
        Divergence(x, y, dimension, k, logBase);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, int, int, LogBase)"/>
    public static Estimate KullbackLeibler(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, int dimension, int k = 4, LogBase logBase = default) =>
        Divergence(x, y, dimension, k, logBase);

    private static Estimate Divergence<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int dimension, int k, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        SettingCheck.AtLeast(1, k, nameof(k));
        int n = Samples.Points(x, dimension, least: k + 2, k, nameof(x)), m = Samples.Points(y, dimension, least: k + 1, k, nameof(y));
        if (Covariance.AnyNaN(x) || Covariance.AnyNaN(y))
            return new(double.NaN, double.NaN);
        int exponent = Samples.Exponent(x, y);
        KdTree<SquaredEuclidean> xs = new(Samples.Scaled(x, exponent), dimension), ys = new(Samples.Scaled(y, exponent), dimension);
        LocalDensities p = new(xs, xs, dimension, k, nameof(x)), q = new(ys, xs, dimension, k, nameof(y));
        CompensatedSum sum = default;
        for (int i = 0; i < n; i++)
            sum.Add(q.Terms[i] - p.Terms[i]);

        for (int i = 0; i < n; i++)
            p.Effects[i] = (sum.Value - (q.Terms[i] - p.Terms[i]) - p.Effects[i]) / (n - 1);
        for (int j = 0; j < m; j++)
            q.Effects[j] /= n;
        double variance = Jackknife.Variance(p.Effects) + Jackknife.Variance(q.Effects);
        return InUnit(sum.Value / n + LogRatio.Of(m, n - 1), variance, logBase);
    }

    private static Estimate InUnit(double value, double variance, LogBase logBase) =>
        new(logBase.FromNats(value), logBase.FromNats(Math.Sqrt(variance)));
}
