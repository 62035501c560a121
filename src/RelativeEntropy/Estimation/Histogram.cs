using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Bins on the line, to count samples in: the same bins for every sample that is to be compared.
/// </summary>
/// <remarks>
/// Bin i holds the values from edge i up to, but without, edge i + 1; the last bin holds the last edge too. What lies outside is counted
/// by the rule that is given. A NaN is no place on the line and is refused. Immutable. Source: Freedman and Diaconis (1981) for histograms
/// as estimates.
/// </remarks>
/// <example><code>
/// var bins = Histogram.Quantiles([1, 2, 3, 4, 5, 6, 7, 8], 4, OutsideRule.Clamp);
/// long[] counts = bins.Count([0.5, 2, 9, 9]);   // [2, 0, 0, 2]
/// </code></example>
public sealed class Histogram
{
    private readonly double[] _edges;

    /// <summary>Bins between given edges.</summary>
    /// <param name="edges">At least two, finite and strictly ascending; copied.</param>
    /// <param name="outside">What is done with values outside.</param>
    /// <exception cref="ArgumentException">There are less than two edges, or they do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outside"/> is no rule.</exception>
    public Histogram(ReadOnlySpan<double> edges, OutsideRule outside)
    {
        if (!Enum.IsDefined(outside))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outside), outside, $"outside = {outside} is no rule; take one of {nameof(OutsideRule)}.");
        }

        if (edges.Length < 2)
            throw Refused(nameof(edges), $"edges has {edges.Length} elements; a bin needs two.");
        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]))
                throw Refused(nameof(edges), $"edges[{i}] = {edges[i]}; every edge must be finite. For open ends use OutsideRule.Clamp.");
            if (i > 0 && edges[i] <= edges[i - 1])
                throw Refused(
                    nameof(edges), $"edges[{i}] = {edges[i]} is not above edges[{i - 1}] = {edges[i - 1]}; sort them, and give each once.");
        }

        _edges = edges.ToArray();
        Outside = outside;
    }

    /// <summary>The edges, one more than there are bins.</summary>
    public ReadOnlySpan<double> Edges => _edges;

    /// <summary>What is done with values outside.</summary>
    public OutsideRule Outside { get; }

    /// <summary>How many counts there are: the bins, and the two cells outside where they are counted.</summary>
    public int Cells => _edges.Length - 1 + 2 * FirstBin;

    private int FirstBin => Outside == OutsideRule.OwnCells ? 1 : 0;

    /// <summary>Bins of equal width.</summary>
    /// <param name="lower">The first edge.</param>
    /// <param name="upper">The last edge, above the first.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="outside">What is done with values outside.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An edge is not finite, or <paramref name="upper"/> is not above
    /// <paramref name="lower"/>, or so near that the bins between them are empty; <paramref name="bins"/> is not positive;
    /// <paramref name="outside"/> is no rule.</exception>
    public static Histogram EqualWidth(double lower, double upper, int bins, OutsideRule outside)
    {
        SettingCheck.AtLeast(1, bins, nameof(bins));
        if (!double.IsFinite(lower))
            throw OutOfRange(nameof(lower), lower, $"lower = {lower}; it must be finite.");
        if (!(upper > lower && upper <= double.MaxValue))
            throw OutOfRange(nameof(upper), upper, $"upper = {upper}; it must be finite and above lower = {lower}.");
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++)
            edges[i] = Between(lower, upper, (double)i / bins);
        for (int i = 1; i <= bins; i++)
        {
            if (edges[i] <= edges[i - 1])
                throw OutOfRange(nameof(bins), bins, $"bins = {bins}; between {lower} and {upper} there are not as many numbers.");
        }

        return new(edges, outside);
    }

    /// <summary>Bins that each hold about as many values of a sample, the reference: its quantiles.</summary>
    /// <remarks>The quantile of order k/n by linear interpolation between neighbours, NumPy's default (Hyndman and Fan 1996, definition
    /// 7). Where values repeat so often that quantiles coincide, their bins become one, and there are fewer. Time O(n log n).</remarks>
    /// <param name="sample">The reference, at least two different finite values.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="outside">What is done with values outside: there will be some in any other sample.</param>
    /// <returns>The histogram, whose edges are the smallest value, the quantiles between, and the largest.</returns>
    /// <exception cref="ArgumentException"><paramref name="sample"/> is empty, has an element that is not finite, or one value
    /// only.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is not positive; <paramref name="outside"/> is no
    /// rule.</exception>
    public static Histogram Quantiles(ReadOnlySpan<double> sample, int bins, OutsideRule outside)
    {
        SettingCheck.AtLeast(1, bins, nameof(bins));
        CheckSample(sample, nameof(sample));
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        if (sorted[0] == sorted[^1])
            throw Refused(nameof(sample), $"sample has the one value {sorted[0]} only; a bin needs two different ones.");
        List<double> edges = [sorted[0]];
        for (int k = 1; k <= bins; k++)
        {
            Int128 place = (Int128)(sorted.Length - 1) * k;
            int below = (int)(place / bins);
            double edge = Between(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], (double)(place % bins) / bins);
            if (edge > edges[^1])
                edges.Add(edge);
        }

        return new([.. edges], outside);
    }

    /// <summary>Bins of equal width from the smallest to the largest value of two samples: edges that both share.</summary>
    /// <param name="first">A sample of finite values.</param>
    /// <param name="second">Another, of any length.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <param name="outside">What is done with values outside, which a third sample may have.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="ArgumentException">A sample is empty or has an element that is not finite; both have one and the same value
    /// only.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is not positive, or more than there are numbers between;
    /// <paramref name="outside"/> is no rule.</exception>
    public static Histogram Shared(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int bins, OutsideRule outside)
    {
        CheckSample(first, nameof(first));
        CheckSample(second, nameof(second));
        (double lower, double upper) = (first[0], first[0]);
        foreach (double value in first)
            (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
        foreach (double value in second)
            (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
        return lower < upper
            ? EqualWidth(lower, upper, bins, outside)
            : throw Refused(nameof(second), $"second and first have the one value {lower} only; a bin needs two different ones.");
    }

    /// <summary>Counts a sample.</summary>
    /// <remarks>Time O(n log m) for m edges. Counts of portions add up to those of the whole.</remarks>
    /// <param name="sample">The values; there may be none, and infinite ones lie outside.</param>
    /// <returns>A count for each cell.</returns>
    /// <exception cref="ArgumentException">An element is NaN, or lies outside where that is refused.</exception>
    [OverloadResolutionPriority(1)]
    public long[] Count(ReadOnlySpan<double> sample) => CountAll(sample);

    /// <inheritdoc cref="Count(ReadOnlySpan{double})"/>
    public long[] Count(ReadOnlySpan<float> sample) => CountAll(sample);

    private long[] CountAll<T>(ReadOnlySpan<T> sample)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        long[] counts = new long[Cells];
        for (int i = 0; i < sample.Length; i++)
        {
            double value = double.CreateTruncating(sample[i]);
            if (double.IsNaN(value))
            {
                throw Refused(
                    nameof(sample), $"sample[{i}] is NaN, which lies in no bin; leave out what is missing, or count it apart.");
            }

            int bin = BinOf(value);
            bool isOutside = bin < 0 || bin > _edges.Length - 2;
            if (isOutside && Outside == OutsideRule.Refuse)
            {
                throw Refused(
                    nameof(sample),
                    $"sample[{i}] = {value} lies outside [{_edges[0]}, {_edges[^1]}]; take another OutsideRule for it, or wider edges.");
            }

            if (!isOutside || Outside != OutsideRule.LeaveOut)
                counts[Math.Clamp(bin + FirstBin, 0, Cells - 1)]++;
        }

        return counts;
    }

    /// <summary>-1 below, and the number of bins above.</summary>
    private int BinOf(double value)
    {
        if (value == _edges[^1])
            return _edges.Length - 2;
        int place = Array.BinarySearch(_edges, value);
        return place >= 0 ? place : ~place - 1;
    }

    private static double Between(double lower, double upper, double part) => part == 1 ? upper : (1 - part) * lower + part * upper;

    private static void CheckSample(ReadOnlySpan<double> sample, string name)
    {
        Check.NotEmpty(sample.Length, name);
        for (int i = 0; i < sample.Length; i++)
        {
            if (!double.IsFinite(sample[i]))
                throw Refused(name, $"{name}[{i}] = {sample[i]}; every value must be finite. Leave out what is missing.");
        }
    }

    private static ArgumentException Refused(string name, FormattableString fault) => new(FormattableString.Invariant(fault), name);

    private static ArgumentOutOfRangeException OutOfRange(string name, object value, FormattableString fault) =>
        new(name, value, FormattableString.Invariant(fault));
}
