using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What one pass over logits finds: the largest, where it is, and whether any is NaN.</summary>
internal readonly record struct Peak(double Value, int Index, bool AnyNaN);

/// <summary>The passes over logits that softmax and all divergences from logits share, shifted by the largest logit.</summary>
internal static class LogitsPass
{
    /// <summary>The largest logit; +infinity throws, and so do logits that are all -infinity: neither gives a distribution.</summary>
    public static Peak OfDistribution<T>(ReadOnlySpan<T> logits, string name, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Peak peak = Of(logits);
        for (int i = 0; double.IsPositiveInfinity(peak.Value) && i < logits.Length; i++)
        {
            if (T.IsPositiveInfinity(logits[i]))
                throw new ArgumentException(FormattableString.Invariant($"{Check.Row(row)}{name}[{i}] = {logits[i]}; a logit must be finite or -infinity."), name);
        }

        if (double.IsNegativeInfinity(peak.Value) && !peak.AnyNaN)
            throw new ArgumentException(FormattableString.Invariant($"{Check.Row(row)}{name}[0] = {logits[0]} and so are all {logits.Length} logits; at least one must be finite."), name);
        return peak;
    }

    /// <summary>The largest logit, NaN aside.</summary>
    public static Peak Of<T>(ReadOnlySpan<T> logits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        int index = 0;
        bool anyNaN = false;
        for (int i = 0; i < logits.Length; i++)
        {
            double logit = double.CreateTruncating(logits[i]);
            anyNaN |= double.IsNaN(logit);
            if (logit > largest)
                (largest, index) = (logit, i);
        }

        return new(largest, index, anyNaN);
    }

    /// <summary>The sum of e^((logit - largest)/temperature) over all but the largest itself, so that log1p of it loses nothing.</summary>
    public static double SumBesidePeak<T>(ReadOnlySpan<T> logits, Peak peak, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        for (int i = 0; i < logits.Length; i++)
        {
            if (i != peak.Index)
                sum.Add(Weight(double.CreateTruncating(logits[i]), peak.Value, temperature));
        }

        return sum.Value;
    }

    /// <summary>e^((logit - shift)/temperature), from the exact difference.</summary>
    public static double Weight(double logit, double shift, double temperature) =>
        TwoPart.Difference(logit, shift).Over(temperature).Exp();
}
