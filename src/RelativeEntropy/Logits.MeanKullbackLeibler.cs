using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary><see cref="KullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, double,
    /// LogBase)"/> of each row of two tables of logits.</summary>
    /// <remarks>Each row has the bits of the single call. Rows that are not kept are not looked at, as with an ignored index, and their
    /// gradients are 0. Their answers are 0. A batch without rows is answered with nothing. An error is thrown at the first row that has
    /// one, and names the row; the rows before it have been written. Time O(n) for n logits in all, memory O(1). Formula, range and source:
    /// those of the single call. Halves are widened exactly, and their gradients are floats: a half would round a probability below 6e-8 to
    /// zero.</remarks>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="destination">Where the answers go, one per row; touches no other argument.</param>
    /// <param name="pGradient">Where the derivatives by the logits of p go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="qGradient">Where the derivatives by the logits of q go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses; <paramref name="destination"/> is shorter than the number of rows or overlaps another
    /// argument; a gradient is neither empty nor as long as the logits at least, overlaps the other, or overlaps logits without being the
    /// same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerGradientRows(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns, Span<double> destination, Span<double> pGradient,
            Span<double> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillDivergences<double>(pLogits, qLogits, columns, destination, pGradient, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="KullbackLeiblerGradientRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static void KullbackLeiblerGradientRows(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns, Span<double> destination, Span<float> pGradient,
            Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillDivergences<float>(pLogits, qLogits, columns, destination, pGradient, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="KullbackLeiblerGradientRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static void KullbackLeiblerGradientRows(
        ReadOnlySpan<Half> pLogits, ReadOnlySpan<Half> qLogits, int columns, Span<double> destination, Span<float> pGradient,
            Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FillDivergencesOfHalves(pLogits, qLogits, columns, destination, pGradient, qGradient, kept, temperature, logBase);

    /// <summary>The mean KL(p || q) over the rows of two tables of logits: a distillation loss, or the divergence of a policy over
    /// states.</summary>
    /// <remarks>The sum over the kept rows of KL(p || q), over their number m; the mean over rows, or over the tokens of a sequence that
    /// are not padding. Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is
    /// kept, a batch without rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or
    /// +infinity has no gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Kullback and Leibler
    /// (1951).</remarks>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if no row is kept or a logit of a kept row is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanKullbackLeibler(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergence<double>(pLogits, qLogits, columns, [], [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanKullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanKullbackLeibler(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergence<float>(pLogits, qLogits, columns, [], [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanKullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanKullbackLeibler(
        ReadOnlySpan<Half> pLogits, ReadOnlySpan<Half> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergenceOfHalves(pLogits, qLogits, columns, [], [], kept, temperature, logBase);

    /// <summary>The mean KL(p || q) over the rows of two tables of logits, and its gradients by both.</summary>
    /// <remarks>The sum over the kept rows of KL(p || q), over their number m; the gradients of a kept row are p_i (log(p_i/q_i) - KL)/(T
    /// m) and (q_i - p_i)/(T m). Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no
    /// row is kept, a batch without rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is
    /// NaN or +infinity has no gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: derived here. Halves are
    /// widened exactly, and their gradients are floats: a half would round a probability below 6e-8 to zero.</remarks>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="pGradient">Where the derivatives by the logits of p go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="qGradient">Where the derivatives by the logits of q go, row-major; empty if not wanted. May be the same span as an
    /// input.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>The mean, to the bit what the function without gradients returns. The errors of the derivatives are those of the single
    /// call, over m.</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one mark per row; a
    /// kept row is one that the single call refuses; a gradient is neither empty nor as long as the logits at least, overlaps the other, or
    /// overlaps logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanKullbackLeiblerGradient(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns, Span<double> pGradient, Span<double> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergence<double>(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanKullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanKullbackLeiblerGradient(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns, Span<float> pGradient, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergence<float>(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanKullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, Span{double},
    /// ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanKullbackLeiblerGradient(
        ReadOnlySpan<Half> pLogits, ReadOnlySpan<Half> qLogits, int columns, Span<float> pGradient, Span<float> qGradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanDivergenceOfHalves(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature, logBase);

    private static void FillDivergences<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, Span<double> destination, Span<T> pGradient, Span<T> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfTwo(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature);
        CheckApart(pLogits, qLogits, destination, rows, pGradient, qGradient);
        DivergenceLoss<T, SpanRows<T>> loss = new(new(pLogits, columns), new(qLogits, columns), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, pGradient, qGradient, logBase);
    }

    private static void FillDivergencesOfHalves(
        ReadOnlySpan<Half> pLogits, ReadOnlySpan<Half> qLogits, int columns, Span<double> destination, Span<float> pGradient,
            Span<float> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfTwo(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature);
        CheckApart(pLogits, qLogits, destination, rows, pGradient, qGradient);
        using RentedFloats p = new(columns), q = new(columns);
        DivergenceLoss<float, HalfRows> loss = new(new(pLogits, p.Span), new(qLogits, q.Span), temperature, logBase);
        RowLosses.Fill(loss, rows, columns, kept, destination, pGradient, qGradient, logBase);
    }

    private static double MeanDivergence<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, Span<T> pGradient, Span<T> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = RowsOfTwo(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature);
        DivergenceLoss<T, SpanRows<T>> loss = new(new(pLogits, columns), new(qLogits, columns), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, pGradient, qGradient, logBase);
    }

    private static double MeanDivergenceOfHalves(
        ReadOnlySpan<Half> pLogits, ReadOnlySpan<Half> qLogits, int columns, Span<float> pGradient, Span<float> qGradient,
        ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
    {
        int rows = RowsOfTwo(pLogits, qLogits, columns, pGradient, qGradient, kept, temperature);
        using RentedFloats p = new(columns), q = new(columns);
        DivergenceLoss<float, HalfRows> loss = new(new(pLogits, p.Span), new(qLogits, q.Span), temperature, logBase);
        return RowLosses.Mean(loss, rows, columns, kept, pGradient, qGradient, logBase);
    }

    private static int RowsOfTwo<T, TGradient>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int columns, Span<TGradient> pGradient, Span<TGradient> qGradient,
        ReadOnlySpan<bool> kept, double temperature)
        where T : struct
        where TGradient : struct
    {
        int rows = Check.Batch(pLogits.Length, columns, nameof(pLogits));
        Check.SameLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        Check.Kept(kept, rows);
        Check.Temperature(temperature);
        Check.Gradients(pLogits, qLogits, pGradient, qGradient);
        return rows;
    }

    private static void CheckApart<T, TGradient>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Span<double> destination, int rows, Span<TGradient> pGradient,
            Span<TGradient> qGradient)
        where T : struct
        where TGradient : struct
    {
        Check.Apart(pLogits, destination, rows, nameof(destination));
        Check.Apart(qLogits, destination, rows, nameof(destination));
        Check.Distinct<TGradient, double>(pGradient, nameof(pGradient), destination, nameof(destination));
        Check.Distinct<TGradient, double>(qGradient, nameof(qGradient), destination, nameof(destination));
    }

    private readonly ref struct DivergenceLoss<T, TRows>(TRows pLogits, TRows qLogits, double temperature, LogBase logBase) : IRowLoss<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TRows : struct, ITableRows<T>, allows ref struct
    {
        private readonly TRows _pLogits = pLogits, _qLogits = qLogits;

        public double Of(int row, Span<T> pGradient, Span<T> qGradient, double share)
        {
            ReadOnlySpan<T> pLogits = _pLogits.Row(row), qLogits = _qLogits.Row(row);
            LogitsPair peaks = LogitsPair.Of(pLogits, qLogits, temperature);
            return Gradient(pLogits, qLogits, peaks, pGradient, qGradient, temperature, logBase, ofDivergence: true, share);
        }
    }
}
