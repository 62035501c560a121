using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Closed forms for univariate normal distributions N(m, s^2), given by mean m and standard deviation s.
/// </summary>
/// <remarks>
/// A mean must be finite, a standard deviation finite and positive (for the distance of Wasserstein, at least 0); else <see cref="ArgumentOutOfRangeException"/> names the
/// parameter and the value. A NaN gives NaN. Relative error at most 1e-13, also where the parameters are nearly equal.
/// </remarks>
public static partial class Gaussian
{
    /// <summary>KL(N(mean0, standardDeviation0^2) || N(mean1, standardDeviation1^2)).</summary>
    /// <remarks>
    /// With r = s0/s1 and u = r^2 - 1 it is (u - log(1 + u))/2 + ((m0 - m1)/s1)^2/2, where u comes from the exact difference
    /// s0 - s1: the textbook form log(s1/s0) + (s0^2 + (m0 - m1)^2)/(2 s1^2) - 1/2 loses all digits as s0 approaches s1.
    /// Time O(1). Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">m0, the mean of the first distribution.</param>
    /// <param name="standardDeviation0">s0, the square root of the first variance.</param>
    /// <param name="mean1">m1, the mean of the second distribution.</param>
    /// <param name="standardDeviation1">s1, the square root of the second variance.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where the parameters are equal (or the truth is below the smallest double);
    /// +infinity only where the truth exceeds the largest double; NaN if a parameter is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean is infinite, or a standard deviation is infinite, zero or negative.</exception>
    /// <example><code>
    /// double nats = Gaussian.KullbackLeibler(mean0: 0, standardDeviation0: 1, mean1: 1, standardDeviation1: 2);   // 0.4431471806
    /// </code></example>
    public static double KullbackLeibler(
        double mean0, double standardDeviation0, double mean1, double standardDeviation1, LogBase logBase = default)
    {
        Check.Finite(mean0, nameof(mean0));
        Check.Positive(standardDeviation0, nameof(standardDeviation0));
        Check.Finite(mean1, nameof(mean1));
        Check.Positive(standardDeviation1, nameof(standardDeviation1));

        double spread = NormalTerms.OfScales(standardDeviation0, standardDeviation1);
        double location = NormalTerms.StandardisedDifference(mean0, mean1, standardDeviation1);
        return logBase.FromNats(0.5 * (spread + location * location));
    }
}
