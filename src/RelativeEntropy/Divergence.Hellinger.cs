using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    private const string SquaredHellingerRemedy = ", or use Proportions.SquaredHellinger, which divides by the sums";
    private const string HellingerRemedy = ", or use the square root of Proportions.SquaredHellinger, which divides by the sums";

    /// <summary>The squared Hellinger distance, 1 - sum over i of sqrt(p_i q_i).</summary>
    /// <remarks>
    /// H^2(p, q) = half the sum over i of (sqrt p_i - sqrt q_i)^2, where the difference of roots is (p_i - q_i)/(sqrt p_i + sqrt
    /// q_i): the same number where both sum to one, without cancellation where p is near q. For inputs that sum to one only within
    /// the tolerance this form is the one returned. Symmetric. Time O(n), memory O(1). Source: Hellinger (1909); the normalisation
    /// is Le Cam's (1986).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, 1] (up to the masses, which are one within the tolerance), 0 only where p equals q (or the truth is below
    /// the smallest double), 1 only where no outcome is possible under both; NaN if an element is NaN. The error is below 4 units in the
    /// last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double SquaredHellinger(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        0.5 * PairReduction.OverDistributions<double, RootDifferenceTerm>(p, q, SquaredHellingerRemedy).Rounded;

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double SquaredHellinger(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        0.5 * PairReduction.OverDistributions<float, RootDifferenceTerm>(p, q, SquaredHellingerRemedy).Rounded;

    /// <summary>The Hellinger distance, the square root of
    /// <see cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>.</summary>
    /// <remarks>
    /// H(p, q) = sqrt(1 - sum over i of sqrt(p_i q_i)), from the form without cancellation. A metric. Time O(n), memory O(1).
    /// Source: Hellinger (1909).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, 1] (up to the masses, which are one within the tolerance), 0 only where p equals q; NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Hellinger(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        Magnified.Root(p, q, default(Settled<RootDifferenceTerm>), 0.5, HellingerRemedy, LogBase.Nats);

    /// <inheritdoc cref="Hellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Hellinger(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        Magnified.Root(p, q, default(Settled<RootDifferenceTerm>), 0.5, HellingerRemedy, LogBase.Nats);
}
