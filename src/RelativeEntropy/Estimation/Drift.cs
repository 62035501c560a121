using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Whether two samples, counted in the same cells, come from the same distribution, and how far apart they are.
/// </summary>
/// <remarks>
/// Counts come from a <see cref="Histogram"/>, or are those of categories. How far:
/// <see cref="PopulationStability(ReadOnlySpan{double}, ReadOnlySpan{double})"/> and the divergences of <see cref="Proportions"/>, with an
/// interval by <see cref="Bootstrap"/>. Whether at all: <see cref="GTestOfTwoSamples(ReadOnlySpan{long}, ReadOnlySpan{long})"/>. With
/// large samples the second question is nearly always answered by yes, and only the first is of use. What the arguments must satisfy is
/// said at <see cref="Proportions"/>.
/// </remarks>
public static partial class Drift
{
    /// <summary>The population stability index of credit scoring, and its customary band.</summary>
    /// <remarks>
    /// PSI = sum over i of (a_i - e_i) ln(a_i / e_i) for the proportions a and e of the cells:
    /// <see cref="Proportions.Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> in nats, by its name in that field.
    /// Symmetric. A cell that is empty on one side alone makes it infinite: merge cells, or smooth both sides by a rule that you name.
    /// Without any drift its mean is about (m - 1)(1/N + 1/M) for m cells and samples of N and M (Yurdakul 2018), so the bands are for
    /// samples of thousands. Time O(m), memory O(1). Source: Lewis (1994); Siddiqi (2006), "Credit Risk Scorecards", for the bands.
    /// </remarks>
    /// <param name="expected">The masses or counts of the reference, m cells.</param>
    /// <param name="actual">Those of what is compared with it.</param>
    /// <returns>The index, in [0, +infinity], NaN if an element is NaN; its error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    /// <example><code>
    /// PopulationStability month = Drift.PopulationStability([8, 8, 8, 8], [4, 4, 13, 11]);
    /// double index = month.Index;        // 0.2790024286
    /// StabilityBand band = month.Band;   // band = LargeShift
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static PopulationStability PopulationStability(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual) =>
        new(StabilityOf(expected, actual));

    /// <inheritdoc cref="PopulationStability(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static PopulationStability PopulationStability(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        new(StabilityOf(expected, actual));

    /// <inheritdoc cref="PopulationStability(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static PopulationStability PopulationStability(ReadOnlySpan<int> expected, ReadOnlySpan<int> actual) =>
        new(StabilityOf(expected, actual));

    /// <inheritdoc cref="PopulationStability(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static PopulationStability PopulationStability(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual) =>
        new(StabilityOf(expected, actual));

    private static double StabilityOf<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : struct, INumber<T> =>
        ProportionReduction.Of(expected, actual, default(JeffreysOfProportions), nameof(expected), nameof(actual)).Rounded;
}
