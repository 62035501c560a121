using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>log p_i for every i, from the logits of p.</summary>
    /// <remarks>
    /// log p_i = -((max a - a_i)/T + log(1 + R)), where R is the sum of e^((a_j - max a)/T) over all j but the largest: both
    /// parts have one sign, so the error of every element, that of a near-certain outcome too, is below 4 units in the last place. a_i = -infinity gives
    /// -infinity; a NaN anywhere makes all of them NaN. Time O(n) in three passes, memory O(1).
    /// Source: Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="destination">Where the n logarithms go; may be the same span as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity;
    /// <paramref name="destination"/> is shorter, or overlaps without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void LogSoftmax(ReadOnlySpan<double> logits, Span<double> destination, double temperature = 1) =>
        LogSoftmaxOf(logits, destination, temperature);

    /// <inheritdoc cref="LogSoftmax(ReadOnlySpan{double}, Span{double}, double)"/>
    public static void LogSoftmax(ReadOnlySpan<float> logits, Span<float> destination, double temperature = 1) =>
        LogSoftmaxOf(logits, destination, temperature);

    private static void LogSoftmaxOf<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Temperature(temperature);
        Check.Destination(logits, destination);
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits), row);
        double logTotal = peak.AnyNaN ? double.NaN : Elementary.Log1p(LogitsPass.SumBesidePeak(logits, peak, temperature));
        LogitsBlocks.Map(logits, destination, new LogProbability(peak.Value, temperature, logTotal));
    }

    /// <summary>(a - max a)/T - log(1 + R).</summary>
    private readonly struct LogProbability(double peak, double temperature, double logTotal) : ILogitsMap
    {
        public double Of(double logit)
        {
            TwoPart gap = LogitsPass.GapOf(logit, peak, temperature);
            return gap.Value + (gap.Tail - logTotal);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<long> Regular(Vector<double> logits) => Lanes.Within(LogitsPass.Gap(logits, peak, temperature).Value, -1e300, 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Of(Vector<double> logits)
        {
            VectorPart gap = LogitsPass.Gap(logits, peak, temperature);
            return gap.Value + (gap.Tail - new Vector<double>(logTotal));
        }
    }
}
