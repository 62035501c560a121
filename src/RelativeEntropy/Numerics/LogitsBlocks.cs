using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>Sums over two sets of logits.</summary>
internal interface ILogitsSums
{
    void Add(double a, double b);

    /// <summary>Adds the active lanes, each with the bits of the scalar form, or nothing where the vector form does not hold for all.</summary>
    bool TryAdd(Vector<double> a, Vector<double> b, Vector<long> active);
}

/// <summary>Another set of logits from one.</summary>
internal interface ILogitsMap
{
    double Of(double logit);

    /// <summary>All bits in the lanes for which the vector form holds.</summary>
    Vector<long> Regular(Vector<double> logits);

    Vector<double> Of(Vector<double> logits);
}

/// <summary>The loops over logits, in vectors as far as they hold.</summary>
internal static class LogitsBlocks
{
    /// <summary>Adds all; what fills no vector goes through one whose other lanes are not active, so that few classes are vectors too.</summary>
    public static void Add<T, TSums>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ref TSums sums)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TSums : struct, ILogitsSums, allows ref struct
    {
        b = b[..a.Length];
        if (!Lanes.AreUsed)
        {
            for (int j = 0; j < a.Length; j++)
                sums.Add(double.CreateTruncating(a[j]), double.CreateTruncating(b[j]));
            return;
        }

        int i = 0;
        for (; i <= a.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> a0, Vector<double> a1) = Lanes.Load(a, i);
            (Vector<double> b0, Vector<double> b1) = Lanes.Load(b, i);
            AddVector(a0, b0, Vector<double>.Count, ref sums);
            AddVector(a1, b1, Vector<double>.Count, ref sums);
        }

        if (i == a.Length)
            return;
        Span<double> restOfA = stackalloc double[Lanes.Step], restOfB = stackalloc double[Lanes.Step];
        Widen(a[i..], restOfA);
        Widen(b[i..], restOfB);
        for (int start = 0; start < a.Length - i; start += Vector<double>.Count)
            AddVector(new(restOfA[start..]), new(restOfB[start..]), a.Length - i - start, ref sums);
    }

    /// <summary>Maps all; the destination may be the logits themselves.</summary>
    public static void Map<T, TMap>(ReadOnlySpan<T> logits, Span<T> destination, TMap map)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TMap : struct, ILogitsMap
    {
        int i = 0;
        while (i < logits.Length)
        {
            if (Lanes.AreUsed)
                i = MapRegular(logits, destination, map, i);
            for (int next = Math.Min(i + Lanes.Step, logits.Length); i < next; i++)
                destination[i] = T.CreateTruncating(map.Of(double.CreateTruncating(logits[i])));
        }
    }

    private static int MapRegular<T, TMap>(ReadOnlySpan<T> logits, Span<T> destination, TMap map, int start)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TMap : struct, ILogitsMap
    {
        int i = start;
        for (; i <= logits.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> x0, Vector<double> x1) = Lanes.Load(logits, i);
            if (!Lanes.AreAll(map.Regular(x0) & map.Regular(x1)))
                break;
            Lanes.Store(map.Of(x0), map.Of(x1), destination, i);
        }

        return i;
    }

    private static void AddVector<TSums>(Vector<double> a, Vector<double> b, int count, ref TSums sums)
        where TSums : struct, ILogitsSums, allows ref struct
    {
        Vector<long> active = count >= Vector<double>.Count ? Vector<long>.AllBitsSet : Vector.LessThan(Vector<long>.Indices, new Vector<long>(count));
        if (sums.TryAdd(a, b, active))
            return;
        for (int lane = 0; lane < Math.Min(count, Vector<double>.Count); lane++)
            sums.Add(a[lane], b[lane]);
    }

    // The last element again and again in the lanes that are not active: regular wherever it is.
    private static void Widen<T>(ReadOnlySpan<T> values, Span<double> lanes)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            lanes[i] = double.CreateTruncating(values[i]);
        lanes[values.Length..].Fill(lanes[values.Length - 1]);
    }
}
