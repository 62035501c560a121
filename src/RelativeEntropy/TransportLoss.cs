namespace RelativeEntropy;

/// <summary>What <see cref="Distillation.Wasserstein"/> found, and how far it came.</summary>
/// <param name="Value">The regularised cost of transport, from below: no larger than the minimum, up to rounding, converged or not.</param>
/// <param name="MarginalError">The sum over the teacher's classes of |row sum of the plan - p_i|; the column sums are exact.</param>
/// <param name="Iterations">How many iterations were made.</param>
/// <param name="HasConverged">Whether the marginal error came down to the tolerance within the limit of iterations.</param>
public readonly record struct TransportLoss(double Value, double MarginalError, int Iterations, bool HasConverged);
