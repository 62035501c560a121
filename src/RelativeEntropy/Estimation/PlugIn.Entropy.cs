using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class PlugIn
{
    /// <summary>The entropy of a distribution, from counts.</summary>
    /// <remarks>
    /// None: the sum of (n_i/N) log(N/n_i), too small by about (K - 1)/(2 N) for K outcomes. Miller-Madow adds (K - 1)/(2 N), with K the
    /// outcomes seen. Grassberger:
    /// log N - (1/N) sum of n_i G(n_i), for a fixed N too large by about 1/(2 N), as its source takes the counts for Poisson. The standard
    /// error: the square root of the variance of log(n_i/N) over N. Time O(outcomes). Source: Miller (1955);
    /// Grassberger (2003, arXiv physics/0307138), equations (28) and (30); Basharin (1959) for the variance.
    /// </remarks>
    /// <param name="counts">n_i, how often each outcome was seen.</param>
    /// <param name="correction">What is done about the bias.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite estimate: without correction in [0, log K]. Error at most 1e-14 of log N, and 1e-14 relative without
    /// correction.</returns>
    /// <exception cref="ArgumentException"><paramref name="counts"/> is empty, has a negative element, or sums to 0 or above 2^63 -
    /// 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="correction"/> has no name.</exception>
    /// <example><code>
    /// int[] counts = [5, 3, 0, 2];
    /// double plain = PlugIn.Entropy(counts).Value;                                     // 1.029653014
    /// double corrected = PlugIn.Entropy(counts, PlugInCorrection.MillerMadow).Value;   // 1.129653014
    /// </code></example>
    public static Estimate Entropy(
        ReadOnlySpan<int> counts, PlugInCorrection correction = PlugInCorrection.None, LogBase logBase = default) =>
        EntropyOf(counts, correction, logBase);

    /// <inheritdoc cref="Entropy(ReadOnlySpan{int}, PlugInCorrection, LogBase)"/>
    public static Estimate Entropy(
        ReadOnlySpan<long> counts, PlugInCorrection correction = PlugInCorrection.None, LogBase logBase = default) =>
        EntropyOf(counts, correction, logBase);

    private static Estimate EntropyOf<T>(ReadOnlySpan<T> counts, PlugInCorrection correction, LogBase logBase)
        where T : struct, IBinaryInteger<T>
    {
        Named(correction);
        double total = Total(counts, nameof(counts));
        CompensatedSum sum = default, ofG = default;
        long seen = 0;
        foreach (T element in counts)
        {
            long n = long.CreateTruncating(element);
            if (n == 0)
                continue;
            seen++;
            sum.Add(n * LogRatio.Of(total, n));
            if (correction == PlugInCorrection.Grassberger)
                ofG.Add(n * G((ulong)n));
        }

        double plain = sum.Value / total;
        CellSpread spread = new(plain);
        foreach (T element in counts)
        {
            double n = long.CreateTruncating(element);
            if (n > 0)
                spread.Add(n / total, LogRatio.Of(total, n));
        }

        double value = correction switch
        {
            PlugInCorrection.None => plain,
            PlugInCorrection.MillerMadow => plain + (seen - 1) / (2 * total),
            _ => Elementary.Log(total) - ofG.Value / total,
        };
        return new(logBase.FromNats(value), logBase.FromNats(Math.Sqrt(spread.Variance(total))));
    }
}
