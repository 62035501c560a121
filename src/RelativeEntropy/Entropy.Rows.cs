using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Entropy
{
    /// <summary>The Shannon entropy of each row.</summary>
    /// <remarks>
    /// Each answer has the bits of the single call, rounded once more for floats. A batch without rows is answered with nothing.
    /// Time O(n) per row, memory O(1).
    /// </remarks>
    /// <param name="p">The distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="destination">One answer per row.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is no whole number of rows; a row is no distribution, with
    /// the row in the message; <paramref name="destination"/> is too short or overlaps the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void ShannonRows(ReadOnlySpan<double> p, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, p, columns, destination, new ShannonOfRow<double>(logBase));

    /// <inheritdoc cref="ShannonRows(ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void ShannonRows(ReadOnlySpan<float> p, int columns, Span<double> destination, LogBase logBase = default) =>
        PairRows.Fill(p, p, columns, destination, new ShannonOfRow<float>(logBase));

    private readonly struct ShannonOfRow<T>(LogBase logBase) : IRowFunction<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        public double Of(ReadOnlySpan<T> p, ReadOnlySpan<T> q) =>
            logBase.FromNats(PairReduction.OverDistributions<T, EntropyTerm>(p, q, ShannonRemedy));
    }
}
