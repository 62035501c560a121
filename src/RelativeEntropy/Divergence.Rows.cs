using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Kullback-Leibler divergence of each row of p from the same row of q.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">One answer per row.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows; what the single call refuses,
    /// with the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    /// <example><code>
    /// double[] answers = new double[2];
    /// Divergence.KullbackLeiblerRows([0.5, 0.5, 1, 0], [0.25, 0.75, 0.5, 0.5], columns: 2, answers);
    /// double first = answers[0], second = answers[1];   // second = 0.6931471806
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<double, Settled<KullbackLeiblerTerm>>(default, 1, MeasuresRemedy, logBase));

    /// <inheritdoc cref="KullbackLeiblerRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void KullbackLeiblerRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<float, Settled<KullbackLeiblerTerm>>(default, 1, MeasuresRemedy, logBase));

    /// <summary>The divergence of Jeffreys of each row of p and the same row of q.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">One answer per row.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows; what the single call refuses,
    /// with the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void JeffreysRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<double, Settled<JeffreysTerm>>(default, 1, JeffreysRemedy, logBase));

    /// <inheritdoc cref="JeffreysRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void JeffreysRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<float, Settled<JeffreysTerm>>(default, 1, JeffreysRemedy, logBase));

    /// <summary>The Jensen-Shannon divergence, with equal weights, of each row of p and the same row of q.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">One answer per row.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows; what the single call refuses,
    /// with the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void JensenShannonRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<double, JensenShannonTerm>(new(0.5), 1, JensenShannonRemedy, logBase));

    /// <inheritdoc cref="JensenShannonRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void JensenShannonRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new SumOfRow<float, JensenShannonTerm>(new(0.5), 1, JensenShannonRemedy, logBase));

    /// <summary>The total variation distance of each row of p and the same row of q.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">One answer per row.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows; what the single call refuses,
    /// with the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void TotalVariationRows(ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, Span<double> destination) =>
        PairRows.Fill(
            p, q, columns, destination,
            new SumOfRow<double, Settled<AbsoluteDifferenceTerm>>(default, 0.5, TotalVariationRemedy, LogBase.Nats));

    /// <inheritdoc cref="TotalVariationRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double})"/>
    public static void TotalVariationRows(ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, Span<double> destination) =>
        PairRows.Fill(
            p, q, columns, destination,
            new SumOfRow<float, Settled<AbsoluteDifferenceTerm>>(default, 0.5, TotalVariationRemedy, LogBase.Nats));

    /// <summary>Renyi's divergence of each row of p from the same row of q.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The first distributions, row after row.</param>
    /// <param name="q">The second distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="order">a, in [0, +infinity].</param>
    /// <param name="destination">One answer per row.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows; what the single call refuses,
    /// with the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative or NaN.</exception>
    [OverloadResolutionPriority(1)]
    public static void RenyiRows(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, int columns, double order, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new RenyiOfRow<double>(order, logBase));

    /// <inheritdoc cref="RenyiRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, double, Span{double}, LogBase)"/>
    public static void RenyiRows(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, int columns, double order, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, q, columns, destination, new RenyiOfRow<float>(order, logBase));

    private readonly struct SumOfRow<T, TFunction>(TFunction term, double factor, string remedy, LogBase logBase) : IRowFunction<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        public double Of(ReadOnlySpan<T> p, ReadOnlySpan<T> q) =>
            factor * logBase.FromNats(PairReduction.OverDistributions(p, q, term, remedy));
    }

    private readonly struct RenyiOfRow<T>(double order, LogBase logBase) : IRowFunction<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        public double Of(ReadOnlySpan<T> p, ReadOnlySpan<T> q) => RenyiOfOrder(p, q, order, logBase);
    }
}
