using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Gaussian
{
    /// <summary>The Fisher information of N(m, standardDeviation^2) about its mean and about its standard deviation.</summary>
    /// <remarks>
    /// 1/s^2 and 2/s^2; the matrix is diagonal. Half its quadratic form in small steps (dm, ds) is the Kullback-Leibler divergence to
    /// the distribution with these steps taken, up to third order. Time O(1). Source: Fisher (1925).
    /// </remarks>
    /// <param name="standardDeviation">s, the square root of the variance.</param>
    /// <returns>Both entries of the diagonal, in [0, +infinity]; NaN if the standard deviation is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is infinite, zero or negative.</exception>
    public static (double Mean, double StandardDeviation) FisherInformation(double standardDeviation)
    {
        Check.Positive(standardDeviation, nameof(standardDeviation));
        double information = 1 / standardDeviation / standardDeviation;
        return (information, 2 * information);
    }
}
