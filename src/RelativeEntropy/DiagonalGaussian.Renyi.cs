using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>The Rényi divergence of an order from N(mean0, diag variance0) to N(mean1, diag variance1).</summary>
    /// <remarks>
    /// The sum over the d dimensions of the univariate divergences, since the coordinates are independent: see
    /// <see cref="Gaussian.Renyi"/> for the formula, the limits of the order and the accuracy. +infinity where, for an order a above 1,
    /// a v1 + (1 - a) v0 is not positive in any one dimension. Time O(d), memory O(1). Source: Gil, Alajaji and Linder (2013).
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <param name="order">The order a, in [0, +infinity].</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], non-decreasing in the order; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is not positive and finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or NaN.</exception>
    [OverloadResolutionPriority(1)]
    public static double Renyi(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1, double order, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(mean0, variance0, mean1, variance1, order));

    /// <inheritdoc cref="Renyi(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double Renyi(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1, double order, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(mean0, variance0, mean1, variance1, order));

    private static double RenyiInNats<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1, double order)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: true);
        double divergence = FromVariances(mean0, variance0, mean1, variance1, LogBase.Nats);
        if (order == 1 || double.IsNaN(divergence))
            return divergence;
        if (order == 0)
            return 0;

        RenyiOrder renyi = RenyiOrder.Of(order);
        CompensatedSum sum = default;
        for (int i = 0; i < mean0.Length; i++)
        {
            double m0 = double.CreateTruncating(mean0[i]), v0 = double.CreateTruncating(variance0[i]);
            double m1 = double.CreateTruncating(mean1[i]), v1 = double.CreateTruncating(variance1[i]);
            sum.Add(double.IsPositiveInfinity(order) ? LargestLogRatio(m0, v0, m1, v1) : RenyiTerms.OfVariances(m0, v0, m1, v1, renyi));
        }

        return renyi.Factor * (0.5 * sum.Value);
    }

    private static double LargestLogRatio(double m0, double v0, double m1, double v1)
    {
        double squaredDifference = m0 == m1 ? 0 : Math.Max(NormalTerms.SquaredDifference(m0, m1, v1), double.Epsilon);
        return RenyiTerms.Largest((v0 - v1) / v1, LogRatio.Of(v0, v1), squaredDifference);
    }
}
