using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    private const string TotalVariationRemedy = ", or use Proportions.TotalVariation, which divides by the sums";

    /// <summary>The total variation distance: the largest difference between the probabilities of one event under p and under q.</summary>
    /// <remarks>
    /// TV(p, q) = half the sum over i of |p_i - q_i|, each difference taken exactly. A metric. Time O(n), memory O(1).
    /// Source: Cover and Thomas (2006), section 11.6; Levin, Peres and Wilmer (2009), section 4.1.
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, 1] (up to the masses, which are one within the tolerance), 0 only where p equals q; NaN if an
    /// element is NaN. The error is below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        0.5 * PairReduction.OverDistributions<double, AbsoluteDifferenceTerm>(p, q, TotalVariationRemedy).Rounded;

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double TotalVariation(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        0.5 * PairReduction.OverDistributions<float, AbsoluteDifferenceTerm>(p, q, TotalVariationRemedy).Rounded;

    private const string NoRemedy = "";
}
