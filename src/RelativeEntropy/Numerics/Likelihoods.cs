namespace RelativeEntropy.Numerics;

/// <summary>Two likelihoods with their difference and the logarithm of their ratio, each right to the last digit also where they are nearly equal.</summary>
/// <param name="P">p, or e^x.</param>
/// <param name="Q">q, or 1.</param>
/// <param name="Excess">p - q.</param>
/// <param name="PreciseLog">x = log(p/q), to more digits than a double holds.</param>
internal readonly record struct Likelihoods(double P, double Q, double Excess, TwoPart PreciseLog)
{
    /// <summary>Both positive and finite.</summary>
    public static Likelihoods Of(double p, double q) => new(p, q, p - q, LogRatio.Precise(p, q));

    public static Likelihoods OfLog(double x) => new(Elementary.Exp(x), 1, Elementary.Expm1(x), new(x, 0));

    public Likelihoods Exchanged => new(Q, P, -Excess, PreciseLog.Times(-1));

    /// <summary>Half of both, with the same ratio.</summary>
    public Likelihoods Half => new(0.5 * P, 0.5 * Q, 0.5 * Excess, PreciseLog);

    /// <summary>x, rounded once.</summary>
    public double Log => PreciseLog.Value;

    public bool IsNear => Math.Abs(Log) <= 1;
}
