using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Measures
{
    /// <summary>Amari's alpha-divergence of two measures, with their masses.</summary>
    /// <remarks>
    /// The sum over i of 4/(1 - alpha^2) ((1 - alpha)/2 p_i + (1 + alpha)/2 q_i - p_i^((1 - alpha)/2) q_i^((1 + alpha)/2)), every
    /// term of which is non-negative. alpha = -1 is the limit KL(p || q) of measures, alpha = 1 the limit KL(q || p), both in nats;
    /// zeros behave as in <see cref="Divergence.Alpha(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>. Time O(n), memory
    /// O(1). Source: Zhu and Rohwer (1995); Amari and Nagaoka (2000), section 3.2.
    /// </remarks>
    /// <param name="p">The first measure, n masses.</param>
    /// <param name="q">The second measure, n masses.</param>
    /// <param name="alpha">Any finite number.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q; NaN if an element is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite.</exception>
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
        Check.Alpha(alpha);
        return PairReduction.OverMeasures(p, q, new AmariTerm(alpha)).Terms.Rounded;
    }
}
