using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergences between two non-negative measures of any total mass on the same finite set, given as spans of equal length.
/// </summary>
/// <remarks>
/// Every element must be non-negative and finite, else <see cref="ArgumentException"/> names the argument, the index and the
/// value. A NaN gives NaN; after that, +infinity. Nothing is normalised or smoothed, all arithmetic is in float64,
/// the spans are read once and nothing is allocated.
/// </remarks>
public static partial class Measures
{
    /// <summary>The generalised Kullback-Leibler divergence, or I-divergence: the sum of p log(p/q) - p + q.</summary>
    /// <remarks>
    /// Each term is non-negative and zero only at p_i = q_i; p_i = 0 contributes q_i, p_i &gt; 0 = q_i gives +infinity.
    /// In a base b the whole sum is divided by ln b, the masses with it. Time O(n), memory O(1).
    /// Source: Csiszar (1991); for spectra, Lee and Seung (2001), equation 3.
    /// </remarks>
    /// <param name="p">The first measure, n masses.</param>
    /// <param name="q">The second measure, n masses.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite.</exception>
    /// <example><code>
    /// double generalised = Measures.KullbackLeibler([7, 0, 3], [5, 2, 3]);   // 2.355305656
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<double, KullbackLeiblerTerm>(p, q).Terms);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeibler(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<float, KullbackLeiblerTerm>(p, q).Terms);
}
