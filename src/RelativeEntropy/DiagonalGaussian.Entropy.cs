using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>The differential entropy of N(m, diag exp 2 logStandardDeviation), whatever the means: the entropy bonus of a Gaussian
    /// policy.</summary>
    /// <remarks>
    /// The sum over the d dimensions of s + log sqrt(2 pi e). It may be negative, and depends on the unit in which the variables are measured.
    /// Its derivative by each s is 1, in nats. Time O(d), memory O(1). Source: Shannon (1948), section 20.
    /// </remarks>
    /// <param name="logStandardDeviation">s, d natural logarithms of standard deviations.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number of either sign, infinite where a sum of elements exceeds the largest double; NaN if an element is NaN. Error at most
    /// 1e-15 of the sum of |s| + log sqrt(2 pi e).</returns>
    /// <exception cref="ArgumentException">The span is empty; an element is infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double EntropyFromLogStandardDeviation(ReadOnlySpan<double> logStandardDeviation, LogBase logBase = default) =>
        EntropyOf(logStandardDeviation, logBase);

    /// <inheritdoc cref="EntropyFromLogStandardDeviation(ReadOnlySpan{double}, LogBase)"/>
    public static double EntropyFromLogStandardDeviation(ReadOnlySpan<float> logStandardDeviation, LogBase logBase = default) =>
        EntropyOf(logStandardDeviation, logBase);

    private static double EntropyOf<T>(ReadOnlySpan<T> logStandardDeviation, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logStandardDeviation.Length, nameof(logStandardDeviation));
        Check.FiniteOrNaN(logStandardDeviation, nameof(logStandardDeviation));

        CompensatedSum sum = default;
        foreach (T s in logStandardDeviation)
        {
            sum.Add(double.CreateTruncating(s));
            sum.Add(Gaussian.EntropyOfStandard);
        }

        return logBase.FromNats(sum.Total);
    }
}
