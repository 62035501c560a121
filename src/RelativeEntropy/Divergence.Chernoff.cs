using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Chernoff coefficient: the sum over i of p_i^w q_i^(1-w).</summary>
    /// <remarks>
    /// At w = 0 it is the limit q(p &gt; 0), at w = 1 the limit p(q &gt; 0). Time O(n), memory O(1). Source: Chernoff (1952).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="weight">w, the exponent of p, in [0, 1].</param>
    /// <returns>A number in [0, 1] (up to rounding and the masses, which are one within the tolerance); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1].</exception>
    [OverloadResolutionPriority(1)]
    public static double ChernoffCoefficient(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double weight) =>
        ChernoffOfWeight(p, q, weight);

    /// <inheritdoc cref="ChernoffCoefficient(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>
    public static double ChernoffCoefficient(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double weight) =>
        ChernoffOfWeight(p, q, weight);

    /// <summary>The Chernoff information: the largest value over w in [0, 1] of -log of the sum over i of p_i^w q_i^(1-w).</summary>
    /// <remarks>
    /// The best exponent at which the error of telling p from q falls with the number of independent outcomes seen. Symmetric.
    /// Time O(n) for each of three to ten steps as a rule, memory O(1). Source: Chernoff (1952); Cover and Thomas (2006), section 11.9.
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], +infinity only where no outcome is possible under both; NaN if an element is NaN.
    /// Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Chernoff(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        Chernoff(p, q, out _, logBase);

    /// <inheritdoc cref="Chernoff(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Chernoff(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        Chernoff(p, q, out _, logBase);

    /// <summary>The Chernoff information, with the weight at which it is attained.</summary>
    /// <remarks>
    /// The weight is the root of the derivative of the convex function of w that is the sum of p^w q^(1-w), found by Newton's steps
    /// inside a bracket; that derivative too is computed without cancellation where p is near q. Where every weight is as good as
    /// another (p = q, or no outcome is possible under both) it is 1/2; where the maximum is a limit at an end, it is that end.
    /// Time O(n) for each of three to ten steps as a rule, some tens where logarithms of p/q exceed a hundred; memory O(1).
    /// Source: Chernoff (1952); Cover and Thomas (2006), section 11.9.
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="weight">The exponent of p at the maximum, in [0, 1]; NaN if an element is NaN.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Chernoff(ReadOnlySpan<double> p, ReadOnlySpan<double> q, out double weight, LogBase logBase = default) =>
        logBase.FromNats(ChernoffInNats(p, q, out weight));

    /// <inheritdoc cref="Chernoff(ReadOnlySpan{double}, ReadOnlySpan{double}, out double, LogBase)"/>
    public static double Chernoff(ReadOnlySpan<float> p, ReadOnlySpan<float> q, out double weight, LogBase logBase = default) =>
        logBase.FromNats(ChernoffInNats(p, q, out weight));

    private static double ChernoffOfWeight<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Weight(weight);
        return PairReduction.OverDistributions(p, q, new ChernoffTerm(weight), NoRemedy).Rounded;
    }

    private static double ChernoffInNats<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, out double weight)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        bool isNear = PairReduction.OverDistributions<T, GeometricMeanTerm>(p, q, NoRemedy).Value >= 0.5;
        weight = ChernoffWeight.Of(p, q, isNear, out _);
        if (double.IsNaN(weight))
            return double.NaN;
        double value = weight == 1 ? ChernoffOf(q, p, 0) : ChernoffOf(p, q, weight);
        if (double.IsPositiveInfinity(value))
            weight = 0.5;
        return value;
    }

    private static double ChernoffOf<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        0 - PowerSum.Log(p, q, weight, PowerSum.Tsallis(p, q, weight, NoRemedy));
}
