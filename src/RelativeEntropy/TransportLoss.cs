namespace RelativeEntropy;

/// <summary>What <see cref="Distillation.Wasserstein"/> found, and how far it came.</summary>
/// <remarks>Converged or not, the minimum lies in [Value, Value + MarginalError c], up to rounding, with c the largest cost: the dual objective is concave, its slope is the
/// error of the row sums, and no potential need vary by more than c. The default value is that of no iteration, not converged: its
/// numbers say nothing.</remarks>
/// <param name="Value">The regularised cost of transport, from below.</param>
/// <param name="MarginalError">The sum over the teacher's classes of |row sum of the plan - p_i|; the column sums are exact.</param>
/// <param name="Iterations">How many iterations were made.</param>
/// <param name="HasConverged">Whether the marginal error came down to the tolerance within the limit of iterations.</param>
public readonly record struct TransportLoss(double Value, double MarginalError, int Iterations, bool HasConverged);
