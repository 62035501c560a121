using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Closed forms for multivariate normal distributions with independent coordinates: one mean and one scale per dimension.
/// </summary>
/// <remarks>
/// Means and logarithms of scales must be finite, variances finite and positive (for the distance of Wasserstein, at least 0); else <see cref="ArgumentException"/> names the
/// argument, the index and the value. A NaN gives NaN; after that, +infinity only where twice the truth exceeds the largest double:
/// the sum over the dimensions, of which the divergence is half, must be in the range.
/// Arithmetic is in float64 whatever the type of the spans; nothing is allocated. Relative error at most 1e-13, also where
/// the parameters are nearly equal.
/// </remarks>
public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean0, diag variance0) || N(mean1, diag variance1)), from variances.</summary>
    /// <remarks>
    /// Half the sum over the d dimensions of (v0/v1 - 1 - log(v0/v1)) + (m0 - m1)^2 / v1. Time O(d), memory O(1).
    /// Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where all parameters are equal.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is not positive and finite.</exception>
    /// <example><code>
    /// double nats = DiagonalGaussian.KullbackLeibler(mean0: [0, 0], variance0: [1, 2], mean1: [1, 0], variance1: [1, 1]);  // 0.653426
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1, LogBase logBase = default) =>
        FromVariances(mean0, variance0, mean1, variance1, logBase);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1, LogBase logBase = default) =>
        FromVariances(mean0, variance0, mean1, variance1, logBase);

    private static double FromVariances<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CheckVariances(mean0, variance0, mean1, variance1);
        return logBase.FromNats(NormalReduction.HalfSum<T, VarianceTerm>(mean0, variance0, mean1, variance1));
    }

    private static void CheckVariances<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean0.Length, variance0.Length, nameof(mean0), nameof(variance0));
        Check.SameNonZeroLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.SameNonZeroLength(mean0.Length, variance1.Length, nameof(mean0), nameof(variance1));
        Check.FiniteOrNaN(mean0, nameof(mean0));
        Check.PositiveOrNaN(variance0, nameof(variance0));
        Check.FiniteOrNaN(mean1, nameof(mean1));
        Check.PositiveOrNaN(variance1, nameof(variance1));
    }
}
