using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Closed forms for multivariate normal distributions whose covariance is W W' + diag v, a factor model: W is d x r, row by row, v positive.
/// </summary>
/// <remarks>
/// No d x d matrix is formed where both are of this kind: the inverse and the determinant of a covariance are those of an r x r matrix (the
/// identity of Woodbury 1950, the matrix determinant lemma). A rank of 0 is allowed: an empty W.
/// What is bad throws <see cref="ArgumentException"/> naming the argument; else a NaN gives NaN; else +infinity means that twice the truth
/// exceeds the largest double, or nearly does. Nothing is allocated where a work buffer is lent. The relative error of a divergence is at most 64 eps k,
/// where eps = 2^-52 and k is the larger condition number, in the row-sum norm, of the covariances as d x d matrices; near-equal covariances keep
/// their digits where their factors are near-equal too.
/// </remarks>
public static class LowRankGaussian
{
    /// <summary>How many elements of work the functions of this class on two such covariances need.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="rank0">The rank of the first covariance, at least 0; for a full matrix any.</param>
    /// <param name="rank1">That of the second.</param>
    /// <returns>The length for <c>KullbackLeibler</c>; the two functions that take a full matrix need that of
    /// <see cref="MultivariateGaussian.WorkLength"/>(d).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is not positive, or a rank negative.</exception>
    public static int WorkLength(int dimension, int rank0, int rank1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank0);
        ArgumentOutOfRangeException.ThrowIfNegative(rank1);
        int r = Math.Max(rank0, rank1);
        return checked(6 * dimension * r + 11 * r * r + 2 * dimension + 2 * r);
    }

    /// <summary>KL(N(mean0, W0 W0' + diag v0) || N(mean1, W1 W1' + diag v1)).</summary>
    /// <remarks>
    /// (tr(S1^-1 S0) - d + log det S1 - log det S0 + (m0 - m1)' S1^-1 (m0 - m1)) / 2. Where the factors and the diagonals are elementwise near
    /// one another, S1^-1 (S0 - S1) is a diagonal plus a product of rank 3r made of their differences, and the first four terms come from it
    /// without cancellation; two near-equal covariances with different factors have only the digits that cancellation leaves.
    /// Time O(d r^2), memory O(d r). Source: Kullback (1959), chapter 9, section 1; Woodbury (1950).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="factor0">W0, d x r0, row by row; r0 is its length over d.</param>
    /// <param name="diagonal0">v0, d variances.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="factor1">W1, d x r1, row by row.</param>
    /// <param name="diagonal1">v1, d variances.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d, r0, r1) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; 0 where the parameters are equal; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty; a length does not fit; a mean or an element of a factor is infinite; a variance is not
    /// positive and finite; the work buffer is too short or overlaps an argument.</exception>
    /// <example><code>
    /// double[] factor0 = [1, 1], factor1 = [0, 0];   // one column each: covariance diagonal + factor factor^T
    /// double nats = LowRankGaussian.KullbackLeibler([0, 0], factor0, [1, 1], [0, 0], factor1, [1, 1]);   // 0.4506938557
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> factor0, ReadOnlySpan<double> diagonal0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> factor1, ReadOnlySpan<double> diagonal1,
        Span<double> work = default, LogBase logBase = default) =>
        Divergence(mean0, factor0, diagonal0, mean1, factor1, diagonal1, work, logBase);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeibler(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> factor0, ReadOnlySpan<float> diagonal0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> factor1, ReadOnlySpan<float> diagonal1,
        Span<double> work = default, LogBase logBase = default) =>
        Divergence(mean0, factor0, diagonal0, mean1, factor1, diagonal1, work, logBase);

    /// <summary>KL(N(mean0, W0 W0' + diag v0) || N(mean1, covariance1)), from a factor model to a full covariance.</summary>
    /// <remarks>As <see cref="MultivariateGaussian"/> has it, with the difference of the covariances to twice the precision. Time O(d^3).
    /// Source: Kullback (1959), chapter 9, section 1.</remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="factor0">W0, d x r0, row by row; r0 is its length over d.</param>
    /// <param name="diagonal0">v0, d variances.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="MultivariateGaussian.WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty; a length does not fit; a covariance is not positive definite (the message names it
    /// and the order of the leading minor); an element is infinite; a variance is not positive;
    /// the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerToFull(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> factor0, ReadOnlySpan<double> diagonal0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(WithFull(mean0, factor0, diagonal0, mean1, covariance1, work, isFirst: true));

    /// <inheritdoc cref="KullbackLeiblerToFull(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerToFull(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> factor0, ReadOnlySpan<float> diagonal0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(WithFull(mean0, factor0, diagonal0, mean1, covariance1, work, isFirst: true));

    /// <summary>KL(N(mean0, covariance0) || N(mean1, W1 W1' + diag v1)), from a full covariance to a factor model.</summary>
    /// <remarks>As <see cref="MultivariateGaussian"/> has it, with the difference of the covariances to twice the precision. Time O(d^3).
    /// Source: Kullback (1959), chapter 9, section 1.</remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="factor1">W1, d x r1, row by row; r1 is its length over d.</param>
    /// <param name="diagonal1">v1, d variances.</param>
    /// <param name="work">At least <see cref="MultivariateGaussian.WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty; a length does not fit; a covariance is not positive definite (the message names it
    /// and the order of the leading minor); an element is infinite; a variance is not positive;
    /// the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerFromFull(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> factor1, ReadOnlySpan<double> diagonal1, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(WithFull(mean1, factor1, diagonal1, mean0, covariance0, work, isFirst: false));

    /// <inheritdoc cref="KullbackLeiblerFromFull(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerFromFull(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> factor1, ReadOnlySpan<float> diagonal1, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(WithFull(mean1, factor1, diagonal1, mean0, covariance0, work, isFirst: false));

    private static double WithFull<T>(
        ReadOnlySpan<T> mean, ReadOnlySpan<T> factor, ReadOnlySpan<T> diagonal, ReadOnlySpan<T> fullMean, ReadOnlySpan<T> covariance,
        Span<double> work, bool isFirst)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        (string meanName, string lowName, string fullMeanName, string fullName) = isFirst
            ? ("mean0", "factor0", "mean1", "covariance1")
            : ("mean1", "factor1", "mean0", "covariance0");
        int d = mean.Length, r = LowRank.CheckArguments(mean, factor, diagonal, isFirst);
        Check.SameNonZeroLength(d, fullMean.Length, meanName, fullMeanName);
        Check.FiniteOrNaN(fullMean, fullMeanName);
        Covariance.CheckElements(covariance, d, fullName);
        using WorkBuffer buffer = new WorkBuffer(work, MultivariateGaussian.WorkLength(d))
            .ApartFrom(mean, meanName).ApartFrom(factor, lowName).ApartFrom(diagonal, isFirst ? "diagonal0" : "diagonal1")
            .ApartFrom(fullMean, fullMeanName).ApartFrom(covariance, fullName);
        WhitenedPair pair = WhitenedPair.In(buffer.Span, d);
        pair.AnyNaN = Covariance.AnyNaN(mean) || Covariance.AnyNaN(factor) || Covariance.AnyNaN(diagonal) || Covariance.AnyNaN(fullMean) || Covariance.AnyNaNBelow(covariance, d);
        Span<double> dense = isFirst ? pair.A : pair.L1;
        Covariance.Load(covariance, d, isFirst ? pair.L1 : pair.A);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                (double element, double difference) = LowRank.Element(factor, diagonal, r, i, j, double.CreateTruncating(covariance[i * d + j]));
                dense[i * d + j] = dense[j * d + i] = element;
                pair.E[i * d + j] = pair.E[j * d + i] = isFirst ? difference : -difference;
            }
        }

        if (isFirst)
            pair.Whiten(mean, fullMean, lowName, fullName);
        else
            pair.Whiten(fullMean, mean, fullName, lowName);
        return Covariance.Resolve(0.5 * (pair.Spread + pair.SquaredLength), pair.AnyNaN);
    }

    private static double Divergence<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> factor0, ReadOnlySpan<T> diagonal0,
        ReadOnlySpan<T> mean1, ReadOnlySpan<T> factor1, ReadOnlySpan<T> diagonal1, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = mean0.Length, r0 = LowRank.CheckArguments(mean0, factor0, diagonal0, isFirst: true);
        Check.SameNonZeroLength(d, mean1.Length, nameof(mean0), nameof(mean1));
        int r1 = LowRank.CheckArguments(mean1, factor1, diagonal1, isFirst: false);
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(d, r0, r1))
            .ApartFrom(mean0, nameof(mean0)).ApartFrom(factor0, nameof(factor0)).ApartFrom(diagonal0, nameof(diagonal0))
            .ApartFrom(mean1, nameof(mean1)).ApartFrom(factor1, nameof(factor1)).ApartFrom(diagonal1, nameof(diagonal1));
        bool anyNaN = Covariance.AnyNaN(mean0) || Covariance.AnyNaN(factor0) || Covariance.AnyNaN(diagonal0)
            || Covariance.AnyNaN(mean1) || Covariance.AnyNaN(factor1) || Covariance.AnyNaN(diagonal1);
        if (anyNaN)
            return double.NaN;
        LowRank pair = LowRank.In(buffer.Span, d, Math.Max(r0, r1));
        pair.Load(factor0, diagonal0, r0, factor1, diagonal1, r1);
        double location = pair.SquaredLength(mean0, mean1);
        double spread = pair.NearSpread();
        if (double.IsNaN(spread))
            spread = pair.FarSpread();
        return logBase.FromNats(Covariance.Resolve(0.5 * (Math.Max(spread, 0) + location), false));
    }
}
