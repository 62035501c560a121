using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Closed forms for multivariate normal distributions N(m, S) with a full covariance matrix.
/// </summary>
/// <remarks>
/// A covariance is a d x d matrix, row by row, of which only the lower triangle is read: it counts as symmetric, whatever stands above
/// the diagonal. It must be positive definite; for degenerate ones there is <see cref="KullbackLeiblerOnCommonSubspace(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>,
/// and the distance of Wasserstein takes them as they are. What is bad throws <see cref="ArgumentException"/> naming the argument; else a NaN gives NaN; else +infinity means that twice the truth
/// exceeds the largest double, or that it came so near that the computation did. Arithmetic is in float64 whatever the type of the spans.
/// Nothing is allocated where a work buffer is lent. The relative error of a divergence is at most 16 eps k, where eps = 2^-52 and k is the
/// larger of the condition numbers, in the row-sum norm, of the two covariances scaled to unit variances, also where they are nearly equal.
/// </remarks>
public static partial class MultivariateGaussian
{
    /// <summary>How many elements of work a function of this class needs in <paramref name="dimension"/> dimensions: 4 d^2 + 4 d.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <returns>The length that serves every function of this class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is not positive, or so large that the length exceeds an array's.</exception>
    public static int WorkLength(int dimension)
    {
        if (dimension is < 1 or > 23000)
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, FormattableString.Invariant($"dimension = {dimension}; it must be in [1, 23000]."));
        return WhitenedPair.WorkLength(dimension);
    }

    /// <summary>KL(N(mean0, covariance0) || N(mean1, covariance1)).</summary>
    /// <remarks>
    /// (tr(S1^-1 S0) - d + log det S1 - log det S0 + (m0 - m1)' S1^-1 (m0 - m1)) / 2, but never computed so: with Cholesky factors and
    /// A = L1^-1 L0 it is half the sum of a_ii^2 - 1 - log a_ii^2 over the diagonal of A, the squares below it, and the squares of
    /// L1^-1 (m0 - m1), all non-negative; where S0 is near S1, A - I comes from S0 - S1, so that nothing cancels. No matrix is inverted.
    /// Time O(d^3). Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where the parameters are equal (or the truth is below the smallest double); NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
    /// <example><code>
    /// double[] covariance0 = [2, 0.5, 0.5, 1], covariance1 = [1, 0, 0, 1];
    /// double nats = MultivariateGaussian.KullbackLeibler([0, 0], covariance0, [1, 0], covariance1);   // 0.720192106
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        Divergence(mean0, covariance0, mean1, covariance1, work, logBase);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeibler(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        Divergence(mean0, covariance0, mean1, covariance1, work, logBase);

    /// <summary>KL(N(mean0, covariance0) || N(mean1, covariance1)) of each row of a batch.</summary>
    /// <remarks>Each value has the bits of <see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double},
    /// ReadOnlySpan{double}, Span{double}, LogBase)"/> of its rows; one work buffer serves all. A batch without rows is answered with
    /// nothing. Time O(n d^3).</remarks>
    /// <param name="mean0">n rows of d means, one after the other.</param>
    /// <param name="covariance0">n covariance matrices of d x d, one after the other; their lower triangles are read.</param>
    /// <param name="mean1">n rows of d means of the second distributions.</param>
    /// <param name="covariance1">n covariance matrices of the second distributions.</param>
    /// <param name="dimension">d.</param>
    /// <param name="destination">Receives n divergences.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The spans hold no whole number of rows, or not the same number; a covariance is not positive definite
    /// (the message names it, the row and the order of the leading minor); an element is infinite; the destination or the work buffer is
    /// too short or overlaps an argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerRows(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        int dimension, Span<double> destination, Span<double> work = default, LogBase logBase = default) =>
        DivergenceRows(mean0, covariance0, mean1, covariance1, dimension, destination, work, logBase);

    /// <inheritdoc cref="KullbackLeiblerRows(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, Span{double}, LogBase)"/>
    public static void KullbackLeiblerRows(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        int dimension, Span<double> destination, Span<double> work = default, LogBase logBase = default) =>
        DivergenceRows(mean0, covariance0, mean1, covariance1, dimension, destination, work, logBase);

    private static double Divergence<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1);
        return logBase.FromNats(HalfSum(WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span)));
    }

    /// <summary>The work that a function of two distributions needs, lent or rented, apart from its arguments.</summary>
    private static WorkBuffer Lent<T>(
        Span<double> work, ReadOnlySpan<T> mean0, ReadOnlySpan<T> matrix0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> matrix1,
        string name0 = "covariance0", string name1 = "covariance1")
        where T : struct => new WorkBuffer(work, WorkLength(Math.Max(mean0.Length, 1)))
            .ApartFrom(mean0, nameof(mean0)).ApartFrom(matrix0, name0).ApartFrom(mean1, nameof(mean1)).ApartFrom(matrix1, name1);

    /// <summary>In nats, of arguments that are checked already; a first covariance that is not positive definite is named as the caller says.</summary>
    internal static double KullbackLeiblerOf(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1, Span<double> work, string name0) =>
        HalfSum(WhitenedPair.Of(mean0, covariance0, mean1, covariance1, work, names: (name0, nameof(covariance1))));

    private static double HalfSum(WhitenedPair pair) => Covariance.Resolve(0.5 * (pair.Spread + pair.SquaredLength), pair.AnyNaN);

    private static void DivergenceRows<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        int dimension, Span<double> destination, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check.Batch(mean0.Length, dimension, nameof(mean0), nameof(dimension)), square = dimension * dimension;
        Check.SameLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.Matrices(covariance0.Length, rows, dimension, nameof(covariance0));
        Check.Matrices(covariance1.Length, rows, dimension, nameof(covariance1));
        Check.Apart(mean0, destination, rows, nameof(destination));
        Check.Apart(covariance0, destination, rows, nameof(destination));
        Check.Apart(mean1, destination, rows, nameof(destination));
        Check.Apart(covariance1, destination, rows, nameof(destination));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(dimension))
            .ApartFrom(mean0, nameof(mean0)).ApartFrom(covariance0, nameof(covariance0))
            .ApartFrom(mean1, nameof(mean1)).ApartFrom(covariance1, nameof(covariance1))
            .ApartFrom<double>(destination, nameof(destination));
        for (int row = 0; row < rows; row++)
        {
            destination[row] = logBase.FromNats(HalfSum(WhitenedPair.Of(
                mean0.Slice(row * dimension, dimension), covariance0.Slice(row * square, square),
                mean1.Slice(row * dimension, dimension), covariance1.Slice(row * square, square), buffer.Span, row)));
        }
    }
}
