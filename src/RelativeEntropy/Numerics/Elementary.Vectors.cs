using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The same in vectors: in each lane the operations of the scalar form in the same order, and so the same bits.</summary>
internal static partial class Elementary
{
    /// <summary>All bits in the lanes for which the exponentials hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> IsExponent(Vector<double> x) => Lanes.Within(x, -LargestExponent, LargestExponent);

    /// <inheritdoc cref="ExpExcess(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ExpExcess(Vector<double> x)
    {
        Vector<double> shifted = Vector.FusedMultiplyAdd(x, new Vector<double>(1 / LogRatio.Ln2), new Vector<double>(Round));
        Vector<double> k = shifted - new Vector<double>(Round);
        Vector<double> power = PowerOfTwo(shifted);
        Vector<double> h = Vector.FusedMultiplyAdd(-k, new Vector<double>(LogRatio.Ln2Head), x), rest = k * LogRatio.Ln2Rest;
        Vector<double> r = h - rest, more = power - Vector<double>.One;
        Vector<double> whole = Vector.FusedMultiplyAdd(more, h, Vector.FusedMultiplyAdd(-k, new Vector<double>(LogRatio.Ln2Head), more));
        return Vector.FusedMultiplyAdd(power, r * r * ExpSeries(r), Vector.FusedMultiplyAdd(-rest, power, whole));
    }

    /// <inheritdoc cref="ExpExcess(TwoPart)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ExpExcess(VectorPart x)
    {
        Vector<double> excess = ExpExcess(x.Value);
        return Vector.FusedMultiplyAdd(x.Tail, excess + x.Value, excess);
    }

    /// <inheritdoc cref="Exp(TwoPart)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(VectorPart x)
    {
        (Vector<double> place, Vector<double> r, Vector<double> tail) = Reduced(x);
        return (Vector<double>.One + (r + Vector.FusedMultiplyAdd(r * r, ExpSeries(r), tail))) * PowerOfTwo(place);
    }

    /// <inheritdoc cref="Expm1(TwoPart)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Expm1(VectorPart x)
    {
        (Vector<double> place, Vector<double> r, Vector<double> tail) = Reduced(x);
        Vector<double> power = PowerOfTwo(place);
        return Vector.FusedMultiplyAdd(power, r + Vector.FusedMultiplyAdd(r * r, ExpSeries(r), tail), power - Vector<double>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Place, Vector<double> R, Vector<double> RTail) Reduced(VectorPart x)
    {
        Vector<double> place = Vector.FusedMultiplyAdd(x.Value, new Vector<double>(1 / LogRatio.Ln2), new Vector<double>(Round));
        Vector<double> k = place - new Vector<double>(Round);
        Vector<double> h = Vector.FusedMultiplyAdd(-k, new Vector<double>(LogRatio.Ln2Head), x.Value), lower = k * LogRatio.Ln2Rest;
        Vector<double> lead = h - lower, rounded = (h - lead) - lower + x.Tail, r = lead + rounded;
        return (place, r, (lead - r) + rounded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOfTwo(Vector<double> place) =>
        Vector.AsVectorDouble((Vector.AsVectorInt64(place) << 52) + new Vector<long>(ExponentOfOne));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExpSeries(Vector<double> r)
    {
        Vector<double> u = r * r;
        Vector<double> even = Vector.FusedMultiplyAdd(u, new Vector<double>(2.0914728984148772e-09), new Vector<double>(2.7557273542102106e-07));
        Vector<double> odd = Vector.FusedMultiplyAdd(u, new Vector<double>(2.5105275841936966e-08), new Vector<double>(2.755725525875986e-06));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(2.4801587325627418e-05));
        odd = Vector.FusedMultiplyAdd(u, odd, new Vector<double>(0.00019841269874932202));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(0.0013888888888883726));
        odd = Vector.FusedMultiplyAdd(u, odd, new Vector<double>(0.008333333333326103));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(0.04166666666666667));
        odd = Vector.FusedMultiplyAdd(u, odd, new Vector<double>(0.1666666666666667));
        even = Vector.FusedMultiplyAdd(u, even, new Vector<double>(0.5));
        return Vector.FusedMultiplyAdd(r, odd, even);
    }
}
