namespace RelativeEntropy.Numerics;

/// <summary>
/// Minus the logarithms of the densities of a sample at some places, up to what all have in common: d log r - psi(k), r the distance to the
/// k-th point of the sample;
/// and what each point of the sample contributes to their sum.
/// </summary>
/// <remarks>Without point j every place that has it among its k neighbours looks one further: that is the whole effect, so that the
/// jackknife needs no second search.</remarks>
internal sealed class LocalDensities
{
    public LocalDensities(KdTree<SquaredEuclidean> sample, KdTree<SquaredEuclidean> places, int dimension, int k, string name)
    {
        NeighbourSearch<SquaredEuclidean> search = new(sample, k);
        Terms = new double[places.Count];
        Effects = new double[sample.Count];
        bool isOwn = ReferenceEquals(sample, places);
        foreach (int i in places.Order)
        {
            search.Around(places.Point(i), isOwn ? i : -1);
            if (search.Number == 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"{name} has all its points at one place, that of point {i}: it has no density; for few values use PlugIn."),
                    name);
            }

            Terms[i] = 0.5 * dimension * Elementary.Log(search.Distance) - GammaFunction.Digamma(search.Number);
            double beyond = 0.5 * dimension * LogRatio.Of(search.NextDistance, search.Distance);
            for (int j = 0; j < search.Neighbours.Length; j++)
                Effects[search.Neighbours[j]] += j < search.Coinciding ? 1.0 / (search.Number - 1) : beyond;
        }
    }

    /// <summary>d log r - psi(k) at each place.</summary>
    public double[] Terms { get; }

    /// <summary>By how much the sum of the terms is larger without each point of the sample, its own term aside.</summary>
    public double[] Effects { get; }
}

/// <summary>The variance of a statistic by the jackknife (Quenouille 1956; Tukey 1958).</summary>
internal static class Jackknife
{
    /// <summary>(n - 1)/n times the sum of squares, about their mean, of the n values that the statistic has without one
    /// observation.</summary>
    public static double Variance(ReadOnlySpan<double> without)
    {
        CompensatedSum sum = default, squares = default;
        foreach (double value in without)
            sum.Add(value);
        double mean = sum.Value / without.Length;
        foreach (double value in without)
            squares.Add((value - mean) * (value - mean));
        return (without.Length - 1.0) / without.Length * squares.Value;
    }
}
