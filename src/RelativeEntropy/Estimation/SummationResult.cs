namespace RelativeEntropy;

/// <summary>A series of terms that are not negative, and what was left out of it: the sum is in [Value, Value + TailBound], but for
/// rounding.</summary>
/// <remarks>The default value is that of no term, not converged: its numbers say nothing.</remarks>
/// <param name="Value">The sum of the terms that were taken.</param>
/// <param name="TailBound">What the others sum to at most, in the same unit.</param>
/// <param name="Terms">How many were taken.</param>
/// <param name="Converged">Whether the bound is within the tolerance.</param>
public readonly record struct SummationResult(double Value, double TailBound, int Terms, bool Converged);
