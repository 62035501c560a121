using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The cross-entropy H(p, q) of the distributions with logits a and b at one temperature.</summary>
    /// <remarks>
    /// H(p, q) = - sum over i of p_i log q_i = log(1 + R) + E[(max b - b)/T] under p, where R is the sum of e^((b_j - max b)/T)
    /// over all j but the largest: both parts are non-negative, so nothing cancels. a_i = -infinity contributes 0; a_i finite
    /// with b_i = -infinity gives +infinity. Time O(n) in three passes, memory O(1). Source: Good (1956); the shift is
    /// analysed by Blanchard, Higham and Higham (2021).
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropy(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(CrossEntropyInNats(pLogits, qLogits, temperature));

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double CrossEntropy(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(CrossEntropyInNats(pLogits, qLogits, temperature));

    private static double CrossEntropyInNats<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        LogitsPair.IsSettled(pLogits, qLogits, temperature, row, out LogitsPair peaks, out double answer)
            ? answer
            : CrossEntropyInNats(pLogits, qLogits, peaks, temperature);

    internal static double CrossEntropyInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        MeanGap gap = new(peaks, temperature);
        LogitsBlocks.Add(pLogits, qLogits, ref gap);
        double mean = gap.Value;
        if (!double.IsFinite(mean))
            mean = MeanOfWideGaps(pLogits, qLogits, peaks, temperature);
        return mean + Elementary.Log1p(LogitsPass.SumBesidePeak(qLogits, peaks.B, temperature));
    }

    // Where the gaps or their sum are no doubles, their mean may be one.
    private static double MeanOfWideGaps<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double total = 1 + LogitsPass.SumBesidePeak(pLogits, peaks.A, temperature);
        CompensatedSum mean = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double p = LogitsPass.Weight(double.CreateTruncating(pLogits[i]), peaks.A.Value, temperature) / total;
            if (p != 0)
                mean.Add(LogitsPass.Weighed(p, peaks.B.Value, double.CreateTruncating(qLogits[i]), temperature));
        }

        return mean.Value;
    }

    /// <summary>The mean of (max b - b)/T under p.</summary>
    private struct MeanGap(LogitsPair peaks, double temperature) : ILogitsSums
    {
        private CompensatedSum _weights, _gaps;
        private CompensatedVectorSum _lanesOfWeights, _lanesOfGaps;

        public readonly double Value
        {
            get
            {
                (CompensatedSum weights, CompensatedSum gaps) = (_weights, _gaps);
                weights.Add(_lanesOfWeights.Parts);
                gaps.Add(_lanesOfGaps.Parts);
                return gaps.Value / weights.Value;
            }
        }

        public void Add(double a, double b)
        {
            double weight = LogitsPass.Weight(a, peaks.A.Value, temperature);
            if (weight == 0)
                return;
            _weights.Add(weight);
            _gaps.Add(LogitsPass.Weighed(weight, peaks.B.Value, b, temperature));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryAdd(Vector<double> a, Vector<double> b, Vector<long> active)
        {
            VectorPart gap = LogitsPass.Gap(a, peaks.A.Value, temperature), other = LogitsPass.Gap(b, peaks.B.Value, temperature);
            if (!Lanes.AreAll(Elementary.IsExponent(gap.Value) & Lanes.Within(other.Value, -1e300, 0)))
                return false;
            Vector<double> weight = Elementary.Exp(gap);
            _lanesOfWeights.Add(Lanes.Active(weight, active));
            _lanesOfGaps.Add(Lanes.Active(weight * -other.Value, active));
            return true;
        }
    }
}
