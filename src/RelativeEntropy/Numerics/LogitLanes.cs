using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The vector form of <see cref="LogitRatios"/>: in each lane the operations of the scalar form, for one row or for a row in each lane.</summary>
internal readonly struct LogitLanes(Vector<double> largestA, VectorPart shiftB, VectorPart centre, Vector<double> constant, double temperature)
{
    /// <summary>log(p_i TotalA), log(q_i TotalB) and log(q_i/p_i), where those hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryOf(Vector<double> a, Vector<double> b, out VectorPart logA, out VectorPart logB, out Vector<double> y)
    {
        logA = VectorPart.Sum(a, -largestA).Over(temperature);
        logB = VectorPart.Sum(b, -shiftB.Value).Minus(new(shiftB.Tail, Vector<double>.Zero)).Over(temperature);
        VectorPart ratio = VectorPart.Sum(b, -a).Minus(centre).Over(temperature);
        y = ratio.Value + ratio.Tail - constant;
        return Lanes.AreAll(Elementary.IsExponent(logA.Value) & Elementary.IsExponent(logB.Value) & Elementary.IsExponent(y));
    }

    /// <summary>What q's weight has over p's, x being the logarithm of their ratio.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Gained(Vector<double> weightA, Vector<double> weightB, Vector<double> x) => Vector.ConditionalSelect(
        Vector.LessThanOrEqual(Vector.Abs(x), Vector<double>.One), weightA * Elementary.Expm1(new VectorPart(x, Vector<double>.Zero)), weightB - weightA);

    /// <summary>p (e^y - 1 - y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> DivergenceTerm(Vector<double> p, Vector<double> q, Vector<double> y) => Vector.ConditionalSelect(
        Vector.LessThanOrEqual(Vector.Abs(y), Vector<double>.One), p * Elementary.ExpExcess(y), q - p * (Vector<double>.One + y));
}

/// <summary>KL from logits of several rows at once, one in each lane: what pays where a row is too short to fill vectors.</summary>
internal static class LogitColumns
{
    /// <summary>Up to so many columns.</summary>
    public const int Most = 32;

    /// <summary>As many rows as a vector has lanes, in nats; false where the vector form does not hold for all of them.</summary>
    public static bool TryKullbackLeibler<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, double temperature, Span<double> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Span<double> a = stackalloc double[columns * Vector<double>.Count], b = stackalloc double[columns * Vector<double>.Count];
        LogitRecord record = new(stackalloc double[3 * columns * Vector<double>.Count]);
        Transpose(pLogits, columns, a);
        Transpose(qLogits, columns, b);

        Vector<double> largestA = new(a), largestB = new(b), atA = largestA, atB = largestB, half = new(0.5), middle = half * atA + half * atB;
        for (int j = 1; j < columns; j++)
        {
            (Vector<double> x, Vector<double> y) = (Column(a, j), Column(b, j));
            (largestA, largestB) = (Vector.Max(largestA, x), Vector.Max(largestB, y));
            Vector<double> between = half * x + half * y;
            Vector<long> isMore = Vector.GreaterThan(between, middle);
            middle = Vector.ConditionalSelect(isMore, between, middle);
            (atA, atB) = (Vector.ConditionalSelect(isMore, x, atA), Vector.ConditionalSelect(isMore, y, atB));
        }

        VectorPart centre = VectorPart.Sum(atB, -atA);
        Vector<double> gap = VectorPart.Sum(largestB, -largestA).Minus(centre).Over(temperature).Value;
        if (!Lanes.AreAll(Lanes.Within(gap, -LogitRatios.FarApart, LogitRatios.FarApart)))
            return false;
        VectorPart shift = VectorPart.Sum(largestA, centre.Value);
        shift = VectorPart.Sum(shift.Value, shift.Tail + centre.Tail);

        LogitLanes lanes = new(largestA, shift, centre, Vector<double>.Zero, temperature);
        CompensatedVectorSum weightsA = default, weightsB = default, gained = default;
        for (int j = 0; j < columns; j++)
        {
            if (!lanes.TryOf(Column(a, j), Column(b, j), out VectorPart logA, out VectorPart logB, out Vector<double> x))
                return false;
            Vector<double> weightA = Elementary.Exp(logA), weightB = Elementary.Exp(logB);
            weightsA.Add(weightA);
            weightsB.Add(weightB);
            gained.Add(LogitLanes.Gained(weightA, weightB, x));
            record.Add(weightA, weightB, x);
        }

        (Vector<double> totalA, Vector<double> totalB) = (weightsA.Value, weightsB.Value);
        Span<double> constants = stackalloc double[Vector<double>.Count];
        for (int lane = 0; lane < constants.Length; lane++)
            constants[lane] = LogitRatios.ConstantOf(gained.Value[lane], totalA[lane], totalB[lane]);

        record.Divergence(totalA, totalB, new(constants)).Value.CopyTo(destination);
        return true;
    }

    private static Vector<double> Column(Span<double> columns, int j) => new(columns[(j * Vector<double>.Count)..]);

    private static void Transpose<T>(ReadOnlySpan<T> rows, int columns, Span<double> transposed)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < Vector<double>.Count; row++)
        {
            ReadOnlySpan<T> one = rows.Slice(row * columns, columns);
            for (int j = 0; j < one.Length; j++)
                transposed[j * Vector<double>.Count + row] = double.CreateTruncating(one[j]);
        }
    }
}
