using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary><see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> of each row of two tables of logits.</summary>
    /// <remarks>Each answer has the bits of the single call. Time O(n) for n logits in all, memory O(1). An error is thrown at the first row
    /// that has one, and names the row; the answers of the rows before it have been written. A batch without rows is answered with nothing.
    /// Formula, range and source: those of the single call.</remarks>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major, as many.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches neither table.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the results; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; <paramref name="destination"/> is
    /// shorter than the number of rows or overlaps a table; a row is one that the single call refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerRows(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns, Span<double> destination, double temperature = 1, LogBase logBase = default) =>
        Rows<double, KullbackLeiblerRow>(pLogits, qLogits, columns, destination, temperature, logBase);

    /// <inheritdoc cref="KullbackLeiblerRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, double, LogBase)"/>
    public static void KullbackLeiblerRows(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns, Span<double> destination, double temperature = 1, LogBase logBase = default) =>
        Rows<float, KullbackLeiblerRow>(pLogits, qLogits, columns, destination, temperature, logBase);

    /// <summary><see cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> of each row of two tables of logits.</summary>
    /// <inheritdoc cref="KullbackLeiblerRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, double, LogBase)"/>
    [OverloadResolutionPriority(1)]
    public static void CrossEntropyRows(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns, Span<double> destination, double temperature = 1, LogBase logBase = default) =>
        Rows<double, CrossEntropyRow>(pLogits, qLogits, columns, destination, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, double, LogBase)"/>
    public static void CrossEntropyRows(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns, Span<double> destination, double temperature = 1, LogBase logBase = default) =>
        Rows<float, CrossEntropyRow>(pLogits, qLogits, columns, destination, temperature, logBase);

    /// <summary><see cref="LogSoftmax(ReadOnlySpan{double}, Span{double}, double)"/> of each row of a table of logits.</summary>
    /// <remarks>Each row has the bits of the single call. Time O(n) for n logits in all, memory O(1). An error is thrown at the first row
    /// that has one, and names the row; the rows before it have been written. A batch without rows is answered with nothing.
    /// Formula, range and source: those of the single call.</remarks>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the results go, as many as there are logits; may be the same span as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is no whole number of rows; a row holds +infinity or is all -infinity;
    /// <paramref name="destination"/> is shorter, or overlaps without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void LogSoftmaxRows(ReadOnlySpan<double> logits, int columns, Span<double> destination, double temperature = 1) =>
        Rows<double, LogSoftmaxRow>(logits, columns, destination, temperature);

    /// <inheritdoc cref="LogSoftmaxRows(ReadOnlySpan{double}, int, Span{double}, double)"/>
    public static void LogSoftmaxRows(ReadOnlySpan<float> logits, int columns, Span<float> destination, double temperature = 1) =>
        Rows<float, LogSoftmaxRow>(logits, columns, destination, temperature);

    /// <summary><see cref="Softmax(ReadOnlySpan{double}, Span{double}, double)"/> of each row of a table of logits.</summary>
    /// <inheritdoc cref="LogSoftmaxRows(ReadOnlySpan{double}, int, Span{double}, double)"/>
    [OverloadResolutionPriority(1)]
    public static void SoftmaxRows(ReadOnlySpan<double> logits, int columns, Span<double> destination, double temperature = 1) =>
        Rows<double, SoftmaxRow>(logits, columns, destination, temperature);

    /// <inheritdoc cref="SoftmaxRows(ReadOnlySpan{double}, int, Span{double}, double)"/>
    public static void SoftmaxRows(ReadOnlySpan<float> logits, int columns, Span<float> destination, double temperature = 1) =>
        Rows<float, SoftmaxRow>(logits, columns, destination, temperature);

    /// <summary>One number from one row of two tables, in nats.</summary>
    private interface IRowOfTwo
    {
        static abstract double Of<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T>;

        /// <summary>As many short rows as a vector has lanes, with the same bits; false where each has to go by itself.</summary>
        static virtual bool TryOfMany<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, double temperature, Span<double> destination)
            where T : struct, IBinaryFloatingPointIeee754<T> => false;
    }

    /// <summary>One row from another.</summary>
    private interface IRowToRow
    {
        static abstract void Fill<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T>;
    }

    private static void Rows<T, TRow>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, Span<double> destination, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TRow : IRowOfTwo
    {
        Check.SameLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        int rows = Check.Batch(pLogits.Length, columns, nameof(pLogits));
        Check.Temperature(temperature);
        Check.Apart(pLogits, destination, rows, nameof(destination));
        Check.Apart(qLogits, destination, rows, nameof(destination));
        for (int first = 0; first < rows; first += Vector<double>.Count)
        {
            int count = Math.Min(Vector<double>.Count, rows - first);
            ReadOnlySpan<T> p = pLogits.Slice(first * columns, count * columns), q = qLogits.Slice(first * columns, count * columns);
            bool done = count == Vector<double>.Count && Lanes.AreUsed
                && TRow.TryOfMany(p, q, columns, temperature, destination.Slice(first, count));
            for (int row = 0; row < count; row++)
            {
                double nats = done ? destination[first + row] : TRow.Of(p.Slice(row * columns, columns), q.Slice(row * columns, columns), temperature, first + row);
                destination[first + row] = logBase.FromNats(nats);
            }
        }
    }

    private static void Rows<T, TRow>(ReadOnlySpan<T> logits, int columns, Span<T> destination, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TRow : IRowToRow
    {
        int rows = Check.Batch(logits.Length, columns, nameof(logits));
        Check.Temperature(temperature);
        Check.Destination(logits, destination);
        for (int row = 0; row < rows; row++)
            TRow.Fill(logits.Slice(row * columns, columns), destination.Slice(row * columns, columns), temperature, row);
    }

    private readonly struct KullbackLeiblerRow : IRowOfTwo
    {
        public static double Of<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T> => KullbackLeiblerInNats(pLogits, qLogits, temperature, row);

        public static bool TryOfMany<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, double temperature, Span<double> destination)
            where T : struct, IBinaryFloatingPointIeee754<T> =>
            columns <= LogitColumns.Most && LogitColumns.TryKullbackLeibler(pLogits, qLogits, columns, temperature, destination);
    }

    private readonly struct CrossEntropyRow : IRowOfTwo
    {
        public static double Of<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T> => CrossEntropyInNats(pLogits, qLogits, temperature, row);
    }

    private readonly struct LogSoftmaxRow : IRowToRow
    {
        public static void Fill<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T> => LogSoftmaxOf(logits, destination, temperature, row);
    }

    private readonly struct SoftmaxRow : IRowToRow
    {
        public static void Fill<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature, int row)
            where T : struct, IBinaryFloatingPointIeee754<T> => SoftmaxOf(logits, destination, temperature, row);
    }
}
