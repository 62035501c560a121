using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>A term of degree one at 2^600 p and 2^600 q in place of p and q: its sum is 2^600 times the sum, exactly, and does not
/// underflow.</summary>
internal readonly struct Magnified<TFunction>(TFunction term) : IPairFunction
    where TFunction : struct, IPairFunction
{
    public TwoPart Of(double p, double q) => term.Of(Magnified.Factor * p, Magnified.Factor * q);
}

/// <summary>Roots and logarithms of sums that may underflow, over terms of degree one in (p, q).</summary>
internal static class Magnified
{
    /// <summary>2^600: it takes the smallest double far above the smallest normal one, and 1 not near the largest.</summary>
    public const double Factor = 4.149515568880993e180;

    private const double RootOfFactor = 2.037035976334486e90;

    // Well above where terms begin to lose digits.
    private const double Small = 1e-250;

    /// <summary>The square root of a part of a divergence, taken in its unit.</summary>
    public static double Root<T, TFunction>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term, double part, string remedy, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        double divergence = part * logBase.FromNats(PairReduction.OverDistributions(p, q, term, remedy));
        return divergence < Small
            ? Math.Sqrt(part * logBase.FromNats(PairReduction.Sum(p, q, new Magnified<TFunction>(term)).Terms)) / RootOfFactor
            : Math.Sqrt(divergence);
    }

    /// <summary>Minus the logarithm of a sum.</summary>
    public static double MinusLog<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        double sum = PairReduction.Sum(p, q, term).Terms.Value;
        return sum < Small
            ? Terms.LogRatio(Factor, PairReduction.Sum(p, q, new Magnified<TFunction>(term)).Terms.Value)
            : Terms.LogRatio(1, sum);
    }
}
