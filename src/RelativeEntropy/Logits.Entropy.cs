using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The Shannon entropy of the distribution with logits a at a temperature.</summary>
    /// <remarks>
    /// H(p) = log(1 + R) + E[(max a - a)/T] under p, where R is the sum of e^((a_j - max a)/T) over all j but the largest: both
    /// parts are non-negative, so nothing cancels, and the entropy of a near-certain outcome keeps its digits.
    /// a_i = -infinity contributes 0. Time O(n) in three passes, memory O(1). Source: Shannon (1948);
    /// the shift is analysed by Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, log n] (up to rounding at the upper end); NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Entropy(ReadOnlySpan<double> logits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(EntropyInNats(logits, temperature));

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, double, LogBase)"/>
    public static double Entropy(ReadOnlySpan<float> logits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(EntropyInNats(logits, temperature));

    private static double EntropyInNats<T>(ReadOnlySpan<T> logits, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Temperature(temperature);
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits));
        return peak.AnyNaN ? double.NaN : CrossEntropyInNats(logits, logits, new LogitsPair(peak, peak), temperature);
    }
}
