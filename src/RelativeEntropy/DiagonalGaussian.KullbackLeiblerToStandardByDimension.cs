using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean, diag exp logVariance) || N(0, I)), one value per dimension: the sum of them is <see cref="KullbackLeiblerToStandard(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>.</summary>
    /// <remarks>
    /// (m^2 + e^l - 1 - l)/2, without cancellation. A dimension near 0 has collapsed onto the prior; free bits are a floor on each.
    /// Time O(d). Source: Kingma and Welling (2014), appendix B.
    /// </remarks>
    /// <param name="mean">d means.</param>
    /// <param name="logVariance">d natural logarithms of variances.</param>
    /// <param name="destination">Receives d divergences.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite; the destination is too short.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerToStandardByDimension(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, Span<double> destination, LogBase logBase = default) =>
        ByDimension(mean, logVariance, destination, logBase);

    /// <inheritdoc cref="KullbackLeiblerToStandardByDimension(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static void KullbackLeiblerToStandardByDimension(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance, Span<float> destination, LogBase logBase = default) =>
        ByDimension(mean, logVariance, destination, logBase);

    private static void ByDimension<T>(ReadOnlySpan<T> mean, ReadOnlySpan<T> logVariance, Span<T> destination, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean.Length, logVariance.Length, nameof(mean), nameof(logVariance));
        Check.Destination(mean, destination);
        Check.Destination(logVariance, destination);
        Check.FiniteOrNaN(mean, nameof(mean));
        Check.FiniteOrNaN(logVariance, nameof(logVariance));
        for (int i = 0; i < mean.Length; i++)
        {
            double term = StandardNormalTerm.Of(double.CreateTruncating(mean[i]), double.CreateTruncating(logVariance[i])).Value;
            destination[i] = T.CreateTruncating(logBase.FromNats(0.5 * term));
        }
    }
}
