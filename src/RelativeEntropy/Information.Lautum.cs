using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Information
{
    /// <summary>The lautum information: the divergence of the product of the marginals from the joint distribution, mutual
    /// information with its arguments exchanged.</summary>
    /// <remarks>
    /// The sum over i, j of m_ij log(m_ij / p_ij) - m_ij + p_ij with m as in
    /// <see cref="Mutual(ReadOnlySpan{double}, int, LogBase)"/>. A cell that is impossible although its row and its column are not
    /// gives +infinity. Time O(n (1 + columns/128)), memory O(1). Source: Palomar and Verdu (2008).
    /// </remarks>
    /// <param name="joint">The joint distribution, row after row; the rows are the first variable.</param>
    /// <param name="columns">The number of columns, the values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only between independent variables; NaN if an element is NaN. Relative error at most
    /// 1e-13, and an absolute one below 1e-60.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty or no whole number of rows, has a negative or infinite
    /// element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double Lautum(ReadOnlySpan<double> joint, int columns, LogBase logBase = default) =>
        OfTable<double, LautumTerm>(joint, columns, logBase);

    /// <inheritdoc cref="Lautum(ReadOnlySpan{double}, int, LogBase)"/>
    public static double Lautum(ReadOnlySpan<float> joint, int columns, LogBase logBase = default) =>
        OfTable<float, LautumTerm>(joint, columns, logBase);
}
