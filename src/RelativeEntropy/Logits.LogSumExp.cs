using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>log of the sum of e^(a_i), without overflow or underflow: the log-partition function.</summary>
    /// <remarks>
    /// max a + log(1 + R), where R is the sum of e^(a_j - max a) over all j but the largest. A total function: all -infinity
    /// gives -infinity, a +infinity gives +infinity, NaN first. Time O(n) in two passes, memory O(1).
    /// Source: Blanchard, Higham and Higham (2021), with log1p.
    /// </remarks>
    /// <param name="logits">a, n numbers in [-infinity, +infinity], natural logarithms.</param>
    /// <returns>A number in [max a, max a + log n]. The error is below 4 units in the last place of max(|max a|, log(1 + R)):
    /// the two can cancel, and only then is the relative error larger.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty.</exception>
    [OverloadResolutionPriority(1)]
    public static double LogSumExp(ReadOnlySpan<double> logits) => LogSumExpOf(logits);

    /// <inheritdoc cref="LogSumExp(ReadOnlySpan{double})"/>
    public static double LogSumExp(ReadOnlySpan<float> logits) => LogSumExpOf(logits);

    private static double LogSumExpOf<T>(ReadOnlySpan<T> logits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Peak peak = LogitsPass.Of(logits);
        if (peak.AnyNaN)
            return double.NaN;
        return double.IsInfinity(peak.Value)
            ? peak.Value
            : peak.Value + Elementary.Log1p(LogitsPass.SumBesidePeak(logits, peak, temperature: 1));
    }
}
