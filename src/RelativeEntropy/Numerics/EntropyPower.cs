using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>p (1 - p^b)/b for b = a - 1: non-negative on [0, 1], and -p log p at b = 0.</summary>
internal readonly struct EntropyPowerTerm(double order) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        double b = order - 1;
        if (b == 0 || !EntropyTerm.IsRegular(p))
            return EntropyTerm.Of(p, p);
        TwoPart y = LogRatio.Precise(p, 1).Times(b);
        // Beyond the range of e^y, p goes into the exponent.
        return new(y.Value <= Elementary.LargestExponent
            ? -p * (Elementary.Expm1(y) / b)
            : (p - Elementary.Exp(order * LogRatio.Of(p, 1))) / b, 0);
    }

    public static bool HasVectorForm => true;

    // So that b log p stays in the range of the exponential; at b = 0 the term is another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q) =>
        order != 1 && Math.Abs(order - 1) <= 3 ? LogRatio.Moderate(p) : Vector<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q)
    {
        Vector<double> b = new(order - 1);
        VectorPart y = LogRatio.Precise(p, Vector<double>.One).Times(b);
        return new(-p * (Elementary.Expm1(y) / b), Vector<double>.Zero);
    }
}

/// <summary>(p/largest)^a.</summary>
internal readonly struct ScaledPowerTerm(double order, double largest) : IPairFunction
{
    public TwoPart Of(double p, double q) => new(p > 0 ? LogRatio.Precise(p, largest).Times(order).Exp() : 0, 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q) =>
        order <= 3 && largest is >= 1e-30 and <= 1 ? Lanes.Within(p, 1e-60, 1) : Vector<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q) =>
        new(Elementary.Exp(LogRatio.Precise(p, new Vector<double>(largest)).Times(new Vector<double>(order))), Vector<double>.Zero);
}

/// <summary>p itself.</summary>
internal readonly struct IdentityTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(p, 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => Lanes.Within(p, 0, double.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => new(p, Vector<double>.Zero);
}

/// <summary>One where p is positive.</summary>
internal readonly struct SupportTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(p > 0 ? 1 : 0, 0);
}

/// <summary>Entropies from the power sum of one distribution, S = sum of p^a.</summary>
internal static class EntropyPower
{
    /// <summary>From here on an order is as good as infinite.</summary>
    private const double LargestOrder = 1e290;

    /// <summary>(1 - S)/(a - 1), the mass of p taken as one.</summary>
    public static TwoPart Tsallis<T>(ReadOnlySpan<T> p, double order)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        PairReduction.OverDistributions(p, p, new EntropyPowerTerm(order), "");

    /// <summary>log(S)/(1 - a), with its limits: from S - 1 where S is near one or above, else from S.</summary>
    public static TwoPart Renyi<T>(ReadOnlySpan<T> p, double order)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        TwoPart tsallis = Tsallis(p, Math.Min(order, LargestOrder));
        if (order == 1 || double.IsNaN(tsallis.Value))
            return tsallis;
        if (order == 0)
            return LogRatio.Precise(PairReduction.Sum<T, SupportTerm>(p, p).Terms.Value, 1);
        double largest = PairReduction.Largest(p, p, default(Settled<IdentityTerm>));
        TwoPart minimum = LogRatio.Precise(1, largest);
        if (order >= LargestOrder)
            return minimum;

        double b = order - 1, lessOne = -b * tsallis.Value;
        if (Math.Abs(lessOne) < 1e-20)
            return tsallis;
        if (lessOne > -0.5)
            return new(-Elementary.Log1p(lessOne) / b, 0);

        double sum = PairReduction.Sum(p, p, new ScaledPowerTerm(order, largest)).Terms.Value;
        return minimum.Times(order).Minus(LogRatio.Precise(sum, 1)).Over(b);
    }
}
