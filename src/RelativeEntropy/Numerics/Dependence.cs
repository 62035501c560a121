using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>What a cell of mass p adds, where m is the mass it would have if rows and columns were independent.</summary>
internal interface IDependenceTerm
{
    static abstract double Of(TwoPart p, TwoPart m, double rowShare, double column);

    /// <summary>The same in vectors, for masses and products in the regular range.</summary>
    static abstract Vector<double> Of(Vector<double> p, VectorPart m);
}

/// <summary>p log(p/m) - p + m.</summary>
internal readonly struct MutualTerm : IDependenceTerm
{
    public static double Of(TwoPart p, TwoPart m, double rowShare, double column)
    {
        if (p.Value == 0)
            return m.Value;
        if (m.Value < Dependence.SmallestProduct)
            return Terms.KullbackLeibler(
                Magnified.Factor * (Magnified.Factor * p.Value), Magnified.Factor * rowShare * (Magnified.Factor * column))
                / Magnified.Factor / Magnified.Factor;
        return Dependence.Excess(p, m);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> p, VectorPart m) => Dependence.Excess(new(p, Vector<double>.Zero), m);
}

/// <summary>m log(m/p) - m + p.</summary>
internal readonly struct LautumTerm : IDependenceTerm
{
    public static double Of(TwoPart p, TwoPart m, double rowShare, double column)
    {
        if (p.Value == 0)
            return rowShare > 0 && column > 0 ? double.PositiveInfinity : 0;
        return m.Value < Dependence.SmallestProduct ? Terms.KullbackLeibler(m.Value, p.Value) : Dependence.Excess(m, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> p, VectorPart m) =>
        Dependence.Excess(m, new(p, Vector<double>.Zero)) + m.Tail * LogRatio.Precise(m.Value, p).Value;
}

/// <summary>Divergences between a table and the product of its marginals that has the same mass.</summary>
internal static class Dependence
{
    /// <summary>Below it the product of two marginals is no longer right to the last digits.</summary>
    public const double SmallestProduct = 1e-270;

    // So many sums of columns are kept on the stack at once; for each such block the sums of the rows are taken anew.
    private const int Block = 128;

    /// <summary>The sum over all cells; memory O(1).</summary>
    public static TwoPart Sum<T, TTerm>(Table<T> table)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IDependenceTerm
    {
        TwoPart total = table.Sum();
        if (total.Value == 0 || table.Rows == 1 || table.Columns == 1)
            return default;
        CellBuffer cells = new(stackalloc double[CellBuffer.Length(2 * Block)]);
        Span<double> columnSums = stackalloc double[Block], columnTails = stackalloc double[Block];
        DependenceSum<TTerm> sum = default;
        for (int start = 0; start < table.Columns; start += Block)
        {
            int width = Math.Min(Block, table.Columns - start);
            Span<double> values = columnSums[..width], tails = columnTails[..width];
            table.SumColumns(start, values, tails);
            for (int i = 0; i < table.Rows; i++)
            {
                TwoPart row = Quotient(table.RowSum(i), total);
                if (!table.IsPlain)
                {
                    for (int j = 0; j < width; j++)
                        sum.Add(table[i, start + j], row, new(values[j], tails[j]));
                    continue;
                }

                if (!cells.HasRoomFor(width))
                    sum.AddAll(ref cells);
                cells.Append(table.Cells.Slice(i * table.Columns + start, width), row, values, tails);
            }

            sum.AddAll(ref cells);
        }

        return sum.Total;
    }

    /// <summary>p log(p/m) - p + m, to second order in the roundings of p and m.</summary>
    /// <remarks>Near independence, p equals m up to rounding, and only the second order is left. Far from independence it must not
    /// count: divided by the larger of p and m, it stays negligible.</remarks>
    public static double Excess(TwoPart p, TwoPart m)
    {
        double value = LogRatio.Excess(p.Value, m.Value), shift = m.Tail - p.Tail;
        value += m.Tail * ((m.Value - p.Value) / m.Value) + 0.5 * shift * (shift / Math.Max(p.Value, m.Value));
        return p.Tail == 0 ? value : value + p.Tail * LogRatio.Of(p.Value, m.Value);
    }

    /// <summary>The same, but for the last part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Excess(VectorPart p, VectorPart m)
    {
        Vector<double> shift = m.Tail - p.Tail;
        return LogRatio.Excess(p.Value, m.Value)
            + (m.Tail * ((m.Value - p.Value) / m.Value) + 0.5 * shift * (shift / Vector.Max(p.Value, m.Value)));
    }

    public static TwoPart Product(TwoPart x, TwoPart y)
    {
        double product = x.Value * y.Value;
        return TwoPart.Sum(product, Math.FusedMultiplyAdd(x.Value, y.Value, -product) + (x.Value * y.Tail + x.Tail * y.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Product(VectorPart x, VectorPart y)
    {
        Vector<double> product = x.Value * y.Value;
        return VectorPart.Sum(product, Vector.FusedMultiplyAdd(x.Value, y.Value, -product) + (x.Value * y.Tail + x.Tail * y.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TwoPart Quotient(TwoPart x, TwoPart y)
    {
        double quotient = x.Value / y.Value;
        return TwoPart.Sum(quotient, (Math.FusedMultiplyAdd(-quotient, y.Value, x.Value) + (x.Tail - quotient * y.Tail)) / y.Value);
    }
}

/// <summary>Cells with their row's share and their column's sum, side by side, so that short rows fill vectors too.</summary>
internal ref struct CellBuffer(Span<double> memory)
{
    private const int Parts = 5;
    private readonly int _capacity = memory.Length / Parts;
    private readonly Span<double> _memory = memory;

    public static int Length(int cells) => Parts * cells;

    public int Count { get; private set; }

    public readonly bool HasRoomFor(int cells) => Count + cells <= _capacity;

    public void Append<T>(ReadOnlySpan<T> cells, TwoPart row, ReadOnlySpan<double> columns, ReadOnlySpan<double> columnTails)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Span<double> p = Part(0).Slice(Count, cells.Length);
        for (int i = 0; i < cells.Length; i++)
            p[i] = double.CreateTruncating(cells[i]);
        Part(1).Slice(Count, cells.Length).Fill(row.Value);
        Part(2).Slice(Count, cells.Length).Fill(row.Tail);
        columns.CopyTo(Part(3)[Count..]);
        columnTails.CopyTo(Part(4)[Count..]);
        Count += cells.Length;
    }

    public void Clear() => Count = 0;

    public readonly (double P, TwoPart Row, TwoPart Column) this[int i] => (Part(0)[i], new(Part(1)[i], Part(2)[i]), new(Part(3)[i], Part(4)[i]));

    /// <summary>As many cells as a vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (Vector<double> P, VectorPart Row, VectorPart Column) VectorAt(int i) =>
        (new(Part(0)[i..]), new(new(Part(1)[i..]), new(Part(2)[i..])), new(new(Part(3)[i..]), new(Part(4)[i..])));

    private readonly Span<double> Part(int part) => _memory.Slice(part * _capacity, _capacity);
}

/// <summary>The sum of a term over cells.</summary>
internal struct DependenceSum<TTerm>
    where TTerm : struct, IDependenceTerm
{
    private CompensatedSum _sum;

    public readonly TwoPart Total => _sum.Total;

    public void Add(TwoPart p, TwoPart row, TwoPart column) => _sum.Add(TTerm.Of(p, Dependence.Product(row, column), row.Value, column.Value));

    /// <summary>Adds what the buffer holds, and empties it.</summary>
    public void AddAll(ref CellBuffer cells)
    {
        CompensatedVectorSum lanes = default;
        int i = 0;
        for (; Lanes.AreUsed && i <= cells.Count - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector<double> p, VectorPart row, VectorPart column) = cells.VectorAt(i);
            VectorPart m = Dependence.Product(row, column);
            if (Lanes.AreAll(LogRatio.Regular(p) & Lanes.Within(m.Value, Dependence.SmallestProduct, 2)))
            {
                lanes.Add(TTerm.Of(p, m));
                continue;
            }

            for (int lane = 0; lane < Vector<double>.Count; lane++)
                Add(new(p[lane], 0), cells[i + lane].Row, cells[i + lane].Column);
        }

        for (; i < cells.Count; i++)
            Add(new(cells[i].P, 0), cells[i].Row, cells[i].Column);
        _sum.Add(lanes.Parts);
        cells.Clear();
    }
}
