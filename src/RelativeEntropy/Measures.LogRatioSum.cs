using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Measures
{
    /// <summary>The plain sum of p log(p/q), without the masses: of either sign, and not a divergence unless both masses are equal.</summary>
    /// <remarks>
    /// <para>p_i = 0 contributes 0, p_i &gt; 0 = q_i gives +infinity. By the log-sum inequality it is at least P log(P/Q)
    /// for the masses P and Q (Cover and Thomas 2006, theorem 2.7.1).</para>
    /// <para>Its terms have both signs. Where p is near q they cancel, and the rounding of the inputs alone makes the sum
    /// differ from the divergence by as much as their masses differ: <see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    /// does not suffer from this. Time O(n), memory O(1). Source: Kullback and Leibler (1951).</para>
    /// </remarks>
    /// <param name="p">The first measure, n masses.</param>
    /// <param name="q">The second measure, n masses.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in (-infinity, +infinity]; NaN if an element is NaN.
    /// The error is below 1 unit in the last place of the sum of the terms' absolute values.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double LogRatioSum(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<double, RelativeEntropyTerm>(p, q).Terms);

    /// <inheritdoc cref="LogRatioSum(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double LogRatioSum(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<float, RelativeEntropyTerm>(p, q).Terms);
}
