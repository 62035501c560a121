using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Kullback-Leibler divergence of each row of p and each row of q.</summary>
    /// <remarks>Element i m + j of the destination, with m the rows of q, has the bits of the single call for row i of p and row j of q.
    /// For all pairs of the rows of one table, give it twice: the diagonal is 0. Where a table has no rows there are no answers. Time O(n)
    /// per pair, memory O(1). Source: that of the single call.</remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row; not necessarily as many.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">A matrix, row after row: one answer per pair.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">A table is no whole number of rows; what the single call refuses, with the row in the message;
    /// <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerMatrix(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.FillAll(
            p, q, columns, destination, new SumOfRow<double, Settled<KullbackLeiblerTerm>>(default, 1, MeasuresRemedy, logBase));

    /// <inheritdoc cref="KullbackLeiblerMatrix(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void KullbackLeiblerMatrix(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.FillAll(
            p, q, columns, destination, new SumOfRow<float, Settled<KullbackLeiblerTerm>>(default, 1, MeasuresRemedy, logBase));

    /// <summary>The Jensen-Shannon divergence, with equal weights, of each row of p and each row of q.</summary>
    /// <remarks>Element i m + j of the destination, with m the rows of q, has the bits of the single call for row i of p and row j of q.
    /// For all pairs of the rows of one table, give it twice: the diagonal is 0 and the matrix symmetric up to rounding. Where a table has
    /// no rows there are no answers. Time O(n) per pair, memory O(1). Source: that of the single call.</remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row; not necessarily as many.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">A matrix, row after row: one answer per pair.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">A table is no whole number of rows; what the single call refuses, with the row in the message;
    /// <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void JensenShannonMatrix(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.FillAll(p, q, columns, destination, new SumOfRow<double, JensenShannonTerm>(new(0.5), 1, JensenShannonRemedy, logBase));

    /// <inheritdoc cref="JensenShannonMatrix(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void JensenShannonMatrix(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.FillAll(p, q, columns, destination, new SumOfRow<float, JensenShannonTerm>(new(0.5), 1, JensenShannonRemedy, logBase));
}
