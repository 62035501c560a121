using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary><see cref="CrossEntropy(int, ReadOnlySpan{double}, double, LogBase)"/> of each row of a table of logits and its
    /// label.</summary>
    /// <remarks>Each row has the bits of the single call. Rows that are not kept are not looked at, as with an ignored index, and their
    /// gradients are 0. Their answers are 0. A batch without rows is answered with nothing. An error is thrown at the first row that has
    /// one, and names the row; the rows before it have been written. Time O(n) for n logits in all, memory O(1). Formula, range and source:
    /// those of the single call.</remarks>
    /// <param name="labels">One label per row, from 0 to columns - 1; of a row that is not kept, any number.</param>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches no other argument.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one label, or one mark, per row; a kept row
    /// is one that the single call refuses; <paramref name="destination"/> is shorter than the number of rows or overlaps the
    /// logits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void CrossEntropyFromLabelsRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> logits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabels<double>(labels, logits, columns, destination, [], kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromLabelsRows(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, ReadOnlySpan{bool}, double,
    /// LogBase)"/>
    public static void CrossEntropyFromLabelsRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> logits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabels<float>(labels, logits, columns, destination, [], kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromLabelsRows(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, ReadOnlySpan{bool}, double,
    /// LogBase)"/>
    public static void CrossEntropyFromLabelsRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns, Span<double> destination,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabelsOfHalves(labels, logits, columns, destination, [], kept, temperature, logBase);

    /// <summary><see cref="CrossEntropyGradient(int, ReadOnlySpan{double}, Span{double}, double, LogBase)"/> of each row of a table of
    /// logits and its label.</summary>
    /// <remarks>Each row has the bits of the single call. Rows that are not kept are not looked at, as with an ignored index, and their
    /// gradients are 0. Their answers are 0. A batch without rows is answered with nothing. An error is thrown at the first row that has
    /// one, and names the row; the rows before it have been written. Time O(n) for n logits in all, memory O(1). Formula, range and source:
    /// those of the single call. Halves are widened exactly, and their gradients are floats: a half would round a probability below 6e-8 to
    /// zero.</remarks>
    /// <param name="labels">One label per row, from 0 to columns - 1; of a row that is not kept, any number.</param>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches no other argument.</param>
    /// <param name="gradient">Where the derivatives by the logits go, row-major; empty if not wanted. May be the same span as <paramref
    /// name="logits"/>.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one label, or one mark, per row; a kept row
    /// is one that the single call refuses; <paramref name="destination"/> is shorter than the number of rows or overlaps another argument;
    /// the gradient is neither empty nor as long as the logits at least, or overlaps them without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void CrossEntropyFromLabelsGradientRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> logits, int columns, Span<double> destination, Span<double> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabels<double>(labels, logits, columns, destination, gradient, kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromLabelsGradientRows(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromLabelsGradientRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> logits, int columns, Span<double> destination, Span<float> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabels<float>(labels, logits, columns, destination, gradient, kept, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromLabelsGradientRows(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static void CrossEntropyFromLabelsGradientRows(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns, Span<double> destination, Span<float> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillFromLabelsOfHalves(labels, logits, columns, destination, gradient, kept, temperature, logBase);

    /// <summary>The mean cross-entropy of the labels of a batch: the loss of a classifier.</summary>
    /// <remarks>The sum over the kept rows of -log p_label, over their number m; the mean over rows, or over the tokens of a sequence that
    /// are not padding. Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is
    /// kept, a batch without rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or
    /// +infinity has no gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Good (1952), the logarithmic
    /// score.</remarks>
    /// <param name="labels">One label per row, from 0 to columns - 1; of a row that is not kept, any number.</param>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if no row is kept or a logit of a kept row is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one label, or one mark, per row; a kept row
    /// is one that the single call refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    /// <example><code>
    /// double[] logits = [2, 0, 1, 0, 3, 0];                                                  // two rows of three classes
    /// double loss = Logits.MeanCrossEntropyFromLabels([0, -100], logits, 3, [true, false]);  // 0.4076059644
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double MeanCrossEntropyFromLabels(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> logits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabels<double>(labels, logits, columns, [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromLabels(ReadOnlySpan{int}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanCrossEntropyFromLabels(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> logits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabels<float>(labels, logits, columns, [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromLabels(ReadOnlySpan{int}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanCrossEntropyFromLabels(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabelsOfHalves(labels, logits, columns, [], kept, temperature, logBase);

    /// <summary>The mean cross-entropy of the labels of a batch, and its gradient by the logits.</summary>
    /// <remarks>The sum over the kept rows of -log p_label, over their number m; the gradient of a kept row is (p_i - [i = label])/(T m).
    /// Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is kept, a batch without
    /// rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or +infinity has no
    /// gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Good (1952), the logarithmic score,
    /// differentiated. Halves are widened exactly, and their gradients are floats: a half would round a probability below 6e-8 to
    /// zero.</remarks>
    /// <param name="labels">One label per row, from 0 to columns - 1; of a row that is not kept, any number.</param>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="gradient">Where the derivatives by the logits go, row-major; empty if not wanted. May be the same span as <paramref
    /// name="logits"/>.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>The mean, to the bit what the function without a gradient returns. Relative error of each derivative at most
    /// 1e-13.</returns>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one label, or one mark, per row; a kept row
    /// is one that the single call refuses; the gradient is neither empty nor as long as the logits at least, or overlaps them without
    /// being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanCrossEntropyFromLabelsGradient(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> logits, int columns, Span<double> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabels<double>(labels, logits, columns, gradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromLabelsGradient(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, ReadOnlySpan{bool},
    /// double, LogBase)"/>
    public static double MeanCrossEntropyFromLabelsGradient(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> logits, int columns, Span<float> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabels<float>(labels, logits, columns, gradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanCrossEntropyFromLabelsGradient(ReadOnlySpan{int}, ReadOnlySpan{double}, int, Span{double}, ReadOnlySpan{bool},
    /// double, LogBase)"/>
    public static double MeanCrossEntropyFromLabelsGradient(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns, Span<float> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanFromLabelsOfHalves(labels, logits, columns, gradient, kept, temperature, logBase);

    private static void FillFromLabels<T>(
        ReadOnlySpan<int> labels, ReadOnlySpan<T> logits, int columns, Span<double> destination, Span<T> gradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfLabels(labels, logits, columns, gradient, kept, temperature);
        Check.Apart(logits, destination, rows, nameof(destination));
        Check.Distinct<T, double>(gradient, nameof(gradient), destination, nameof(destination));
        LabelLoss<T, SpanRows<T>> loss = new(labels, new(logits, columns), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, default, gradient, logBase);
    }

    private static void FillFromLabelsOfHalves(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns, Span<double> destination, Span<float> gradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfLabels(labels, logits, columns, gradient, kept, temperature);
        Check.Apart(logits, destination, rows, nameof(destination));
        Check.Distinct<float, double>(gradient, nameof(gradient), destination, nameof(destination));
        using RentedFloats row = new(columns);
        LabelLoss<float, HalfRows> loss = new(labels, new(logits, row.Span), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, default, gradient, logBase);
    }

    private static double MeanFromLabels<T>(
        ReadOnlySpan<int> labels, ReadOnlySpan<T> logits, int columns, Span<T> gradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfLabels(labels, logits, columns, gradient, kept, temperature);
        LabelLoss<T, SpanRows<T>> loss = new(labels, new(logits, columns), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, default, gradient, logBase);
    }

    private static double MeanFromLabelsOfHalves(
        ReadOnlySpan<int> labels, ReadOnlySpan<Half> logits, int columns, Span<float> gradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfLabels(labels, logits, columns, gradient, kept, temperature);
        using RentedFloats row = new(columns);
        LabelLoss<float, HalfRows> loss = new(labels, new(logits, row.Span), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, default, gradient, logBase);
    }

    private static int RowsOfLabels<T, TGradient>(
        ReadOnlySpan<int> labels, ReadOnlySpan<T> logits, int columns, Span<TGradient> gradient, ReadOnlySpan<bool> kept,
        double temperature)
        where T : struct
        where TGradient : struct
    {
        int rows = Check.Batch(logits.Length, columns, nameof(logits));
        Check.OnePerRow(labels.Length, rows, nameof(labels));
        Check.Kept(kept, rows);
        Check.Temperature(temperature);
        Check.Gradient(logits, gradient, nameof(gradient));
        return rows;
    }

    private readonly ref struct LabelLoss<T, TRows>(ReadOnlySpan<int> labels, TRows logits, double temperature,
        LogBase logBase) : IRowLoss<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TRows : struct, ITableRows<T>, allows ref struct
    {
        private readonly ReadOnlySpan<int> _labels = labels;
        private readonly TRows _logits = logits;

        public double Of(int row, Span<T> pGradient, Span<T> qGradient, double share)
        {
            ReadOnlySpan<T> logits = _logits.Row(row);
            Check.Column(_labels[row], row, logits.Length, nameof(labels));
            Peak peak = LogitsPass.OfDistribution(logits, nameof(logits));
            return LabelGradientInNats(_labels[row], logits, peak, qGradient, temperature, logBase, share);
        }
    }
}
