using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean0, diag variance0) || N(mean1, diag variance1)) and its derivatives by all parameters, from variances.</summary>
    /// <remarks>
    /// In each dimension, with u = v0/v1 - 1: by m0 it is (m0 - m1)/v1, by m1 the negative of that, by v0 it is u/(2 v0), by v1 it is
    /// -(u + (m0 - m1)^2/v1) / (2 v1). All are 0 where the parameters are equal, and accurate near there.
    /// Time O(d), memory O(1). Source: Kullback (1959), chapter 9, section 1, differentiated.
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <param name="mean0Gradient">Receives d derivatives by mean0, in the unit of the result; empty if not wanted, as each of the four may be.</param>
    /// <param name="variance0Gradient">Receives d derivatives by variance0.</param>
    /// <param name="mean1Gradient">Receives d derivatives by mean1.</param>
    /// <param name="variance1Gradient">Receives d derivatives by variance1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, in [0, +infinity]; NaN if an element is NaN, and then NaN are the derivatives of that dimension it reaches.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is not positive and finite;
    /// a destination is neither empty nor long enough.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1,
        Span<double> mean0Gradient, Span<double> variance0Gradient, Span<double> mean1Gradient, Span<double> variance1Gradient, LogBase logBase = default) =>
        GradientFromVariances(mean0, variance0, mean1, variance1, mean0Gradient, variance0Gradient, mean1Gradient, variance1Gradient, logBase);

    /// <inheritdoc cref="KullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, Span{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1,
        Span<float> mean0Gradient, Span<float> variance0Gradient, Span<float> mean1Gradient, Span<float> variance1Gradient, LogBase logBase = default) =>
        GradientFromVariances(mean0, variance0, mean1, variance1, mean0Gradient, variance0Gradient, mean1Gradient, variance1Gradient, logBase);

    private static double GradientFromVariances<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1,
        Span<T> mean0Gradient, Span<T> variance0Gradient, Span<T> mean1Gradient, Span<T> variance1Gradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double value = FromVariances(mean0, variance0, mean1, variance1, logBase);
        Check.Gradient(mean0, variance0, mean1, variance1, mean0Gradient, nameof(mean0Gradient));
        Check.Gradient(mean0, variance0, mean1, variance1, variance0Gradient, nameof(variance0Gradient));
        Check.Gradient(mean0, variance0, mean1, variance1, mean1Gradient, nameof(mean1Gradient));
        Check.Gradient(mean0, variance0, mean1, variance1, variance1Gradient, nameof(variance1Gradient));
        Check.Distinct<T>(
            mean0Gradient, nameof(mean0Gradient), variance0Gradient, nameof(variance0Gradient),
            mean1Gradient, nameof(mean1Gradient), variance1Gradient, nameof(variance1Gradient));
        for (int i = 0; i < mean0.Length; i++)
        {
            double m0 = double.CreateTruncating(mean0[i]), v0 = double.CreateTruncating(variance0[i]);
            double m1 = double.CreateTruncating(mean1[i]), v1 = double.CreateTruncating(variance1[i]);
            double location = (m0 - m1) / v1, u = (v0 - v1) / v1;
            if (!mean0Gradient.IsEmpty)
                mean0Gradient[i] = T.CreateTruncating(logBase.FromNats(location));
            if (!variance0Gradient.IsEmpty)
                variance0Gradient[i] = T.CreateTruncating(logBase.FromNats(0.5 * u / v0));
            if (!mean1Gradient.IsEmpty)
                mean1Gradient[i] = T.CreateTruncating(logBase.FromNats(-location));
            if (!variance1Gradient.IsEmpty)
                variance1Gradient[i] = T.CreateTruncating(logBase.FromNats(-0.5 * (u + location * (m0 - m1)) / v1));
        }

        return value;
    }
}
