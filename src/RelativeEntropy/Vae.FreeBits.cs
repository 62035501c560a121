using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Vae
{
    /// <summary>The sum over the dimensions of max(floor, KL_j): below the floor a dimension costs the same, so nothing is gained by collapsing it.</summary>
    /// <remarks>Time O(d), memory O(1). Source: Kingma, Salimans, Jozefowicz, Chen, Sutskever and Welling (2016), arXiv 1606.04934, where KL_j is a mean over the batch.</remarks>
    /// <param name="byDimension">d divergences, each at least 0 and possibly +infinity.</param>
    /// <param name="floor">The divergence that each dimension has free, finite and at least 0.</param>
    /// <returns>A number in [d floor, +infinity]; NaN if a divergence is NaN. The error is below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentException"><paramref name="byDimension"/> is empty, or a divergence is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is negative, infinite or NaN.</exception>
    /// <example><code>
    /// double loss = Vae.FreeBits(byDimension: [1.4, 0.01], floor: 0.25);   // 1.65
    /// </code></example>
    public static double FreeBits(ReadOnlySpan<double> byDimension, double floor) => FreeBitsGradient(byDimension, floor, default);

    /// <summary><see cref="FreeBits"/> and its gradient by the divergences: the mask of the dimensions above the floor.</summary>
    /// <remarks>
    /// 1 where KL_j is above the floor, else 0: at the floor itself, where there is no derivative, the one from below. Multiply the gradient of each KL_j by it.
    /// Where the value is NaN or +infinity there is no gradient, and it is filled with NaN. Time O(d), memory O(1).
    /// Source: Kingma, Salimans, Jozefowicz, Chen, Sutskever and Welling (2016).
    /// </remarks>
    /// <param name="byDimension">d divergences, each at least 0 and possibly +infinity.</param>
    /// <param name="floor">The divergence that each dimension has free, finite and at least 0.</param>
    /// <param name="gradient">Receives d numbers, 0 or 1; empty if not wanted. May be the same span as <paramref name="byDimension"/>.</param>
    /// <returns>The value of <see cref="FreeBits"/>, with the same bits.</returns>
    /// <exception cref="ArgumentException">As for <see cref="FreeBits"/>; or the gradient is neither empty nor of length d at least, or overlaps the divergences
    /// without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is negative, infinite or NaN.</exception>
    public static double FreeBitsGradient(ReadOnlySpan<double> byDimension, double floor, Span<double> gradient)
    {
        Check.NotEmpty(byDimension.Length, nameof(byDimension));
        Check.NonNegative(floor, nameof(floor));
        Check.Gradient(byDimension, gradient, nameof(gradient));
        CompensatedSum sum = default;
        for (int j = 0; j < byDimension.Length; j++)
        {
            if (byDimension[j] < 0)
                throw new ArgumentException(FormattableString.Invariant($"byDimension[{j}] = {byDimension[j]} is negative; a divergence is at least 0."), nameof(byDimension));
            sum.Add(Math.Max(floor, byDimension[j]));
        }

        double value = sum.Value;
        for (int j = 0; j < byDimension.Length && !gradient.IsEmpty; j++)
            gradient[j] = !double.IsFinite(value) ? double.NaN : byDimension[j] > floor ? 1 : 0;
        return value;
    }

    /// <summary>max(floor, KL): the divergence as a whole has so much free. Its derivative by KL is 1 above the floor, else 0.</summary>
    /// <remarks>One dimension may take the whole allowance, which <see cref="FreeBits"/> prevents. Time O(1).
    /// Source: Kingma, Salimans, Jozefowicz, Chen, Sutskever and Welling (2016), arXiv 1606.04934, with one group of all dimensions.</remarks>
    /// <param name="total">KL, at least 0 and possibly +infinity.</param>
    /// <param name="floor">The divergence that is free, finite and at least 0.</param>
    /// <returns>A number in [floor, +infinity], exact; NaN if the divergence is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> is negative; <paramref name="floor"/> is negative, infinite or NaN.</exception>
    public static double FreeBitsInTotal(double total, double floor)
    {
        Divergence(total);
        Check.NonNegative(floor, nameof(floor));
        return Math.Max(floor, total);
    }

    /// <summary>weight |KL - capacity|: the divergence is held near a target, which training raises. Its derivative by KL is weight times the sign of KL - capacity.</summary>
    /// <remarks>Time O(1). Source: Burgess, Higgins, Pal, Matthey, Watters, Desjardins and Lerchner (2018), arXiv 1804.03599; <see cref="Linear"/> is its schedule of capacities.</remarks>
    /// <param name="total">KL, at least 0 and possibly +infinity.</param>
    /// <param name="capacity">The target (C in the source), finite and at least 0.</param>
    /// <param name="weight">The weight (gamma in the source), finite and at least 0; 0 gives 0.</param>
    /// <returns>A number in [0, +infinity]; NaN if the divergence is NaN. The error is below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> is negative; the capacity or the weight is negative, infinite or NaN.</exception>
    public static double Capacity(double total, double capacity, double weight)
    {
        Divergence(total);
        Check.NonNegative(capacity, nameof(capacity));
        Check.NonNegative(weight, nameof(weight));
        return double.IsNaN(total) ? total : weight == 0 ? 0 : weight * Math.Abs(total - capacity);
    }

    private static void Divergence(double total)
    {
        if (total < 0)
            throw new ArgumentOutOfRangeException(nameof(total), total, FormattableString.Invariant($"total = {total} is negative; a divergence is at least 0."));
    }
}
