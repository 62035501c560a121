using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>p_i - 1 at the label and p_i elsewhere, for p = softmax(logits/T): 1 - p_label is the sum of the others, never a difference.</summary>
internal readonly record struct LabelResidual(int Label, Peak Peak, double Temperature, double Others, double Total)
{
    public static LabelResidual Of<T>(int label, ReadOnlySpan<T> logits, Peak peak, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum others = default;
        for (int i = 0; i < logits.Length; i++)
        {
            if (i != label)
                others.Add(LogitsPass.Weight(double.CreateTruncating(logits[i]), peak.Value, temperature));
        }

        double own = LogitsPass.Weight(double.CreateTruncating(logits[label]), peak.Value, temperature);
        return new(label, peak, temperature, others.Value, others.Value + own);
    }

    public double At(int i, double logit) =>
        i == Label ? -Others / Total : LogitsPass.Weight(logit, Peak.Value, Temperature) / Total;
}
