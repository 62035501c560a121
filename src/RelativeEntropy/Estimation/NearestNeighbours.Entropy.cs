using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class NearestNeighbours
{
    /// <summary>The differential entropy of a distribution, from samples.</summary>
    /// <remarks>
    /// <para>(d/n) sum over i of log rho_i + log c_d + psi(n) - psi(k), where rho_i is the Euclidean distance of x_i to its k-th neighbour
    /// and c_d = pi^(d/2)/Gamma(d/2 + 1)
    /// the volume of the unit ball. Where coinciding points raise a number to k_i, psi(k_i) stands for psi(k) in that term.
    /// Distances below 2^-500 of the largest coordinate count as 0. Stretching all by s adds d log s.</para>
    /// <para>The standard error is that of the jackknife, for which the k + 1 nearest neighbours suffice. It is on the safe side: its
    /// square is
    /// on average not below the variance (Efron and Stein 1981). It does not contain the bias.</para>
    /// <para>Time O(n d log n) in few dimensions, more where z points coincide by O(n z). Source: Kozachenko and Leonenko (1987); for any
    /// k, Kraskov, Stoegbauer
    /// and Grassberger (2004), equation (20).</para>
    /// </remarks>
    /// <param name="x">n points, row after row; at least k + 2.</param>
    /// <param name="dimension">d, the numbers in a point; at least 1.</param>
    /// <param name="k">Which neighbour; at least 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite estimate of either sign; NaN if an element is NaN.
    /// The standard error is NaN too where all points but one are at one place: without that one there is no estimate.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty, no whole number of points or too short for k; an element is
    /// infinite; all points are at one place.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> or <paramref name="k"/> is not positive.</exception>
    /// <example><code>
    /// double nats = NearestNeighbours.Entropy([0, 1, 3, 7, 15, 31], dimension: 1, k: 1).Value;   // 4.131725815
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate Entropy(ReadOnlySpan<double> x, int dimension, int k = 4, LogBase logBase = default) =>
        DifferentialEntropy(x, dimension, k, logBase);

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, int, int, LogBase)"/>
    public static Estimate Entropy(ReadOnlySpan<float> x, int dimension, int k = 4, LogBase logBase = default) =>
        DifferentialEntropy(x, dimension, k, logBase);

    private static Estimate DifferentialEntropy<T>(ReadOnlySpan<T> x, int dimension, int k, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        SettingCheck.AtLeast(1, k, nameof(k));
        int n = Samples.Points(x, dimension, least: k + 2, k, nameof(x));
        if (Covariance.AnyNaN(x))
            return new(double.NaN, double.NaN);
        int exponent = Samples.Exponent(x, []);
        KdTree<SquaredEuclidean> points = new(Samples.Scaled(x, exponent), dimension);
        LocalDensities p = new(points, points, dimension, k, nameof(x));
        CompensatedSum sum = default;
        foreach (double term in p.Terms)
            sum.Add(term);

        for (int i = 0; i < n; i++)
            p.Effects[i] = (sum.Value - p.Terms[i] + p.Effects[i]) / (n - 1);
        double logBall = 0.5 * dimension * Math.Log(Math.PI) - GammaFunction.Log(0.5 * dimension + 1);
        return InUnit(
            sum.Value / n + dimension * exponent * LogRatio.Ln2 + logBall + GammaFunction.Digamma(n), Jackknife.Variance(p.Effects),
                logBase);
    }
}
