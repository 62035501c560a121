using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Wasserstein distance of order 1 (the earth mover's distance) between two distributions on the same points of
    /// the line.</summary>
    /// <remarks>
    /// The sum over i &lt; n of |F_i - G_i| (x_(i+1) - x_i), where F and G are the cumulative sums of p and q; their difference is
    /// carried to twice the precision, so that nothing cancels where p is near q. Points may coincide. A metric, in the unit of the
    /// positions. Time O(n), memory O(1). Source: Vallender (1974).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="positions">x, the n places of the outcomes on the line, finite and ascending.</param>
    /// <returns>A number in [0, +infinity), +infinity only where the truth exceeds the largest double; NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a probability is negative or infinite;
    /// an argument does not sum to one; a position is infinite or below the one before it.</exception>
    [OverloadResolutionPriority(1)]
    public static double Wasserstein1(ReadOnlySpan<double> p, ReadOnlySpan<double> q, ReadOnlySpan<double> positions) =>
        Transport(p, q, positions);

    /// <inheritdoc cref="Wasserstein1(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Wasserstein1(ReadOnlySpan<float> p, ReadOnlySpan<float> q, ReadOnlySpan<float> positions) =>
        Transport(p, q, positions);

    private static double Transport<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, ReadOnlySpan<T> positions)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double difference = PairReduction.OverDistributions<T, AbsoluteDifferenceTerm>(p, q, NoRemedy).Value;
        Check.SameNonZeroLength(p.Length, positions.Length, nameof(p), nameof(positions));
        Check.Ascending(positions, nameof(positions));

        CompensatedSum cumulative = default, cost = default;
        for (int i = 0; i + 1 < p.Length; i++)
        {
            cumulative.Add(TwoPart.Difference(double.CreateTruncating(p[i]), double.CreateTruncating(q[i])));
            double mass = Math.Abs(cumulative.Value);
            double left = double.CreateTruncating(positions[i]), right = double.CreateTruncating(positions[i + 1]);
            TwoPart gap = TwoPart.Difference(right, left);
            cost.Add(double.IsInfinity(gap.Value) ? new(mass * right - mass * left, 0) : gap.Times(mass));
        }

        // The last probabilities and a single position are in no product, and may be NaN.
        double unknown = 0 * difference + 0 * double.CreateTruncating(positions[^1]);
        return cost.Total.Rounded + unknown;
    }
}
