using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Information
{
    /// <summary>The conditional mutual information I(first; second | third) of three variables.</summary>
    /// <remarks>
    /// The sum over the values of the third variable of the divergence of that layer from the product of its marginals, as in
    /// <see cref="Mutual(ReadOnlySpan{double}, int, LogBase)"/>. Time O(n (1 + columns/128)), memory O(1). Source: Cover and Thomas
    /// (2006), section 2.5.
    /// </remarks>
    /// <param name="joint">The joint distribution p_ijk at index (i columns + j) depth + k; the depth is what the length leaves.</param>
    /// <param name="rows">The number of values of the first variable.</param>
    /// <param name="columns">The number of values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity), 0 only where the first two are independent given the third; NaN if an element is NaN.
    /// Relative error at most 1e-13, and an absolute one below 1e-60.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty, no whole number of layers of rows times columns, has
    /// a negative or infinite element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> or <paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double ConditionalMutual(ReadOnlySpan<double> joint, int rows, int columns, LogBase logBase = default) =>
        ConditionalOfArray(joint, rows, columns, logBase);

    /// <inheritdoc cref="ConditionalMutual(ReadOnlySpan{double}, int, int, LogBase)"/>
    public static double ConditionalMutual(ReadOnlySpan<float> joint, int rows, int columns, LogBase logBase = default) =>
        ConditionalOfArray(joint, rows, columns, logBase);

    /// <summary>The interaction information of three variables: I(first; second | third) - I(first; second).</summary>
    /// <remarks>
    /// Symmetric in the three variables and of either sign: positive for synergy, negative for redundancy; some authors use the
    /// opposite sign. Time O(n (1 + columns/128)), memory O(1). Source: McGill (1954).
    /// </remarks>
    /// <param name="joint">The joint distribution p_ijk at index (i columns + j) depth + k; the depth is what the length leaves.</param>
    /// <param name="rows">The number of values of the first variable.</param>
    /// <param name="columns">The number of values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A finite number; NaN if an element is NaN. The error is at most 1e-13 of the sum of the two informations.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty, no whole number of layers of rows times columns, has
    /// a negative or infinite element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> or <paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double Interaction(ReadOnlySpan<double> joint, int rows, int columns, LogBase logBase = default) =>
        InteractionOfArray(joint, rows, columns, logBase);

    /// <inheritdoc cref="Interaction(ReadOnlySpan{double}, int, int, LogBase)"/>
    public static double Interaction(ReadOnlySpan<float> joint, int rows, int columns, LogBase logBase = default) =>
        InteractionOfArray(joint, rows, columns, logBase);

    private static double ConditionalOfArray<T>(ReadOnlySpan<T> joint, int rows, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int depth = Check.Layers(joint.Length, rows, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(OverLayers(joint, rows, columns, depth));
    }

    private static double InteractionOfArray<T>(ReadOnlySpan<T> joint, int rows, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int depth = Check.Layers(joint.Length, rows, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(OverLayers(joint, rows, columns, depth)
                .Minus(Dependence.Sum<T, MutualTerm>(new(joint, rows, columns, depth, Table<T>.AllLayers))));
    }

    private static TwoPart OverLayers<T>(ReadOnlySpan<T> joint, int rows, int columns, int depth)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        for (int layer = 0; layer < depth; layer++)
            sum.Add(Dependence.Sum<T, MutualTerm>(new(joint, rows, columns, depth, layer)));
        return sum.Total;
    }
}
