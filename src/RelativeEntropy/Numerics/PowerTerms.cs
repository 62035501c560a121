using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// (p^a q^(1-a) - a p - (1 - a) q) / (a - 1), the term of the divergences of Tsallis, Renyi and Amari:
/// non-negative for a above 0, continuous in a, and p log(p/q) - p + q at a = 1.
/// </summary>
/// <remarks>
/// With x = log(p/q), b = a - 1 and E(y) = e^y - 1 - y it is (p log(p/q) - p + q) + p E(b x) / b: no cancellation for b &gt; 0, and
/// at most a few units in the last place for -1/2 &lt;= b &lt; 0. Orders below 1/2 exchange p and q, as p^a q^(1-a) allows.
/// </remarks>
/// <param name="order">a.</param>
/// <param name="excess">a - 1, given too so that neither is rounded.</param>
internal readonly struct PowerTerm(double order, double excess) : IPairFunction
{
    // Above this log(p/q), the two parts cancel more than those of the form used instead.
    private const double LargeLogRatio = 3;

    private const double Small = 1.0 / (1L << 31);

    public TwoPart Of(double p, double q)
    {
        if (!EntropyTerm.IsRegular(p) || !EntropyTerm.IsRegular(q))
            return new(AtZero(p, q), 0);
        return new(order >= 0.5 ? Quotient(p, q, excess) : Quotient(q, p, -order) * (order / -excess), 0);
    }

    private double AtZero(double p, double q)
    {
        if (double.IsNaN(p - q))
            return double.NaN;
        if (p == q)
            return 0;
        if (p == 0)
            return order >= 0 ? q : double.NegativeInfinity;
        return order < 1 ? p * (order / -excess) : double.PositiveInfinity;
    }

    // The term for b = a - 1, with a >= 1/2.
    private static double Quotient(double p, double q, double b)
    {
        double divergence = LogRatio.Excess(p, q);
        if (b == 0)
            return divergence;
        TwoPart x = LogRatio.Precise(p, q), y = x.Times(b);
        // Beyond the range of e^y, p goes into the exponent.
        if (y.Value > Elementary.LargestExponent)
            return Elementary.Exp(y.Value + LogRatio.Of(p, 1)) / b + (b < 0 ? q - p * ((1 + b) / b) : 0);
        return b < 0 && x.Value > LargeLogRatio
            ? p * (Elementary.Expm1(y) / b - 1) + q
            : divergence + p * (Elementary.ExpExcess(y) / b);
    }

    public static bool HasVectorForm => true;

    // So that b log(p/q) stays in the range of the exponential: |log(p/q)| is at most 416 between the first bounds and 43 between the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q)
    {
        double steepness = order >= 0.5 ? Math.Abs(excess) : order;
        return steepness <= 1.6 ? LogRatio.Moderate(p) & LogRatio.Moderate(q)
            : steepness <= 16 ? Lanes.Within(p, Small, 1 / Small) & Lanes.Within(q, Small, 1 / Small)
            : Vector<long>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q) =>
        new(order >= 0.5 ? Quotient(p, q, excess) : Quotient(q, p, -order) * (order / -excess), Vector<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Quotient(Vector<double> p, Vector<double> q, double b)
    {
        Vector<double> divergence = LogRatio.Excess(p, q);
        if (b == 0)
            return divergence;
        VectorPart x = LogRatio.Precise(p, q), y = x.Times(new Vector<double>(b));
        Vector<double> divisor = new(b), near = divergence + p * (Elementary.ExpExcess(y) / divisor);
        return b < 0
            ? Vector.ConditionalSelect(
                Vector.GreaterThan(x.Value, new Vector<double>(LargeLogRatio)), p * (Elementary.Expm1(y) / divisor - Vector<double>.One) + q, near)
            : near;
    }
}

/// <summary>log(p^a q^(1-a)) where neither is zero; -infinity elsewhere, but +infinity for a above 1 where q alone is zero.</summary>
internal readonly struct LogPowerTerm(double order) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        if (EntropyTerm.IsRegular(p) && EntropyTerm.IsRegular(q))
        {
            return new(order < 1
                ? order * LogRatio.Of(p, 1) + (1 - order) * LogRatio.Of(q, 1)
                : LogRatio.Of(p, 1) + (order - 1) * LogRatio.Of(p, q), 0);
        }

        return new(order > 1 && p > 0 ? double.PositiveInfinity : double.NegativeInfinity, 0);
    }
}

/// <summary>p^a q^(1-a) e^(-shift).</summary>
internal readonly struct ShiftedPowerTerm(double order, double shift) : IPairFunction
{
    public TwoPart Of(double p, double q) => new(Elementary.Exp(new LogPowerTerm(order).Of(p, q).Value - shift), 0);
}

/// <summary>log(p/q), the limit of the divergences of high order; -infinity at p = 0.</summary>
internal readonly struct SupportedLogRatioTerm : IPairFunction
{
    public TwoPart Of(double p, double q) => new(p > 0 ? Terms.LogRatio(p, q) : double.NegativeInfinity, 0);
}

/// <summary>The power sum of two distributions, S = sum of p^a q^(1-a).</summary>
internal static class PowerSum
{
    /// <summary>From here on an order is as good as infinite.</summary>
    private const double LargestOrder = 1e290;

    /// <summary>The divergence (S - 1)/(a - 1), the masses of p and q taken as one.</summary>
    public static double Tsallis<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double order, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        PairReduction.OverDistributions(p, q, new PowerTerm(order, order - 1), remedy).Rounded;

    /// <summary>The divergence log(S)/(a - 1), with its limits at 1 and +infinity.</summary>
    public static double Renyi<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double order, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double tsallis = Tsallis(p, q, Math.Min(order, LargestOrder), remedy);
        if (order == 1 || double.IsNaN(tsallis))
            return tsallis;
        if (order >= LargestOrder)
            return PairReduction.Largest(p, q, default(SupportedLogRatioTerm));
        // So small that (order - 1) times it could underflow, the logarithm is its argument.
        return tsallis != 0 && Math.Abs((order - 1) * tsallis) < 1e-20
            ? tsallis
            : Log(p, q, order, tsallis) / (order - 1);
    }

    /// <summary>log S, given the divergence of Tsallis: from S - 1 where S is near one or above, else from S.</summary>
    public static double Log<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double order, double tsallis)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double lessOne = (order - 1) * tsallis;
        if (lessOne is > -0.5 and < double.PositiveInfinity)
            return Elementary.Log1p(lessOne);
        double largest = PairReduction.Largest(p, q, new LogPowerTerm(order));
        return double.IsInfinity(largest)
            ? largest
            : largest + LogRatio.Of(PairReduction.Sum(p, q, new ShiftedPowerTerm(order, largest)).Terms.Value, 1);
    }
}

/// <summary>
/// The derivative by w of the sum of p^w q^(1-w); near p = q with - w p - (1 - w) q added, which leaves no cancellation of first order
/// and is nothing in sum.
/// </summary>
internal readonly struct ChernoffSlopeTerm(double weight, bool isNear) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        if (!EntropyTerm.IsRegular(p) || !EntropyTerm.IsRegular(q))
            return new(isNear ? q - p : 0 * (q + p), 0);
        double x = LogRatio.Of(p, q);
        if (!isNear)
            return new(x * new ChernoffTerm(weight).Of(p, q).Value, 0);
        return new(weight < 0.5
            ? q * x * Elementary.Expm1(weight * x) - LogRatio.Excess(q, p)
            : p * x * Elementary.Expm1((weight - 1) * x) + LogRatio.Excess(p, q), 0);
    }
}

/// <summary>The second derivative: p^w q^(1-w) log(p/q)^2.</summary>
internal readonly struct ChernoffCurvatureTerm(double weight) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        double power = new ChernoffTerm(weight).Of(p, q).Value;
        double x = power == 0 ? 0 : Terms.LogRatio(p, q);
        return new(power * x * x, 0);
    }
}

/// <summary>p^w q^(1-w) for w in [0, 1]; 0 where either is zero, the limit at the ends.</summary>
internal readonly struct ChernoffTerm(double weight) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        if (!EntropyTerm.IsRegular(p) || !EntropyTerm.IsRegular(q))
            return new(p == 0 || q == 0 ? (p + q) * 0 : double.NaN, 0);
        TwoPart x = LogRatio.Precise(p, q);
        return new(weight < 0.5 ? q * x.Times(weight).Exp() : p * x.Times(weight - 1).Exp(), 0);
    }
}

/// <summary>
/// <see cref="PowerTerm"/> over a, for a = (1 - alpha)/2: Amari's term, symmetric under exchange of p and q with the sign of alpha.
/// It is KL(p || q) at alpha = -1 and KL(q || p) at alpha = 1.
/// </summary>
internal readonly struct AmariTerm(double alpha) : IPairFunction
{
    public TwoPart Of(double p, double q)
    {
        // Orders from 1/2 on, where dividing by the order is harmless.
        if (alpha > 0)
            (p, q) = (q, p);
        return new(Term.Of(p, q).Value / Order, 0);
    }

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q) => Term.Regular(p, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q) =>
        new((alpha > 0 ? Term.Of(q, p) : Term.Of(p, q)).Value / new Vector<double>(Order), Vector<double>.Zero);

    private double Order => 0.5 + 0.5 * Math.Abs(alpha);

    private PowerTerm Term => new(Order, 0.5 * (Math.Abs(alpha) - 1));
}
