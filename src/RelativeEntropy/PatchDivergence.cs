using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergences between arrays of independent normals, as an encoder of images gives them, patch by patch and weighted by how much each patch matters.
/// </summary>
/// <remarks>
/// What is bad throws <see cref="ArgumentException"/> naming the argument, the index and the value; else a NaN gives NaN, whatever the relevance of its patch; else +infinity only where
/// twice the truth exceeds the largest double. A patch of relevance zero is left out, also where its divergence is infinite. In nats; nothing is allocated.
/// </remarks>
public static class PatchDivergence
{
    /// <summary>The mean over the patches, weighted by relevance, of KL(N(mean, diag exp logVariance) || N(priorMean, diag exp priorLogVariance)).</summary>
    /// <remarks>
    /// The sum of relevance_k KL_k over the sum of relevance_k, where KL_k is the sum over the elements of patch k of
    /// half (e^l - 1 - l) + (m - m0)^2 e^(-l0) with l the difference of the log-variances; no digits are lost near the prior. Relevances are relative: a common factor
    /// changes nothing. With equal relevances and one patch it is <see cref="DiagonalGaussian.KullbackLeiblerFromLogVariance(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>.
    /// Time O(height width channels), memory O(1). Source: Kullback (1959), chapter 9, section 1, for each element.
    /// </remarks>
    /// <param name="mean">The means, height x width x channels.</param>
    /// <param name="logVariance">The natural logarithms of the variances.</param>
    /// <param name="priorMean">The means of the prior.</param>
    /// <param name="priorLogVariance">The natural logarithms of the prior's variances.</param>
    /// <param name="grid">The shape of the arrays and of the patches.</param>
    /// <param name="relevance">One number for each patch, finite and at least 0, not all 0.</param>
    /// <param name="byPatch">Receives KL_k of each patch; empty if not wanted.</param>
    /// <returns>A number in [0, +infinity]; relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The grid was not constructed; an array is not of its length, or the relevance not of its count; an element is infinite; a relevance is
    /// negative or infinite, or all are zero; the destination is neither empty nor long enough, or overlaps the data.</exception>
    /// <example><code>
    /// PatchGrid grid = new(height: 2, width: 2, channels: 1, patchHeight: 2, patchWidth: 1);
    /// double[] zeros = new double[4];
    /// double weighted = PatchDivergence.KullbackLeibler([1, 0, 1, 0], zeros, zeros, zeros, grid, relevance: [3, 1]);   // 0.75
    /// </code></example>
    public static double KullbackLeibler(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance,
        PatchGrid grid, ReadOnlySpan<double> relevance, Span<double> byPatch = default)
    {
        CheckArrays(mean, logVariance, priorMean, priorLogVariance, grid, relevance);
        CheckDestination(mean, logVariance, priorMean, priorLogVariance, relevance, byPatch, grid.Count, nameof(byPatch));
        return WeightedMean(mean, logVariance, priorMean, priorLogVariance, grid, relevance, byPatch);
    }

    /// <summary><see cref="KullbackLeibler"/> and its gradients by the means, the log-variances and the relevances.</summary>
    /// <remarks>
    /// With w_k = relevance_k over the sum of relevances, for an element of patch k: by its mean w_k (m - m0) e^(-l0), by its log-variance w_k (e^(l - l0) - 1)/2, both 0 at the
    /// prior and accurate near it; by the relevance (KL_k - value) over the sum of relevances. A patch of relevance zero has gradients 0 in its elements.
    /// A NaN makes NaN the derivatives that depend on it. Time O(height width channels), memory O(1). Source: Kullback (1959), chapter 9, section 1, differentiated.
    /// </remarks>
    /// <param name="mean">The means, height x width x channels.</param>
    /// <param name="logVariance">The natural logarithms of the variances.</param>
    /// <param name="priorMean">The means of the prior.</param>
    /// <param name="priorLogVariance">The natural logarithms of the prior's variances.</param>
    /// <param name="grid">The shape of the arrays and of the patches.</param>
    /// <param name="relevance">One number for each patch, finite and at least 0, not all 0.</param>
    /// <param name="meanGradient">Receives one derivative for each mean; empty if not wanted, as each of the three may be.</param>
    /// <param name="logVarianceGradient">Receives one derivative for each log-variance.</param>
    /// <param name="relevanceGradient">Receives one derivative for each relevance; its error is at most 1e-13 of (KL_k + value) over the sum of relevances.</param>
    /// <returns>The value of <see cref="KullbackLeibler"/>, with the same bits.</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>; or two destinations overlap.</exception>
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance,
        PatchGrid grid, ReadOnlySpan<double> relevance, Span<double> meanGradient, Span<double> logVarianceGradient, Span<double> relevanceGradient = default)
    {
        CheckArrays(mean, logVariance, priorMean, priorLogVariance, grid, relevance);
        CheckDestination(mean, logVariance, priorMean, priorLogVariance, relevance, meanGradient, grid.Length, nameof(meanGradient));
        CheckDestination(mean, logVariance, priorMean, priorLogVariance, relevance, logVarianceGradient, grid.Length, nameof(logVarianceGradient));
        CheckDestination(mean, logVariance, priorMean, priorLogVariance, relevance, relevanceGradient, grid.Count, nameof(relevanceGradient));
        Check.WantedApart(meanGradient, logVarianceGradient, grid.Length, nameof(logVarianceGradient));
        Check.WantedApart(meanGradient, relevanceGradient, grid.Count, nameof(relevanceGradient));
        Check.WantedApart(logVarianceGradient, relevanceGradient, grid.Count, nameof(relevanceGradient));
        double value = WeightedMean(mean, logVariance, priorMean, priorLogVariance, grid, relevance, relevanceGradient);

        int scale = Scale(relevance);
        CompensatedSum weights = default;
        foreach (double each in relevance)
            weights.Add(Math.ScaleB(each, scale));
        double total = weights.Value;
        for (int patch = 0; patch < grid.Count; patch++)
        {
            double weight = Math.ScaleB(relevance[patch], scale) / total;
            for (int row = 0; row < grid.PatchHeight; row++)
            {
                int start = grid.Start(patch, row);
                for (int i = start; i < start + grid.Run; i++)
                {
                    if (!meanGradient.IsEmpty)
                        meanGradient[i] = Weighed(weight, NormalTerms.SlopeByLogVariance(mean[i], priorMean[i], priorLogVariance[i]));
                    if (!logVarianceGradient.IsEmpty)
                        logVarianceGradient[i] = 0.5 * Weighed(weight, NormalTerms.RatioLessOne(logVariance[i], priorLogVariance[i]));
                }
            }

            if (!relevanceGradient.IsEmpty)
                relevanceGradient[patch] = Math.ScaleB((relevanceGradient[patch] - value) / total, scale);
        }

        return value;
    }

    private static double WeightedMean(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance,
        PatchGrid grid, ReadOnlySpan<double> relevance, Span<double> byPatch)
    {
        int scale = Scale(relevance);
        CompensatedSum weights = default, divergences = default;
        for (int patch = 0; patch < grid.Count; patch++)
        {
            double divergence = OfPatch(mean, logVariance, priorMean, priorLogVariance, grid, patch), weight = Math.ScaleB(relevance[patch], scale);
            if (!byPatch.IsEmpty)
                byPatch[patch] = divergence;
            weights.Add(weight);
            divergences.Add(weight == 0 && !double.IsNaN(divergence) ? 0 : weight * divergence);
        }

        return divergences.Value / weights.Value;
    }

    private static double Weighed(double weight, double slope) => weight == 0 && !double.IsNaN(slope) ? 0 : weight * slope;

    private static double OfPatch(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance, PatchGrid grid, int patch)
    {
        CompensatedSum sum = default;
        for (int row = 0; row < grid.PatchHeight; row++)
        {
            Range run = grid.Start(patch, row)..(grid.Start(patch, row) + grid.Run);
            sum.Add(NormalReduction.HalfSum<double, LogVarianceTerm>(mean[run], logVariance[run], priorMean[run], priorLogVariance[run]));
        }

        return sum.Value;
    }

    /// <summary>The power of two that brings the largest relevance near one, so that no sum of them overflows.</summary>
    private static int Scale(ReadOnlySpan<double> relevance)
    {
        double largest = 0;
        foreach (double each in relevance)
            largest = each > largest ? each : largest;
        return largest == 0 ? 0 : -Math.ILogB(largest);
    }

    private static void CheckArrays(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance,
        PatchGrid grid, ReadOnlySpan<double> relevance)
    {
        if (grid.Length == 0)
            throw new ArgumentException("grid is the default value, which has no elements; construct it with the sizes of the array and of a patch.", nameof(grid));
        OfLength(mean, grid.Length, nameof(mean));
        OfLength(logVariance, grid.Length, nameof(logVariance));
        OfLength(priorMean, grid.Length, nameof(priorMean));
        OfLength(priorLogVariance, grid.Length, nameof(priorLogVariance));
        OfLength(relevance, grid.Count, nameof(relevance));
        Check.FiniteOrNaN(mean, nameof(mean));
        Check.FiniteOrNaN(logVariance, nameof(logVariance));
        Check.FiniteOrNaN(priorMean, nameof(priorMean));
        Check.FiniteOrNaN(priorLogVariance, nameof(priorLogVariance));
        Check.Measure(relevance, nameof(relevance));
        if (!relevance.ContainsAnyExcept(0.0))
            throw new ArgumentException(FormattableString.Invariant($"relevance[0] = 0 and so are all {relevance.Length}; at least one patch must matter."), nameof(relevance));
    }

    private static void OfLength(ReadOnlySpan<double> values, int length, string name)
    {
        if (values.Length != length)
            throw new ArgumentException(FormattableString.Invariant($"{name} has {values.Length} elements; the grid needs {length}."), name);
    }

    private static void CheckDestination(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorLogVariance,
        ReadOnlySpan<double> relevance, Span<double> destination, int length, string name)
    {
        Check.WantedApart(mean, destination, length, name);
        Check.WantedApart(logVariance, destination, length, name);
        Check.WantedApart(priorMean, destination, length, name);
        Check.WantedApart(priorLogVariance, destination, length, name);
        Check.WantedApart(relevance, destination, length, name);
    }
}
