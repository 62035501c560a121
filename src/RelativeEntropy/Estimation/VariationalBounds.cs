using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// What a critic proves of a divergence or an information from samples: lower bounds whose value is only as good as the critic, and whose limits are known.
/// </summary>
/// <remarks>
/// A critic T is any function; it is given by its values at samples, n of p and m of q. For a mutual information p is the joint distribution and q the product of its
/// marginals. No such estimate can be sure of a divergence much above the logarithm of the number of samples (McAllester and Stratos 2020, theorem 1.1). A critic must
/// not have been fitted to the samples at which it is evaluated. NaN gives NaN first; a critic of -infinity at a sample of p, or +infinity at one of q, proves nothing: -infinity.
/// Nothing is allocated; work is rented.
/// </remarks>
public static partial class VariationalBounds
{
    /// <summary>The mean and the variance of the mean; the mean of finite numbers is finite.</summary>
    private static (double Mean, double Variance) MeanOf<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // Parts of the sum, since the whole may leave the range where the mean does not.
        CompensatedSum sum = default, squares = default;
        double n = values.Length;
        foreach (T value in values)
            sum.Add(double.CreateTruncating(value) / n);
        double mean = sum.Value;
        foreach (T value in values)
            squares.Add((double.CreateTruncating(value) - mean) * (double.CreateTruncating(value) - mean));
        return (mean, n == 1 ? double.NaN : squares.Value / n / (n - 1));
    }

    private static Estimate InUnit(double value, double variance, LogBase logBase) =>
        new(logBase.FromNats(value), double.IsFinite(value) && double.IsFinite(variance) ? logBase.FromNats(Math.Sqrt(variance)) : double.NaN);

    /// <summary>Whether the critic at p is -infinity anywhere, or at q +infinity.</summary>
    private static bool ProvesNothing<T>(ReadOnlySpan<T> criticAtP, ReadOnlySpan<T> criticAtQ)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        criticAtP.Contains(T.NegativeInfinity) || criticAtQ.Contains(T.PositiveInfinity);
}
