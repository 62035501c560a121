namespace RelativeEntropy.Numerics;

/// <summary>The rows of a table.</summary>
internal interface ITableRows<T>
{
    /// <summary>A row; of halves, until the next one is asked for.</summary>
    ReadOnlySpan<T> Row(int row);
}

/// <summary>Rows that lie one after the other.</summary>
internal readonly ref struct SpanRows<T>(ReadOnlySpan<T> table, int columns) : ITableRows<T>
{
    private readonly ReadOnlySpan<T> _table = table;

    public ReadOnlySpan<T> Row(int row) => _table.Slice(row * columns, columns);
}

/// <summary>Rows of halves, each a float exactly.</summary>
internal readonly ref struct HalfRows(ReadOnlySpan<Half> table, Span<float> memory) : ITableRows<float>
{
    private readonly ReadOnlySpan<Half> _table = table;
    private readonly Span<float> _memory = memory;

    public ReadOnlySpan<float> Row(int row)
    {
        ReadOnlySpan<Half> halves = _table.Slice(row * _memory.Length, _memory.Length);
        for (int i = 0; i < halves.Length; i++)
            _memory[i] = (float)halves[i];
        return _memory;
    }
}

/// <summary>A loss of each row.</summary>
internal interface IRowLoss<T>
{
    /// <summary>The loss of a row, in nats, and a share of its gradients, in the unit; an empty gradient is not wanted.</summary>
    double Of(int row, Span<T> pGradient, Span<T> qGradient, double share);
}

/// <summary>The loops over the rows of a batch, some of which may not count.</summary>
internal static class RowLosses
{
    /// <summary>Each row's loss and gradients; zero where a row does not count.</summary>
    public static void Fill<T, TLoss>(
        TLoss loss, int rows, int columns, ReadOnlySpan<bool> kept, Span<double> destination, Span<T> pGradient, Span<T> qGradient,
        LogBase logBase)
        where TLoss : struct, IRowLoss<T>, allows ref struct
    {
        for (int row = 0; row < rows; row++)
            destination[row] = logBase.FromNats(OfRow(loss, row, columns, kept, pGradient, qGradient, share: 1));
    }

    /// <summary>The mean over the rows that count, and its gradients; NaN where none does.</summary>
    public static double Mean<T, TLoss>(
        TLoss loss, int rows, int columns, ReadOnlySpan<bool> kept, Span<T> pGradient, Span<T> qGradient, LogBase logBase)
        where TLoss : struct, IRowLoss<T>, allows ref struct
    {
        int count = kept.IsEmpty ? rows : kept.Count(true);
        CompensatedSum sum = default;
        for (int row = 0; row < rows; row++)
            sum.Add(OfRow(loss, row, columns, kept, pGradient, qGradient, 1.0 / count));
        return logBase.FromNats(count == 0 ? double.NaN : sum.Value / count);
    }

    private static double OfRow<T, TLoss>(
        TLoss loss, int row, int columns, ReadOnlySpan<bool> kept, Span<T> pGradient, Span<T> qGradient, double share)
        where TLoss : struct, IRowLoss<T>, allows ref struct
    {
        Span<T> byP = pGradient.IsEmpty ? pGradient : pGradient.Slice(row * columns, columns);
        Span<T> byQ = qGradient.IsEmpty ? qGradient : qGradient.Slice(row * columns, columns);
        if (kept.IsEmpty || kept[row])
        {
            try
            {
                return loss.Of(row, byP, byQ, share);
            }
            catch (ArgumentException failure) when (failure is not ArgumentOutOfRangeException)
            {
                throw Check.InRow(row, failure);
            }
        }

        byP.Clear();
        byQ.Clear();
        return 0;
    }
}
