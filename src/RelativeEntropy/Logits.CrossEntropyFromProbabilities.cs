using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The cross-entropy H(p, q) of a distribution p given by probabilities (soft labels) and the q with logits b.</summary>
    /// <remarks>
    /// H(p, q) = - sum over i of p_i log q_i = sum over i of p_i ((max b - b_i)/T + log(1 + R)), where R is the sum of
    /// e^((b_j - max b)/T) over all j but the largest: every part is non-negative, so nothing cancels. p_i = 0 contributes 0;
    /// p_i &gt; 0 with b_i = -infinity gives +infinity. p is used as given, not renormalised.
    /// Time O(n) in three passes, memory O(1). Source: Good (1956); the shift is analysed by Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="p">The labels, n probabilities.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it, the probabilities stay as they are.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element or a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a probability is negative or infinite, or they do not sum to
    /// one within the tolerance of <see cref="Divergence"/>; a logit is +infinity; all logits are -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropyFromProbabilities(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(CrossEntropyFromProbabilitiesInNats(p, qLogits, temperature, out _, out _));

    /// <inheritdoc cref="CrossEntropyFromProbabilities(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double CrossEntropyFromProbabilities(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(CrossEntropyFromProbabilitiesInNats(p, qLogits, temperature, out _, out _));

    private static double CrossEntropyFromProbabilitiesInNats<T>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> qLogits, double temperature, out Peak peak, out double mass)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(p.Length, qLogits.Length, nameof(p), nameof(qLogits));
        Check.Temperature(temperature);
        Check.Measure(p, nameof(p));
        peak = LogitsPass.OfDistribution(qLogits, nameof(qLogits));
        CompensatedSum masses = default, gaps = default;
        for (int i = 0; i < p.Length; i++)
        {
            double pi = double.CreateTruncating(p[i]);
            masses.Add(pi);
            if (pi != 0)
                gaps.Add(LogitsPass.Weighed(pi, peak.Value, double.CreateTruncating(qLogits[i]), temperature));
        }

        mass = masses.Value;
        Check.SumsToOne<T>(mass, nameof(p), remedy: "");
        return peak.AnyNaN
            ? double.NaN
            : gaps.Value + mass * Elementary.Log1p(LogitsPass.SumBesidePeak(qLogits, peak, temperature));
    }
}
