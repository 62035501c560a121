using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// log(p/q) and p log(p/q) - p + q for positive finite p and q, without ever forming p/q.
/// </summary>
/// <remarks>
/// With k the rounded difference of the binary logarithms and q' = 2^k q, the difference p - q' is exact
/// (Sterbenz 1974) and s = (p - q') / (p + q') lies in [-1/5, 1/5], so
/// <c>log(p/q) = k ln 2 + 2 artanh(s) = k ln 2 + 2s + s^3 Q(s^2)</c>.
/// Only additions, multiplications, one division and explicit fused multiply-adds are used:
/// the bits are the same on every machine.
/// </remarks>
internal static partial class LogRatio
{
    /// <summary>ln 2 = <see cref="Ln2"/> + <see cref="Ln2Tail"/> to 107 bits.</summary>
    public const double Ln2 = 0.6931471805599453;

    /// <inheritdoc cref="Ln2"/>
    public const double Ln2Tail = 2.3190468138462996e-17;

    // ln 2 again, with few enough bits in the head that k times it is exact for every k (the split of fdlibm's e_log.c).
    public const double Ln2Head = 0.693147180369123816490;
    public const double Ln2Rest = 1.90821492927058770002e-10;

    // Between these two, neither 2^k q nor p + q' can leave the normal range.
    private const double Smallest = 9.332636185032189e-302; // 2^-1000
    private const double Largest = 1.0715086071862673e301; // 2^1000

    // Between these two, no product or quotient of three such numbers can.
    private const double SmallestModerate = 4.909093465297727e-91; // 2^-300
    private const double LargestModerate = 2.037035976334486e90; // 2^300

    // Powers of two by which out-of-range pairs are scaled, exactly.
    private const double TwoTo100 = 1.2676506002282294e30;
    private const double TwoToMinus100 = 7.888609052210118e-31;
    private const double TwoTo300 = 2.037035976334486e90;
    private const double TwoToMinus300 = 4.909093465297727e-91;

    private const long ExponentMask = unchecked((long)0xFFF0_0000_0000_0000);
    private const long HalfExponent = 1L << 51;

    /// <summary>log(p/q); error below 1 unit in the last place.</summary>
    public static double Of(double p, double q) => Precise(p, q).Value;

    /// <summary>p log(p/q) - p + q; error below 4 units in the last place, never negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Excess(double p, double q) =>
        IsRegular(p) && IsRegular(q) ? ExcessOfRegular(p, q) : ExcessOfIrregular(p, q);

    /// <summary>x/y - 1 - log(x/y), the Itakura-Saito term: <see cref="Excess(double, double)"/>(y, x) / y without its range limits.</summary>
    public static double ItakuraSaito(double x, double y)
    {
        if (IsModerate(x) && IsModerate(y))
            return ExcessOfRegular(y, x) / y;
        int exponent = Math.ILogB(y);
        double unitY = Math.ScaleB(y, -exponent), scaledX = Math.ScaleB(x, -exponent);
        return scaledX < Smallest ? -1 - Of(x, y)
            : scaledX > Largest ? scaledX / unitY
            : ExcessOfRegular(unitY, scaledX) / unitY;
    }

    /// <summary>log(p/q) as an unevaluated sum of two doubles; relative error below 2^-55.</summary>
    public static TwoPart Precise(double p, double q)
    {
        (double scale, p, q) = Regularised(p, q);
        (double k, double near) = Reduced(p, q);
        TwoPart denominator = TwoPart.Sum(p, near);
        double difference = p - near, reciprocal = 1 / denominator.Value;
        double s = difference * reciprocal;
        double sTail = (Math.FusedMultiplyAdd(-s, denominator.Value, difference) - s * denominator.Tail) * reciprocal;
        double square = s * s;

        k += scale;
        double whole = k * Ln2;
        double wholeTail = Math.FusedMultiplyAdd(k, Ln2, -whole) + k * Ln2Tail;
        TwoPart sum = TwoPart.Sum(whole, 2 * s);
        return TwoPart.Sum(sum.Value, sum.Tail + (wholeTail + (2 * sTail + s * square * Series(square))));
    }

    /// <summary>Q(t) of log = 2s + s^3 Q(s^2) on |s| &lt;= 1/5: a near-minimax fit, absolute error 4e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Series(double t)
    {
        double u = t * t;
        double even = Math.FusedMultiplyAdd(u, 0.13209708242059462, 0.18181737626302938);
        double odd = Math.FusedMultiplyAdd(u, 0.13609030262858499, 0.15388867805613718);
        even = Math.FusedMultiplyAdd(u, even, 0.28571428567275936);
        odd = Math.FusedMultiplyAdd(u, odd, 0.2222222304835159);
        even = Math.FusedMultiplyAdd(u, even, 0.6666666666666666);
        odd = Math.FusedMultiplyAdd(u, odd, 0.4000000000000794);
        return Math.FusedMultiplyAdd(t, odd, even);
    }

    /// <summary><see cref="Excess(double, double)"/> for regular p and q, q rounded but p - q given to full relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ExcessGivenDifference(double p, double q, double pLessQ)
    {
        (double k, double near) = Reduced(p, q);
        return ExcessOfReduced(p, k, near, k == 0 ? pLessQ : p - near, q - near);
    }

    /// <summary>Whether the vector forms hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRegular(double x) => x >= Smallest && x <= Largest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsModerate(double x) => x is >= SmallestModerate and <= LargestModerate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double K, double Near) Reduced(double p, double q)
    {
        long shift = BitConverter.DoubleToInt64Bits(p) - BitConverter.DoubleToInt64Bits(q) + HalfExponent;
        double near = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(q) + (shift & ExponentMask));
        return (shift >> 52, near);
    }

    // p (2s + s^3 Q) - p + q' = s (p - q' + p s^2 Q), since 2p / (p + q') - 1 = s: the first-order parts cancel
    // on paper. What is left of p log(p/q) - p + q is p k ln 2 + q - q', which is zero where p is near q.
    // The remainder is what the division rounded off s; it matters near p/q = 3/4, where the rest cancels most of s times the factor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExcessOfRegular(double p, double q)
    {
        (double k, double near) = Reduced(p, q);
        return ExcessOfReduced(p, k, near, p - near, q - near);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExcessOfReduced(double p, double k, double near, double difference, double rest)
    {
        double denominator = p + near;
        double s = difference / denominator;
        double square = s * s;
        double factor = Math.FusedMultiplyAdd(p * square, Series(square), difference);
        double whole = Math.FusedMultiplyAdd(k * Ln2Rest, p, Math.FusedMultiplyAdd(k * Ln2Head, p, rest));
        double remainder = Math.FusedMultiplyAdd(-s, denominator, difference);
        return Math.FusedMultiplyAdd(s, factor, Math.FusedMultiplyAdd(s, remainder, whole));
    }

    private static (double Scale, double P, double Q) Regularised(double p, double q)
    {
        double scale = 0;
        if (p < Smallest) { p *= TwoTo100; scale -= 100; }
        else if (p > Largest) { p *= TwoToMinus100; scale += 100; }

        if (q < Smallest) { q *= TwoTo100; scale += 100; }
        else if (q > Largest) { q *= TwoToMinus100; scale -= 100; }

        return (scale, p, q);
    }

    private static double ExcessOfIrregular(double p, double q)
    {
        int gap = Math.ILogB(p) - Math.ILogB(q);
        if (Math.Abs(gap) > 200)
            return Math.FusedMultiplyAdd(p, Of(p, q) - 1, q);

        // The term is homogeneous: scale both by the same power of two, exactly.
        return p < 1
            ? ExcessOfRegular(p * TwoTo300, q * TwoTo300) * TwoToMinus300
            : ExcessOfRegular(p * TwoToMinus300, q * TwoToMinus300) * TwoTo300;
    }
}
