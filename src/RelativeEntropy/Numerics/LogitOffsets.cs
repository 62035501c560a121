using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>
/// x_i less its mean under p, where x is (b - a)/T, or b/T alone: measured from p's mode, so that neither the partition functions nor a
/// common shift of the logits enters.
/// </summary>
internal readonly record struct LogitOffsets(TwoPart Mode, double Temperature, bool OfDivergence, double Mean)
{
    public static LogitOffsets Of<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, LogitRatios ratios, bool ofDivergence)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double atMode = double.CreateTruncating(qLogits[peaks.A.Index]);
        LogitOffsets fromMode = new(TwoPart.Difference(atMode, ofDivergence ? peaks.A.Value : 0), ratios.Temperature, ofDivergence, 0);
        CompensatedSum sum = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), p = ratios.P(ai);
            if (p != 0)
                sum.Add(fromMode.WeighedFromMean(p, ai, double.CreateTruncating(qLogits[i])));
        }

        return fromMode with { Mean = sum.Value };
    }

    public double FromMean(double ai, double bi) => FromMode(ai, bi).Over(Temperature).Rounded - Mean;

    /// <summary>p times that, for a positive p of an outcome whose offset may be no double.</summary>
    public double WeighedFromMean(double p, double ai, double bi)
    {
        double offset = FromMean(ai, bi);
        return double.IsInfinity(offset) ? LogitsPass.Weighed(p, FromMode(ai, bi).Value, Temperature) - p * Mean : p * offset;
    }

    private TwoPart FromMode(double ai, double bi) => TwoPart.Difference(bi, OfDivergence ? ai : 0).Minus(Mode);
}
