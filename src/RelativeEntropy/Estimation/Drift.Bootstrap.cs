using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>A number made of the counts of two samples in the same cells, such as a divergence of their proportions.</summary>
/// <param name="first">The counts of the first sample.</param>
/// <param name="second">The counts of the second sample.</param>
/// <returns>The number.</returns>
public delegate double CountStatistic(ReadOnlySpan<long> first, ReadOnlySpan<long> second);

public static partial class Drift
{
    /// <summary>A percentile interval for a statistic of two samples, by drawing both again and again from what was observed.</summary>
    /// <remarks>
    /// Each resample has as many observations as its sample, multinomial with the observed proportions; the ends are the k-th smallest and
    /// k-th largest statistic, k = (resamples + 1)(1 - confidence)/2 rounded down. The same bits for the same seed on every machine. A
    /// divergence is never below zero, and resampling adds noise of its own: near zero the interval lies too high and does not hold zero.
    /// It says how large a drift is; whether there is one, <see cref="GTestOfTwoSamples(ReadOnlySpan{long}, ReadOnlySpan{long})"/> says. A
    /// statistic that is infinite at an empty cell may make the upper end infinite. Time O(resamples (n + that of the statistic)),
    /// whatever the size of the samples; memory O(resamples + n). Source: Efron (1979); Efron and Tibshirani (1993), chapter 13; Steele,
    /// Lea and Flood (2014) for the stream.
    /// </remarks>
    /// <param name="first">The counts of the first sample, n cells, not all zero.</param>
    /// <param name="second">The counts of the second sample.</param>
    /// <param name="statistic">What is computed of each pair of resamples, in nats, bits or whatever unit.</param>
    /// <param name="confidence">The part of the resamples that the interval holds, between 0 and 1: 0.95, say.</param>
    /// <param name="resamples">How many pairs are drawn: 999 or more for a confidence of 0.95.</param>
    /// <param name="seed">Any number.</param>
    /// <returns>The statistic of the samples, and the interval.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative; all of one are zero; those of
    /// one sum to more than 2^53.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1, or there are too few
    /// <paramref name="resamples"/> for it.</exception>
    /// <example><code>
    /// BootstrapInterval interval = Drift.Bootstrap(
    ///     [8, 8, 8, 8], [4, 4, 13, 11], (p, q) => Proportions.JensenShannon(p, q), confidence: 0.9, resamples: 999, seed: 1);
    /// double upper = interval.Upper;   // 0.131348991
    /// </code></example>
    public static BootstrapInterval Bootstrap(
        ReadOnlySpan<long> first, ReadOnlySpan<long> second, CountStatistic statistic, double confidence, int resamples, long seed)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Check.SameNonZeroLength(first.Length, second.Length, nameof(first), nameof(second));
        CheckSample(first, nameof(first));
        CheckSample(second, nameof(second));
        SettingCheck.InsideUnit(confidence, nameof(confidence));
        double place = (resamples + 1.0) * 0.5 * (1 - confidence);
        double fewest = Math.Ceiling(2 / (1 - confidence)) - 1;
        if (!(place >= 1 && resamples > 1))
        {
            throw new ArgumentOutOfRangeException(nameof(resamples), resamples, FormattableString.Invariant(
                $"resamples = {resamples}; an interval of confidence {confidence} needs at least {fewest}."));
        }

        var stream = new SplitMix64(seed);
        long[] firstDrawn = new long[first.Length], secondDrawn = new long[second.Length];
        double[] statistics = new double[resamples];
        bool anyNaN = false;
        foreach (ref double drawn in statistics.AsSpan())
        {
            CountResampling.Draw(first, firstDrawn, ref stream);
            CountResampling.Draw(second, secondDrawn, ref stream);
            drawn = statistic(firstDrawn, secondDrawn);
            anyNaN |= double.IsNaN(drawn);
        }

        Array.Sort(statistics);
        int k = (int)place;
        return anyNaN
            ? new(statistic(first, second), double.NaN, double.NaN)
            : new(statistic(first, second), statistics[k - 1], statistics[resamples - k]);
    }

    private static void CheckSample(ReadOnlySpan<long> counts, string name)
    {
        Check.Masses(counts, name);
        Int128 total = Total(counts);
        if (total == 0)
            throw new ArgumentException($"{name} is zero everywhere; at least one element must be positive.", name);
        if (total > 1L << 53)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{name} sums to {total}; at most 2^53 observations can be drawn again."), name);
        }
    }
}
