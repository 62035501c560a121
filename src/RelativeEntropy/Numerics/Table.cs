using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>A table of non-negative masses, without NaN: one layer of an array whose last index runs fastest, or the sum of its
/// layers.</summary>
internal readonly ref struct Table<T>(ReadOnlySpan<T> values, int rows, int columns, int depth = 1, int layer = 0)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layer that stands for the sum of all.</summary>
    public const int AllLayers = -1;

    // A row whose other outcomes take less than this part of its largest: their sum says more than the logarithm of the ratio.
    private const double NearlyCertain = 0.01;

    private readonly ReadOnlySpan<T> _values = values;

    public int Rows => rows;

    public int Columns => columns;

    public TwoPart this[int row, int column]
    {
        get
        {
            ReadOnlySpan<T> cell = _values.Slice((row * columns + column) * depth, depth);
            if (layer != AllLayers)
                return new(double.CreateTruncating(cell[layer]), 0);
            CompensatedSum sum = default;
            foreach (T mass in cell)
                sum.Add(double.CreateTruncating(mass));
            return sum.Total;
        }
    }

    public TwoPart RowSum(int row)
    {
        CompensatedSum sum = default;
        for (int j = 0; j < columns; j++)
            sum.Add(this[row, j]);
        return sum.Total;
    }

    public TwoPart ColumnSum(int column)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < rows; i++)
            sum.Add(this[i, column]);
        return sum.Total;
    }

    public TwoPart Sum()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < rows; i++)
            sum.Add(RowSum(i));
        return sum.Total;
    }

    public TwoPart RowEntropy()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < rows; i++)
            sum.Add(Entropy(RowSum(i)));
        return sum.Total;
    }

    public TwoPart ColumnEntropy()
    {
        CompensatedSum sum = default;
        for (int j = 0; j < columns; j++)
            sum.Add(Entropy(ColumnSum(j)));
        return sum.Total;
    }

    /// <summary>The sum of p log(r/p) for the row sums r.</summary>
    public TwoPart ConditionalEntropy()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < rows; i++)
        {
            int peak = 0;
            for (int j = 1; j < columns; j++)
            {
                if (this[i, j].Value > this[i, peak].Value)
                    peak = j;
            }

            CompensatedSum others = default;
            for (int j = 0; j < columns; j++)
            {
                if (j != peak)
                    others.Add(this[i, j]);
            }

            double largest = this[i, peak].Value, rest = others.Value;
            if (rest == 0)
                continue;
            TwoPart total = RowSum(i);
            for (int j = 0; j < columns; j++)
            {
                double p = this[i, j].Value;
                if (p == 0)
                    continue;
                if (j == peak && rest < NearlyCertain * largest)
                {
                    sum.Add(p * Elementary.Log1p(rest / largest));
                    continue;
                }

                TwoPart term = LogRatio.Precise(total.Value, p).Times(p);
                sum.Add(new TwoPart(term.Value, term.Tail + p * (total.Tail / total.Value)));
            }
        }

        return sum.Total;
    }

    // -x log x, and its slope times what x was rounded by.
    private static TwoPart Entropy(TwoPart x)
    {
        if (x.Value == 0)
            return default;
        TwoPart logarithm = LogRatio.Precise(1, x.Value), term = logarithm.Times(x.Value);
        return new(term.Value, term.Tail + x.Tail * (logarithm.Value - 1));
    }
}

/// <summary>What a cell of mass p adds, where m is the mass it would have if rows and columns were independent.</summary>
internal interface IDependenceTerm
{
    static abstract double Of(TwoPart p, TwoPart m, double rowShare, double column);
}

/// <summary>p log(p/m) - p + m.</summary>
internal readonly struct MutualTerm : IDependenceTerm
{
    public static double Of(TwoPart p, TwoPart m, double rowShare, double column)
    {
        if (p.Value == 0)
            return m.Value;
        if (m.Value < Dependence.SmallestProduct)
            return p.Value * (LogRatio.Of(p.Value, rowShare) - LogRatio.Of(column, 1) - 1) + m.Value;
        return Dependence.Excess(p, m);
    }
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
        Span<TwoPart> columnSums = stackalloc TwoPart[Block];
        CompensatedSum sum = default;
        for (int start = 0; start < table.Columns; start += Block)
        {
            int end = Math.Min(start + Block, table.Columns);
            for (int j = start; j < end; j++)
                columnSums[j - start] = table.ColumnSum(j);
            for (int i = 0; i < table.Rows; i++)
            {
                TwoPart row = Quotient(table.RowSum(i), total);
                for (int j = start; j < end; j++)
                {
                    TwoPart column = columnSums[j - start];
                    sum.Add(TTerm.Of(table[i, j], Product(row, column), row.Value, column.Value));
                }
            }
        }

        return sum.Total;
    }

    /// <summary>p log(p/m) - p + m, to second order in what p and m were rounded by: near independence that is all there is.</summary>
    public static double Excess(TwoPart p, TwoPart m)
    {
        double value = LogRatio.Excess(p.Value, m.Value), shift = m.Tail - p.Tail;
        if (p.Tail != 0)
            value += p.Tail * LogRatio.Of(p.Value, m.Value);
        return value + m.Tail * ((m.Value - p.Value) / m.Value) + 0.5 * shift * (shift / m.Value);
    }

    private static TwoPart Product(TwoPart x, TwoPart y)
    {
        double product = x.Value * y.Value;
        return TwoPart.Sum(product, Math.FusedMultiplyAdd(x.Value, y.Value, -product) + (x.Value * y.Tail + x.Tail * y.Value));
    }

    private static TwoPart Quotient(TwoPart x, TwoPart y)
    {
        double quotient = x.Value / y.Value;
        return TwoPart.Sum(quotient, (Math.FusedMultiplyAdd(-quotient, y.Value, x.Value) + (x.Tail - quotient * y.Tail)) / y.Value);
    }
}
