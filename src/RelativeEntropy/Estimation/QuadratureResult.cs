namespace RelativeEntropy;

/// <summary>An integral found by quadrature, and how good it is.</summary>
/// <remarks>The default value is that of no evaluation, not converged: its numbers say nothing.</remarks>
/// <param name="Value">The integral.</param>
/// <param name="Error">An estimate of its absolute error, in the same unit. It is no bound: a feature between the points that were looked
/// at is not seen.</param>
/// <param name="Evaluations">How often each of the two functions was called, about.</param>
/// <param name="Converged">Whether the error is within the tolerance, and the masses are known well enough to have been checked.</param>
public readonly record struct QuadratureResult(double Value, double Error, int Evaluations, bool Converged);
