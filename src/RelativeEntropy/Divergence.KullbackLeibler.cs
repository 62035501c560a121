using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergences between two distributions on the same finite set, given as spans of probabilities of equal length.
/// </summary>
/// <remarks>
/// <para>Each argument must be non-negative, finite, and sum to one within the square root of its type's machine epsilon
/// (2^-26, about 1.5e-8, for double; 2^-11.5, about 3.5e-4, for float). What is not throws, and the message names the argument,
/// the index and the value. A NaN is not an error but an unknown: the result is NaN. Where several of these meet,
/// throwing comes first, then NaN, then +infinity.</para>
/// <para>A range stated is that of masses of exactly one. Masses that differ from it by at most t, as the tolerance allows, can take a
/// value, in nats, past a bound b by at most 2 t (1 + |b|).</para>
/// <para>Arrays and spans of floats are floats. A list in brackets is one of doubles, whatever stands in it: whole numbers, floats or
/// nothing.</para>
/// <para>Nothing is smoothed, clipped or renormalised. All arithmetic is in float64, whatever the type of the spans.
/// The spans are read once and nothing is allocated.</para>
/// </remarks>
public static partial class Divergence
{
    private const string MeasuresRemedy =
        ", or use Proportions.KullbackLeibler, which divides by the sums, or Measures.KullbackLeibler for measures of any mass";

    /// <summary>The Kullback-Leibler divergence of p from q: how much is lost, per outcome drawn from p, by believing q.</summary>
    /// <remarks>
    /// <para>KL(p || q) = sum over i of p_i log(p_i / q_i), computed as the sum of p log(p/q) - p + q: the same number where
    /// both sum to one, non-negative term by term, and without cancellation where p is near q. For inputs that sum to one
    /// only within the tolerance this form is the one returned.</para>
    /// <para>p_i = 0 contributes q_i; p_i &gt; 0 = q_i gives +infinity. Time O(n), memory O(1).
    /// Source: Kullback and Leibler (1951), section 2; the form is Csiszar's (1991).</para>
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <example><code>
    /// double nats = Divergence.KullbackLeibler([0.4, 0.3, 0.3], [0.33, 0.33, 0.34]);                 // 0.01080676023
    /// double bits = Divergence.KullbackLeibler([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], LogBase.Bits);   // 0.01559085939
    /// double impossible = Divergence.KullbackLeibler([0.5, 0.5], [1, 0]);                            // Infinity
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<double, KullbackLeiblerTerm>(p, q, MeasuresRemedy));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<float, KullbackLeiblerTerm>(p, q, MeasuresRemedy));
}
