using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>KL(p || q) of the distributions with logits a and b at one temperature, and its gradients by a and by b.</summary>
    /// <remarks>
    /// <para>dKL/da_i = p_i (log(p_i/q_i) - KL)/T and dKL/db_i = (q_i - p_i)/T, the logits being what is varied. No factor T^2 is applied: it
    /// belongs to a loss. Each gradient sums to zero up to rounding and is zero where p equals q. Near p = q, q_i - p_i is p_i (e^y - 1) with y = log(q_i/p_i),
    /// and log(p_i/q_i) - KL is the difference of (b_j - a_j)/T from its mean under p: neither loses digits.</para>
    /// <para>a_i = -infinity has gradient 0 in <paramref name="pGradient"/>, b_i = -infinity in <paramref name="qGradient"/>. Where the value is
    /// NaN or +infinity there is no gradient, and both are filled with NaN. Time O(n) in at most nine passes, memory O(1).
    /// Source: derived here; the gradient by b is that of the soft-label cross-entropy (Hinton, Vinyals and Dean 2015).</para>
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="pGradient">Where the n numbers dKL/da_i go; empty if not wanted. May be the same span as <paramref name="pLogits"/>.</param>
    /// <param name="qGradient">Where the n numbers dKL/db_i go; empty if not wanted. May be the same span as <paramref name="qLogits"/>.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the value and of the gradients; nats by default. The logits themselves are always natural.</param>
    /// <returns>KL(p || q), to the bit what <see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> returns. The error of a
    /// gradient by a_i is at most 1e-13 of p_i (|x_i| + E|x|)/T with x_j = log(q_j/p_j) less its value at p's mode; by b_i,
    /// of (|q_i - p_i| + p_i E|log(q/p)|)/T; E is under p, and a p_i below the smallest double counts as 0.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are -infinity;
    /// a gradient is neither empty nor of length n at least, overlaps the other, or
    /// overlaps logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, Span<double> pGradient, Span<double> qGradient, double temperature = 1, LogBase logBase = default) =>
        Gradient(pLogits, qLogits, pGradient, qGradient, temperature, logBase, ofDivergence: true);

    /// <inheritdoc cref="KullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, double, LogBase)"/>
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, Span<float> pGradient, Span<float> qGradient, double temperature = 1, LogBase logBase = default) =>
        Gradient(pLogits, qLogits, pGradient, qGradient, temperature, logBase, ofDivergence: true);

    /// <summary>The cross-entropy H(p, q) of the distributions with logits a and b at one temperature, and its gradients by a and by b.</summary>
    /// <remarks>
    /// <para>dH/da_i = p_i (-log q_i - H)/T and dH/db_i = (q_i - p_i)/T, the logits being what is varied. No factor T^2 is applied: it belongs to
    /// a loss. Each gradient sums to zero up to rounding. -log q_i - H is the difference of b_j/T from its mean under p, so that the partition function does not
    /// enter; q_i - p_i keeps its digits near p = q.</para>
    /// <para>a_i = -infinity has gradient 0 in <paramref name="pGradient"/>, b_i = -infinity in <paramref name="qGradient"/>. Where the value is
    /// NaN or +infinity there is no gradient, and both are filled with NaN. Time O(n) in at most nine passes, memory O(1).
    /// Source: derived here; the gradient by b is that of the soft-label cross-entropy (Hinton, Vinyals and Dean 2015).</para>
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="pGradient">Where the n numbers dH/da_i go; empty if not wanted. May be the same span as <paramref name="pLogits"/>.</param>
    /// <param name="qGradient">Where the n numbers dH/db_i go; empty if not wanted. May be the same span as <paramref name="qLogits"/>.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the value and of the gradients; nats by default. The logits themselves are always natural.</param>
    /// <returns>H(p, q), to the bit what <see cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> returns. The error of a
    /// gradient by a_i is at most 1e-13 of p_i (|x_i| + E|x|)/T with x_j = log q_j less its value at p's mode; by b_i,
    /// of (|q_i - p_i| + p_i E|log(q/p)|)/T; E is under p, and a p_i below the smallest double counts as 0.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are -infinity;
    /// a gradient is neither empty nor of length n at least, overlaps the other, or
    /// overlaps logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropyGradient(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, Span<double> pGradient, Span<double> qGradient, double temperature = 1, LogBase logBase = default) =>
        Gradient(pLogits, qLogits, pGradient, qGradient, temperature, logBase, ofDivergence: false);

    /// <inheritdoc cref="CrossEntropyGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, double, LogBase)"/>
    public static double CrossEntropyGradient(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, Span<float> pGradient, Span<float> qGradient, double temperature = 1, LogBase logBase = default) =>
        Gradient(pLogits, qLogits, pGradient, qGradient, temperature, logBase, ofDivergence: false);

    private static double Gradient<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Span<T> pGradient, Span<T> qGradient, double temperature, LogBase logBase, bool ofDivergence)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitsPair peaks = LogitsPair.Of(pLogits, qLogits, temperature);
        Check.Gradients(pLogits, qLogits, pGradient, qGradient);
        return logBase.FromNats(Gradient(pLogits, qLogits, peaks, pGradient, qGradient, temperature, logBase, ofDivergence));
    }

    /// <summary>The value in nats; a share of its gradient, in the unit.</summary>
    internal static double Gradient<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, Span<T> pGradient, Span<T> qGradient,
        double temperature, LogBase logBase, bool ofDivergence, double share = 1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double settled = peaks.Settled(pLogits, qLogits);
        if (settled != 0)
        {
            Unknown(pLogits.Length, pGradient, qGradient);
            return settled;
        }

        if (!peaks.IsWide)
            return Gradient(pLogits, qLogits, peaks, pGradient, qGradient, temperature, temperature, logBase, ofDivergence, share);
        using NarrowedLogits narrowed = NarrowedLogits.Of(pLogits, qLogits, peaks, temperature);
        return Gradient(
            narrowed.A, narrowed.B, narrowed.Peaks, MemoryMarshal.Cast<T, double>(pGradient), MemoryMarshal.Cast<T, double>(qGradient),
            narrowed.Temperature, temperature, logBase, ofDivergence, share);
    }

    private static void Unknown<T>(int length, Span<T> pGradient, Span<T> qGradient)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        pGradient[..Math.Min(pGradient.Length, length)].Fill(T.NaN);
        qGradient[..Math.Min(qGradient.Length, length)].Fill(T.NaN);
    }

    // The logits are over one temperature; what is varied is over the other.
    private static double Gradient<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, Span<T> pGradient, Span<T> qGradient,
        double temperature, double temperatureOfGradient, LogBase logBase, bool ofDivergence, double share)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitRatios.TryOf(pLogits, qLogits, peaks, temperature, out LogitRatios ratios);
        double value = ofDivergence
            ? KullbackLeiblerInNats(pLogits, qLogits, ratios)
            : CrossEntropyInNats(pLogits, qLogits, peaks, temperature);
        if (pGradient.IsEmpty && qGradient.IsEmpty)
            return value;
        if (!double.IsFinite(value))
        {
            Unknown(pLogits.Length, pGradient, qGradient);
            return value;
        }

        ratios = ratios.Improved(pLogits, qLogits, peaks);
        LogitOffsets offsets = pGradient.IsEmpty ? default : LogitOffsets.Of(pLogits, qLogits, peaks, ratios, ofDivergence);
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]), p = ratios.P(ai);
            if (!pGradient.IsEmpty)
                pGradient[i] = T.CreateTruncating(
                    p == 0 ? 0 : logBase.FromNats(share * (-offsets.WeighedFromMean(p, ai, bi) / temperatureOfGradient)));
            if (!qGradient.IsEmpty)
                qGradient[i] = T.CreateTruncating(logBase.FromNats(share * (ratios.Difference(ai, bi) / temperatureOfGradient)));
        }

        return value;
    }
}
