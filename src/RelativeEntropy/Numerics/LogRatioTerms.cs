namespace RelativeEntropy.Numerics;

/// <summary>A function k of a log-ratio l = log p - log q whose mean under p estimates KL(p || q).</summary>
internal interface ILogRatioTerm
{
    static abstract double Of(TwoPart logRatio);

    /// <summary>k'(l).</summary>
    static abstract double Slope(double logRatio);

    /// <summary>k(l) + k'(l): the derivative of w k by log p, over w, where the weight w is in proportion to p.</summary>
    static abstract double SlopeWithWeight(double logRatio);
}

/// <summary>l.</summary>
internal readonly struct K1Term : ILogRatioTerm
{
    public static double Of(TwoPart logRatio) => logRatio.Rounded;

    public static double Slope(double logRatio) => 1;

    public static double SlopeWithWeight(double logRatio) => 1 + logRatio;
}

/// <summary>l^2/2.</summary>
internal readonly struct K2Term : ILogRatioTerm
{
    public static double Of(TwoPart logRatio) => 0.5 * logRatio.Rounded * logRatio.Rounded;

    public static double Slope(double logRatio) => logRatio;

    public static double SlopeWithWeight(double logRatio) => logRatio * (1 + 0.5 * logRatio);
}

/// <summary>e^-l - 1 + l.</summary>
internal readonly struct K3Term : ILogRatioTerm
{
    public static double Of(TwoPart logRatio) =>
        double.IsInfinity(logRatio.Value) ? double.PositiveInfinity : Elementary.ExpExcess(logRatio.Times(-1));

    public static double Slope(double logRatio) => -Elementary.Expm1(-logRatio);

    public static double SlopeWithWeight(double logRatio) => logRatio;
}
