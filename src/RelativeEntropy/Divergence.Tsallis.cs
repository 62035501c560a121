using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>Tsallis' divergence of order a: (S - 1)/(a - 1) for the power sum S = sum over i of p_i^a q_i^(1-a).</summary>
    /// <remarks>
    /// Order 1 is the limit, the Kullback-Leibler divergence in nats; order 0 gives q(p = 0), order 2 Pearson's chi-squared.
    /// Every term is non-negative and computed without cancellation where p is near q or the order near 1, as the sum of
    /// (p^a q^(1-a) - a p - (1 - a) q)/(a - 1). An outcome impossible under q alone gives +infinity from order 1 on.
    /// Time O(n), memory O(1). Source: Tsallis (1998).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="order">a, in [0, +infinity).</param>
    /// <returns>A number in [0, +infinity], at most 1/(1 - a) for a below 1 (up to the masses, which are one within the tolerance); NaN if
    /// an element is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative, NaN or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Tsallis(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double order) =>
        TsallisOfOrder(p, q, order);

    /// <inheritdoc cref="Tsallis(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>
    public static double Tsallis(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double order) =>
        TsallisOfOrder(p, q, order);

    private static double TsallisOfOrder<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double order)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: false);
        return PowerSum.Tsallis(p, q, order, NoRemedy);
    }
}
