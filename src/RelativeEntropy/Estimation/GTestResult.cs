namespace RelativeEntropy;

/// <summary>What a G-test says. The default value is that of no degrees of freedom and a p-value of 0, which no test gives.</summary>
/// <param name="Statistic">G, twice the sum of O ln(O/E) over observed and expected counts: in [0, +infinity].</param>
/// <param name="DegreesOfFreedom">One less than there are cells that can hold anything.</param>
/// <param name="PValue">The probability of a statistic at least as large where nothing has changed, by its limit, chi-squared: in [0,
/// 1].</param>
public readonly record struct GTestResult(double Statistic, int DegreesOfFreedom, double PValue);
