using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// What a critic proves of a divergence or an information from samples: lower bounds whose value is only as good as the critic, and whose
/// limits are known.
/// </summary>
/// <remarks>
/// A critic T is any function; it is given by its values at samples, n of p and m of q. For a mutual information p is the joint
/// distribution and q the product of its
/// marginals. No such estimate can be sure of a divergence much above the logarithm of the number of samples (McAllester and Stratos 2020,
/// theorem 1.1). A critic must
/// not have been fitted to the samples at which it is evaluated. NaN gives NaN first; a critic of -infinity at a sample of p, or +infinity
/// at one of q, proves nothing: -infinity.
/// Nothing is allocated; work is rented.
/// </remarks>
public static partial class VariationalBounds
{
    /// <summary>The mean and its standard error, which are finite for finite numbers; NaN for the error of one.</summary>
    private static Estimate MeanOf<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // Parts of the sum, since the whole may leave the range where the mean does not.
        CompensatedSum sum = default, squares = default;
        double n = values.Length, largest = 0;
        foreach (T value in values)
            sum.Add(double.CreateTruncating(value) / n);
        double mean = sum.Value;
        foreach (T value in values)
            largest = Math.Max(largest, Math.Abs(0.5 * double.CreateTruncating(value) - 0.5 * mean));
        foreach (T value in values)
        {
            double part = largest == 0 ? 0 : (0.5 * double.CreateTruncating(value) - 0.5 * mean) / largest;
            squares.Add(part * part);
        }

        return new(mean, n == 1 ? double.NaN : 2 * largest * Math.Sqrt(squares.Value / n / (n - 1)));
    }

    private static Estimate InUnit(double value, double standardError, LogBase logBase) =>
        double.IsInfinity(value) ? new(value, double.PositiveInfinity) : new(logBase.FromNats(value), logBase.FromNats(standardError));

    /// <summary>Whether the critic at p is -infinity anywhere, or at q +infinity.</summary>
    private static bool ProvesNothing<T>(ReadOnlySpan<T> criticAtP, ReadOnlySpan<T> criticAtQ)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        criticAtP.Contains(T.NegativeInfinity) || criticAtQ.Contains(T.PositiveInfinity);
}
