using System.Buffers;
using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class PlugIn
{
    /// <summary>The mutual information of two variables, from a table of counts of their pairs.</summary>
    /// <remarks>
    /// With r_i and c_j the sums of the rows and columns. None: the sum of (n_ij/N) log(n_ij N/(r_i c_j)), as terms of whole numbers of
    /// which none is negative: 2 N times it is the
    /// statistic of the G-test. Too large by about (R - 1)(C - 1)/(2 N) where all pairs are possible. Miller-Madow adds (R + C - K - 1)/(2
    /// N), with the rows, columns and cells that
    /// have observations. Grassberger: log N + (1/N) (sum of n_ij G(n_ij) - sum of r_i G(r_i) - sum of c_j G(c_j)). Both are the corrected
    /// H(X) + H(Y) - H(X, Y). For a fixed N Grassberger's is too large by 1/(2 N), as its source takes the counts for Poisson.
    /// The standard error: the square root of the variance of log(n_ij N/(r_i c_j)) over N; of a product table it is 0. Time O(cells); the
    /// sums are rented.
    /// Source: Miller (1955); Roulston (1999) for informations; Grassberger (2003, arXiv physics/0307138), equation (28).
    /// </remarks>
    /// <param name="counts">n_ij, row after row: how often each pair was seen.</param>
    /// <param name="columns">The number of values of the second variable.</param>
    /// <param name="correction">What is done about the bias.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite estimate, without correction in [0, log min(R, C)]: relative error at most 1e-13; with one, at most 1e-14 of log
    /// N.</returns>
    /// <exception cref="ArgumentException"><paramref name="counts"/> is empty, no whole number of rows, has a negative element, or sums to
    /// 0 or above 2^63 - 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive; <paramref name="correction"/> has no
    /// name.</exception>
    /// <example><code>
    /// int[] table = [30, 10, 10, 30];   // two rows of two columns
    /// double plain = PlugIn.MutualInformation(table, columns: 2).Value;                                     // 0.1308120359
    /// double corrected = PlugIn.MutualInformation(table, columns: 2, PlugInCorrection.MillerMadow).Value;   // 0.1245620359
    /// </code></example>
    public static Estimate MutualInformation(
        ReadOnlySpan<int> counts, int columns, PlugInCorrection correction = PlugInCorrection.None, LogBase logBase = default) =>
        Mutual(counts, columns, correction, logBase);

    /// <inheritdoc cref="MutualInformation(ReadOnlySpan{int}, int, PlugInCorrection, LogBase)"/>
    public static Estimate MutualInformation(
        ReadOnlySpan<long> counts, int columns, PlugInCorrection correction = PlugInCorrection.None, LogBase logBase = default) =>
        Mutual(counts, columns, correction, logBase);

    private static Estimate Mutual<T>(ReadOnlySpan<T> counts, int columns, PlugInCorrection correction, LogBase logBase)
        where T : struct, IBinaryInteger<T>
    {
        int rows = Check.Rows(counts.Length, columns, nameof(counts));
        Named(correction);
        long total = Total(counts, nameof(counts));
        using CountBuffer buffer = new(rows + columns);
        Span<long> ofRows = buffer.Span[..rows], ofColumns = buffer.Span[rows..];
        for (int cell = 0; cell < counts.Length; cell++)
        {
            long n = long.CreateTruncating(counts[cell]);
            ofRows[cell / columns] += n;
            ofColumns[cell % columns] += n;
        }

        CompensatedSum plain = default, ofG = default;
        long balance = -1;
        foreach (long sum in buffer.Span)
        {
            balance += sum > 0 ? 1 : 0;
            if (sum > 0)
                ofG.Add(-sum * G((ulong)sum));
        }

        for (int cell = 0; cell < counts.Length; cell++)
        {
            long n = long.CreateTruncating(counts[cell]);
            plain.Add(Term((Int128)n * total, (Int128)ofRows[cell / columns] * ofColumns[cell % columns]));
            balance -= n > 0 ? 1 : 0;
            if (n > 0)
                ofG.Add(n * G((ulong)n));
        }

        double observations = total, value = plain.Value / observations / observations;
        CellSpread spread = new(value);
        for (int cell = 0; cell < counts.Length; cell++)
        {
            long n = long.CreateTruncating(counts[cell]);
            if (n > 0)
                spread.Add(n / observations, LogRatioOf((Int128)n * total, (Int128)ofRows[cell / columns] * ofColumns[cell % columns]));
        }

        value = correction switch
        {
            PlugInCorrection.None => value,
            PlugInCorrection.MillerMadow => value + balance / (2 * observations),
            _ => Elementary.Log(observations) + ofG.Value / observations,
        };
        return new(logBase.FromNats(value), logBase.FromNats(Math.Sqrt(spread.Variance(observations))));
    }

    /// <summary>Whole numbers, 0 at first, rented from the shared pool.</summary>
    private readonly ref struct CountBuffer
    {
        private readonly long[] _rented;

        public CountBuffer(int length)
        {
            _rented = ArrayPool<long>.Shared.Rent(length);
            Span = _rented.AsSpan(0, length);
            Span.Clear();
        }

        public Span<long> Span { get; }

        public void Dispose() => ArrayPool<long>.Shared.Return(_rented);
    }
}
