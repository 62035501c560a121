namespace RelativeEntropy;

/// <summary>A statistic with a bootstrap interval. The default value is three zeros.</summary>
/// <param name="Value">The statistic of the samples themselves.</param>
/// <param name="Lower">The lower end; NaN if a resample gave NaN.</param>
/// <param name="Upper">The upper end; NaN if a resample gave NaN.</param>
public readonly record struct BootstrapInterval(double Value, double Lower, double Upper);
