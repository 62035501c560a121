using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary><see cref="CrossEntropyFromProbabilities(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> of each row of two
    /// tables.</summary>
    /// <remarks>Each row has the bits of the single call. Rows that are not kept are not looked at, as with an ignored index, and their
    /// gradients are 0. Their answers are 0. A batch without rows is answered with nothing. An error is thrown at the first row that has
    /// one, and names the row; the rows before it have been written. Time O(n) for n logits in all, memory O(1). Formula, range and source:
    /// those of the single call. Halves are widened exactly; their soft labels and their gradients are floats: halves of a distribution do
    /// not sum to one, and a half would round a probability below 6e-8 to zero.</remarks>
    /// <param name="p">The labels of every row, row-major: each row sums to one.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches no other argument.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses; <paramref name="destination"/> is shorter than the number of rows or overlaps a
    /// table.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void CrossEntropyFromProbabilitiesRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilities<double>(p, qLogits, columns, destination, [], kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromProbabilitiesRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromProbabilitiesRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilities<float>(p, qLogits, columns, destination, [], kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromProbabilitiesRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromProbabilitiesRows(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilitiesOfHalves(p, qLogits, columns, destination, [], kept, temperature, logBase);

    /// <summary><see cref="CrossEntropyFromProbabilitiesGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double,
    /// LogBase)"/> of each row of two tables.</summary>
    /// <remarks>Each row has the bits of the single call. Rows that are not kept are not looked at, as with an ignored index, and their
    /// gradients are 0. Their answers are 0. A batch without rows is answered with nothing. An error is thrown at the first row that has
    /// one, and names the row; the rows before it have been written. Time O(n) for n logits in all, memory O(1). Formula, range and source:
    /// those of the single call. Halves are widened exactly; their soft labels and their gradients are floats: halves of a distribution do
    /// not sum to one, and a half would round a probability below 6e-8 to zero.</remarks>
    /// <param name="p">The labels of every row, row-major: each row sums to one.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches no other argument.</param>
    /// <param name="qGradient">Where the derivatives by the logits of q go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses; <paramref name="destination"/> is shorter than the number of rows or overlaps another
    /// argument; the gradient is neither empty nor as long as the logits at least, or overlaps a table without being the same
    /// span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void CrossEntropyFromProbabilitiesGradientRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, int columns, Span<double> destination, Span<double> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilities<double>(p, qLogits, columns, destination, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromProbabilitiesGradientRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromProbabilitiesGradientRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, int columns, Span<double> destination, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilities<float>(p, qLogits, columns, destination, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromProbabilitiesGradientRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromProbabilitiesGradientRows(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns, Span<double> destination, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromProbabilitiesOfHalves(p, qLogits, columns, destination, qGradient, kept, temperature, logBase);

    /// <summary>The mean cross-entropy of soft labels and rows of logits.</summary>
    /// <remarks>The sum over the kept rows of H(p, q), over their number m; the mean over rows, or over the tokens of a sequence that are
    /// not padding. Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is kept, a
    /// batch without rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or +infinity
    /// has no gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Good (1956); as a loss, Hinton, Vinyals
    /// and Dean (2015). Halves are widened exactly; their soft labels and their gradients are floats: halves of a distribution do not sum
    /// to one, and a half would round a probability below 6e-8 to zero.</remarks>
    /// <param name="p">The labels of every row, row-major: each row sums to one.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if no row is kept or an element of a kept row is NaN. Relative error at most
    /// 1e-13.</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanCrossEntropyFromProbabilities(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilities<double>(p, qLogits, columns, [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromProbabilities(ReadOnlySpan{double}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double,
    /// LogBase)"/>
    public static double MeanCrossEntropyFromProbabilities(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilities<float>(p, qLogits, columns, [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromProbabilities(ReadOnlySpan{double}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double,
    /// LogBase)"/>
    public static double MeanCrossEntropyFromProbabilities(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilitiesOfHalves(p, qLogits, columns, [], kept, temperature, logBase);

    /// <summary>The mean cross-entropy of soft labels and rows of logits, and its gradient by the logits.</summary>
    /// <remarks>The sum over the kept rows of H(p, q), over their number m; the gradient of a kept row is (s q_i - p_i)/(T m), s the sum of
    /// its labels, which is one within rounding. Rows that are not kept are not looked at, as with an ignored index, and their gradients
    /// are 0. Where no row is kept, a batch without rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row
    /// whose loss is NaN or +infinity has no gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Good
    /// (1956); as a loss, Hinton, Vinyals and Dean (2015), differentiated. Halves are widened exactly; their soft labels and their
    /// gradients are floats: halves of a distribution do not sum to one, and a half would round a probability below 6e-8 to zero.</remarks>
    /// <param name="p">The labels of every row, row-major: each row sums to one.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="qGradient">Where the derivatives by the logits of q go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>The mean, to the bit what the function without a gradient returns. The error of a derivative is at most 1e-13 of (p_i +
    /// q_i)/(T m).</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses; the gradient is neither empty nor as long as the logits at least, or overlaps a table
    /// without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanCrossEntropyFromProbabilitiesGradient(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, int columns, Span<double> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilities<double>(p, qLogits, columns, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromProbabilitiesGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanCrossEntropyFromProbabilitiesGradient(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, int columns, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilities<float>(p, qLogits, columns, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromProbabilitiesGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanCrossEntropyFromProbabilitiesGradient(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromProbabilitiesOfHalves(p, qLogits, columns, qGradient, kept, temperature, logBase);

    private static void FillFromProbabilities<T>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> qLogits, int columns, Span<double> destination, Span<T> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfProbabilities(p, qLogits, columns, qGradient, kept, temperature);
        Check.Apart(p, destination, rows, nameof(destination));
        Check.Apart(qLogits, destination, rows, nameof(destination));
        Check.Distinct<T, double>(qGradient, nameof(qGradient), destination, nameof(destination));
        SoftLabelLoss<T, SpanRows<T>> loss = new(new(p, columns), new(qLogits, columns), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, default, qGradient, logBase);
    }

    private static void FillFromProbabilitiesOfHalves(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns, Span<double> destination, Span<float> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfProbabilities(p, qLogits, columns, qGradient, kept, temperature);
        Check.Apart(p, destination, rows, nameof(destination));
        Check.Apart(qLogits, destination, rows, nameof(destination));
        Check.Distinct<float, double>(qGradient, nameof(qGradient), destination, nameof(destination));
        using RentedFloats row = new(columns);
        SoftLabelLoss<float, HalfRows> loss = new(new(p, columns), new(qLogits, row.Span), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, default, qGradient, logBase);
    }

    private static double MeanFromProbabilities<T>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> qLogits, int columns, Span<T> qGradient, ReadOnlySpan<bool> kept, double temperature,
        LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfProbabilities(p, qLogits, columns, qGradient, kept, temperature);
        SoftLabelLoss<T, SpanRows<T>> loss = new(new(p, columns), new(qLogits, columns), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, default, qGradient, logBase);
    }

    private static double MeanFromProbabilitiesOfHalves(
        ReadOnlySpan<float> p, ReadOnlySpan<Half> qLogits, int columns, Span<float> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfProbabilities(p, qLogits, columns, qGradient, kept, temperature);
        using RentedFloats row = new(columns);
        SoftLabelLoss<float, HalfRows> loss = new(new(p, columns), new(qLogits, row.Span), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, default, qGradient, logBase);
    }

    private static int RowsOfProbabilities<T, TLogit>(
        ReadOnlySpan<T> p, ReadOnlySpan<TLogit> qLogits, int columns, Span<T> qGradient, ReadOnlySpan<bool> kept, double temperature)
        where T : struct
        where TLogit : struct
    {
        int rows = Check.Batch(p.Length, columns, nameof(p));
        Check.SameLength(p.Length, qLogits.Length, nameof(p), nameof(qLogits));
        Check.Kept(kept, rows);
        Check.Temperature(temperature);
        Check.Gradient(p, qGradient, nameof(qGradient));
        Check.Gradient(qLogits, qGradient, nameof(qGradient));
        return rows;
    }

    private readonly ref struct SoftLabelLoss<T, TRows>(SpanRows<T> p, TRows qLogits, double temperature, LogBase logBase) : IRowLoss<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TRows : struct, ITableRows<T>, allows ref struct
    {
        private readonly SpanRows<T> _p = p;
        private readonly TRows _qLogits = qLogits;

        public double Of(int row, Span<T> pGradient, Span<T> qGradient, double share)
        {
            ReadOnlySpan<T> p = _p.Row(row), qLogits = _qLogits.Row(row);
            double value = CrossEntropyFromProbabilitiesInNats(p, qLogits, temperature, out Peak peak, out double mass);
            FillSoftLabelGradient(p, qLogits, value, peak, mass, qGradient, temperature, logBase, share);
            return value;
        }
    }
}
