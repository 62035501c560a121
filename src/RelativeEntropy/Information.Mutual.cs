using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Information that variables have about one another, from the table of their joint probabilities.
/// </summary>
/// <remarks>A table is row-major; the rows are the first variable, the columns the second, and a third runs fastest. The requirements on
/// its elements, the precedence of errors, NaN and infinity, and the arithmetic are those of <see cref="Divergence"/>.</remarks>
public static partial class Information
{
    /// <summary>The mutual information of the two variables of a joint distribution: its divergence from the product of its
    /// marginals.</summary>
    /// <remarks>
    /// The sum over i, j of p_ij log(p_ij / m_ij) - p_ij + m_ij with m_ij = r_i c_j / P for the row sums r, the column sums c and
    /// the whole sum P, which is one within the tolerance: every term is non-negative, and with the products to twice the precision
    /// nothing cancels near independence. Time O(n (1 + columns/128)), memory O(1). Source: Shannon (1948); Kullback and Leibler
    /// (1951).
    /// </remarks>
    /// <param name="joint">The joint distribution, row after row; the rows are the first variable.</param>
    /// <param name="columns">The number of columns, the values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number from 0 to the smaller of the two marginal entropies (up to the masses, which are one within the tolerance), 0 only
    /// between independent variables; NaN if an element is NaN. Relative error at most 1e-13, and an absolute one below
    /// 1e-60.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty or no whole number of rows, has a negative or infinite
    /// element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    /// <example><code>
    /// double bits = Information.Mutual([0.4, 0.1, 0.1, 0.4], columns: 2, LogBase.Bits);   // 0.2780719051
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double Mutual(ReadOnlySpan<double> joint, int columns, LogBase logBase = default) =>
        OfTable<double, MutualTerm>(joint, columns, logBase);

    /// <inheritdoc cref="Mutual(ReadOnlySpan{double}, int, LogBase)"/>
    public static double Mutual(ReadOnlySpan<float> joint, int columns, LogBase logBase = default) =>
        OfTable<float, MutualTerm>(joint, columns, logBase);

    private static double OfTable<T, TTerm>(ReadOnlySpan<T> joint, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IDependenceTerm
    {
        int rows = Check.Rows(joint.Length, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(Dependence.Sum<T, TTerm>(new Table<T>(joint, rows, columns)));
    }
}
