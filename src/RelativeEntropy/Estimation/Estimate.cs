namespace RelativeEntropy;

/// <summary>An estimated number, and how far chance is likely to have moved it.</summary>
/// <remarks>The default value is a 0 known without error.</remarks>
/// <param name="Value">The estimate, in the unit of what is estimated.</param>
/// <param name="StandardError">The estimated standard deviation of <paramref name="Value"/> over repetitions, in the same unit; NaN where
/// the data do not tell it, as one sample does not. It measures chance alone: a bias, where the estimator has one, is stated by the
/// function that gives the estimate.</param>
public readonly record struct Estimate(double Value, double StandardError);
