using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>The Bhattacharyya distance of N(mean0, diag variance0) and N(mean1, diag variance1).</summary>
    /// <remarks>
    /// -log of the integral of sqrt(p q): the sum over the d dimensions of log((v0 + v1) / (2 sqrt(v0 v1)))/2 + (m0 - m1)^2 / (4 (v0 + v1));
    /// half the Rényi divergence of order 1/2. Symmetric. Time O(d), memory O(1). Source: Bhattacharyya (1943).
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Bhattacharyya(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1, LogBase logBase = default) =>
        logBase.FromNats(0.5 * RenyiInNats(mean0, variance0, mean1, variance1, 0.5));

    /// <inheritdoc cref="Bhattacharyya(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Bhattacharyya(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1, LogBase logBase = default) =>
        logBase.FromNats(0.5 * RenyiInNats(mean0, variance0, mean1, variance1, 0.5));

    /// <summary>The squared Hellinger distance of N(mean0, diag variance0) and N(mean1, diag variance1).</summary>
    /// <remarks>
    /// 1 - integral of sqrt(p q) = 1 - e^-B for B the Bhattacharyya distance, without cancellation near 0. Symmetric; it has no unit.
    /// Time O(d), memory O(1). Source: Hellinger (1909).
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <returns>A number in [0, 1]; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double SquaredHellinger(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1) =>
        0 - Elementary.Expm1(-0.5 * RenyiInNats(mean0, variance0, mean1, variance1, 0.5));

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double SquaredHellinger(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1) =>
        0 - Elementary.Expm1(-0.5 * RenyiInNats(mean0, variance0, mean1, variance1, 0.5));
}
