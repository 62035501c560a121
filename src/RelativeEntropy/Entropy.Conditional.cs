using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Entropy
{
    /// <summary>The conditional entropy H(column | row): the mean surprise at the column of one who knows the row.</summary>
    /// <remarks>
    /// The sum over i, j of p_ij log(r_i / p_ij) for the row sums r, every term of which is non-negative; where an outcome takes
    /// nearly all of its row, from what the others take. The chain rule: the joint entropy, Shannon(joint), is
    /// <see cref="OfRows(ReadOnlySpan{double}, int, LogBase)"/> plus this. For the other direction, transpose. Time O(n) in two
    /// passes, memory O(1). Source: Shannon (1948), section 6.
    /// </remarks>
    /// <param name="joint">The joint distribution, row after row; the rows are the first variable.</param>
    /// <param name="columns">The number of columns, the values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log columns] (up to the masses, which are one within the tolerance); NaN if an element is NaN. Relative
    /// error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty or no whole number of rows, has a negative or infinite
    /// element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double Conditional(ReadOnlySpan<double> joint, int columns, LogBase logBase = default) =>
        ConditionalOfTable(joint, columns, logBase);

    /// <inheritdoc cref="Conditional(ReadOnlySpan{double}, int, LogBase)"/>
    public static double Conditional(ReadOnlySpan<float> joint, int columns, LogBase logBase = default) =>
        ConditionalOfTable(joint, columns, logBase);

    /// <summary>The entropy of the first marginal of a joint distribution: that of the sums of the rows.</summary>
    /// <remarks>
    /// The sums are carried to twice the precision. Time O(n), memory O(1). Source: Shannon (1948), section 6.
    /// </remarks>
    /// <param name="joint">The joint distribution, row after row; the rows are the first variable.</param>
    /// <param name="columns">The number of columns, the values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log rows] (up to the masses, which are one within the tolerance); NaN if an element is NaN. Relative
    /// error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty or no whole number of rows, has a negative or infinite
    /// element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double OfRows(ReadOnlySpan<double> joint, int columns, LogBase logBase = default) =>
        OfRowsOfTable(joint, columns, logBase);

    /// <inheritdoc cref="OfRows(ReadOnlySpan{double}, int, LogBase)"/>
    public static double OfRows(ReadOnlySpan<float> joint, int columns, LogBase logBase = default) =>
        OfRowsOfTable(joint, columns, logBase);

    /// <summary>The entropy of the second marginal of a joint distribution: that of the sums of the columns.</summary>
    /// <remarks>
    /// The sums are carried to twice the precision. Time O(n), memory O(1). Source: Shannon (1948), section 6.
    /// </remarks>
    /// <param name="joint">The joint distribution, row after row; the rows are the first variable.</param>
    /// <param name="columns">The number of columns, the values of the second variable.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log columns] (up to the masses, which are one within the tolerance); NaN if an element is NaN. Relative
    /// error at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty or no whole number of rows, has a negative or infinite
    /// element, or does not sum to one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static double OfColumns(ReadOnlySpan<double> joint, int columns, LogBase logBase = default) =>
        OfColumnsOfTable(joint, columns, logBase);

    /// <inheritdoc cref="OfColumns(ReadOnlySpan{double}, int, LogBase)"/>
    public static double OfColumns(ReadOnlySpan<float> joint, int columns, LogBase logBase = default) =>
        OfColumnsOfTable(joint, columns, logBase);

    private static double ConditionalOfTable<T>(ReadOnlySpan<T> joint, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check.Rows(joint.Length, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(new Table<T>(joint, rows, columns).ConditionalEntropy());
    }

    private static double OfRowsOfTable<T>(ReadOnlySpan<T> joint, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check.Rows(joint.Length, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(new Table<T>(joint, rows, columns).RowEntropy());
    }

    private static double OfColumnsOfTable<T>(ReadOnlySpan<T> joint, int columns, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check.Rows(joint.Length, columns, nameof(joint));
        return double.IsNaN(Check.Distribution(joint, nameof(joint)))
            ? double.NaN
            : logBase.FromNats(new Table<T>(joint, rows, columns).ColumnEntropy());
    }
}
