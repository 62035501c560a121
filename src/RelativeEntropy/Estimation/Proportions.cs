using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergences and entropies of proportions: of p/P and q/Q for masses or counts p and q with the sums P and Q. Nothing need sum to one.
/// </summary>
/// <remarks>
/// <para>For histograms and word counts, for probabilities that another program rounded to four decimals, for softmaxes in half precision.
/// Every function is scale-free: a common factor on p or on q changes nothing (a power of two: not a bit). Where p and q do sum to one it
/// is the function of the same name of <see cref="Divergence"/> or <see cref="RelativeEntropy.Entropy"/>.</para>
/// <para>Each element must be finite and at least 0, and some element positive; what is not throws, and the message names the argument,
/// the index and the value. A NaN is not an error but an unknown: the result is NaN. Where several of these meet, throwing comes first,
/// then NaN, then +infinity. Empty cells are not smoothed: <see cref="Measures.Smooth(ReadOnlySpan{double}, double, Span{double})"/> does
/// that, by name.</para>
/// <para>The quotients are never formed. With P and Q kept to 106 bits, the terms are those of x = p Q and y = q P, whose difference keeps
/// all its digits, and their sum is divided by P Q once: nothing is lost where the proportions are nearly equal. The spans are read twice
/// and nothing is allocated. Counts, of type int or long, are exact, however large.</para>
/// </remarks>
public static partial class Proportions
{
    /// <summary>The Kullback-Leibler divergence of p/P from q/Q.</summary>
    /// <remarks>
    /// KL = sum over i of (p_i/P) log((p_i/P) / (q_i/Q)). p_i = 0 contributes 0, p_i &gt; 0 = q_i gives +infinity. Of the counts of a
    /// sample, times twice their sum, it is the statistic of the G-test
    /// (<see cref="Drift.GTest(ReadOnlySpan{long}, ReadOnlySpan{double})"/>). Time O(n), memory O(1). Source: Kullback and Leibler (1951),
    /// section 2.
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    /// <example><code>
    /// double ofCounts = Proportions.KullbackLeibler([2, 1, 1], [1, 1, 2]);              // 0.1732867951
    /// double same = Divergence.KullbackLeibler([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]);   // 0.1732867951
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(KullbackLeiblerOfProportions)));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(KullbackLeiblerOfProportions)));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(ReadOnlySpan<int> p, ReadOnlySpan<int> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(KullbackLeiblerOfProportions)));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(ReadOnlySpan<long> p, ReadOnlySpan<long> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(KullbackLeiblerOfProportions)));
}
