namespace RelativeEntropy.Numerics;

/// <summary>
/// What a point, or an outcome, of two distributions given by their log-densities contributes: to the divergence p log(p/q) - p + q, which
/// is not negative,
/// to the two masses, and what of each is uncertain by rounding.
/// </summary>
internal readonly record struct DensityTerms(double Divergence, double P, double Q, double Noise, double NoiseOfP = 0, double NoiseOfQ = 0)
{
    // Below it p and p log(q/p) no longer cancel beside q.
    private const double FarBelow = -30;

    private const double Rounding = 2.220446049250313e-16;

    /// <summary>The contributions of a point with a weight, from log-densities below +infinity; the divergence is +infinity where only q is
    /// 0.</summary>
    public static DensityTerms At(double logP, double logQ, double weight)
    {
        double q = double.IsNegativeInfinity(logQ) ? 0 : Elementary.TimesExp(weight, logQ);
        if (double.IsNegativeInfinity(logP))
            return new(q, 0, q, 0);
        double p = Elementary.TimesExp(weight, logP);
        if (double.IsNegativeInfinity(logQ))
            return new(double.PositiveInfinity, p, 0, 0);
        double logRatio = logP - logQ;
        double divergence = logRatio is > FarBelow and <= 1 ? p * Elementary.ExpExcess(-logRatio) : p * logRatio - p + q;

        // The slopes by the two logarithms are p log(p/q) and q - p.
        double noise = Math.Abs(p - q) * Math.Abs(logQ) + (p == 0 ? 0 : p * Math.Abs(logRatio) * Math.Abs(logP));
        return new(divergence, p, q, Rounding * noise);
    }

    /// <summary>The same where a part of it is uncertain.</summary>
    public DensityTerms Uncertain(double part) =>
        this with { Noise = Noise + part * Divergence, NoiseOfP = part * P, NoiseOfQ = part * Q };

    public static DensityTerms operator +(DensityTerms a, DensityTerms b) => new(
        a.Divergence + b.Divergence, a.P + b.P, a.Q + b.Q, a.Noise + b.Noise, a.NoiseOfP + b.NoiseOfP, a.NoiseOfQ + b.NoiseOfQ);

    public static DensityTerms operator *(double factor, DensityTerms a) => new(
        factor * a.Divergence, factor * a.P, factor * a.Q, factor * a.Noise, factor * a.NoiseOfP, factor * a.NoiseOfQ);
}
