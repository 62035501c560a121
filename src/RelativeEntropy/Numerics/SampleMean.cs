namespace RelativeEntropy.Numerics;

/// <summary>Numbers at samples, and how much each sample counts: a weight from 0 to 1.</summary>
internal interface ISampled
{
    int Count { get; }

    /// <summary>The number at a sample; 0 where the weight is 0.</summary>
    double At(int i);

    double Weight(int i);
}

/// <summary>The weighted mean of numbers at samples, with its standard error: sqrt(sum w^2 (x - mean)^2 / sum w (W - w)), W the sum of the
/// weights.</summary>
/// <remarks>Of equal weights that is the standard deviation over sqrt n, with n - 1 in it (Owen 2013, equation 9.9, over 1 - sum (w/W)^2).
/// Three passes: the second corrects the mean by what the first division lost, so that deviations keep their digits.</remarks>
internal static class SampleMean
{
    // Above it, sums of terms may leave the range: everything is computed from terms over 2^64.
    private const double Large = 1e280;
    private const double Reduced = 1.0 / (1UL << 32) / (1UL << 32);

    public static Estimate Of<TSampled>(TSampled sampled)
        where TSampled : struct, ISampled, allows ref struct
    {
        CompensatedSum sum = default, weights = default;
        double largest = 0;
        bool anyNaN = false;
        for (int i = 0; i < sampled.Count; i++)
        {
            double weight = sampled.Weight(i), x = sampled.At(i);
            anyNaN |= double.IsNaN(weight) || double.IsNaN(x);
            largest = Math.Max(largest, Math.Abs(x));
            weights.Add(weight);
            sum.Add(weight * x);
        }

        if (anyNaN)
            return new(double.NaN, double.NaN);
        if (double.IsInfinity(largest))
            return new(double.PositiveInfinity, double.PositiveInfinity);
        double scale = largest > Large ? Reduced : 1;
        TwoPart total = weights.Total;
        double centre = scale == 1 ? sum.Value / total.Value : 0;
        CompensatedSum offset = default;
        for (int i = 0; i < sampled.Count; i++)
            offset.Add(sampled.Weight(i) * (scale * sampled.At(i) - centre));

        double shift = offset.Value / total.Value;
        CompensatedSum freedom = default;
        ScaledSquares squares = default;
        for (int i = 0; i < sampled.Count; i++)
        {
            double weight = sampled.Weight(i);
            freedom.Add(weight * ((total.Value - weight) + total.Tail));
            squares.Add(weight * (scale * sampled.At(i) - centre - shift));
        }

        return new((centre + shift) / scale, squares.Root / Math.Sqrt(freedom.Value) / scale);
    }
}
