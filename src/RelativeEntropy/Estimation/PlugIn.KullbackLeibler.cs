using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class PlugIn
{
    /// <summary>The divergence KL(p || q), from counts of observations of each.</summary>
    /// <remarks>
    /// <para>None: the sum of (n_i/N) log(n_i M/(m_i N)), as terms n_i M log(n_i M/(m_i N)) - n_i M + m_i N of whole numbers: none is
    /// negative, and near equal
    /// frequencies nothing cancels. Too large by about (K - 1)/(2 N) + (sum of p_i/q_i - 1)/(2 M). Miller-Madow takes that off, with the
    /// frequencies in it. Both are +infinity where p has
    /// observations in an outcome that q was never seen in: frequency 0 stands for probability 0.</para>
    /// <para>Grassberger: log(M/N) + (1/N) sum of n_i (G(n_i) - G(m_i + 1)). G is made so that the mean of n G(n) over a Poisson
    /// distribution is lambda log lambda, but for little;
    /// that mean is lambda times the mean of G(n + 1), which therefore estimates log lambda. It is finite for every count: G(1) = -gamma -
    /// log 2 is what an empty outcome says of
    /// its probability, in the mean over repetitions, and is much too large where that is far below 1/M.
    /// For fixed N and M the estimate is too small by 1/(2 N) + 1/(2 M), as its source takes the counts for Poisson.</para>
    /// <para>The standard error: the square root of (the variance of the log-ratios under p)/N + (the sum of (p_i - q_i)^2/q_i)/M, an
    /// outcome without observations of q
    /// counted as one. Time O(outcomes). Source: Miller (1955) and Zhang and Grabchak (2014) for the bias; Grassberger (2003, arXiv
    /// physics/0307138), equation (28).</para>
    /// </remarks>
    /// <param name="pCounts">n_i, how often each outcome was seen in draws from p.</param>
    /// <param name="qCounts">m_i, how often in draws from q.</param>
    /// <param name="correction">What is done about the bias.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>Without correction a number in [0, +infinity], relative error at most 1e-13; +infinity as said, then with that standard
    /// error, too.
    /// With Grassberger's the error is at most 1e-14 of log N + log M.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative; a span sums to 0 or above 2^63
    /// - 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="correction"/> has no name.</exception>
    /// <example><code>
    /// int[] before = [5, 3, 2], after = [3, 4, 3];
    /// Estimate estimate = PlugIn.KullbackLeibler(before, after);
    /// double nats = estimate.Value;            // 0.08801516853
    /// double error = estimate.StandardError;   // 0.1928989603
    /// </code></example>
    public static Estimate KullbackLeibler(
        ReadOnlySpan<int> pCounts, ReadOnlySpan<int> qCounts, PlugInCorrection correction = PlugInCorrection.None,
        LogBase logBase = default) =>
        Divergence(pCounts, qCounts, correction, logBase);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{int}, ReadOnlySpan{int}, PlugInCorrection, LogBase)"/>
    public static Estimate KullbackLeibler(
        ReadOnlySpan<long> pCounts, ReadOnlySpan<long> qCounts, PlugInCorrection correction = PlugInCorrection.None,
        LogBase logBase = default) =>
        Divergence(pCounts, qCounts, correction, logBase);

    private static Estimate Divergence<T>(ReadOnlySpan<T> pCounts, ReadOnlySpan<T> qCounts, PlugInCorrection correction, LogBase logBase)
        where T : struct, IBinaryInteger<T>
    {
        Check.SameNonZeroLength(pCounts.Length, qCounts.Length, nameof(pCounts), nameof(qCounts));
        Named(correction);
        long ofP = Total(pCounts, nameof(pCounts)), ofQ = Total(qCounts, nameof(qCounts));
        bool isGrassberger = correction == PlugInCorrection.Grassberger;
        CompensatedSum plain = default, logarithms = default, overQ = default;
        long seen = 0;
        for (int i = 0; i < pCounts.Length; i++)
        {
            long n = long.CreateTruncating(pCounts[i]), m = long.CreateTruncating(qCounts[i]);
            if (n > 0 && m == 0 && !isGrassberger)
                return new(double.PositiveInfinity, double.PositiveInfinity);
            plain.Add(Term((Int128)n * ofQ, (Int128)m * ofP));
            if (n == 0)
                continue;
            seen++;
            if (isGrassberger)
                logarithms.Add(n * (G((ulong)n) - G((ulong)m + 1)));
            else
                overQ.Add((double)n / m);
        }

        double total = ofP, others = ofQ, value = plain.Value / total / others;
        if (correction == PlugInCorrection.MillerMadow)
            value -= (seen - 1) / (2 * total) + (overQ.Value / total - 1 / others) / 2;
        else if (isGrassberger)
            value = LogRatio.Of(others, total) + logarithms.Value / total;

        CellSpread spread = new(isGrassberger ? logarithms.Value / total : plain.Value / total / others);
        CompensatedSum squares = default;
        for (int i = 0; i < pCounts.Length; i++)
        {
            long n = long.CreateTruncating(pCounts[i]), m = long.CreateTruncating(qCounts[i]);
            double p = n / total, q = Math.Max(m, 1) / others,
                difference = (double)((Int128)n * ofQ - (Int128)Math.Max(m, 1) * ofP) / total / others;
            if (n > 0)
                spread.Add(p, isGrassberger ? G((ulong)n) - G((ulong)m + 1) : LogRatioOf((Int128)n * ofQ, (Int128)m * ofP));
            if (n > 0 || m > 0)
                squares.Add(difference / q * difference);
        }

        return new(logBase.FromNats(value), logBase.FromNats(Math.Sqrt(spread.Variance(total) + squares.Value / others)));
    }
}
