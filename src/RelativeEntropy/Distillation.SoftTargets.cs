using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Losses by which a student network learns from a teacher: both give logits over the same n classes, p = softmax(teacher/T) and
/// q = softmax(student/T) at a temperature T.
/// </summary>
/// <remarks>
/// <para>One sample per call, in nats; the mean over a batch is the caller's. Every loss has a twin named after it with Gradient, whose
/// destination receives the n derivatives by the student's logits, the teacher held fixed; empty means not wanted, and the value has the same bits.</para>
/// <para>A logit is finite or -infinity, which stands for probability zero; +infinity, and logits that are all -infinity, throw
/// <see cref="ArgumentException"/> naming the argument, the index and the value. A NaN in either set of logits, or in the costs, gives NaN, whatever the weights; after that, +infinity only
/// where the truth is, or where a divergence exceeds the largest double before T^2 is applied. A term of weight zero is left out, also where it is
/// infinite. Where the value is NaN or +infinity there is no gradient, and its destination is filled with NaN.
/// At temperatures below 4e-307, divergences of logits beyond 2.2e307 lose digits. Nothing is allocated.</para>
/// </remarks>
public static partial class Distillation
{
    /// <summary>T^2 KL(p || q): the student matches the teacher's soft targets.</summary>
    /// <remarks>
    /// The factor T^2 keeps the size of the gradient when T changes: the divergence falls as T^-2, and for large T the loss tends to half the variance,
    /// over the classes, of the differences of the logits. No digits are lost where the student is near the teacher.
    /// Time O(n) in six passes, memory O(1). Source: Hinton, Vinyals and Dean (2015), arXiv 1503.02531.
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <returns>A number in [0, +infinity]; relative error at most 1e-13 while KL(p || q) is a normal double.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are
    /// -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static double SoftTargets(ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double temperature) =>
        SoftTargetsGradient(teacherLogits, studentLogits, temperature, default);

    /// <summary><see cref="SoftTargets"/> and its gradient by the student's logits, T (q_i - p_i).</summary>
    /// <remarks>Zero where the student equals the teacher up to a constant, and accurate near there. Time O(n) in at most nine passes, memory O(1).
    /// Source: Hinton, Vinyals and Dean (2015), section 2.</remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <returns>The loss, in [0, +infinity]. The error of a derivative is at most 1e-13 of T (|q_i - p_i| + p_i E|log(q/p)|), E under p.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>; or the gradient is neither empty nor of length n at least, or overlaps the logits.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    /// <example><code>
    /// double[] byStudent = new double[3];
    /// double loss = Distillation.SoftTargetsGradient([2, 0.1, -1], [1.5, 0.3, -0.8], temperature: 2, byStudent);   // 0.05902395893
    /// double push = byStudent[0];   // -0.1702071392
    /// </code></example>
    public static double SoftTargetsGradient(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double temperature, Span<double> studentGradient)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient);
        double divergence = Logits.Gradient(teacherLogits, studentLogits, peaks, default, studentGradient, temperature, LogBase.Nats, ofDivergence: true);
        return TimesSquare(divergence, studentGradient, temperature);
    }

    /// <summary>T^2 KL(q || p): the student seeks the teacher's modes rather than covers them.</summary>
    /// <remarks>
    /// The reverse of <see cref="SoftTargets"/>: it charges the student for what it says and the teacher would not, so it is +infinity where the teacher
    /// excludes what the student does not. Time O(n) in six passes, memory O(1). Source: Gu, Dong, Wei and Huang (2024), MiniLLM, arXiv 2306.08543, for the
    /// divergence (at T = 1); the factor T^2 is that of Hinton, Vinyals and Dean (2015).
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <returns>A number in [0, +infinity]; relative error at most 1e-13 while KL(q || p) is a normal double.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static double ReverseSoftTargets(ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double temperature) =>
        ReverseSoftTargetsGradient(teacherLogits, studentLogits, temperature, default);

    /// <summary><see cref="ReverseSoftTargets"/> and its gradient by the student's logits, T q_i (log(q_i/p_i) - KL(q || p)).</summary>
    /// <remarks>Zero where the student equals the teacher up to a constant, and accurate near there. Time O(n) in at most nine passes, memory O(1).
    /// Source: derived here.</remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <returns>The loss, in [0, +infinity]. The error of a derivative is at most 1e-13 of T q_i (|x_i| + E|x|), where x_j is log(p_j/q_j) less its value at
    /// q's mode and E is under q.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargetsGradient"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static double ReverseSoftTargetsGradient(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double temperature, Span<double> studentGradient)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient).Exchanged;
        double divergence = Logits.Gradient(studentLogits, teacherLogits, peaks, studentGradient, default, temperature, LogBase.Nats, ofDivergence: true);
        return TimesSquare(divergence, studentGradient, temperature);
    }

    /// <summary>What every loss begins with: its arguments checked, and the gradient cut to the number of classes.</summary>
    private static LogitsPair Peaks(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double temperature, ref Span<double> studentGradient)
    {
        LogitsPair peaks = LogitsPair.Of(teacherLogits, studentLogits, temperature, Check.NoRow, nameof(teacherLogits), nameof(studentLogits));
        Check.WantedApart(teacherLogits, studentGradient, teacherLogits.Length, nameof(studentGradient));
        Check.WantedApart(studentLogits, studentGradient, teacherLogits.Length, nameof(studentGradient));
        studentGradient = studentGradient[..Math.Min(studentGradient.Length, teacherLogits.Length)];
        return peaks;
    }

    /// <summary>The value, or NaN for the gradient where the value is not finite.</summary>
    private static double Settled(double value, Span<double> studentGradient)
    {
        if (!double.IsFinite(value))
            studentGradient.Fill(double.NaN);
        return value;
    }

    // T before T: the square alone could overflow.
    private static double TimesSquare(double value, Span<double> gradient, double temperature)
    {
        foreach (ref double derivative in gradient)
            derivative = derivative * temperature * temperature;
        return temperature * (temperature * value);
    }
}
