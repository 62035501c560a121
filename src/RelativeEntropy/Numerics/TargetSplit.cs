namespace RelativeEntropy.Numerics;

/// <summary>A distribution seen as one class and the rest of them: both probabilities and both logarithms, none as a difference from one.</summary>
internal readonly record struct TargetSplit(double Target, double Others, double LogTarget, double LogOthers)
{
    /// <param name="target">The logit of the class.</param>
    /// <param name="others">The logits of the rest.</param>
    /// <param name="rest">The largest of the rest.</param>
    /// <param name="peak">The largest of all.</param>
    /// <param name="temperature">T.</param>
    /// <param name="total">The sum of e^((x - rest)/T) over the rest; 0 where the rest is excluded.</param>
    public static TargetSplit Of(double target, ReadOnlySpan<double> others, Peak rest, Peak peak, double temperature, out double total)
    {
        total = 0;
        double weight = LogitsPass.Weight(target, peak.Value, temperature), weightOfRest = 0;
        double logTarget = LogitsPass.GapOf(target, peak.Value, temperature).Rounded, logOthers = double.NegativeInfinity;
        if (!double.IsNegativeInfinity(rest.Value))
        {
            double beside = LogitsPass.SumBesidePeak(others, rest, temperature);
            total = 1 + beside;
            weightOfRest = LogitsPass.Weight(rest.Value, peak.Value, temperature) * total;
            logOthers = LogitsPass.GapOf(rest.Value, peak.Value, temperature).Rounded + Elementary.Log1p(beside);
        }

        double sum = weight + weightOfRest, logSum = LogRatio.Of(sum, 1);
        return new(weight / sum, weightOfRest / sum, logTarget - logSum, logOthers - logSum);
    }

    /// <summary>
    /// KL of the two outcomes of p against those of q, and q_target - p_target, both accurate where p is near q.
    /// </summary>
    /// <remarks>
    /// <paramref name="d"/> is log(q_target/p_target) - log(q_others/p_others), to the last digits. With r the outcome less likely under p and o the
    /// other, log(q_o/p_o) = -log(1 + p_r (e^d - 1)) and log(q_r/p_r) = d + log(q_o/p_o): the second loses at most one bit, as p_r is at most a half.
    /// </remarks>
    public static (double Divergence, double Difference) Compare(TargetSplit p, TargetSplit q, double d)
    {
        bool isLikely = p.Target > p.Others;
        if (isLikely)
            (p, q, d) = (p.Exchanged, q.Exchanged, -d);

        double yr, yo;
        if (Math.Abs(d) <= 1)
        {
            yo = -Elementary.Log1p(p.Target * Elementary.Expm1(d));
            yr = d + yo;
        }
        else if (q.Target <= q.Others)
        {
            yo = LogRatio.Of(q.Others, p.Others);
            yr = d + yo;
        }
        else
        {
            yo = q.LogOthers - p.LogOthers;
            yr = p.Target == 0 ? double.PositiveInfinity : LogRatio.Of(q.Target, p.Target);
        }

        double difference = Math.Abs(yr) <= 1 ? p.Target * Elementary.Expm1(yr) : q.Target - p.Target;
        return (Term(p.Target, q.Target, yr) + Term(p.Others, q.Others, yo), isLikely ? -difference : difference);
    }

    private TargetSplit Exchanged => new(Others, Target, LogOthers, LogTarget);

    // q - p (1 + y), which is p (e^y - 1 - y).
    private static double Term(double p, double q, double y) =>
        p == 0 ? q : Math.Abs(y) <= 1 ? p * Elementary.ExpExcess(y) : q - p * (1 + y);
}
