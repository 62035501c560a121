using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>p_i for every i, from the logits of p.</summary>
    /// <remarks>
    /// p_i = e^((a_i - max a)/T) / (1 + R), where R is the sum of e^((a_j - max a)/T) over all j but the largest. a_i = -infinity
    /// gives 0; a NaN anywhere makes all of them NaN. The error of each is below
    /// 4 units in the last place. Time O(n) in three passes, memory O(1).
    /// Source: Bridle (1990); the shift is analysed by Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="destination">Where the n probabilities go; may be the same span as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity;
    /// <paramref name="destination"/> is shorter, or overlaps without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    /// <example><code>
    /// double[] p = new double[2];
    /// Logits.Softmax([Math.Log(3), 0], p);   // p = [0.75, 0.25]
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static void Softmax(ReadOnlySpan<double> logits, Span<double> destination, double temperature = 1) =>
        SoftmaxOf(logits, destination, temperature);

    /// <inheritdoc cref="Softmax(ReadOnlySpan{double}, Span{double}, double)"/>
    public static void Softmax(ReadOnlySpan<float> logits, Span<float> destination, double temperature = 1) =>
        SoftmaxOf(logits, destination, temperature);

    private static void SoftmaxOf<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Temperature(temperature);
        Check.Destination(logits, destination);
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits), row);
        double total = peak.AnyNaN ? double.NaN : 1 + LogitsPass.SumBesidePeak(logits, peak, temperature);
        LogitsBlocks.Map(logits, destination, new Probability(peak.Value, temperature, total));
    }

    /// <summary>e^((a - max a)/T) over the sum of all of them.</summary>
    private readonly struct Probability(double peak, double temperature, double total) : ILogitsMap
    {
        public double Of(double logit) => LogitsPass.Weight(logit, peak, temperature) / total;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<long> Regular(Vector<double> logits) => Elementary.IsExponent(LogitsPass.Gap(logits, peak, temperature).Value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Of(Vector<double> logits) => LogitsPass.Weight(logits, peak, temperature) / new Vector<double>(total);
    }
}
