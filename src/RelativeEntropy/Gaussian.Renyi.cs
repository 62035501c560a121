using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Gaussian
{
    /// <summary>The Rényi divergence of an order from N(mean0, standardDeviation0^2) to N(mean1, standardDeviation1^2).</summary>
    /// <remarks>
    /// For order a: log(integral of p^a q^(1-a)) / (a - 1), which is log(s1/s0) + log(s1^2/s*^2) / (2 (a - 1)) + a (m0 - m1)^2 / (2 s*^2)
    /// with s*^2 = a s1^2 + (1 - a) s0^2, and +infinity where s*^2 is not positive (only for a above 1). Order 0 gives 0, order 1 the
    /// Kullback-Leibler divergence, order +infinity the logarithm of the largest ratio of the densities. Non-decreasing in the order.
    /// Relative error at most 1e-13, near-equal parameters and orders near 0 and 1 included; for orders above 1 it grows by the
    /// factor 1 + |1 - a| s0^2 / s*^2 as s*^2 nears zero. Time O(1). Source: Gil, Alajaji and Linder (2013).
    /// </remarks>
    /// <param name="mean0">m0, the mean of the first distribution.</param>
    /// <param name="standardDeviation0">s0, the square root of the first variance.</param>
    /// <param name="mean1">m1, the mean of the second distribution.</param>
    /// <param name="standardDeviation1">s1, the square root of the second variance.</param>
    /// <param name="order">The order a, in [0, +infinity].</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if a parameter is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean is infinite; a standard deviation is infinite, zero or negative; the order is negative or NaN.</exception>
    public static double Renyi(
        double mean0, double standardDeviation0, double mean1, double standardDeviation1, double order, LogBase logBase = default)
    {
        Check.Order(order, infinite: true);
        double divergence = KullbackLeibler(mean0, standardDeviation0, mean1, standardDeviation1);
        if (double.IsNaN(divergence))
            return divergence;
        return logBase.FromNats(order switch
        {
            0 => 0,
            1 => divergence,
            double.PositiveInfinity => 0.5 * LargestLogRatio(mean0, standardDeviation0, mean1, standardDeviation1),
            _ => RenyiInNats(mean0, standardDeviation0, mean1, standardDeviation1, order),
        });
    }

    private static double RenyiInNats(double mean0, double standardDeviation0, double mean1, double standardDeviation1, double order)
    {
        RenyiOrder renyi = RenyiOrder.Of(order);
        return renyi.Factor * (0.5 * RenyiTerms.OfScales(mean0, standardDeviation0, mean1, standardDeviation1, renyi));
    }

    private static double LargestLogRatio(double mean0, double standardDeviation0, double mean1, double standardDeviation1)
    {
        double z = NormalTerms.StandardisedDifference(mean0, mean1, standardDeviation1);
        double squaredDifference = mean0 == mean1 ? 0 : Math.Max(z * z, double.Epsilon);
        double u = NormalTerms.SquaredRatioLessOne(standardDeviation0, standardDeviation1);
        return RenyiTerms.Largest(u, 2 * LogRatio.Of(standardDeviation0, standardDeviation1), squaredDifference);
    }
}
