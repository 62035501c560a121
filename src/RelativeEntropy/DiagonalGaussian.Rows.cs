using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean, diag exp logVariance) || N(0, I)) of each row of a batch.</summary>
    /// <remarks>Each value has the bits of <see cref="KullbackLeiblerToStandard(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> of
    /// its row. A batch without rows is answered with nothing. Time O(n d), memory O(1).</remarks>
    /// <param name="mean">n rows of d means, one after the other.</param>
    /// <param name="logVariance">n rows of d natural logarithms of variances.</param>
    /// <param name="columns">d, the length of a row.</param>
    /// <param name="destination">Receives n divergences.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The spans hold no whole number of rows or differ in length; an element is infinite; the destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerToStandardRows(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> logVariance, int columns, Span<double> destination, LogBase logBase = default) =>
        ToStandardRows(mean, logVariance, columns, destination, logBase);

    /// <inheritdoc cref="KullbackLeiblerToStandardRows(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void KullbackLeiblerToStandardRows(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance, int columns, Span<double> destination, LogBase logBase = default) =>
        ToStandardRows(mean, logVariance, columns, destination, logBase);

    /// <summary>KL(N(mean0, diag variance0) || N(mean1, diag variance1)) of each row of a batch, from variances.</summary>
    /// <remarks>Each value has the bits of <see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double},
    /// ReadOnlySpan{double}, LogBase)"/> of its rows. A batch without rows is answered with nothing. Time O(n d), memory O(1).</remarks>
    /// <param name="mean0">n rows of d means of the first distributions, one after the other.</param>
    /// <param name="variance0">n rows of d variances (squares of standard deviations) of the first distributions, one after the other.</param>
    /// <param name="mean1">n rows of d means of the second distributions, one after the other.</param>
    /// <param name="variance1">n rows of d variances of the second distributions, one after the other.</param>
    /// <param name="columns">d, the length of a row.</param>
    /// <param name="destination">Receives n divergences.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <exception cref="ArgumentException">The spans hold no whole number of rows or differ in length; a mean is infinite; a variance is not
    /// positive and finite; the destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is not positive.</exception>
    [OverloadResolutionPriority(1)]
    public static void KullbackLeiblerRows(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> variance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> variance1,
        int columns, Span<double> destination, LogBase logBase = default) =>
        RowsFromVariances(mean0, variance0, mean1, variance1, columns, destination, logBase);

    /// <inheritdoc cref="KullbackLeiblerRows(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static void KullbackLeiblerRows(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> variance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> variance1,
        int columns, Span<double> destination, LogBase logBase = default) =>
        RowsFromVariances(mean0, variance0, mean1, variance1, columns, destination, logBase);

    private static void ToStandardRows<T>(
        ReadOnlySpan<T> mean, ReadOnlySpan<T> logVariance, int columns, Span<double> destination, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameLength(mean.Length, logVariance.Length, nameof(mean), nameof(logVariance));
        int rows = Check.Batch(mean.Length, columns, nameof(mean));
        Check.Apart(mean, destination, rows, nameof(destination));
        Check.Apart(logVariance, destination, rows, nameof(destination));
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> m = mean.Slice(row * columns, columns), l = logVariance.Slice(row * columns, columns);
            Check.FiniteOrNaN(m, nameof(mean), row);
            Check.FiniteOrNaN(l, nameof(logVariance), row);
            destination[row] = logBase.FromNats(0.5 * PairReduction.Sum<T, StandardNormalTerm>(m, l).Terms.Value);
        }
    }

    private static void RowsFromVariances<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> variance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> variance1,
        int columns, Span<double> destination, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameLength(mean0.Length, variance0.Length, nameof(mean0), nameof(variance0));
        Check.SameLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.SameLength(mean0.Length, variance1.Length, nameof(mean0), nameof(variance1));
        int rows = Check.Batch(mean0.Length, columns, nameof(mean0));
        Check.Apart(mean0, destination, rows, nameof(destination));
        Check.Apart(variance0, destination, rows, nameof(destination));
        Check.Apart(mean1, destination, rows, nameof(destination));
        Check.Apart(variance1, destination, rows, nameof(destination));
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> m0 = mean0.Slice(row * columns, columns), v0 = variance0.Slice(row * columns, columns);
            ReadOnlySpan<T> m1 = mean1.Slice(row * columns, columns), v1 = variance1.Slice(row * columns, columns);
            Check.FiniteOrNaN(m0, nameof(mean0), row);
            Check.PositiveOrNaN(v0, nameof(variance0), row);
            Check.FiniteOrNaN(m1, nameof(mean1), row);
            Check.PositiveOrNaN(v1, nameof(variance1), row);
            destination[row] = logBase.FromNats(NormalReduction.HalfSum<T, VarianceTerm>(m0, v0, m1, v1));
        }
    }
}
