using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Distillation
{
    /// <summary>weight KL(p || m) + (1 - weight) KL(q || m) with m = weight p + (1 - weight) q: the teacher and the student against their mixture.</summary>
    /// <remarks>
    /// <para>This is the divergence itself, so it vanishes at weight 0 and at weight 1. Divided by the weight it tends to KL(p || q) (<see cref="SoftTargets"/>)
    /// as the weight tends to 0, and divided by 1 - weight to KL(q || p) as it tends to 1; implementations that put these in place of the ends are not
    /// continuous there. Bounded by log 2, also where one side excludes what the other does not. No factor T^2 is applied.</para>
    /// <para>Each outcome adds weight (p log(p/m) - p + m) + (1 - weight)(q log(q/m) - q + m), both parts non-negative and computed from q - p, which comes from
    /// the logits without cancellation. Time O(n) in six passes, memory O(1).
    /// Source: Lin (1991) for the divergence; Agarwal, Vieillard, Zhou, Stanczyk, Ramos, Geist and Bachem (2024), arXiv 2306.13649, for its use.</para>
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="weight">The weight of the teacher (beta in the source), in [0, 1].</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <returns>A number in [0, log 2]; relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1]; <paramref name="temperature"/> is not positive and finite.</exception>
    public static double GeneralisedJensenShannon(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double weight, double temperature) =>
        GeneralisedJensenShannonGradient(teacherLogits, studentLogits, weight, temperature, default);

    /// <summary><see cref="GeneralisedJensenShannon"/> and its gradient by the student's logits.</summary>
    /// <remarks>
    /// (1 - weight) q_i (log(q_i/m_i) - KL(q || m))/T. Zero where the student equals the teacher up to a constant, and accurate near there.
    /// Time O(n) in seven passes, memory O(1). Source: derived here.
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="weight">The weight of the teacher, in [0, 1].</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <returns>The divergence, in [0, log 2]. The error of a derivative is at most 1e-13 of (1 - weight) q_i (|l_i| + E|l|)/T with l = log(q/m) and E under q.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargetsGradient"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1]; <paramref name="temperature"/> is not positive and finite.</exception>
    public static double GeneralisedJensenShannonGradient(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, double weight, double temperature, Span<double> studentGradient)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient);
        Check.Weight(weight);
        if (peaks.AnyNaN)
            return Settled(double.NaN, studentGradient);
        if (!peaks.IsWide)
            return OfMixture(teacherLogits, studentLogits, peaks, weight, temperature, temperature, studentGradient);
        using NarrowedLogits narrowed = NarrowedLogits.Of(teacherLogits, studentLogits, peaks, temperature);
        return OfMixture(narrowed.A, narrowed.B, narrowed.Peaks, weight, narrowed.Temperature, temperature, studentGradient);
    }

    // The logits are over one temperature; what is varied is over the other.
    private static double OfMixture(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, LogitsPair peaks, double weight,
        double temperature, double temperatureOfGradient, Span<double> studentGradient)
    {
        if (!LogitRatios.TryOf(teacherLogits, studentLogits, peaks, temperature, out LogitRatios ratios))
        {
            studentGradient.Clear();
            return Terms.Entropy(weight) + (weight == 1 ? 0 : (1 - weight) * -Elementary.Log1p(-weight));
        }

        ratios = ratios.Improved(teacherLogits, studentLogits, peaks);
        JensenShannonTerm term = new(weight);
        CompensatedSum value = default, slope = default;
        for (int i = 0; i < teacherLogits.Length; i++)
        {
            double a = teacherLogits[i], b = studentLogits[i], p = ratios.P(a), q = ratios.Q(b), difference = ratios.Difference(a, b);
            value.Add(term.Of(p, q, difference));
            if (!studentGradient.IsEmpty && q != 0)
                slope.Add(q * (studentGradient[i] = term.SlopeAtSecond(p, q, difference)));
        }

        for (int i = 0; i < studentGradient.Length; i++)
        {
            double q = ratios.Q(studentLogits[i]);
            studentGradient[i] = q == 0 ? 0 : q * (studentGradient[i] - slope.Value) / temperatureOfGradient;
        }

        return value.Value;
    }
}
