using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>The weight w at which the sum of p^w q^(1-w), a convex function of w, is least.</summary>
internal static class ChernoffWeight
{
    private const int MostSteps = 200;
    private const double Tolerance = 1e-15;

    /// <summary>By Newton's steps on the derivative, inside a bracket; an end where the least value is there, 1/2 where all weights are
    /// equal; NaN if an element is NaN.</summary>
    /// <param name="p">The first distribution.</param>
    /// <param name="q">The second distribution.</param>
    /// <param name="isNear">Whether the derivative is to be summed in the form that keeps its digits near p = q.</param>
    /// <param name="steps">How many steps were made; each takes two passes.</param>
    public static double Of<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, bool isNear, out int steps)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        steps = 0;
        double atZero = Slope(p, q, 0, isNear), atOne = Slope(p, q, 1, isNear);
        if (double.IsNaN(atZero))
            return double.NaN;
        if (atZero >= 0)
            return atOne <= 0 ? 0.5 : 0;
        if (atOne <= 0)
            return 1;

        double low = 0, high = 1, weight = 0.5;
        while (steps < MostSteps)
        {
            steps++;
            double slope = Slope(p, q, weight, isNear), next = weight - slope / Curvature(p, q, weight);

            // Tested before the bracket: the weight is an end of it, so that a step that is rounded away would count as one that leaves it.
            if (slope == 0 || Math.Abs(next - weight) <= Tolerance)
                return weight;
            (low, high) = slope > 0 ? (low, weight) : (weight, high);
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - weight) <= Tolerance)
                return weight;
            weight = next;
        }

        return weight;
    }

    private static double Slope<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight, bool isNear)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        PairReduction.Sum(p, q, new Magnified<ChernoffSlopeTerm>(new(weight, isNear))).Terms.Rounded;

    private static double Curvature<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        PairReduction.Sum(p, q, new Magnified<ChernoffCurvatureTerm>(new(weight))).Terms.Rounded;
}
