using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>The derivatives of a divergence between two univariate normals by their four parameters.</summary>
/// <remarks>The default value is that of equal parameters: all four are 0.</remarks>
/// <param name="Mean0">By the mean of the first distribution.</param>
/// <param name="StandardDeviation0">By the standard deviation of the first.</param>
/// <param name="Mean1">By the mean of the second.</param>
/// <param name="StandardDeviation1">By the standard deviation of the second.</param>
public readonly record struct GaussianGradient(double Mean0, double StandardDeviation0, double Mean1, double StandardDeviation1);

public static partial class Gaussian
{
    /// <summary>KL(N(mean0, standardDeviation0^2) || N(mean1, standardDeviation1^2)) and its derivatives by all four parameters.</summary>
    /// <remarks>
    /// With z = (m0 - m1)/s1 and u = (s0/s1)^2 - 1: by m0 it is z/s1, by m1 the negative of that, by s0 it is u/s0, by s1 it is
    /// -(u + z^2)/s1. All are 0 where the parameters are equal, and accurate near there: relative error at most 1e-13, for s1
    /// relative to (|u| + z^2)/s1, since its two parts may cancel. Time O(1). Source: Kullback (1959), chapter 9, section 1, differentiated.
    /// </remarks>
    /// <param name="mean0">m0, the mean of the first distribution.</param>
    /// <param name="standardDeviation0">s0, the square root of the first variance.</param>
    /// <param name="mean1">m1, the mean of the second distribution.</param>
    /// <param name="standardDeviation1">s1, the square root of the second variance.</param>
    /// <param name="gradient">The four derivatives, in the unit of the result; NaN if a parameter they depend on is NaN.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, in [0, +infinity].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean is infinite, or a standard deviation is infinite, zero or negative.</exception>
    public static double KullbackLeiblerGradient(
        double mean0, double standardDeviation0, double mean1, double standardDeviation1, out GaussianGradient gradient, LogBase logBase = default)
    {
        double value = KullbackLeibler(mean0, standardDeviation0, mean1, standardDeviation1, logBase);
        double z = NormalTerms.StandardisedDifference(mean0, mean1, standardDeviation1);
        double u = NormalTerms.SquaredRatioLessOne(standardDeviation0, standardDeviation1);
        double location = logBase.FromNats(z / standardDeviation1);
        gradient = new(
            location,
            logBase.FromNats(u / standardDeviation0),
            -location,
            logBase.FromNats(-(u + z * z) / standardDeviation1));
        return value;
    }
}
