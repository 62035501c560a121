using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    private const string JensenShannonRemedy = ", or use Proportions.JensenShannon, which divides by the sums";
    private const string JensenShannonDistanceRemedy =
        ", or use the square root of Proportions.JensenShannon, which divides by the sums";

    /// <summary>The Jensen-Shannon divergence with equal weights: how far p and q are, on average, from their midpoint.</summary>
    /// <remarks>
    /// JS(p, q) = KL(p || m)/2 + KL(q || m)/2 for m = (p + q)/2, computed term by term without cancellation where p is near q.
    /// Always finite: zeros on either side cost at most log 2 in all. Symmetric; its square root is a metric.
    /// Time O(n), memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log 2] (up to the masses, which are one within the tolerance), 0 only where p equals q (or the truth is
    /// below the smallest double), log 2 only where no outcome is possible under both; NaN if an element is NaN. The error is below 4
    /// units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <example><code>
    /// double bits = Divergence.JensenShannon([1, 0], [0, 1], LogBase.Bits);   // 1
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        WeightedJensenShannon(p, q, 0.5, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        WeightedJensenShannon(p, q, 0.5, logBase);

    /// <summary>The Jensen-Shannon divergence with any weights.</summary>
    /// <remarks>
    /// JS(p, q) = w KL(p || m) + (1 - w) KL(q || m) for m = w p + (1 - w) q. It is the mutual information between an outcome and
    /// the coin of bias w that chose whether it was drawn from p or from q. A weight of 0 or 1 gives 0. Time O(n), memory O(1).
    /// Source: Lin (1991).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="weight">w, the weight of p, in [0, 1]; the rest is the weight of q.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number from 0 to the entropy of the weights (up to the masses, which are one within the tolerance); NaN if an element
    /// is NaN. The error is below 8 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1].</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double weight, LogBase logBase = default) =>
        WeightedJensenShannon(p, q, weight, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double weight, LogBase logBase = default) =>
        WeightedJensenShannon(p, q, weight, logBase);

    /// <summary>The Jensen-Shannon distance: the square root of the divergence with equal weights, a metric.</summary>
    /// <remarks>
    /// The square root is taken after the change of unit. Time O(n), memory O(1). Source: Endres and Schindelin (2003).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, sqrt(log 2)], which is [0, 1] in bits (up to the masses, which are one within the tolerance), 0 only where
    /// p equals q; NaN if an element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannonDistance(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        Magnified.Root(p, q, new JensenShannonTerm(0.5), 1, JensenShannonDistanceRemedy, logBase);

    /// <inheritdoc cref="JensenShannonDistance(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannonDistance(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        Magnified.Root(p, q, new JensenShannonTerm(0.5), 1, JensenShannonDistanceRemedy, logBase);

    /// <summary>The Jensen-Shannon divergence of any number of distributions: how far they are, on average, from their mixture.</summary>
    /// <remarks>
    /// JS = sum over k of w_k KL(p_k || m), where m is the mean of the rows p_k with weights w_k; the entropy of the mixture less
    /// the mean entropy. The distance of each row from the mixture is measured from the row of largest weight, so that nothing
    /// cancels where the rows are nearly equal. A row of weight 0 does not count. Time O(k n), memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="rows">The distributions, row after row.</param>
    /// <param name="columns">The number n of probabilities in a row.</param>
    /// <param name="weights">One weight per row; they sum to one.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number from 0 to the entropy of the weights (up to the masses, which are one within the tolerance); NaN if an element
    /// is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty; the number of rows is not that of the weights; an element is negative
    /// or infinite; a row or the weights do not sum to one. The message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(ReadOnlySpan<double> rows, int columns, ReadOnlySpan<double> weights, LogBase logBase = default) =>
        JensenShannonOfMany(rows, columns, weights, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, int, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<float> rows, int columns, ReadOnlySpan<float> weights, LogBase logBase = default) =>
        JensenShannonOfMany(rows, columns, weights, logBase);

    private static double WeightedJensenShannon<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Weight(weight);
        return logBase.FromNats(PairReduction.OverDistributions(p, q, new JensenShannonTerm(weight), JensenShannonRemedy));
    }

    private static double JensenShannonOfMany<T>(ReadOnlySpan<T> rows, int columns, ReadOnlySpan<T> weights, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int count = Check.Rows(rows.Length, columns, nameof(rows));
        if (count != weights.Length)
            throw new ArgumentException(FormattableString.Invariant($"rows has {count} rows of {columns} and weights has {weights.Length} elements; there must be one weight per row."), nameof(weights));
        double total = Check.Distribution(weights, nameof(weights));
        bool known = !double.IsNaN(total);
        int heaviest = 0;
        for (int k = 0; k < count; k++)
        {
            try
            {
                known &= !double.IsNaN(Check.Distribution(rows.Slice(k * columns, columns), nameof(rows)));
            }
            catch (ArgumentException failure)
            {
                throw Check.InRow(k, failure);
            }

            if (weights[k] > weights[heaviest])
                heaviest = k;
        }

        if (!known)
            return double.NaN;

        CompensatedSum sum = default;
        for (int i = 0; i < columns; i++)
        {
            double pivot = double.CreateTruncating(rows[heaviest * columns + i]);
            CompensatedSum offsets = default;
            for (int k = 0; k < count; k++)
                offsets.Add(double.CreateTruncating(weights[k]) * (double.CreateTruncating(rows[k * columns + i]) - pivot));
            double offset = offsets.Value / total, m = pivot + offset;
            for (int k = 0; k < count && m > 0; k++)
            {
                double p = double.CreateTruncating(rows[k * columns + i]), weight = double.CreateTruncating(weights[k]);
                if (weight > 0)
                    sum.Add(weight * MixtureTerms.Excess(p, m, offset - (p - pivot)));
            }
        }

        return logBase.FromNats(sum.Total);
    }
}
