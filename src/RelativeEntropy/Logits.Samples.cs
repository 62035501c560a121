using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>log(p_s/q_s) for one outcome s that p does not exclude; where that is no double and q does not exclude s either, the
    /// largest.</summary>
    internal static double SampledLogRatio<T>(int sample, ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitsPair peaks = LogitsPair.Of(pLogits, qLogits, temperature, row);
        if (T.IsNegativeInfinity(pLogits[sample]))
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"In row {row}, pLogits[{sample}] = {pLogits[sample]}, and {sample} is the sample; p must not exclude it."),
                nameof(pLogits));
        if (peaks.AnyNaN)
            return double.NaN;
        if (T.IsNegativeInfinity(qLogits[sample]))
            return double.PositiveInfinity;
        if (!peaks.IsWide)
            return SampledLogRatio(sample, pLogits, qLogits, peaks, temperature);
        using NarrowedLogits narrowed = NarrowedLogits.Of(pLogits, qLogits, peaks, temperature);
        return SampledLogRatio(sample, narrowed.A, narrowed.B, narrowed.Peaks, narrowed.Temperature);
    }

    private static double SampledLogRatio<T>(int sample, ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks,
        double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitRatios.TryOf(pLogits, qLogits, peaks, temperature, out LogitRatios ratios);
        double logRatio = -ratios.Improved(pLogits, qLogits, peaks)
            .Of(double.CreateTruncating(pLogits[sample]), double.CreateTruncating(qLogits[sample]));
        return double.IsInfinity(logRatio) ? Math.CopySign(double.MaxValue, logRatio) : logRatio;
    }

    /// <summary>A share of the gradients of log(p_s/q_s) by the logits of p and of q, each times a slope, in the unit.</summary>
    internal static void ScoreGradients<T>(
        int sample, ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Span<T> pGradient, Span<T> qGradient,
        double temperature, LogBase logBase, double slope, double share)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LabelResidual ofP = pGradient.IsEmpty ? default : LabelResidual.Of(sample, pLogits, LogitsPass.Of(pLogits), temperature);
        LabelResidual ofQ = qGradient.IsEmpty ? default : LabelResidual.Of(sample, qLogits, LogitsPass.Of(qLogits), temperature);
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            if (!pGradient.IsEmpty)
                pGradient[i] = T.CreateTruncating(logBase.FromNats(share * (-slope * ofP.At(i, ai) / temperature)));
            if (!qGradient.IsEmpty)
                qGradient[i] = T.CreateTruncating(logBase.FromNats(share * (slope * ofQ.At(i, bi) / temperature)));
        }
    }
}
