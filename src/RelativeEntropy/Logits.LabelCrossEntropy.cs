using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The cross-entropy of one label: minus the log-likelihood that the distribution with logits a gives it.</summary>
    /// <remarks>
    /// -log p_label = (max a - a_label)/T + log(1 + R), where R is the sum of e^((a_j - max a)/T) over all j but the largest: both parts
    /// are non-negative, so the loss of a label that is near certain keeps its digits. a_label = -infinity gives +infinity.
    /// Time O(n) in two passes, memory O(1). Source: Good (1952), the logarithmic score; the shift is analysed by Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="label">The index of the outcome, from 0 to n - 1.</param>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of <paramref name="logits"/>;
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropy(int label, ReadOnlySpan<double> logits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(LabelCrossEntropyInNats(label, logits, temperature));

    /// <inheritdoc cref="CrossEntropy(int, ReadOnlySpan{double}, double, LogBase)"/>
    public static double CrossEntropy(int label, ReadOnlySpan<float> logits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(LabelCrossEntropyInNats(label, logits, temperature));

    private static double LabelCrossEntropyInNats<T>(int label, ReadOnlySpan<T> logits, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Label(label, logits.Length);
        Check.Temperature(temperature);
        return LabelCrossEntropyInNats(label, logits, LogitsPass.OfDistribution(logits, nameof(logits)), temperature);
    }

    internal static double LabelCrossEntropyInNats<T>(int label, ReadOnlySpan<T> logits, Peak peak, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (peak.AnyNaN)
            return double.NaN;
        TwoPart gap = LogitsPass.GapOf(peak.Value, double.CreateTruncating(logits[label]), temperature);
        return gap.Value + (gap.Tail + Elementary.Log1p(LogitsPass.SumBesidePeak(logits, peak, temperature)));
    }
}
