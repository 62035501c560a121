using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary>Whether the cells stand side by side and are masses themselves, not sums.</summary>
    public bool IsPlain => depth == 1;

    /// <summary>The cells of a plain table.</summary>
    public ReadOnlySpan<T> Cells => _values;

    public int Columns => columns;

    public TwoPart this[int row, int column]
    {
        get
        {
            if (IsPlain)
                return new(double.CreateTruncating(_values[row * columns + column]), 0);
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
        if (IsPlain)
        {
            foreach (T mass in _values.Slice(row * columns, columns))
                sum.Add(double.CreateTruncating(mass));
            return sum.Total;
        }

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

    /// <summary>The sums of neighbouring columns, in one sweep over the rows.</summary>
    public void SumColumns(int start, Span<double> values, Span<double> tails)
    {
        values.Clear();
        tails.Clear();
        for (int i = 0; i < rows; i++)
        {
            int j = 0;
            for (; Lanes.AreUsed && IsPlain && j <= values.Length - Lanes.Step; j += Lanes.Step)
            {
                (Vector<double> low, Vector<double> high) = Lanes.Load(_values, i * columns + start + j);
                Add(low, values[j..], tails[j..]);
                Add(high, values[(j + Vector<double>.Count)..], tails[(j + Vector<double>.Count)..]);
            }

            for (; j < values.Length; j++)
            {
                CompensatedSum sum = new(values[j], tails[j]);
                sum.Add(this[i, start + j]);
                (values[j], tails[j]) = sum.Parts;
            }
        }

        for (int j = 0; j < values.Length; j++)
            (values[j], tails[j]) = new CompensatedSum(values[j], tails[j]).Total;
    }

    public TwoPart Sum()
    {
        if (IsPlain)
            return PairReduction.Sum<T, IdentityTerm>(_values, _values).Terms;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<double> masses, Span<double> values, Span<double> tails)
    {
        CompensatedVectorSum sum = new(new(new(values), new(tails)));
        sum.Add(masses);
        sum.Parts.Value.CopyTo(values);
        sum.Parts.Tail.CopyTo(tails);
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

