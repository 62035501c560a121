using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Measures
{
    /// <summary>The Itakura-Saito divergence of two spectra: the sum of p/q - 1 - log(p/q).</summary>
    /// <remarks>
    /// Every term is non-negative and is computed without cancellation where p_i is near q_i; a factor common to both spectra changes
    /// nothing. A zero on one side alone gives +infinity; p_i = q_i = 0 contributes 0, the lower limit. It is a sum, not a mean.
    /// Time O(n), memory O(1). Source: Itakura and Saito (1968).
    /// </remarks>
    /// <param name="p">The first measure, n masses.</param>
    /// <param name="q">The second measure, n masses.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q; NaN if an element is NaN. The error is below 4 units in the
    /// last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double ItakuraSaito(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        PairReduction.OverMeasures<double, ItakuraSaitoTerm>(p, q).Terms.Rounded;

    /// <inheritdoc cref="ItakuraSaito(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double ItakuraSaito(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        PairReduction.OverMeasures<float, ItakuraSaitoTerm>(p, q).Terms.Rounded;
}
