using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Measures
{
    /// <summary>The symmetrised divergence of Jeffreys of two measures: the sum of (p - q) log(p/q).</summary>
    /// <remarks>
    /// It is the sum of both I-divergences: the masses cancel. p_i = q_i = 0 contributes 0, a zero on one side alone gives +infinity.
    /// Symmetric. Time O(n), memory O(1). Source: Jeffreys (1946).
    /// </remarks>
    /// <param name="p">The first measure, n masses.</param>
    /// <param name="q">The second measure, n masses.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Jeffreys(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<double, JeffreysTerm>(p, q).Terms);

    /// <inheritdoc cref="Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Jeffreys(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverMeasures<float, JeffreysTerm>(p, q).Terms);
}
