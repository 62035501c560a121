using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Distillation
{
    /// <summary>The cost of moving the student's distribution onto the teacher's, with an entropic regularisation: classes that resemble each other are near.</summary>
    /// <remarks>
    /// <para>The minimum over plans P with row sums p and column sums q of the sum of P_ij C_ij plus e KL(P || p q'), with e the regularisation: not the sharp cost of
    /// the regularised plan but the regularised objective, since its gradient is the plan's dual potential. It lies between the unregularised Wasserstein cost W and
    /// W + e min(H(p), H(q)), as the information in W's own plan is at most either entropy. It is not zero at p = q.</para>
    /// <para>Sinkhorn's iteration on the dual potentials, in logarithms, so that nothing underflows. It stops when the plan's row sums are right to the tolerance, or at the limit of
    /// iterations; the result says which, and its value is a lower bound in both cases. The iterations needed grow with (largest cost)/e. A tolerance below about
    /// 2^-52 (largest cost)/e cannot be met. Time O(n^2) in each iteration; a buffer of 5n numbers is rented from the pool.</para>
    /// <para>Source: Cuturi (2013), Sinkhorn distances; Lv, Yang and Li (2024), arXiv 2412.08139, for its use.</para>
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="costs">C, n x n costs, finite and at least 0, row by row: the row is the teacher's class, the column the student's.</param>
    /// <param name="regularisation">e, positive and finite, in the unit of the costs.</param>
    /// <param name="temperature">T, positive and finite; no factor T^2 is applied.</param>
    /// <param name="tolerance">What the row sums may be off by in all, finite and at least 0.</param>
    /// <param name="iterations">The largest number of iterations, at least 1.</param>
    /// <returns>The value, in [0, +infinity) and in the unit of the costs, and whether the iteration converged. The rounding error of the value is at most 1e-13 of
    /// the largest cost.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>; or the costs are not n x n, or one is negative or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The regularisation is not positive and finite, or so small that a cost divided by it is infinite; the tolerance
    /// is negative, infinite or NaN; the limit of iterations or the temperature is not positive.</exception>
    public static TransportLoss Wasserstein(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, ReadOnlySpan<double> costs, double regularisation, double temperature,
        double tolerance = 1e-12, int iterations = 10_000) =>
        WassersteinGradient(teacherLogits, studentLogits, costs, regularisation, temperature, default, tolerance, iterations);

    /// <summary><see cref="Wasserstein"/> and its gradient by the student's logits, q_j (g_j - E g)/T, with g the student's dual potential and E under q.</summary>
    /// <remarks>
    /// The envelope theorem: at the optimum the value changes with q as the potential does, however the plan changes. It is exact at convergence. Short of it, g is
    /// the slope of a linear lower bound in q that misses the value by no more than the iteration misses the optimum. Where the regularisation is so small that
    /// blocks of classes exchange less mass than the tolerance, g is fixed up to a constant in each of them, and the gradient is one such slope.
    /// Source: Cuturi (2013); the envelope theorem is Danskin's (1967).
    /// </remarks>
    /// <param name="teacherLogits">The n logits of the teacher.</param>
    /// <param name="studentLogits">The n logits of the student.</param>
    /// <param name="costs">C, n x n costs, finite and at least 0, row by row: the row is the teacher's class, the column the student's.</param>
    /// <param name="regularisation">e, positive and finite, in the unit of the costs.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="studentGradient">Receives the n derivatives; empty if not wanted.</param>
    /// <param name="tolerance">What the row sums may be off by in all, finite and at least 0.</param>
    /// <param name="iterations">The largest number of iterations, at least 1.</param>
    /// <returns>The value, and whether the iteration converged. The error of a derivative is then about the tolerance, and 2^-52 (1 + (largest cost)/e), times e/(T (1 - r)), with r
    /// the rate of the iteration: the second eigenvalue of the matrix of the sums over j of P_ij P_kj/(q_j p_k).</returns>
    /// <exception cref="ArgumentException">As for <see cref="Wasserstein"/>; or the gradient is neither empty nor of length n at least, or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Wasserstein"/>.</exception>
    public static TransportLoss WassersteinGradient(
        ReadOnlySpan<double> teacherLogits, ReadOnlySpan<double> studentLogits, ReadOnlySpan<double> costs, double regularisation, double temperature,
        Span<double> studentGradient, double tolerance = 1e-12, int iterations = 10_000)
    {
        LogitsPair peaks = Peaks(teacherLogits, studentLogits, temperature, ref studentGradient);
        int n = teacherLogits.Length;
        bool isKnown = CheckCosts(costs, n, regularisation);
        Check.WantedApart(costs, studentGradient, n, nameof(studentGradient));
        Check.NonNegative(tolerance, nameof(tolerance));
        if (iterations < 1)
            throw new ArgumentOutOfRangeException(nameof(iterations), iterations, FormattableString.Invariant($"iterations = {iterations}; it must be at least 1."));
        if (peaks.AnyNaN || !isKnown)
            return new(Settled(double.NaN, studentGradient), double.NaN, 0, false);

        using WorkBuffer buffer = new(default, 5 * n);
        Span<double> logP = buffer.Span[..n], logQ = buffer.Span[n..(2 * n)], f = buffer.Span[(2 * n)..(3 * n)], g = buffer.Span[(3 * n)..(4 * n)];
        Logits.LogSoftmax(teacherLogits, logP, temperature);
        Logits.LogSoftmax(studentLogits, logQ, temperature);
        (double error, int count) = new Sinkhorn(logP, logQ, costs, regularisation).Solve(f, g, buffer.Span[(4 * n)..], tolerance, iterations);

        double meanOfStudent = Mean(logQ, g);
        for (int j = 0; j < studentGradient.Length; j++)
        {
            double q = Elementary.Exp(logQ[j]);
            studentGradient[j] = q == 0 ? 0 : regularisation * (q * (g[j] - meanOfStudent)) / temperature;
        }

        return new(Math.Max(regularisation * (Mean(logP, f) + meanOfStudent), 0), error, count, error <= tolerance);
    }

    private static double Mean(ReadOnlySpan<double> logWeights, ReadOnlySpan<double> values)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < values.Length; i++)
        {
            double weight = Elementary.Exp(logWeights[i]);
            if (weight != 0)
                sum.Add(weight * values[i]);
        }

        return sum.Value;
    }

    /// <summary>Whether no cost is NaN.</summary>
    private static bool CheckCosts(ReadOnlySpan<double> costs, int n, double regularisation)
    {
        if (costs.Length != (long)n * n)
            throw new ArgumentException(FormattableString.Invariant($"costs has {costs.Length} elements; the costs between {n} classes have {(long)n * n}."), nameof(costs));
        Check.Measure(costs, nameof(costs));
        if (regularisation is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(regularisation), regularisation, FormattableString.Invariant($"regularisation = {regularisation}; it must be positive and finite."));
        double largest = 0;
        bool isKnown = true;
        foreach (double cost in costs)
        {
            isKnown &= !double.IsNaN(cost);
            largest = cost > largest ? cost : largest;
        }

        if (double.IsInfinity(largest / regularisation))
            throw new ArgumentOutOfRangeException(nameof(regularisation), regularisation, FormattableString.Invariant($"regularisation = {regularisation}; the cost {largest} divided by it is infinite; it must be larger."));
        return isKnown;
    }
}
