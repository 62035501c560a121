using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean, diag exp logVariance) || N(0, I)) and its derivatives by all parameters.</summary>
    /// <remarks>
    /// By a mean it is the mean, by a log-variance l it is (e^l - 1)/2, without cancellation: both are 0 at the standard normal.
    /// Time O(d), memory O(1). Source: Kingma and Welling (2014), appendix B, differentiated.
    /// </remarks>
    /// <param name="mean">d means.</param>
    /// <param name="logVariance">d natural logarithms of variances.</param>
    /// <param name="meanGradient">Receives d derivatives by mean, in the unit of the result; empty if not wanted.</param>
    /// <param name="logVarianceGradient">Receives d derivatives by logVariance; empty if not wanted.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, summed over all dimensions, in [0, +infinity]; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite; a destination is neither empty nor long enough.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerToStandardGradient(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, Span<double> meanGradient, Span<double> logVarianceGradient, LogBase logBase = default) =>
        GradientToStandard(mean, logVariance, meanGradient, logVarianceGradient, logBase);

    /// <inheritdoc cref="KullbackLeiblerToStandardGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerToStandardGradient(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance, Span<float> meanGradient, Span<float> logVarianceGradient, LogBase logBase = default) =>
        GradientToStandard(mean, logVariance, meanGradient, logVarianceGradient, logBase);

    private static double GradientToStandard<T>(
        ReadOnlySpan<T> mean, ReadOnlySpan<T> logVariance, Span<T> meanGradient, Span<T> logVarianceGradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double value = ToStandard(mean, logVariance, logBase);
        Check.Gradient(mean, meanGradient, nameof(meanGradient));
        Check.Gradient(logVariance, meanGradient, nameof(meanGradient));
        Check.Gradient(mean, logVarianceGradient, nameof(logVarianceGradient));
        Check.Gradient(logVariance, logVarianceGradient, nameof(logVarianceGradient));
        Check.Distinct<T, T>(meanGradient, nameof(meanGradient), logVarianceGradient, nameof(logVarianceGradient));
        for (int i = 0; i < mean.Length; i++)
        {
            double m = double.CreateTruncating(mean[i]), l = double.CreateTruncating(logVariance[i]);
            if (!meanGradient.IsEmpty)
                meanGradient[i] = T.CreateTruncating(logBase.FromNats(m));
            if (!logVarianceGradient.IsEmpty)
                logVarianceGradient[i] = T.CreateTruncating(logBase.FromNats(0.5 * Elementary.Expm1(l)));
        }

        return value;
    }
}
