using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean, diag exp logVariance) || N(0, I)): the regularising term of a variational autoencoder.</summary>
    /// <remarks>
    /// Half the sum over the d dimensions of m^2 + (e^l - 1 - l), where e^l - 1 - l is computed without cancellation:
    /// a posterior near the prior, where training ends, is where the textbook form loses its digits.
    /// Time O(d), memory O(1). Source: Kingma and Welling (2014), appendix B.
    /// </remarks>
    /// <param name="mean">d means.</param>
    /// <param name="logVariance">d natural logarithms of variances.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The sum over all dimensions, in [0, +infinity]; 0 only where all means and log-variances are 0.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite.</exception>
    /// <example><code>
    /// double latent = DiagonalGaussian.KullbackLeiblerToStandard(mean: [0.1, -0.2], logVariance: [0.05, -0.1]);   // 0.02805425721
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerToStandard(ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, LogBase logBase = default) =>
        ToStandard(mean, logVariance, logBase);

    /// <inheritdoc cref="KullbackLeiblerToStandard(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeiblerToStandard(ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance, LogBase logBase = default) =>
        ToStandard(mean, logVariance, logBase);

    private static double ToStandard<T>(ReadOnlySpan<T> mean, ReadOnlySpan<T> logVariance, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean.Length, logVariance.Length, nameof(mean), nameof(logVariance));
        Check.FiniteOrNaN(mean, nameof(mean));
        Check.FiniteOrNaN(logVariance, nameof(logVariance));
        return logBase.FromNats(0.5 * PairReduction.Sum<T, StandardNormalTerm>(mean, logVariance).Terms.Value);
    }
}
