using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Entropy
{
    /// <summary>Renyi's entropy of order a: log(sum over i of p_i^a) / (1 - a).</summary>
    /// <remarks>
    /// <para>Its limits are part of it: order 0 is Hartley's entropy, the logarithm of the number of possible outcomes; order 1 is
    /// Shannon's; order 2 is the collision entropy; +infinity the min-entropy -log max p. It does not increase with the order.
    /// Orders from 1e290 on count as infinite.</para>
    /// <para>The power sum less one is computed as the sum of p (p^(a-1) - 1), so that nothing cancels where p is nearly certain or
    /// the order near 1; the mass of p then counts as one. Time O(n) in one to three passes, memory O(1). Source: Renyi
    /// (1961).</para>
    /// </remarks>
    /// <param name="p">The distribution, n probabilities.</param>
    /// <param name="order">a, in [0, +infinity].</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n] (up to the masses, which are one within the tolerance); NaN if an element is NaN. Relative error
    /// at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is empty, has a negative or infinite element, or does not sum to
    /// one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative or NaN.</exception>
    [OverloadResolutionPriority(1)]
    public static double Renyi(ReadOnlySpan<double> p, double order, LogBase logBase = default) =>
        RenyiOfOrder(p, order, logBase);

    /// <inheritdoc cref="Renyi(ReadOnlySpan{double}, double, LogBase)"/>
    public static double Renyi(ReadOnlySpan<float> p, double order, LogBase logBase = default) =>
        RenyiOfOrder(p, order, logBase);

    private static double RenyiOfOrder<T>(ReadOnlySpan<T> p, double order, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: true);
        return logBase.FromNats(EntropyPower.Renyi(p, order));
    }
}
