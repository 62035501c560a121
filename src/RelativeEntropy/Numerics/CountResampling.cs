namespace RelativeEntropy.Numerics;

/// <summary>Random counts.</summary>
internal static class CountResampling
{
    // Below this mean the probabilities are added up from zero.
    private const double FewExpected = 10;

    /// <summary>The counts of as many draws from the distribution in proportion to some counts: cell by cell a binomial of what is
    /// left.</summary>
    public static void Draw(ReadOnlySpan<long> counts, Span<long> destination, ref SplitMix64 stream)
    {
        long left = 0;
        foreach (long count in counts)
            left += count;
        long draws = left;
        for (int i = 0; i < counts.Length; i++)
        {
            destination[i] = Binomial(draws, counts[i], left, ref stream);
            draws -= destination[i];
            left -= counts[i];
        }
    }

    /// <summary>The number of successes in so many draws, each of probability part/whole.</summary>
    private static long Binomial(long draws, long part, long whole, ref SplitMix64 stream)
    {
        if (draws == 0 || part == 0)
            return 0;
        if (part == whole)
            return draws;
        return part > whole / 2
            ? draws - OfAtMostHalf(draws, (double)(whole - part) / whole, ref stream)
            : OfAtMostHalf(draws, (double)part / whole, ref stream);
    }

    private static long OfAtMostHalf(long draws, double p, ref SplitMix64 stream) =>
        draws * p < FewExpected ? FromZero(draws, p, ref stream) : ByRejection(draws, p, ref stream);

    /// <summary>By inversion (Kachitvichyanukul and Schmeiser 1988, BINV).</summary>
    private static long FromZero(long draws, double p, ref SplitMix64 stream)
    {
        double probability = Elementary.Exp(draws * Elementary.Log1p(-p)), odds = p / (1 - p), rest = stream.NextUnit();
        long k = 0;
        while (rest > probability && k < draws)
        {
            rest -= probability;
            k++;
            probability *= odds * (draws - k + 1) / k;
        }

        return k;
    }

    /// <summary>By transformed rejection (Hoermann 1993, BTRS).</summary>
    private static long ByRejection(long draws, double p, ref SplitMix64 stream)
    {
        double spread = Math.Sqrt(draws * p * (1 - p));
        double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, centre = draws * p + 0.5;
        double alpha = (2.83 + 5.1 / b) * spread, inside = 0.92 - 4.2 / b;
        double mode = Math.Floor((draws + 1) * p), atMode = LogWeight(draws, mode), logOdds = Elementary.Log(p / (1 - p));
        while (true)
        {
            double u = stream.NextUnit() - 0.5, v = stream.NextUnit(), edge = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / edge + b) * u + centre);
            if (edge >= 0.07 && v <= inside)
                return (long)k;
            if (k < 0 || k > draws)
                continue;
            double height = Elementary.Log(v * alpha / (a / (edge * edge) + b));
            if (height <= (LogWeight(draws, k) - atMode) + (k - mode) * logOdds)
                return (long)k;
        }
    }

    /// <summary>The logarithm of 1/(k! (n - k)!).</summary>
    private static double LogWeight(double n, double k) => -GammaFunction.Log(k + 1) - GammaFunction.Log(n - k + 1);
}
