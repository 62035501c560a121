using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Entropy
{
    /// <summary>Tsallis' entropy of order a: (1 - sum over i of p_i^a) / (a - 1).</summary>
    /// <remarks>
    /// Order 0 is the number of possible outcomes less one, order 1 the limit, Shannon's entropy in nats, order 2 the Gini-Simpson
    /// index. Computed as the sum of p (1 - p^(a-1))/(a-1), whose terms are non-negative and do not cancel near order 1; the mass
    /// of p counts as one. Time O(n), memory O(1). Source: Havrda and Charvat (1967); Tsallis (1988).
    /// </remarks>
    /// <param name="p">The distribution, n probabilities.</param>
    /// <param name="order">a, in [0, +infinity).</param>
    /// <returns>A number in [0, (n^(1-a) - 1)/(1 - a)] (up to the masses, which are one within the tolerance); NaN if an element is NaN.
    /// A mass m above one can give as little as (m - m^a)/(a - 1), which is far below 0 at high orders. Relative error at most
    /// 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is empty, has a negative or infinite element, or does not sum to
    /// one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative, NaN or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Tsallis(ReadOnlySpan<double> p, double order) =>
        TsallisOfOrder(p, order);

    /// <inheritdoc cref="Tsallis(ReadOnlySpan{double}, double)"/>
    public static double Tsallis(ReadOnlySpan<float> p, double order) =>
        TsallisOfOrder(p, order);

    private static double TsallisOfOrder<T>(ReadOnlySpan<T> p, double order)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: false);
        return EntropyPower.Tsallis(p, order).Rounded;
    }
}
