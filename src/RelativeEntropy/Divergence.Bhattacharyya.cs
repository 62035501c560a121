using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Bhattacharyya coefficient: the sum over i of sqrt(p_i q_i), the affinity of p and q.</summary>
    /// <remarks>
    /// The cosine of the angle between the points sqrt p and sqrt q of the sphere. Symmetric. Time O(n), memory O(1). Source:
    /// Bhattacharyya (1943).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, 1] (up to rounding and the masses, which are one within the tolerance); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double BhattacharyyaCoefficient(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        PairReduction.OverDistributions<double, GeometricMeanTerm>(p, q, NoRemedy).Rounded;

    /// <inheritdoc cref="BhattacharyyaCoefficient(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double BhattacharyyaCoefficient(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        PairReduction.OverDistributions<float, GeometricMeanTerm>(p, q, NoRemedy).Rounded;

    /// <summary>The Bhattacharyya divergence: minus the logarithm of the coefficient.</summary>
    /// <remarks>
    /// Taken as -log(1 - H^2) from the squared Hellinger distance where that is at most a half, so that nothing cancels where p is near q.
    /// Half of Renyi's divergence of order 1/2. Symmetric. Time O(n), memory O(1). Source: Bhattacharyya (1943).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], +infinity only where no outcome is possible under both; NaN if an element is NaN.
    /// Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Bhattacharyya(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(BhattacharyyaInNats(p, q));

    /// <inheritdoc cref="Bhattacharyya(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Bhattacharyya(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(BhattacharyyaInNats(p, q));

    private static double BhattacharyyaInNats<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double squaredHellinger = 0.5 * PairReduction.OverDistributions<T, RootDifferenceTerm>(p, q, NoRemedy).Rounded;
        return squaredHellinger > 0.5
            ? Magnified.MinusLog(p, q, default(Settled<GeometricMeanTerm>))
            : -Elementary.Log1p(-squaredHellinger);
    }
}
