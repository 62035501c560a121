using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Entropies of distributions on a finite set, given as spans of probabilities.
/// </summary>
/// <remarks>The requirements on the arguments, the precedence of errors, NaN and infinity, and the arithmetic are those of <see cref="Divergence"/>.</remarks>
public static partial class Entropy
{
    private const string NoRemedy = "";
    private const string ShannonRemedy = ", or use Proportions.Entropy, which divides by the sum";

    /// <summary>The Shannon entropy of p: the mean surprise of one outcome.</summary>
    /// <remarks>
    /// H(p) = - sum over i of p_i log p_i; p_i = 0 contributes 0. Time O(n), memory O(1).
    /// Source: Shannon (1948), section 6, theorem 2.
    /// </remarks>
    /// <param name="p">The distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n] (up to the masses, which are one within the tolerance); NaN if an element is NaN. The error is below
    /// 1 unit in the last place.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is empty, has a negative or infinite element, or does not sum to one.</exception>
    /// <example><code>
    /// double bits = Entropy.Shannon([0.5, 0.25, 0.25], LogBase.Bits);   // 1.5
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double Shannon(ReadOnlySpan<double> p, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<double, EntropyTerm>(p, p, ShannonRemedy));

    /// <inheritdoc cref="Shannon(ReadOnlySpan{double}, LogBase)"/>
    public static double Shannon(ReadOnlySpan<float> p, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<float, EntropyTerm>(p, p, ShannonRemedy));
}
