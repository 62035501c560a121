using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>Amari's alpha-divergence: 4/(1 - alpha^2) (1 - sum over i of p_i^((1 - alpha)/2) q_i^((1 + alpha)/2)).</summary>
    /// <remarks>
    /// alpha = -1 is the limit KL(p || q), alpha = 1 the limit KL(q || p), both in nats; alpha = 0 is four times the squared
    /// Hellinger distance, alpha = -3 and 3 are half of Pearson's and Neyman's chi-squared. Exchanging p and q changes the sign of
    /// alpha. Every term is non-negative and computed without cancellation where p is near q or alpha near -1 or 1. For alpha up to
    /// -1, p_i &gt; 0 = q_i gives +infinity, and from 1 on, p_i = 0 &lt; q_i does. Time O(n), memory O(1). Source: Amari (1985);
    /// Amari and Nagaoka (2000), section 3.2.
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="alpha">Any finite number.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is NaN or infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Alpha(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double alpha) =>
        AlphaOf(p, q, alpha);

    /// <inheritdoc cref="Alpha(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>
    public static double Alpha(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double alpha) =>
        AlphaOf(p, q, alpha);

    private static double AlphaOf<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double alpha)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        const string Remedy = ", or use Measures.Alpha for measures of any mass";
        Check.Alpha(alpha);
        return PairReduction.OverDistributions(p, q, new AmariTerm(alpha), Remedy).Rounded;
    }
}
