using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Distillation
{
    /// <summary>weight T^2 KL(p || q) + (1 - weight) (-log q_label), the latter at temperature 1: soft targets together with the true label.</summary>
    /// <remarks>
    /// With the factor T^2 the two gradients keep their relative sizes when T changes. Time O(n) in seven passes, memory O(1).
    /// Source: Hinton, Vinyals and Dean (2015), section 2, arXiv 1503.02531.
    /// </remarks>
    /// <param name="label">The index of the true class, from 0 to n - 1.</param>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="weight">The weight of the soft targets, in [0, 1]; a term of weight zero is left out.</param>
    /// <param name="temperature">T, positive and finite; of the soft targets alone.</param>
    /// <returns>A number in [0, +infinity]; relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of the logits; <paramref name="weight"/> is not in [0, 1];
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    public static double WithLabel(
        int label, ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double weight, double temperature) =>
        WithLabelGradient(label, teacherLogits, studentLogits, weight, temperature, default);

    /// <summary><see cref="WithLabel"/> and its gradient by the student's logits b.</summary>
    /// <remarks>
    /// weight T (q_i - p_i) + (1 - weight)(s_i - [i = label]) with s = softmax(b), at temperature 1. Time O(n) in at most twelve passes, memory O(1).
    /// Source: Hinton, Vinyals and Dean (2015), section 2.
    /// </remarks>
    /// <param name="label">The index of the true class, from 0 to n - 1.</param>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="weight">The weight of the soft targets, in [0, 1]; a term of weight zero is left out.</param>
    /// <param name="temperature">T, positive and finite; of the soft targets alone.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <returns>The loss, in [0, +infinity]. The error of a derivative is at most 1e-13 of the sum of the scales of its two parts.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargetsGradient"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of the logits; <paramref name="weight"/> is not in [0, 1];
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    public static double WithLabelGradient(
        int label, ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double weight, double temperature, Span<double> studentGradient)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient);
        Check.Label(label, studentLogits.Length);
        Check.Weight(weight);
        if (peaks.AnyNaN)
            return Settled(double.NaN, studentGradient);

        double value = 0, other = 1 - weight;
        studentGradient.Clear();
        if (weight > 0)
        {
            double divergence = Logits.Gradient(teacherLogits, studentLogits, peaks, default, studentGradient, temperature, LogBase.Nats, ofDivergence: true);
            value = weight * TimesSquare(divergence, studentGradient, temperature);
            foreach (ref double derivative in studentGradient)
                derivative *= weight;
        }

        if (other > 0)
        {
            value += other * Logits.LabelCrossEntropyInNats(label, studentLogits, peaks.B, 1);
            LabelResidual residual = studentGradient.IsEmpty ? default : LabelResidual.Of(label, studentLogits, peaks.B, 1);
            for (int i = 0; i < studentGradient.Length; i++)
                studentGradient[i] += other * residual.At(i, studentLogits[i]);
        }

        return Settled(value, studentGradient);
    }
}
