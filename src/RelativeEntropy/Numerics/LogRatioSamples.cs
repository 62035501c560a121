using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>k of log-ratios at samples of p.</summary>
internal readonly ref struct LogRatioSamples<T, TTerm>(ReadOnlySpan<T> logRatios) : ISampled
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TTerm : struct, ILogRatioTerm
{
    private readonly ReadOnlySpan<T> _logRatios = logRatios;

    public int Count => _logRatios.Length;

    public double At(int i) => TTerm.Of(new(double.CreateTruncating(_logRatios[i]), 0));

    public double Weight(int i) => 1;
}

/// <summary>k of log p - log q at samples of p.</summary>
internal readonly ref struct LogDensitySamples<T, TTerm>(ReadOnlySpan<T> logP, ReadOnlySpan<T> logQ) : ISampled
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TTerm : struct, ILogRatioTerm
{
    private readonly ReadOnlySpan<T> _logP = logP, _logQ = logQ;

    public int Count => _logP.Length;

    public double At(int i)
    {
        double p = double.CreateTruncating(_logP[i]), q = double.CreateTruncating(_logQ[i]);
        TwoPart logRatio = TwoPart.Difference(p, q);
        return TTerm.Of(double.IsInfinity(logRatio.Value) && double.IsFinite(q) ? new(Math.CopySign(double.MaxValue, logRatio.Value),
            0) : logRatio);
    }

    public double Weight(int i) => 1;
}

/// <summary>w k at samples of another distribution, w = e^(log-weight - shift).</summary>
internal readonly ref struct ImportanceSamples<T, TTerm>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights, double shift) : ISampled
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TTerm : struct, ILogRatioTerm
{
    private readonly ReadOnlySpan<T> _logRatios = logRatios, _logWeights = logWeights;

    public int Count => _logRatios.Length;

    public double At(int i)
    {
        T logWeight = _logWeights[i];
        if (T.IsNegativeInfinity(logWeight))
            return 0;
        if (T.IsNaN(logWeight))
            return double.NaN;
        double k = TTerm.Of(new(double.CreateTruncating(_logRatios[i]), 0));
        return double.IsInfinity(k) ? k : Elementary.TimesExp(k, TwoPart.Difference(double.CreateTruncating(logWeight), shift));
    }

    public double Weight(int i) => 1;
}

/// <summary>k, with weights w = e^(log-weight - peak).</summary>
internal readonly ref struct SelfNormalisedSamples<T, TTerm>(ReadOnlySpan<T> logRatios, ReadOnlySpan<T> logWeights, double peak) : ISampled
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TTerm : struct, ILogRatioTerm
{
    private readonly ReadOnlySpan<T> _logRatios = logRatios, _logWeights = logWeights;

    public int Count => _logRatios.Length;

    public double At(int i) => T.IsNegativeInfinity(_logWeights[i]) ? 0 : TTerm.Of(new(double.CreateTruncating(_logRatios[i]), 0));

    public double Weight(int i) => Elementary.Exp(TwoPart.Difference(double.CreateTruncating(_logWeights[i]), peak));
}
