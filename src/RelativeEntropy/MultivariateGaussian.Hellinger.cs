using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>The Bhattacharyya distance of N(mean0, covariance0) and N(mean1, covariance1).</summary>
    /// <remarks>
    /// -log of the integral of sqrt(p q): log(det((S0 + S1)/2) / sqrt(det S0 det S1))/2 + (m0 - m1)' (S0 + S1)^-1 (m0 - m1) / 4; half the
    /// Rényi divergence of order 1/2. Symmetric. Near-equal covariances keep their digits. Time O(d^3). Source: Bhattacharyya (1943).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double Bhattacharyya(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(0.5 * RenyiInNats(mean0, covariance0, mean1, covariance1, 0.5, work));

    /// <inheritdoc cref="Bhattacharyya(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double Bhattacharyya(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(0.5 * RenyiInNats(mean0, covariance0, mean1, covariance1, 0.5, work));

    /// <summary>The squared Hellinger distance of N(mean0, covariance0) and N(mean1, covariance1).</summary>
    /// <remarks>
    /// 1 - integral of sqrt(p q) = 1 - e^-B for B the Bhattacharyya distance, without cancellation near 0. Symmetric; it has no unit.
    /// Time O(d^3). Source: Hellinger (1909).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [0, 1]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double SquaredHellinger(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> work = default) =>
        0 - Elementary.Expm1(-0.5 * RenyiInNats(mean0, covariance0, mean1, covariance1, 0.5, work));

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>
    public static double SquaredHellinger(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<double> work = default) =>
        0 - Elementary.Expm1(-0.5 * RenyiInNats(mean0, covariance0, mean1, covariance1, 0.5, work));
}
