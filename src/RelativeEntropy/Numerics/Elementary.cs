using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// The elementary functions: those of which .NET has no accurate form (its LogP1 and ExpM1 form 1 + x and e^x first), and those whose
/// last bits would otherwise be the operating system's. Each is total: NaN gives NaN, and the ends of the range give their limits.
/// </summary>
internal static partial class Elementary
{
    // Up to here 2^k and 2^-k are normal.
    public const double LargestExponent = 700;

    // 1.5 * 2^52: what is added to it is rounded to an integer, which stands in the last bits of the sum.
    private const double Round = 6755399441055744;
    private const long ExponentOfOne = 1023L << 52;

    /// <summary>log x; error below 1 unit in the last place.</summary>
    public static double Log(double x) =>
        x > 0 && double.IsFinite(x) ? LogRatio.Of(x, 1) : x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;

    /// <summary>log(1 + x); error below 2 units in the last place.</summary>
    public static double Log1p(double x)
    {
        if (x is > -1.0 / 3 and < 0.5)
        {
            double s = x / (2 + x), square = s * s;
            return Math.FusedMultiplyAdd(s * square, LogRatio.Series(square), 2 * s);
        }

        if (!(x > -1) || double.IsPositiveInfinity(x))
            return x == -1 ? double.NegativeInfinity : x > 0 ? x : double.NaN;

        (double sum, double tail) = OnePlus(x);
        return LogRatio.Of(sum, 1) + tail / sum;
    }

    /// <summary>x - log(1 + x), never negative; error below 4 units in the last place.</summary>
    public static double XMinusLog1p(double x)
    {
        if (x is > -1.0 / 3 and < 0.5)
        {
            double s = x / (2 + x), square = s * s;
            return s * Math.FusedMultiplyAdd(-square, LogRatio.Series(square), x);
        }

        if (!(x > -1) || double.IsPositiveInfinity(x))
            return x == -1 || x > 0 ? double.PositiveInfinity : double.NaN;

        (double sum, double tail) = OnePlus(x);
        return LogRatio.Excess(1, sum) + tail * (x / sum);
    }

    /// <summary>e^x - 1; error below 2 units in the last place.</summary>
    public static double Expm1(double x) => Expm1(new TwoPart(x, 0));

    /// <summary>e^x - 1 - x, never negative; error below 4 units in the last place.</summary>
    public static double ExpExcess(double x) =>
        Math.Abs(x) <= LargestExponent ? ExpExcessOfRegular(x) : double.IsPositiveInfinity(x) ? x : Exp(x) - 1 - x;

    // With k the nearest integer to x / ln 2 and r = x - k ln 2, it is 2^k (e^r - 1 - r) + ((2^k - 1) r + 2^k - 1 - k ln 2), whose second part
    // vanishes for k = 0. There, r is h less the rest of k ln 2, and the rest of both places comes to 2^k times it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExpExcessOfRegular(double x)
    {
        double shifted = Math.FusedMultiplyAdd(x, 1 / LogRatio.Ln2, Round);
        double k = shifted - Round;
        double power = PowerOfTwo(shifted);
        double h = Math.FusedMultiplyAdd(-k, LogRatio.Ln2Head, x), rest = k * LogRatio.Ln2Rest;
        double r = h - rest, more = power - 1;
        double whole = Math.FusedMultiplyAdd(more, h, Math.FusedMultiplyAdd(-k, LogRatio.Ln2Head, more));
        return Math.FusedMultiplyAdd(power, r * r * ExpSeries(r), Math.FusedMultiplyAdd(-rest, power, whole));
    }

    /// <summary>P(r) of e^r = 1 + r + r^2 P(r) on |r| &lt;= ln(2)/2: a near-minimax fit, relative error 5e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExpSeries(double r)
    {
        double u = r * r;
        double even = Math.FusedMultiplyAdd(u, 2.0914728984148772e-09, 2.7557273542102106e-07);
        double odd = Math.FusedMultiplyAdd(u, 2.5105275841936966e-08, 2.755725525875986e-06);
        even = Math.FusedMultiplyAdd(u, even, 2.4801587325627418e-05);
        odd = Math.FusedMultiplyAdd(u, odd, 0.00019841269874932202);
        even = Math.FusedMultiplyAdd(u, even, 0.0013888888888883726);
        odd = Math.FusedMultiplyAdd(u, odd, 0.008333333333326103);
        even = Math.FusedMultiplyAdd(u, even, 0.04166666666666667);
        odd = Math.FusedMultiplyAdd(u, odd, 0.1666666666666667);
        even = Math.FusedMultiplyAdd(u, even, 0.5);
        return Math.FusedMultiplyAdd(r, odd, even);
    }

    /// <summary>e to x; error below 0.6 units in the last place above the subnormal numbers.</summary>
    public static double Exp(double x) => Exp(new TwoPart(x, 0));

    /// <inheritdoc cref="Exp(double)"/>
    public static double Exp(TwoPart x)
    {
        // Beyond 2000 the answer is 0 or +infinity, and k no longer fits its place.
        if (!(Math.Abs(x.Value) <= 2000))
            return x.Value < 0 ? 0 : double.IsNaN(x.Value) ? x.Value : double.PositiveInfinity;
        (double place, double r, double tail) = Reduced(x);
        double unit = 1 + (r + Math.FusedMultiplyAdd(r * r, ExpSeries(r), tail));
        return Math.Abs(x.Value) <= LargestExponent ? unit * PowerOfTwo(place) : Math.ScaleB(unit, (int)(place - Round));
    }

    /// <summary>
    /// A factor times e^x, which is formed in halves: neither overflows nor becomes subnormal where the product does not.
    /// </summary>
    public static double TimesExp(double factor, TwoPart x)
    {
        double root = Exp(x.Times(0.5));
        return factor == 0 ? 0 : factor * root * root;
    }

    /// <inheritdoc cref="TimesExp(double, TwoPart)"/>
    public static double TimesExp(double factor, double x) => TimesExp(factor, new TwoPart(x, 0));

    /// <summary>e^x - 1 for x in two parts; error below 2 units in the last place.</summary>
    public static double Expm1(TwoPart x)
    {
        if (!(Math.Abs(x.Value) <= LargestExponent))
            return Exp(x) - 1;
        (double place, double r, double tail) = Reduced(x);
        double power = PowerOfTwo(place);
        return Math.FusedMultiplyAdd(power, r + Math.FusedMultiplyAdd(r * r, ExpSeries(r), tail), power - 1);
    }

    // k + Round, and x - k ln 2 in two parts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double Place, double R, double RTail) Reduced(TwoPart x)
    {
        double place = Math.FusedMultiplyAdd(x.Value, 1 / LogRatio.Ln2, Round), k = place - Round;
        double h = Math.FusedMultiplyAdd(-k, LogRatio.Ln2Head, x.Value), lower = k * LogRatio.Ln2Rest;
        double lead = h - lower, rounded = (h - lead) - lower + x.Tail, r = lead + rounded;
        return (place, r, (lead - r) + rounded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTwo(double place) =>
        BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(place) << 52) + ExponentOfOne);

    /// <summary>e^x - 1 - x for x in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ExpExcess(TwoPart x)
    {
        double excess = ExpExcess(x.Value);
        return double.IsFinite(excess) ? Math.FusedMultiplyAdd(x.Tail, excess + x.Value, excess) : excess;
    }

    /// <summary>log(1 - e^x) for x below 0 (Maechler 2012).</summary>
    public static double LogOfOneLessExp(double x) => x > -LogRatio.Ln2 ? Log(-Expm1(x)) : Log1p(-Exp(x));

    private static (double Sum, double Tail) OnePlus(double x)
    {
        double sum = 1 + x;
        double virtualX = sum - 1;
        return (sum, (1 - (sum - virtualX)) + (x - virtualX));
    }
}
