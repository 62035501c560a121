using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The same in vectors: in each lane the operations of the scalar form in the same order, and so the same bits.</summary>
internal static partial class LogRatio
{
    private const long SignBit = long.MinValue;

    /// <summary>2^52, whose last bit counts as one: an integer below it becomes a double by filling in its bits.</summary>
    private const double TwoTo52 = 4503599627370496;

    /// <summary>All bits in the lanes for which the vector forms hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> x) => Lanes.Within(x, Smallest, Largest);

    /// <summary>All bits in the lanes for which products and quotients stay in range, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Moderate(Vector<double> x) => Lanes.Within(x, SmallestModerate, LargestModerate);

    /// <inheritdoc cref="Excess(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Excess(Vector<double> p, Vector<double> q)
    {
        (Vector<double> k, Vector<double> near) = Reduced(p, q);
        return ExcessOfReduced(p, k, near, p - near, q - near);
    }

    /// <inheritdoc cref="ExcessGivenDifference(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ExcessGivenDifference(Vector<double> p, Vector<double> q, Vector<double> pLessQ)
    {
        (Vector<double> k, Vector<double> near) = Reduced(p, q);
        return ExcessOfReduced(p, k, near, Vector.ConditionalSelect(Vector.Equals(k, Vector<double>.Zero), pLessQ, p - near), q - near);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExcessOfReduced(Vector<double> p, Vector<double> k, Vector<double> near, Vector<double> difference, Vector<double> rest)
    {
        Vector<double> denominator = p + near;
        Vector<double> s = difference / denominator;
        Vector<double> square = s * s;
        Vector<double> factor = Vector.FusedMultiplyAdd(p * square, Series(square), difference);
        Vector<double> whole = Vector.FusedMultiplyAdd(k * Ln2Rest, p, Vector.FusedMultiplyAdd(k * Ln2Head, p, rest));
        Vector<double> remainder = Vector.FusedMultiplyAdd(-s, denominator, difference);
        return Vector.FusedMultiplyAdd(s, factor, Vector.FusedMultiplyAdd(s, remainder, whole));
    }

    /// <inheritdoc cref="Precise(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Precise(Vector<double> p, Vector<double> q)
    {
        (Vector<double> k, Vector<double> near) = Reduced(p, q);
        VectorPart denominator = VectorPart.Sum(p, near);
        Vector<double> difference = p - near, reciprocal = Vector<double>.One / denominator.Value;
        Vector<double> s = difference * reciprocal;
        Vector<double> sTail = (Vector.FusedMultiplyAdd(-s, denominator.Value, difference) - s * denominator.Tail) * reciprocal;
        Vector<double> square = s * s;

        Vector<double> whole = k * Ln2;
        Vector<double> wholeTail = Vector.FusedMultiplyAdd(k, new Vector<double>(Ln2), -whole) + k * Ln2Tail;
        VectorPart sum = VectorPart.Sum(whole, 2 * s);
        return VectorPart.Sum(sum.Value, sum.Tail + (wholeTail + (2 * sTail + s * square * Series(square))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Series(Vector<double> t)
    {
        Vector<double> u = t * t;
        Vector<double> even = Vector.FusedMultiplyAdd(u, new Vector<double>(0.13209708242059462), new Vector<double>(0.18181737626302938));
        Vector<double> odd = Vector.FusedMultiplyAdd(u, new Vector<double>(0.13609030262858499), new Vector<double>(0.15388867805613718));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(0.28571428567275936));
        odd = Vector.FusedMultiplyAdd(u, odd, new Vector<double>(0.2222222304835159));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(0.6666666666666666));
        odd = Vector.FusedMultiplyAdd(u, odd, new Vector<double>(0.4000000000000794));
        return Vector.FusedMultiplyAdd(t, odd, even);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> K, Vector<double> Near) Reduced(Vector<double> p, Vector<double> q)
    {
        Vector<long> bits = Vector.AsVectorInt64(q);
        Vector<long> shift = Vector.AsVectorInt64(p) - bits + new Vector<long>(HalfExponent);
        Vector<double> near = Vector.AsVectorDouble(bits + (shift & new Vector<long>(ExponentMask)));
        Vector<long> biased = Vector.ShiftRightLogical(shift ^ new Vector<long>(SignBit), 52);
        Vector<double> k = Vector.AsVectorDouble(biased | Vector.AsVectorInt64(new Vector<double>(TwoTo52))) - new Vector<double>(TwoTo52 + 2048);
        return (k, near);
    }
}
