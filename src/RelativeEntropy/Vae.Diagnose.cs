using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Vae
{
    /// <summary>Which latent dimensions carry information about the data, and which have collapsed onto the prior.</summary>
    /// <remarks>
    /// A dimension is active where the variance over the data of its posterior mean exceeds the threshold, and collapsed where it does not; where it is NaN it is neither.
    /// The variance is that of the rows as they are (divided by n, not n - 1), in two passes. Time O(n d).
    /// Source: Burda, Grosse and Salakhutdinov (2016), arXiv 1509.00519, for the measure and its threshold of 0.01.
    /// </remarks>
    /// <param name="means">n rows of d posterior means, one row for each data point; n at least 2.</param>
    /// <param name="logVariances">n rows of d natural logarithms of posterior variances.</param>
    /// <param name="dimensions">d, the length of a row.</param>
    /// <param name="threshold">The variance above which a dimension is active, finite and at least 0.</param>
    /// <returns>The report, by dimension and in all.</returns>
    /// <exception cref="ArgumentException">The spans hold no whole number of rows or differ in length; there is only one row, from which no variance follows; an element is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of dimensions is not positive; the threshold is negative, infinite or NaN.</exception>
    public static CollapseReport Diagnose(ReadOnlySpan<double> means, ReadOnlySpan<double> logVariances, int dimensions, double threshold = 0.01)
    {
        Check.SameNonZeroLength(means.Length, logVariances.Length, nameof(means), nameof(logVariances));
        int rows = Check.Rows(means.Length, dimensions, nameof(means), nameof(dimensions));
        if (rows == 1)
            throw new ArgumentException(FormattableString.Invariant($"means has one row of {dimensions}; a variance over the data needs at least two."), nameof(means));
        Check.FiniteOrNaN(means, nameof(means));
        Check.FiniteOrNaN(logVariances, nameof(logVariances));
        Check.NonNegative(threshold, nameof(threshold));

        double[] variances = new double[dimensions], divergences = new double[dimensions];
        for (int j = 0; j < dimensions; j++)
            (variances[j], divergences[j]) = OfDimension(means[j..], logVariances[j..], dimensions, rows);
        return new(divergences, variances, threshold);
    }

    private static (double Variance, double Divergence) OfDimension(ReadOnlySpan<double> means, ReadOnlySpan<double> logVariances, int stride, int rows)
    {
        // Measured from the first mean, so that a common offset costs no digits.
        double origin = means[0];
        CompensatedSum shift = default, divergence = default;
        for (int i = 0; i < means.Length; i += stride)
        {
            shift.Add(TwoPart.Difference(means[i], origin));
            divergence.Add(StandardNormalTerm.Of(means[i], logVariances[i]));
        }

        TwoPart centre = shift.Total.Over(rows);
        CompensatedSum squares = default;
        for (int i = 0; i < means.Length; i += stride)
        {
            double deviation = TwoPart.Difference(means[i], origin).Minus(centre).Rounded;
            squares.Add(deviation * deviation);
        }

        return (squares.Value / rows, 0.5 * divergence.Value / rows);
    }
}
