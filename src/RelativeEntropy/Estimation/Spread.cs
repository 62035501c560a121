namespace RelativeEntropy.Numerics;

/// <summary>How far a mean of independent terms is off.</summary>
internal static class Spread
{
    /// <summary>The variance of the mean of n terms, by their sum of squares about it over n (n - 1); NaN for one term.</summary>
    public static double VarianceOfMean(ReadOnlySpan<double> terms)
    {
        double n = terms.Length;
        return n == 1 ? double.NaN : Jackknife.Variance(terms) / ((n - 1) * (n - 1));
    }
}
