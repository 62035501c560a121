using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean0, diag exp logVariance0) || N(mean1, diag exp logVariance1)), from logarithms of variances.</summary>
    /// <remarks>
    /// Half the sum over the d dimensions of (e^l - 1 - l) + (m0 - m1)^2 e^(-l1) with l = l0 - l1, where e^l - 1 - l is computed
    /// without cancellation. The networks of a variational autoencoder give their scales in this form.
    /// Time O(d), memory O(1). Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="logVariance0">d natural logarithms of the variances of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="logVariance1">d natural logarithms of the variances of the second distribution.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where all parameters are equal.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerFromLogVariance(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> logVariance0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> logVariance1, LogBase logBase = default) =>
        FromLogVariances(mean0, logVariance0, mean1, logVariance1, logBase);

    /// <inheritdoc cref="KullbackLeiblerFromLogVariance(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeiblerFromLogVariance(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> logVariance0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> logVariance1, LogBase logBase = default) =>
        FromLogVariances(mean0, logVariance0, mean1, logVariance1, logBase);

    private static double FromLogVariances<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> logVariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> logVariance1, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean0.Length, logVariance0.Length, nameof(mean0), nameof(logVariance0));
        Check.SameNonZeroLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.SameNonZeroLength(mean0.Length, logVariance1.Length, nameof(mean0), nameof(logVariance1));
        Check.FiniteOrNaN(mean0, nameof(mean0));
        Check.FiniteOrNaN(logVariance0, nameof(logVariance0));
        Check.FiniteOrNaN(mean1, nameof(mean1));
        Check.FiniteOrNaN(logVariance1, nameof(logVariance1));
        return logBase.FromNats(NormalReduction.HalfSum<T, LogVarianceTerm>(mean0, logVariance0, mean1, logVariance1));
    }
}
