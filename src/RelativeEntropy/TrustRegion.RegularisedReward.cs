using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class TrustRegion
{
    /// <summary>The policy of the largest E r - beta KL(policy || reference), and that optimum: the reference tilted by the reward.</summary>
    /// <remarks>
    /// <para>log pi*_i = log ref_i + r_i/beta - log Z with Z = sum over i of ref_i e^(r_i/beta), and the optimum is beta log Z: for large beta the mean reward of the reference, for small
    /// beta the largest reward it allows. beta log Z is found as c + beta log(1 + sum of ref_i (e^((r_i - c)/beta) - 1)), with c first the reward at the mode of pi*
    /// and then the optimum itself to within rounding: nothing is lost where the tilt is slight, and nothing overflows where it is steep.</para>
    /// <para>What the reference excludes (-infinity) stays excluded. Time O(n), memory O(1). Source: Ziegler et al. (2019); Korbak, Perez and Buckley (2022);
    /// Rafailov et al. (2023), equation 4; the variational identity is Donsker and Varadhan's (1975).</para>
    /// </remarks>
    /// <param name="referenceLogits">The n logits of the reference policy.</param>
    /// <param name="rewards">r, n finite numbers.</param>
    /// <param name="penalty">beta, positive and finite.</param>
    /// <param name="logits">Where the n log-probabilities of pi* go; may be the same span as an input. Relative error at most 1e-13;
    /// all are NaN if the data hold NaN.</param>
    /// <returns>beta log Z, in the unit of the reward; NaN if the data hold NaN. The error is at most 1e-13 of |beta log Z| + 2 beta TV(pi*, reference).</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity, or all are -infinity; a reward is infinite, or two differ by more than the largest double;
    /// the destination is shorter, or overlaps an input without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="penalty"/> is not positive and finite.</exception>
    /// <example><code>
    /// double[] policy = new double[3];
    /// double best = TrustRegion.RegularisedOptimum([0, 0, 0], rewards: [1, 0, -1], penalty: 0.5, policy);   // 0.5221596699
    /// </code></example>
    public static double RegularisedOptimum(ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, double penalty, Span<double> logits)
    {
        Check.SameNonZeroLength(referenceLogits.Length, rewards.Length, nameof(referenceLogits), nameof(rewards));
        Peak peak = LogitsPass.OfDistribution(referenceLogits, nameof(referenceLogits));
        CheckSpread(rewards, nameof(rewards));
        SettingCheck.Positive(penalty, nameof(penalty));
        CheckLogits(referenceLogits, rewards, logits);
        if (peak.AnyNaN || double.IsNaN(Vectors.Largest(rewards)))
        {
            logits[..rewards.Length].Fill(double.NaN);
            return double.NaN;
        }

        int mode = peak.Index;
        for (int i = 0; i < rewards.Length; i++)
        {
            if (Lead(mode, i, referenceLogits, rewards, penalty).Value < 0)
                mode = i;
        }

        CompensatedSum sum = default;
        for (int i = 0; i < rewards.Length; i++)
        {
            if (i != mode)
                sum.Add(Lead(mode, i, referenceLogits, rewards, penalty).Times(-1).Exp());
        }

        double beside = Elementary.Log1p(sum.Value), besidePeak = LogitsPass.SumBesidePeak(referenceLogits, peak, temperature: 1);
        TwoPart centre = new(rewards[mode], 0);
        double gain = Gain(centre, peak, 1 + besidePeak, referenceLogits, rewards, penalty);
        double logZ = Math.Abs(gain) < 0.5 ? Elementary.Log1p(gain) : referenceLogits[mode] - peak.Value + (beside - Elementary.Log1p(besidePeak));
        centre = TwoPart.Sum(centre.Value, penalty * logZ);
        gain = Gain(centre, peak, 1 + besidePeak, referenceLogits, rewards, penalty);
        double optimum = Math.Abs(gain) < 0.5 ? centre.Value + (centre.Tail + penalty * Elementary.Log1p(gain)) : centre.Value;

        double modeLogit = referenceLogits[mode], modeReward = rewards[mode];
        for (int i = 0; i < rewards.Length; i++)
        {
            TwoPart lead = Lead(modeLogit, referenceLogits[i], modeReward, rewards[i], penalty);
            logits[i] = -(lead.Value + (lead.Tail + beside));
        }

        return optimum;
    }

    /// <summary>E r - beta KL(pi || reference): a reward under a policy, less the price of leaving the reference.</summary>
    /// <remarks>It falls short of <see cref="RegularisedOptimum"/> by beta KL(pi || pi*). Time O(n), memory O(1). Source: Ziegler et al. (2019); Korbak, Perez and Buckley (2022).</remarks>
    /// <param name="logits">The n logits of pi.</param>
    /// <param name="referenceLogits">The n logits of the reference policy.</param>
    /// <param name="rewards">r, n finite numbers.</param>
    /// <param name="penalty">beta, positive and finite.</param>
    /// <returns>A number in [-infinity, the optimum], -infinity where pi allows what the reference excludes; NaN if the data hold NaN. The error is at most 1e-13 of E|r| + beta KL.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity, or all of a policy are -infinity; a reward is infinite, or two differ by more
    /// than the largest double.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="penalty"/> is not positive and finite.</exception>
    public static double RegularisedReward(ReadOnlySpan<double> logits, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, double penalty) =>
        RegularisedRewardGradient(logits, referenceLogits, rewards, penalty, []);

    /// <summary>E r - beta KL(pi || reference), and its gradient by the logits of pi.</summary>
    /// <remarks>
    /// pi_i (h_i - E h) with h_i = r_i - beta log(pi_i/ref_i), which is constant at the optimum; as pi_i times the difference of r_i + beta (log-ratio of the logits as given) from its mean under pi,
    /// measured from the mode of pi, so that the partition functions do not enter. 0 where pi's logit is -infinity; where the value is NaN or -infinity there is no gradient, and all
    /// elements are NaN. Time O(n), memory O(1). Source: derived here.
    /// </remarks>
    /// <param name="logits">The n logits of pi.</param>
    /// <param name="referenceLogits">The n logits of the reference policy.</param>
    /// <param name="rewards">r, n finite numbers.</param>
    /// <param name="penalty">beta, positive and finite.</param>
    /// <param name="gradient">Where the n derivatives go; empty if not wanted. May be the same span as an input. The error of an element is at most 1e-13 of pi_i (w_i + E w), where
    /// w_i = |r_i - r_m| + beta |log-ratio i - log-ratio m| for the mode m.</param>
    /// <returns>What <see cref="RegularisedReward"/> returns.</returns>
    /// <exception cref="ArgumentException">As for <see cref="RegularisedReward"/>; the gradient is neither empty nor of length n at least, or overlaps an input without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="penalty"/> is not positive and finite.</exception>
    public static double RegularisedRewardGradient(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, double penalty, Span<double> gradient)
    {
        Check.SameNonZeroLength(logits.Length, referenceLogits.Length, nameof(logits), nameof(referenceLogits));
        Check.SameNonZeroLength(logits.Length, rewards.Length, nameof(logits), nameof(rewards));
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits)), referencePeak = LogitsPass.OfDistribution(referenceLogits, nameof(referenceLogits));
        CheckSpread(rewards, nameof(rewards));
        SettingCheck.Positive(penalty, nameof(penalty));
        CheckWanted(gradient, nameof(gradient), logits, referenceLogits, rewards);

        bool anyNaN = peak.AnyNaN || referencePeak.AnyNaN || double.IsNaN(Vectors.Largest(rewards));
        double divergence = anyNaN ? double.NaN : Logits.KullbackLeibler(logits, referenceLogits);
        if (!double.IsFinite(divergence))
        {
            gradient[..Math.Min(gradient.Length, logits.Length)].Fill(double.NaN);
            return -divergence;
        }

        double total = 1 + LogitsPass.SumBesidePeak(logits, peak, temperature: 1);
        double atMode = rewards[peak.Index];
        double aMode = peak.Value, bMode = referenceLogits[peak.Index];
        TwoPart ratioAtMode = TwoPart.Difference(bMode, aMode);
        CompensatedSum reward = default, advantage = default;
        for (int i = 0; i < logits.Length; i++)
        {
            double p = LogitsPass.Weight(logits[i], peak.Value, temperature: 1) / total;
            if (p == 0)
                continue;
            reward.Add(p * rewards[i]);
            advantage.Add(Weighed(p, logits[i], referenceLogits[i], rewards[i]));
        }

        double mean = advantage.Value;
        for (int i = 0; i < logits.Length && !gradient.IsEmpty; i++)
        {
            double p = LogitsPass.Weight(logits[i], peak.Value, temperature: 1) / total;
            double offset = Offset(logits[i], referenceLogits[i], rewards[i]);
            gradient[i] = p == 0 ? 0
                : double.IsFinite(offset) ? p * (offset - mean)
                : Weighed(p, logits[i], referenceLogits[i], rewards[i]) - p * mean;
        }

        return reward.Value - penalty * divergence;

        double Offset(double ai, double bi, double ri) => TwoPart.Difference(ri, atMode)
            .Minus(TwoPart.Difference(bi, ai).Minus(ratioAtMode).Times(-penalty)).Rounded;

        // p times the offset, in quarters where that is no double.
        double Weighed(double p, double ai, double bi, double ri)
        {
            double offset = Offset(ai, bi, ri);
            if (double.IsFinite(offset))
                return p * offset;
            double ratio = (0.25 * bi - 0.25 * ai) - (0.25 * bMode - 0.25 * aMode);
            return p * (ri - atMode) + 4 * (p * ratio) * penalty;
        }
    }

    // Sum of ref_i (e^((r_i - c)/beta) - 1): what Z e^(-c/beta) exceeds 1 by.
    private static double Gain(TwoPart c, Peak peak, double total, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, double penalty)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < rewards.Length; i++)
        {
            TwoPart gap = TwoPart.Difference(referenceLogits[i], peak.Value);
            if (double.IsNegativeInfinity(gap.Value))
                continue;
            TwoPart x = TwoPart.Difference(rewards[i], c.Value).Minus(new(c.Tail, 0)).Over(penalty);
            double p = gap.Exp() / total;
            sum.Add(Math.Abs(x.Value) <= 1 ? p * Elementary.Expm1(x.Rounded) : gap.Minus(x.Times(-1)).Exp() / total - p);
        }

        return sum.Value;
    }

    // log pi*_j - log pi*_i.
    private static TwoPart Lead(int j, int i, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, double penalty) =>
        Lead(referenceLogits[j], referenceLogits[i], rewards[j], rewards[i], penalty);

    private static TwoPart Lead(double logitJ, double logitI, double rewardJ, double rewardI, double penalty) => double.IsNegativeInfinity(logitI)
        ? new(double.PositiveInfinity, 0)
        : TwoPart.Difference(logitJ, logitI).Minus(TwoPart.Difference(rewardI, rewardJ).Over(penalty)) is var lead
            && double.IsNaN(lead.Value)
        ? new TwoPart((0.25 * logitJ - 0.25 * logitI) - (0.25 * rewardI - 0.25 * rewardJ) / penalty, 0).Times(4)
        : lead;

    private static void CheckLogits(ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> rewards, Span<double> logits)
    {
        Check.Holds(logits.Length, rewards.Length, nameof(logits));
        CheckWanted(logits, nameof(logits), referenceLogits, rewards, default);
    }
}
