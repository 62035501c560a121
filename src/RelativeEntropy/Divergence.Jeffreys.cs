using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    private const string JeffreysRemedy =
        ", or use Proportions.Jeffreys, which divides by the sums, or Measures.Jeffreys for measures of any mass";

    /// <summary>The symmetrised Kullback-Leibler divergence of Jeffreys: KL(p || q) + KL(q || p).</summary>
    /// <remarks>
    /// J(p, q) = sum over i of (p_i - q_i) log(p_i / q_i), every term of which is non-negative; it is a sum, not a mean.
    /// p_i = q_i = 0 contributes 0, a zero on one side alone gives +infinity. Symmetric. Time O(n), memory O(1).
    /// Source: Jeffreys (1946).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Jeffreys(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<double, JeffreysTerm>(p, q, JeffreysRemedy));

    /// <inheritdoc cref="Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Jeffreys(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<float, JeffreysTerm>(p, q, JeffreysRemedy));
}
