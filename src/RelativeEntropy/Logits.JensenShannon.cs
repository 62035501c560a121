using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The Jensen-Shannon divergence, with equal weights, of the distributions with logits a and b at one temperature.</summary>
    /// <remarks>
    /// JS = (KL(p || m) + KL(q || m))/2 with m = (p + q)/2, computed as half the sum of m_i ((1 + t) log(1 + t) + (1 - t) log(1 - t)),
    /// t = (p_i - q_i)/(p_i + q_i) = -tanh(y_i/2), y_i = log(q_i/p_i): non-negative term by term, and without cancellation where p is near q.
    /// Symmetric up to rounding. An outcome that one of the two excludes contributes half its probability times log 2; no common outcome gives log 2.
    /// Its square root is a metric (Endres and Schindelin 2003). Time O(n) in at most six passes, memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, log 2] (up to rounding at the upper end); NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are
    /// -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(JensenShannonInNats(pLogits, qLogits, temperature));

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double JensenShannon(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(JensenShannonInNats(pLogits, qLogits, temperature));

    private static TwoPart JensenShannonInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitsPair peaks = LogitsPair.Of(pLogits, qLogits, temperature);
        if (peaks.AnyNaN)
            return new(double.NaN, 0);
        if (!peaks.IsWide)
            return JensenShannonInNats(pLogits, qLogits, peaks, temperature);
        using NarrowedLogits narrowed = NarrowedLogits.Of(pLogits, qLogits, peaks, temperature);
        return JensenShannonInNats(narrowed.A, narrowed.B, narrowed.Peaks, narrowed.Temperature);
    }

    private static TwoPart JensenShannonInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (!LogitRatios.TryOf(pLogits, qLogits, peaks, temperature, out LogitRatios ratios))
            return new(LogRatio.Ln2, LogRatio.Ln2Tail);

        ratios = ratios.Improved(pLogits, qLogits, peaks);
        CompensatedSum sum = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            double p = ratios.P(ai), q = ratios.Q(bi);
            if (p + q > 0)
                sum.Add(0.25 * (p + q) * JensenShannonByLogRatio.Of(ratios.Of(ai, bi)));
        }

        return sum.Total;
    }
}
