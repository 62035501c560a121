using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Entropy
{
    private const string CrossRemedy = ", or use Proportions.CrossEntropy, which divides by the sums";

    /// <summary>The cross-entropy of p and q: the mean surprise at outcomes drawn from p of one who believes q.</summary>
    /// <remarks>
    /// H(p, q) = - sum over i of p_i log q_i = H(p) + KL(p || q); p_i = 0 contributes 0 whatever q_i is,
    /// p_i &gt; 0 = q_i gives +infinity. Time O(n), memory O(1). Source: Good (1956); Cover and Thomas (2006), section 5.4.
    /// </remarks>
    /// <param name="p">The distribution of the outcomes, n probabilities.</param>
    /// <param name="q">The distribution believed, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], at least H(p) with equality only where p equals q (up to the masses, which are one within the
    /// tolerance); NaN if an element is NaN. The error is below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <example><code>
    /// double bits = Entropy.Cross([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], LogBase.Bits);   // 1.75
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double Cross(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<double, CrossEntropyTerm>(p, q, CrossRemedy));

    /// <inheritdoc cref="Cross(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Cross(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(PairReduction.OverDistributions<float, CrossEntropyTerm>(p, q, CrossRemedy));
}
