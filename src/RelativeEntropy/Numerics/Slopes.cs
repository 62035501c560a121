namespace RelativeEntropy.Numerics;

/// <summary>The derivatives of a term by its two arguments; zero where both are zero.</summary>
internal interface IPairSlope
{
    static abstract (double ByP, double ByQ) Of(double p, double q);
}

/// <summary>Of p log(p/q) - p + q.</summary>
internal readonly struct KullbackLeiblerSlope : IPairSlope
{
    public static (double ByP, double ByQ) Of(double p, double q) => p == q ? (0, 0) : (Terms.LogRatio(p, q), (q - p) / q);
}

/// <summary>Of (p log(p/m) + q log(q/m))/2 for m = (p + q)/2.</summary>
internal readonly struct JensenShannonSlope : IPairSlope
{
    public static (double ByP, double ByQ) Of(double p, double q)
    {
        double m = 0.5 * (p + q), half = 0.5 * (q - p);
        return (0.5 * MixtureTerms.LogRatioTo(p, m, half), 0.5 * MixtureTerms.LogRatioTo(q, m, -half));
    }
}
