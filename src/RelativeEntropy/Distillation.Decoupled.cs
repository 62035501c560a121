using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Distillation
{
    /// <summary>T^2 (targetWeight TCKD + otherWeight NCKD): soft targets with the true class apart from the rest.</summary>
    /// <remarks>
    /// <para>TCKD = KL of the pairs (p_t, 1 - p_t) and (q_t, 1 - q_t), with t the true class; NCKD = KL of the distributions among the other
    /// classes, each renormalised. KL(p || q) = TCKD + (1 - p_t) NCKD: soft targets weigh the second by how unsure the teacher is, these weights are free.</para>
    /// <para>1 - p_t is the sum of the other probabilities, never a difference, and no digits are lost where the student is near the teacher. Where the teacher
    /// excludes every other class, there is no distribution among them, and NCKD is 0.</para>
    /// <para>Time O(n); a buffer of 2n numbers is rented from the pool. Source: Zhao, Cui, Song, Qiu and Liang (2022), arXiv 2203.08679.</para>
    /// </remarks>
    /// <param name="label">t, the index of the true class, from 0 to n - 1.</param>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="targetWeight">The weight of TCKD (alpha in the source), finite and at least 0; a term of weight zero is left out.</param>
    /// <param name="otherWeight">The weight of NCKD (beta in the source), finite and at least 0.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <returns>A number in [0, +infinity]. The error is at most 1e-13 of the loss plus targetWeight T^2 p_t (1 - p_t) NCKD, while TCKD and NCKD are normal doubles.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of the logits; a weight is negative, infinite or NaN;
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    public static double Decoupled(
        int label, ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double targetWeight, double otherWeight, double temperature) =>
        DecoupledGradient(label, teacherLogits, studentLogits, targetWeight, otherWeight, temperature, default);

    /// <summary><see cref="Decoupled"/> and its gradient by the student's logits.</summary>
    /// <remarks>
    /// targetWeight T (q_t - p_t) at the true class; at another class i, -targetWeight T (q_t - p_t) q'_i + otherWeight T (q'_i - p'_i), where p' and q' are
    /// the distributions among the others. Zero where the student equals the teacher up to a constant, and accurate near there.
    /// Time O(n); a buffer of 2n numbers is rented from the pool. Source: derived here.
    /// </remarks>
    /// <param name="label">t, the index of the true class, from 0 to n - 1.</param>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="targetWeight">The weight of TCKD, finite and at least 0; a term of weight zero is left out.</param>
    /// <param name="otherWeight">The weight of NCKD, finite and at least 0.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <returns>The loss, in [0, +infinity]. With s = |q_t - p_t| + p_t (1 - p_t) D and D the mean of |log(q'/p')| under p', the error of the derivative at t is at most 1e-13 of
    /// targetWeight T s, at another class of targetWeight T s q'_i + otherWeight T (|q'_i - p'_i| + p'_i D).</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargetsGradient"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of the logits; a weight is negative, infinite or NaN;
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    public static double DecoupledGradient(
        int label, ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double targetWeight, double otherWeight, double temperature,
        Span<double> studentGradient)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient);
        Check.Label(label, studentLogits.Length);
        Check.NonNegative(targetWeight, nameof(targetWeight));
        Check.NonNegative(otherWeight, nameof(otherWeight));
        if (peaks.AnyNaN)
            return Settled(double.NaN, studentGradient);
        if (!peaks.IsWide)
            return OfParts(
                label, teacherLogits, studentLogits, peaks, targetWeight, otherWeight, temperature, temperature, studentGradient);
        using NarrowedLogits narrowed = NarrowedLogits.Of(teacherLogits, studentLogits, peaks, temperature);
        return OfParts(
            label, narrowed.A, narrowed.B, narrowed.Peaks, targetWeight, otherWeight, narrowed.Temperature, temperature, studentGradient);
    }

    // The logits are over one temperature; the loss is that of the other.
    private static double OfParts(
        int label, ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, LogitsPair peaks,
        double targetWeight, double otherWeight, double temperature, double temperatureOfLoss, Span<double> studentGradient)
    {
        int rest = teacherLogits.Length - 1;
        using WorkBuffer buffer = new(default, 2 * rest);
        Span<double> a = buffer.Span[..rest], b = buffer.Span[rest..];
        Others(label, teacherLogits, a);
        Others(label, studentLogits, b);
        LogitsPair others = peaks with { A = LogitsPass.Of<double>(a), B = LogitsPass.Of<double>(b) };
        double at = teacherLogits[label], bt = studentLogits[label];
        TargetSplit p = TargetSplit.Of(at, a, others.A, peaks.A, temperature, out double totalA);
        TargetSplit q = TargetSplit.Of(bt, b, others.B, peaks.B, temperature, out double totalB);

        bool hasRatios = LogitRatios.TryOf<double>(a, b, others, temperature, out LogitRatios ratios);
        double amongOthers = totalA == 0 ? 0
            : LogitsPair.IsOutsideSupport<double>(a, b) ? double.PositiveInfinity
            : Logits.KullbackLeiblerInNats<double>(a, b, ratios);
        ratios = hasRatios ? ratios.Improved<double>(a, b, others) : ratios;
        double gap = hasRatios ? ratios.Of(at, bt) : (q.LogTarget - q.LogOthers) - (p.LogTarget - p.LogOthers);
        (double ofTarget, double difference) = TargetSplit.Compare(p, q, gap);

        double sum = (targetWeight == 0 ? 0 : targetWeight * ofTarget) + (otherWeight == 0 ? 0 : otherWeight * amongOthers);
        for (int i = 0, j = 0; i < studentGradient.Length; i++)
        {
            if (i == label)
            {
                studentGradient[i] = targetWeight * difference * temperatureOfLoss;
                continue;
            }

            double among = totalB == 0 ? 0 : LogitsPass.Weight(b[j], others.B.Value, temperature) / totalB;
            double apart = otherWeight == 0 || totalA == 0 ? 0 : ratios.Difference(a[j], b[j]);
            studentGradient[i] = (otherWeight * apart - targetWeight * difference * among) * temperatureOfLoss;
            j++;
        }

        return Settled(temperatureOfLoss * (temperatureOfLoss * sum), studentGradient);
    }

    private static void Others(int label, ReadOnlySpan<double> logits, Span<double> destination)
    {
        logits[..label].CopyTo(destination);
        logits[(label + 1)..].CopyTo(destination[label..]);
    }
}
