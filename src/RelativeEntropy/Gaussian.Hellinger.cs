using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Gaussian
{
    /// <summary>The Bhattacharyya distance of N(mean0, standardDeviation0^2) and N(mean1, standardDeviation1^2).</summary>
    /// <remarks>
    /// -log of the integral of sqrt(p q): log((s0^2 + s1^2) / (2 s0 s1))/2 + (m0 - m1)^2 / (4 (s0^2 + s1^2)); half the Rényi divergence
    /// of order 1/2. Symmetric. Relative error at most 1e-13, near-equal parameters included. Time O(1). Source: Bhattacharyya (1943).
    /// </remarks>
    /// <param name="mean0">m0, the mean of the first distribution.</param>
    /// <param name="standardDeviation0">s0, the square root of the first variance.</param>
    /// <param name="mean1">m1, the mean of the second distribution.</param>
    /// <param name="standardDeviation1">s1, the square root of the second variance.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if a parameter is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean is infinite, or a standard deviation is infinite, zero or negative.</exception>
    public static double Bhattacharyya(
        double mean0, double standardDeviation0, double mean1, double standardDeviation1, LogBase logBase = default) =>
        logBase.FromNats(0.5 * Renyi(mean0, standardDeviation0, mean1, standardDeviation1, 0.5));

    /// <summary>The squared Hellinger distance of N(mean0, standardDeviation0^2) and N(mean1, standardDeviation1^2).</summary>
    /// <remarks>
    /// 1 - integral of sqrt(p q) = 1 - e^-B for B the Bhattacharyya distance, without cancellation near 0. Symmetric; it has no unit.
    /// Relative error at most 1e-13. Time O(1). Source: Hellinger (1909).
    /// </remarks>
    /// <param name="mean0">m0, the mean of the first distribution.</param>
    /// <param name="standardDeviation0">s0, the square root of the first variance.</param>
    /// <param name="mean1">m1, the mean of the second distribution.</param>
    /// <param name="standardDeviation1">s1, the square root of the second variance.</param>
    /// <returns>A number in [0, 1]; NaN if a parameter is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean is infinite, or a standard deviation is infinite, zero or negative.</exception>
    public static double SquaredHellinger(double mean0, double standardDeviation0, double mean1, double standardDeviation1) =>
        0 - Elementary.Expm1(-Bhattacharyya(mean0, standardDeviation0, mean1, standardDeviation1));
}
