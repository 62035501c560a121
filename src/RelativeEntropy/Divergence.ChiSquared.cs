using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    private const string NeymanChiSquaredRemedy = ", or use Proportions.NeymanChiSquared, which divides by the sums";
    private const string PearsonChiSquaredRemedy = ", or use Proportions.PearsonChiSquared, which divides by the sums";

    /// <summary>Pearson's chi-squared divergence: the sum over i of (p_i - q_i)^2 / q_i.</summary>
    /// <remarks>
    /// The variance of p/q under q; n times it, with p the frequencies of a sample of n, is the test statistic.
    /// p_i = q_i = 0 contributes 0, p_i &gt; 0 = q_i gives +infinity. Time O(n), memory O(1). Source: Pearson (1900).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double PearsonChiSquared(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        PairReduction.OverDistributions<double, PearsonTerm>(p, q, PearsonChiSquaredRemedy).Rounded;

    /// <inheritdoc cref="PearsonChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double PearsonChiSquared(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        PairReduction.OverDistributions<float, PearsonTerm>(p, q, PearsonChiSquaredRemedy).Rounded;

    /// <summary>Neyman's chi-squared divergence: the sum over i of (p_i - q_i)^2 / p_i, Pearson's with the arguments exchanged.</summary>
    /// <remarks>
    /// p_i = q_i = 0 contributes 0, p_i = 0 &lt; q_i gives +infinity. Time O(n), memory O(1). Source: Neyman (1949).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, +infinity], 0 only where p equals q (or the truth is below the smallest double); NaN if an element is NaN.
    /// The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double NeymanChiSquared(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        PairReduction.OverDistributions<double, NeymanTerm>(p, q, NeymanChiSquaredRemedy).Rounded;

    /// <inheritdoc cref="NeymanChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double NeymanChiSquared(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        PairReduction.OverDistributions<float, NeymanTerm>(p, q, NeymanChiSquaredRemedy).Rounded;

    /// <summary>The triangular discrimination: the sum over i of (p_i - q_i)^2 / (p_i + q_i).</summary>
    /// <remarks>
    /// Symmetric and bounded; p_i = q_i = 0 contributes 0. Time O(n), memory O(1). Source: Le Cam (1986); Topsoe (2000).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, 2] (up to the masses, which are one within the tolerance), 0 only where p equals q (or the truth is below
    /// the smallest double), 2 only where no outcome is possible under both; NaN if an element is NaN. The error is below 4 units in the
    /// last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite;
    /// an argument does not sum to one.</exception>
    [OverloadResolutionPriority(1)]
    public static double Triangular(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        PairReduction.OverDistributions<double, TriangularTerm>(p, q, NoRemedy).Rounded;

    /// <inheritdoc cref="Triangular(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Triangular(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        PairReduction.OverDistributions<float, TriangularTerm>(p, q, NoRemedy).Rounded;
}
