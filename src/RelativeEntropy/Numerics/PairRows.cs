using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What one row of p and the same row of q give.</summary>
internal interface IRowFunction<T>
{
    double Of(ReadOnlySpan<T> p, ReadOnlySpan<T> q);
}

/// <summary>The one loop over the rows of two tables.</summary>
internal static class PairRows
{
    /// <summary>One answer per row of p and row of q, those of one row of p side by side; a failure says in which row it was.</summary>
    public static void FillAll<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, int columns, Span<double> destination,
        TFunction function)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IRowFunction<T>
    {
        int pRows = Check.Batch(p.Length, columns, nameof(p)), qRows = Check.Batch(q.Length, columns, nameof(q));
        int answers = (int)Math.Min((long)pRows * qRows, int.MaxValue);
        Check.Apart(p, destination, answers, nameof(destination));
        Check.Apart(q, destination, answers, nameof(destination));
        for (int i = 0; i < answers; i++)
        {
            int pRow = i / qRows, qRow = i % qRows;
            try
            {
                destination[i] = function.Of(p.Slice(pRow * columns, columns), q.Slice(qRow * columns, columns));
            }
            catch (ArgumentException failure) when (failure is not ArgumentOutOfRangeException)
            {
                throw Check.InRow(failure.ParamName == nameof(q) ? qRow : pRow, failure);
            }
        }
    }

    /// <summary>One answer per row; a failure says in which row it was.</summary>
    public static void Fill<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, int columns, Span<double> destination, TFunction function)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IRowFunction<T>
    {
        Check.SameLength(p.Length, q.Length, nameof(p), nameof(q));
        int rows = Check.Batch(p.Length, columns, nameof(p));
        Check.Apart(p, destination, rows, nameof(destination));
        Check.Apart(q, destination, rows, nameof(destination));
        for (int row = 0; row < rows; row++)
        {
            try
            {
                destination[row] = function.Of(p.Slice(row * columns, columns), q.Slice(row * columns, columns));
            }
            catch (ArgumentException failure) when (failure is not ArgumentOutOfRangeException)
            {
                throw Check.InRow(row, failure);
            }
        }
    }
}
