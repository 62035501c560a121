using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>Estimates of divergences from samples, each with its standard error.</summary>
/// <remarks>
/// <para>KL(p || q) from log-ratios l = log p - log q at samples of p, by the names that Schulman (2020) gave: k1 = l, k2 = l^2/2, k3 =
/// e^-l - 1 + l. k1 and k3 are unbiased: E_p k1 = KL(p || q), and E_p k3 too, less the mass that q has where p has none. k2 is biased: E_p
/// k2 = KL + O(third order) near p = q. k2 and k3 have no negative term.</para>
/// <para>As losses they differ more than as values. Let p = p_t be what is trained, x be samples of it, and k be differentiated by t with
/// the samples held fixed, as automatic differentiation does. In expectation over p this gives</para>
/// <list type="table">
/// <listheader><term>loss</term><description>expected gradient under p</description></listheader>
/// <item><term>k1</term><description>E_p[d log p] = 0: no gradient, only noise.</description></item>
/// <item><term>k2</term><description>E_p[l d log p], the gradient of KL(p || q), the reverse divergence of a policy p from its reference
/// q.</description></item>
/// <item><term>k3</term><description>E_p[(1 - q/p) d log p] = -E_q[d log p], the gradient of KL(q || p), the forward divergence, where q
/// excludes what p excludes.</description></item>
/// </list>
/// <para>What is right: k1 in the reward, its value times d log p (the score function), whose expectation E_p[l d log p] is the gradient of
/// KL(p || q). k3 in the reward is not: its expectation is the gradient of KL(p || q) less that of KL(q || p). And w k1 or w k3 as a loss
/// with the weight w = p/b differentiated too, which is what <see cref="K1ImportanceGradient(ReadOnlySpan{double}, ReadOnlySpan{double},
/// Span{double}, LogBase)"/> and its siblings give, on policy (b = p) as off it. By the parameters of q alone, k1 and k3 are right as
/// losses: nothing that is drawn depends on them. Source: derived here; tests prove each by enumeration.</para>
/// <para>A log-ratio is finite or +infinity, where q excludes the sample: then the estimate is +infinity, and so is its error. -infinity is
/// refused: what was drawn from p has positive probability under p; of samples of another distribution it is allowed where the weight is 0.
/// NaN gives NaN. Arithmetic is in float64 whatever the type of the spans. Time O(n) in three passes, memory O(1). An estimate has a
/// relative error of at most 1e-13 of the mean magnitude of its terms; from logits, where a log-ratio is itself found to 1e-13 of |l| plus
/// its mean magnitude under p, as much more as k'(l) makes of that.</para>
/// </remarks>
public static partial class MonteCarlo
{
    /// <summary>The effective number of samples: how many of equal weight would estimate as well as n with these weights.</summary>
    /// <remarks>(sum w)^2 / sum w^2 with w = e^log-weight: n where all are equal, 1 where one sample has all the weight. A common shift of
    /// the log-weights changes nothing. Time O(n), memory O(1). Source: Kish (1965).</remarks>
    /// <param name="logWeights">n log-weights, log p - log b at samples of b, known up to a constant.</param>
    /// <returns>A number in [1, n], up to rounding; NaN if a log-weight is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="logWeights"/> is empty, holds +infinity, or is all -infinity.</exception>
    /// <example><code>
    /// double all = MonteCarlo.EffectiveSampleSize([-1.0, -1.0, -1.0]);                             // 3
    /// double one = MonteCarlo.EffectiveSampleSize([0.0, double.NegativeInfinity, -800.0]);         // 1
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double EffectiveSampleSize(ReadOnlySpan<double> logWeights) => SizeOf(logWeights);

    /// <inheritdoc cref="EffectiveSampleSize(ReadOnlySpan{double})"/>
    public static double EffectiveSampleSize(ReadOnlySpan<float> logWeights) => SizeOf(logWeights);

    private static double SizeOf<T>(ReadOnlySpan<T> logWeights)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logWeights.Length, nameof(logWeights));
        double peak = PeakOf(logWeights);
        CheckAnyWeight(logWeights, peak);
        CompensatedSum sum = default, squares = default;
        foreach (T logWeight in logWeights)
        {
            double weight = Elementary.Exp(TwoPart.Difference(double.CreateTruncating(logWeight), peak));
            sum.Add(weight);
            squares.Add(weight * weight);
        }

        return sum.Value * sum.Value / squares.Value;
    }

    private static Estimate Mean<T, TTerm>(ReadOnlySpan<T> logRatios, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        Check.NotEmpty(logRatios.Length, nameof(logRatios));
        CheckLogRatios(logRatios, default);
        return InUnit(SampleMean.Of(new LogRatioSamples<T, TTerm>(logRatios)), logBase);
    }

    private static Estimate Mean<T, TTerm>(ReadOnlySpan<T> logP, ReadOnlySpan<T> logQ, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        Check.SameNonZeroLength(logP.Length, logQ.Length, nameof(logP), nameof(logQ));
        for (int i = 0; i < logP.Length; i++)
        {
            if (T.IsInfinity(logP[i]))
                throw new ArgumentException(
                    Invariant($"logP[{i}] = {logP[i]}; it must be finite: a sample of p has positive probability under p."), nameof(logP));
            if (T.IsPositiveInfinity(logQ[i]))
                throw new ArgumentException(
                    Invariant($"logQ[{i}] = {logQ[i]}; a log-probability must be finite or -infinity."), nameof(logQ));
        }

        return InUnit(SampleMean.Of(new LogDensitySamples<T, TTerm>(logP, logQ)), logBase);
    }

    private static Estimate ImportanceMean<T, TTerm>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        double shift = ShiftOf(logRatios, logWeights);
        Estimate shifted = SampleMean.Of(new ImportanceSamples<T, TTerm>(logRatios, logWeights, shift));
        Estimate nats = shift == 0
            ? shifted
            : new(Elementary.TimesExp(shifted.Value, shift), Elementary.TimesExp(shifted.StandardError, shift));
        return InUnit(nats, logBase);
    }

    private static Estimate SelfNormalisedMean<T, TTerm>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        Check.SameNonZeroLength(logRatios.Length, logWeights.Length, nameof(logRatios), nameof(logWeights));
        double peak = PeakOf(logWeights);
        CheckLogRatios(logRatios, logWeights);
        CheckAnyWeight(logWeights, peak);
        return InUnit(SampleMean.Of(new SelfNormalisedSamples<T, TTerm>(logRatios, logWeights, peak)), logBase);
    }

    private static Estimate Gradient<T, TTerm>(ReadOnlySpan<T> logRatios, Span<T> gradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        Estimate estimate = Mean<T, TTerm>(logRatios, logBase);
        Check.Gradient(logRatios, gradient, nameof(gradient));
        for (int i = 0; i < logRatios.Length && !gradient.IsEmpty; i++)
        {
            double slope = TTerm.Slope(double.CreateTruncating(logRatios[i])) / logRatios.Length;
            gradient[i] = double.IsFinite(estimate.Value) ? T.CreateTruncating(logBase.FromNats(slope)) : T.NaN;
        }

        return estimate;
    }

    private static Estimate ImportanceGradient<T, TTerm>(
        ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights, Span<T> gradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        Estimate estimate = ImportanceMean<T, TTerm>(logRatios, logWeights, logBase);
        Check.Gradient(logRatios, gradient, nameof(gradient));
        Check.Gradient(logWeights, gradient, nameof(gradient));
        for (int i = 0; i < logRatios.Length && !gradient.IsEmpty; i++)
        {
            double logRatio = double.CreateTruncating(logRatios[i]), logWeight = double.CreateTruncating(logWeights[i]);
            double slope = double.IsNegativeInfinity(logWeight) ? 0
                : Elementary.TimesExp(TTerm.SlopeWithWeight(logRatio) / logRatios.Length, logWeight);
            gradient[i] = double.IsFinite(estimate.Value) ? T.CreateTruncating(logBase.FromNats(slope)) : T.NaN;
        }

        return estimate;
    }

    private static Estimate FromLogits<T, TTerm>(
        ReadOnlySpan<int> samples, ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, Span<T> pGradient, Span<T> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ILogRatioTerm
    {
        int rows = Check.Batch(pLogits.Length, columns, nameof(pLogits));
        Check.SameLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        Check.OnePerRow(samples.Length, rows, nameof(samples));
        Check.Kept(kept, rows);
        Check.Temperature(temperature);
        Check.Gradients(pLogits, qLogits, pGradient, qGradient);
        double[] logRatios = ArrayPool<double>.Shared.Rent(rows);
        try
        {
            int count = 0;
            for (int row = 0; row < rows; row++)
            {
                if (!kept.IsEmpty && !kept[row])
                    continue;
                Check.Column(samples[row], row, columns, nameof(samples));
                logRatios[count++] = Logits.SampledLogRatio(
                    samples[row], pLogits.Slice(row * columns, columns), qLogits.Slice(row * columns, columns), temperature, row);
            }

            Estimate estimate = count == 0
                ? new(double.NaN, double.NaN)
                : SampleMean.Of(new LogRatioSamples<double, TTerm>(logRatios.AsSpan(0, count)));
            for (int row = 0, i = 0; row < rows && !(pGradient.IsEmpty && qGradient.IsEmpty); row++)
            {
                Span<T> byP = pGradient.IsEmpty ? pGradient : pGradient.Slice(row * columns, columns);
                Span<T> byQ = qGradient.IsEmpty ? qGradient : qGradient.Slice(row * columns, columns);
                if (!kept.IsEmpty && !kept[row])
                {
                    byP.Clear();
                    byQ.Clear();
                    continue;
                }

                double slope = double.IsFinite(estimate.Value) ? TTerm.Slope(logRatios[i]) : double.NaN;
                Logits.ScoreGradients(
                    samples[row], pLogits.Slice(row * columns, columns), qLogits.Slice(row * columns, columns), byP, byQ,
                    temperature, logBase, slope, 1.0 / count);
                i++;
            }

            return InUnit(estimate, logBase);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(logRatios);
        }
    }

    private static Estimate InUnit(Estimate nats, LogBase logBase) =>
        new(logBase.FromNats(nats.Value), logBase.FromNats(nats.StandardError));

    /// <summary>What is taken off the log-weights, so that no weight leaves the range.</summary>
    private static double ShiftOf<T>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(logRatios.Length, logWeights.Length, nameof(logRatios), nameof(logWeights));
        double peak = PeakOf(logWeights);
        CheckLogRatios(logRatios, logWeights);
        return peak > Elementary.LargestExponent ? peak : 0;
    }

    private static double PeakOf<T>(ReadOnlySpan<T> logWeights)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double peak = double.NegativeInfinity;
        for (int i = 0; i < logWeights.Length; i++)
        {
            if (T.IsPositiveInfinity(logWeights[i]))
                throw new ArgumentException(
                    Invariant($"logWeights[{i}] = {logWeights[i]}; it must be finite or -infinity: ")
                    + "a sample has positive density where it was drawn.",
                    nameof(logWeights));
            peak = Math.Max(peak, double.CreateTruncating(logWeights[i]));
        }

        return peak;
    }

    private static void CheckAnyWeight<T>(ReadOnlySpan<T> logWeights, double peak)
    {
        if (double.IsNegativeInfinity(peak))
            throw new ArgumentException(
                Invariant($"logWeights[0] = {peak} and so are all {logWeights.Length}; at least one must be finite."), nameof(logWeights));
    }

    private static void CheckLogRatios<T>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < logRatios.Length; i++)
        {
            if (T.IsNegativeInfinity(logRatios[i]) && (logWeights.IsEmpty || !T.IsNegativeInfinity(logWeights[i])))
                throw new ArgumentException(
                    Invariant($"logRatios[{i}] = {logRatios[i]}; it must be finite or +infinity: what was drawn from p has positive ")
                    + $"probability under p{(logWeights.IsEmpty ? "" : ", or the weight 0")}.",
                    nameof(logRatios));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
