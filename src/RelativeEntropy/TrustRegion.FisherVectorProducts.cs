using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The product of a policy's Fisher information matrix with a vector, without the matrix. For a network with outputs z(theta), of which the
/// distribution is a function, it is J' M J v: the outputs' change along v, the product of this library for the distribution, and back.
/// </summary>
/// <param name="vector">The vector v, one number per parameter.</param>
/// <param name="destination">Where F v goes; as long as <paramref name="vector"/> and apart from it.</param>
public delegate void FisherVectorProduct(ReadOnlySpan<double> vector, Span<double> destination);

/// <summary>
/// Policy steps limited by a Kullback-Leibler divergence: Fisher-vector products, the trust-region step (TRPO), the clipped surrogate (PPO),
/// and the optimum of a reward regularised by the divergence from a reference policy.
/// </summary>
/// <remarks>
/// What is bad throws, a setting that is NaN too; else a NaN in the data gives NaN. All divergences are in nats. A function with a work buffer
/// allocates nothing where one is lent, the others never do.
/// </remarks>
public static partial class TrustRegion
{
    /// <summary>F v for a categorical policy given by logits: the Hessian of KL(old || new) by the logits of either, at new = old, times v.</summary>
    /// <remarks>
    /// (F v)_i = p_i (v_i - sum over j of p_j v_j)/T^2 with p = softmax(a/T). The mean is taken of the differences from v at the mode of p, so that
    /// a constant added to v changes nothing, and a near-certain outcome keeps its digits. a_i = -infinity gives 0. F is positive
    /// semi-definite and maps constant vectors to 0. Time O(n), memory O(1). Source: Amari (1998); Schulman et al. (2015), appendix C.
    /// </remarks>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="vector">v, n finite numbers.</param>
    /// <param name="destination">Where the n numbers go; may be the same span as <paramref name="vector"/> or <paramref name="logits"/>. A NaN in the data makes all of them NaN.
    /// The error of an element is at most 1e-13 of p_i (|w_i| + E|w|)/T^2, where w is v less its value at the mode and E is under p.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity, or all are -infinity; an element of the vector is
    /// infinite, or two differ by more than the largest double; the destination is shorter, or overlaps without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void CategoricalFisherVectorProduct(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> vector, Span<double> destination, double temperature = 1)
    {
        Check.SameNonZeroLength(logits.Length, vector.Length, nameof(logits), nameof(vector));
        Check.Temperature(temperature);
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits));
        CheckSpread(vector, nameof(vector));
        Check.Destination(logits, destination);
        Check.Destination(vector, destination);
        if (peak.AnyNaN || double.IsNaN(Vectors.Largest(vector)))
        {
            destination[..logits.Length].Fill(double.NaN);
            return;
        }

        double total = 1 + LogitsPass.SumBesidePeak(logits, peak, temperature), atMode = vector[peak.Index];
        CompensatedSum sum = default;
        for (int i = 0; i < logits.Length; i++)
            sum.Add(LogitsPass.Weight(logits[i], peak.Value, temperature) / total * (vector[i] - atMode));
        double mean = sum.Value;
        for (int i = 0; i < logits.Length; i++)
        {
            double p = LogitsPass.Weight(logits[i], peak.Value, temperature) / total;
            destination[i] = p == 0 ? 0 : p * (TwoPart.Difference(vector[i], atMode).Value - mean) / temperature / temperature;
        }
    }

    /// <summary>F v for a diagonal Gaussian policy given by means and log standard deviations l: the Hessian of KL(old || new) at new = old, times v.</summary>
    /// <remarks>
    /// F is diagonal: v e^(-2l) for a mean, 2 v for a log standard deviation. Where the deviations do not depend on the state, their part is
    /// the same for every sample. Time O(d), memory O(1). Source: Amari (1998); the matrix is the classical Fisher information of the normal, by log s.
    /// </remarks>
    /// <param name="logStandardDeviation">l, the d natural logarithms of standard deviations.</param>
    /// <param name="meanVector">The d elements of v that belong to the means.</param>
    /// <param name="logStandardDeviationVector">The d elements of v that belong to the log standard deviations.</param>
    /// <param name="meanDestination">Where the d elements by the means go; empty if not wanted. May be the same span as <paramref name="meanVector"/>. The relative error is at most 1e-13;
    /// infinite where the truth exceeds the largest double; NaN where an element that enters is.</param>
    /// <param name="logStandardDeviationDestination">Where the d elements by the log standard deviations go; empty if not wanted. May be the same span as <paramref name="logStandardDeviationVector"/>.</param>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite; a destination is neither empty nor long enough,
    /// overlaps the other, or overlaps data without being the same span.</exception>
    public static void GaussianFisherVectorProduct(
        ReadOnlySpan<double> logStandardDeviation, ReadOnlySpan<double> meanVector, ReadOnlySpan<double> logStandardDeviationVector,
        Span<double> meanDestination, Span<double> logStandardDeviationDestination)
    {
        Check.SameNonZeroLength(logStandardDeviation.Length, meanVector.Length, nameof(logStandardDeviation), nameof(meanVector));
        Check.SameNonZeroLength(logStandardDeviation.Length, logStandardDeviationVector.Length, nameof(logStandardDeviation), nameof(logStandardDeviationVector));
        Check.FiniteOrNaN(logStandardDeviation, nameof(logStandardDeviation));
        Check.FiniteOrNaN(meanVector, nameof(meanVector));
        Check.FiniteOrNaN(logStandardDeviationVector, nameof(logStandardDeviationVector));
        CheckWanted(meanDestination, nameof(meanDestination), logStandardDeviation, meanVector, logStandardDeviationVector);
        CheckWanted(logStandardDeviationDestination, nameof(logStandardDeviationDestination), logStandardDeviation, meanVector, logStandardDeviationVector);
        if (meanDestination.Overlaps(logStandardDeviationDestination))
            throw new ArgumentException("logStandardDeviationDestination overlaps meanDestination; each needs a span of its own.", nameof(logStandardDeviationDestination));
        for (int i = 0; i < logStandardDeviation.Length; i++)
        {
            // In four factors, none of which leaves the range before the product does.
            double root = Elementary.Exp(-0.5 * logStandardDeviation[i]), v = meanVector[i], twice = 2 * logStandardDeviationVector[i];
            if (!meanDestination.IsEmpty)
                meanDestination[i] = v == 0 && !double.IsNaN(root) ? 0 : v * root * root * root * root;
            if (!logStandardDeviationDestination.IsEmpty)
                logStandardDeviationDestination[i] = twice;
        }
    }

    // Not wanted, or long enough and in the memory of a source only where it replaces it.
    private static void CheckWanted(Span<double> destination, string name, ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> third)
    {
        Check.Wanted(destination.Length, first.Length, name);
        if ((first.Overlaps(destination, out int offset) && offset != 0)
            || (second.Overlaps(destination, out offset) && offset != 0)
            || (third.Overlaps(destination, out offset) && offset != 0))
            throw new ArgumentException(FormattableString.Invariant($"{name} overlaps a source without being the same span."), name);
    }

    // Finite or NaN, and no two further apart than the largest double.
    private static void CheckSpread(ReadOnlySpan<double> values, string name)
    {
        Check.FiniteOrNaN(values, name);
        double lowest = double.MaxValue, highest = double.MinValue;
        foreach (double value in values)
        {
            if (value < lowest)
                lowest = value;
            if (value > highest)
                highest = value;
        }

        if (highest - lowest > double.MaxValue)
            throw new ArgumentException(FormattableString.Invariant($"{name} holds {lowest} and {highest}, which differ by more than the largest double; scale it first."), name);
    }
}
