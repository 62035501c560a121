using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Measures
{
    /// <summary>The distribution proportional to a measure: every mass divided by their sum.</summary>
    /// <remarks>
    /// The sum may exceed the largest double. A NaN makes every probability NaN. In place allowed. Time O(n), memory O(1).
    /// Source: the definition of a probability by its mass.
    /// </remarks>
    /// <param name="masses">n masses, not all zero.</param>
    /// <param name="destination">Receives n probabilities, each within 2 units in the last place; may be <paramref name="masses"/>
    /// itself.</param>
    /// <exception cref="ArgumentException"><paramref name="masses"/> is empty or has a negative or infinite element, or is zero
    /// everywhere; <paramref name="destination"/> is too short, or overlaps the masses without being the same span.</exception>
    /// <example><code>
    /// double[] p = new double[3];
    /// Measures.Normalise([7, 0, 3], p);   // p = [0.7, 0, 0.3]
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static void Normalise(ReadOnlySpan<double> masses, Span<double> destination) =>
        Divide(masses, 0, destination);

    /// <inheritdoc cref="Normalise(ReadOnlySpan{double}, Span{double})"/>
    public static void Normalise(ReadOnlySpan<float> masses, Span<float> destination) =>
        Divide(masses, 0, destination);

    /// <summary>Additive smoothing: the distribution proportional to the masses plus a pseudocount each.</summary>
    /// <remarks>
    /// (x_i + c) / (sum of x + n c). This is the only smoothing in the library, and nothing else calls it; <see cref="Pseudocount"/> has
    /// the usual values of c by their names: Laplace's 1, Jeffreys's 1/2. A NaN makes every probability NaN. In place allowed. Time O(n),
    /// memory O(1). Source: Lidstone (1920).
    /// </remarks>
    /// <param name="masses">n masses or counts.</param>
    /// <param name="pseudocount">c, positive and finite.</param>
    /// <param name="destination">Receives n probabilities, each within 3 units in the last place; may be <paramref name="masses"/>
    /// itself.</param>
    /// <exception cref="ArgumentException"><paramref name="masses"/> is empty or has a negative or infinite element;
    /// <paramref name="destination"/> is too short, or overlaps the masses without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pseudocount"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static void Smooth(ReadOnlySpan<double> masses, double pseudocount, Span<double> destination) =>
        SmoothInto(masses, pseudocount, destination);

    /// <inheritdoc cref="Smooth(ReadOnlySpan{double}, double, Span{double})"/>
    public static void Smooth(ReadOnlySpan<float> masses, double pseudocount, Span<float> destination) =>
        SmoothInto(masses, pseudocount, destination);

    /// <summary>Additive smoothing of counts: the distribution proportional to the counts plus a pseudocount each.</summary>
    /// <remarks>(x_i + c) / (sum of x + n c), as <see cref="Smooth(ReadOnlySpan{double}, double, Span{double})"/>. Time O(n), memory O(1).
    /// Source: Lidstone (1920).</remarks>
    /// <param name="masses">n counts.</param>
    /// <param name="pseudocount">c, positive and finite: one of <see cref="Pseudocount"/>, say.</param>
    /// <param name="destination">Receives n probabilities, each within 3 units in the last place; it may not overlap the counts.</param>
    /// <exception cref="ArgumentException"><paramref name="masses"/> is empty or has a negative element; <paramref name="destination"/> is
    /// too short, or overlaps the counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pseudocount"/> is not positive and finite.</exception>
    public static void Smooth(ReadOnlySpan<int> masses, double pseudocount, Span<double> destination) =>
        SmoothCounts(masses, pseudocount, destination);

    /// <inheritdoc cref="Smooth(ReadOnlySpan{int}, double, Span{double})"/>
    public static void Smooth(ReadOnlySpan<long> masses, double pseudocount, Span<double> destination) =>
        SmoothCounts(masses, pseudocount, destination);

    // So small that no sum of scaled masses overflows.
    private const double Scale = 5.421010862427522e-20; // 2^-64

    private static void SmoothCounts<T>(ReadOnlySpan<T> masses, double pseudocount, Span<double> destination)
        where T : struct, IBinaryInteger<T>
    {
        Check.Pseudocount(pseudocount);
        Check.NotEmpty(masses.Length, nameof(masses));
        Check.Masses(masses, nameof(masses));
        Check.Apart(masses, destination, masses.Length, nameof(destination));
        for (int i = 0; i < masses.Length; i++)
            destination[i] = double.CreateTruncating(masses[i]);
        SmoothInto<double>(destination[..masses.Length], pseudocount, destination);
    }

    private static void SmoothInto<T>(ReadOnlySpan<T> masses, double pseudocount, Span<T> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Pseudocount(pseudocount);
        Divide(masses, pseudocount, destination);
    }

    private static void Divide<T>(ReadOnlySpan<T> masses, double pseudocount, Span<T> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(masses.Length, nameof(masses));
        Check.Measure(masses, nameof(masses));
        Check.Destination(masses, destination);

        double scale = 1, total = Total(masses, pseudocount, scale);
        if (double.IsInfinity(total))
        {
            scale = Scale;
            total = Total(masses, pseudocount, scale);
        }

        if (total == 0)
            throw new ArgumentException("masses is zero everywhere; at least one element must be positive.", nameof(masses));
        for (int i = 0; i < masses.Length; i++)
            destination[i] = T.CreateTruncating((scale * double.CreateTruncating(masses[i]) + scale * pseudocount) / total);
    }

    private static double Total<T>(ReadOnlySpan<T> masses, double pseudocount, double scale)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        foreach (T mass in masses)
            sum.Add(scale * double.CreateTruncating(mass));
        sum.Add(scale * pseudocount * masses.Length);
        return sum.Value;
    }
}
