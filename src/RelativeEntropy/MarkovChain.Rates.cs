using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MarkovChain
{
    /// <summary>The entropy rate of the stationary chain: the mean surprise at a step.</summary>
    /// <remarks>
    /// The sum over i of pi_i H(row i) for the stationary distribution pi; the entropy of n successive states divided by n tends to it.
    /// Time O(n^3), memory O(n^2), rented. Source: Shannon (1948), section 7; Cover and Thomas (2006), section 4.2.
    /// </remarks>
    /// <param name="transitions">The n by n transition probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n] (up to the masses of the rows, which are one within the tolerance); NaN if an element is NaN.
    /// Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="transitions"/> is empty, not square, or has a row that is no
    /// distribution; the chain has more than one closed class.</exception>
    /// <example><code>
    /// double nats = MarkovChain.EntropyRate([0.9, 0.1, 0.5, 0.5]);   // 0.3864270079
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double EntropyRate(ReadOnlySpan<double> transitions, LogBase logBase = default) =>
        Rate<double, EntropyTerm>(transitions, transitions, nameof(transitions), nameof(transitions), logBase);

    /// <inheritdoc cref="EntropyRate(ReadOnlySpan{double}, LogBase)"/>
    public static double EntropyRate(ReadOnlySpan<float> transitions, LogBase logBase = default) =>
        Rate<float, EntropyTerm>(transitions, transitions, nameof(transitions), nameof(transitions), logBase);

    /// <summary>The Kullback-Leibler divergence rate of two chains, per step, with the first at its stationary distribution.</summary>
    /// <remarks>
    /// The sum over i of pi_i KL(row i of p || row i of q) for the stationary distribution pi of p; states that are transient under
    /// p do not count. Time O(n^3), memory O(n^2), rented. Source: Rached, Alajaji and Campbell (2004).
    /// </remarks>
    /// <param name="p">The n by n transition probabilities of the first chain.</param>
    /// <param name="q">Those of the second chain; any number of closed classes.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty, differ in length or are not square; a row is no distribution; the
    /// first chain has more than one closed class.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerRate(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        Rate<double, KullbackLeiblerTerm>(p, q, nameof(p), nameof(q), logBase);

    /// <inheritdoc cref="KullbackLeiblerRate(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeiblerRate(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        Rate<float, KullbackLeiblerTerm>(p, q, nameof(p), nameof(q), logBase);

    private static double Rate<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, string pName, string qName, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        Check.SameNonZeroLength(p.Length, q.Length, pName, qName);
        (int states, bool anyNaN) = Check.Transitions(p, pName);
        anyNaN |= Check.Transitions(q, qName).AnyNaN;
        if (anyNaN)
            return double.NaN;

        double[] work = ArrayPool<double>.Shared.Rent(states * (states + 1));
        try
        {
            ReadOnlySpan<double> stationary = Elimination.Stationary(p, states, work, pName);
            CompensatedSum rate = default;
            for (int i = 0; i < states; i++)
            {
                if (stationary[i] > 0)
                    rate.Add(PairReduction.Sum<T, TTerm>(p.Slice(i * states, states), q.Slice(i * states, states)).Terms.Times(stationary[i]));
            }

            return logBase.FromNats(rate.Total);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(work);
        }
    }
}
