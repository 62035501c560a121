using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>The 2-Wasserstein distance of N(mean0, diag variance0) and N(mean1, diag variance1).</summary>
    /// <remarks>
    /// The square root of the sum over the d dimensions of (m0 - m1)^2 + (sqrt(v0) - sqrt(v1))^2, the differences of roots without
    /// cancellation: a metric, in the unit of the variable. A variance of 0 is a coordinate known exactly. Time O(d), memory O(1). Source:
    /// Dowson and Landau (1982).
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="variance0">d variances (squares of standard deviations) of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="variance1">d variances of the second distribution.</param>
    /// <returns>A number in [0, +infinity], 0 only where all parameters are equal; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a mean is infinite; a variance is negative or
    /// infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Wasserstein2(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1) =>
        Wasserstein2Of(mean0, variance0, mean1, variance1);

    /// <inheritdoc cref="Wasserstein2(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Wasserstein2(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1) =>
        Wasserstein2Of(mean0, variance0, mean1, variance1);

    private static double Wasserstein2Of<T>(ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean0.Length, variance0.Length, nameof(mean0), nameof(variance0));
        Check.SameNonZeroLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.SameNonZeroLength(mean0.Length, variance1.Length, nameof(mean0), nameof(variance1));
        Check.FiniteOrNaN(mean0, nameof(mean0));
        Check.Measure(variance0, nameof(variance0));
        Check.FiniteOrNaN(mean1, nameof(mean1));
        Check.Measure(variance1, nameof(variance1));
        ScaledSquares sum = default;
        for (int i = 0; i < mean0.Length; i++)
        {
            double v0 = double.CreateTruncating(variance0[i]), v1 = double.CreateTruncating(variance1[i]);
            sum.Add(double.CreateTruncating(mean0[i]) - double.CreateTruncating(mean1[i]));
            sum.Add(v0 == v1 ? 0 : (v0 - v1) / (Math.Sqrt(v0) + Math.Sqrt(v1)));
        }

        return sum.Root;
    }
}
