using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>Renyi's divergence of order a: log(S)/(a - 1) for the power sum S = sum over i of p_i^a q_i^(1-a).</summary>
    /// <remarks>
    /// <para>Its limits are part of it: order 0 gives -log q(p &gt; 0), order 1 the Kullback-Leibler divergence, +infinity the
    /// largest log(p_i/q_i). It does not decrease as the order grows. Order 1/2 is twice the Bhattacharyya divergence, order 2 is
    /// log(1 + chi-squared). Orders from 1e290 on count as infinite.</para>
    /// <para>S - 1 is computed as a sum of terms that vanish with p - q and with a - 1, so that nothing cancels where p is near q
    /// or the order near 1; the masses of p and q then count as one. Where S is below a half or overflows, log S is taken from
    /// scaled powers.</para>
    /// <para>An outcome impossible under q alone gives +infinity from order 1 on, and costs a finite amount below; distributions without a
    /// common outcome give +infinity at every order. Time O(n) in one to three passes, memory O(1).
    /// Source: Renyi (1961); van Erven and Harremoes (2014).</para>
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="order">a, in [0, +infinity].</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity] (up to the masses, which are one within the tolerance); NaN if an element is NaN. Relative
    /// error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative or NaN.</exception>
    /// <example><code>
    /// double ofOrder2 = Divergence.Renyi([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], order: 2);   // 0.02203703105
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double Renyi(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double order, LogBase logBase = default) =>
        RenyiOfOrder(p, q, order, logBase);

    /// <inheritdoc cref="Renyi(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double Renyi(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double order, LogBase logBase = default) =>
        RenyiOfOrder(p, q, order, logBase);

    private static double RenyiOfOrder<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double order, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: true);
        return logBase.FromNats(PowerSum.Renyi(p, q, order, NoRemedy));
    }
}
