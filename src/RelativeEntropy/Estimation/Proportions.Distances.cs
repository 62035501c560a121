using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Proportions
{
    /// <summary>The symmetrised Kullback-Leibler divergence of Jeffreys: KL of p/P from q/Q plus KL of q/Q from p/P.</summary>
    /// <remarks>
    /// J = sum over i of (p_i/P - q_i/Q) log((p_i/P) / (q_i/Q)); in credit scoring, the population stability index
    /// (<see cref="Drift.PopulationStability(ReadOnlySpan{double}, ReadOnlySpan{double})"/>). p_i = q_i = 0 contributes 0, a zero on one
    /// side alone gives +infinity. Symmetric. Time O(n), memory O(1). Source: Jeffreys (1946).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double Jeffreys(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(JeffreysOfProportions)));

    /// <inheritdoc cref="Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Jeffreys(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(JeffreysOfProportions)));

    /// <inheritdoc cref="Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Jeffreys(ReadOnlySpan<int> p, ReadOnlySpan<int> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(JeffreysOfProportions)));

    /// <inheritdoc cref="Jeffreys(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double Jeffreys(ReadOnlySpan<long> p, ReadOnlySpan<long> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, default(JeffreysOfProportions)));

    /// <summary>The Jensen-Shannon divergence of p/P and q/Q with equal weights.</summary>
    /// <remarks>
    /// JS = KL(p/P || m)/2 + KL(q/Q || m)/2 for m = (p/P + q/Q)/2. Always finite: zeros on either side cost at most log 2 in all.
    /// Symmetric; its square root is a metric. Time O(n), memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log 2], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, new JensenShannonOfProportions(0.5)));

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, new JensenShannonOfProportions(0.5)));

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<int> p, ReadOnlySpan<int> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, new JensenShannonOfProportions(0.5)));

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<long> p, ReadOnlySpan<long> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.Of(p, q, new JensenShannonOfProportions(0.5)));

    /// <summary>The Jensen-Shannon divergence of p/P and q/Q with any weights.</summary>
    /// <remarks>
    /// JS = w KL(p/P || m) + (1 - w) KL(q/Q || m) for m = w p/P + (1 - w) q/Q. With counts and w = P/(P + Q), times 2 (P + Q), it is the
    /// statistic of the G-test of homogeneity (<see cref="Drift.GTestOfTwoSamples(ReadOnlySpan{long}, ReadOnlySpan{long})"/>). A weight of
    /// 0 or 1 gives 0. Time O(n), memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <param name="weight">w, the weight of p/P, in [0, 1]; the rest is the weight of q/Q.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number from 0 to the entropy of the weights; NaN if an element is NaN. The error is below 8 units in the last
    /// place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1].</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double weight, LogBase logBase = default) =>
        ProportionReduction.JensenShannon(p, q, weight, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<float> p, ReadOnlySpan<float> q, double weight, LogBase logBase = default) =>
        ProportionReduction.JensenShannon(p, q, weight, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<int> p, ReadOnlySpan<int> q, double weight, LogBase logBase = default) =>
        ProportionReduction.JensenShannon(p, q, weight, logBase);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double JensenShannon(ReadOnlySpan<long> p, ReadOnlySpan<long> q, double weight, LogBase logBase = default) =>
        ProportionReduction.JensenShannon(p, q, weight, logBase);

    /// <summary>The total variation distance of p/P and q/Q.</summary>
    /// <remarks>
    /// TV = half the sum over i of |p_i/P - q_i/Q|. A metric. Time O(n), memory O(1). Source: Cover and Thomas (2006), section 11.6.
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <returns>A number in [0, 1], 0 only where the proportions are equal; NaN if an element is NaN. The error is below 1 unit in the
    /// last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        ProportionReduction.Of(p, q, default(TotalVariationOfProportions)).Rounded;

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double TotalVariation(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        ProportionReduction.Of(p, q, default(TotalVariationOfProportions)).Rounded;

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double TotalVariation(ReadOnlySpan<int> p, ReadOnlySpan<int> q) =>
        ProportionReduction.Of(p, q, default(TotalVariationOfProportions)).Rounded;

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double TotalVariation(ReadOnlySpan<long> p, ReadOnlySpan<long> q) =>
        ProportionReduction.Of(p, q, default(TotalVariationOfProportions)).Rounded;

    /// <summary>The squared Hellinger distance of p/P and q/Q, 1 - sum over i of sqrt(p_i q_i / (P Q)).</summary>
    /// <remarks>
    /// H^2 = half the sum over i of (sqrt(p_i/P) - sqrt(q_i/Q))^2, from the differences p_i/P - q_i/Q. Symmetric. Time O(n), memory O(1).
    /// Source: Hellinger (1909); the normalisation is Le Cam's (1986).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <returns>A number in [0, 1], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an element
    /// is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double SquaredHellinger(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        ProportionReduction.Of(p, q, default(SquaredHellingerOfProportions)).Rounded;

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double SquaredHellinger(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        ProportionReduction.Of(p, q, default(SquaredHellingerOfProportions)).Rounded;

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double SquaredHellinger(ReadOnlySpan<int> p, ReadOnlySpan<int> q) =>
        ProportionReduction.Of(p, q, default(SquaredHellingerOfProportions)).Rounded;

    /// <inheritdoc cref="SquaredHellinger(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double SquaredHellinger(ReadOnlySpan<long> p, ReadOnlySpan<long> q) =>
        ProportionReduction.Of(p, q, default(SquaredHellingerOfProportions)).Rounded;

    /// <summary>Pearson's chi-squared divergence of p/P from q/Q.</summary>
    /// <remarks>
    /// The sum over i of (p_i/P - q_i/Q)^2 / (q_i/Q); times N, with p the counts of a sample of N, Pearson's test statistic. p_i = q_i = 0
    /// contributes 0, p_i &gt; 0 = q_i gives +infinity. Time O(n), memory O(1). Source: Pearson (1900).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <returns>A number in [0, +infinity], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double PearsonChiSquared(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        ProportionReduction.Of(p, q, default(PearsonOfProportions)).Rounded;

    /// <inheritdoc cref="PearsonChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double PearsonChiSquared(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        ProportionReduction.Of(p, q, default(PearsonOfProportions)).Rounded;

    /// <inheritdoc cref="PearsonChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double PearsonChiSquared(ReadOnlySpan<int> p, ReadOnlySpan<int> q) =>
        ProportionReduction.Of(p, q, default(PearsonOfProportions)).Rounded;

    /// <inheritdoc cref="PearsonChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double PearsonChiSquared(ReadOnlySpan<long> p, ReadOnlySpan<long> q) =>
        ProportionReduction.Of(p, q, default(PearsonOfProportions)).Rounded;

    /// <summary>Neyman's chi-squared divergence of p/P from q/Q: Pearson's with the arguments exchanged.</summary>
    /// <remarks>
    /// The sum over i of (p_i/P - q_i/Q)^2 / (p_i/P). p_i = q_i = 0 contributes 0, p_i = 0 &lt; q_i gives +infinity. Time O(n), memory
    /// O(1). Source: Neyman (1949).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <returns>A number in [0, +infinity], 0 only where the proportions are equal (or the truth is below the smallest double); NaN if an
    /// element is NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double NeymanChiSquared(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        ProportionReduction.Of(p, q, default(NeymanOfProportions)).Rounded;

    /// <inheritdoc cref="NeymanChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double NeymanChiSquared(ReadOnlySpan<float> p, ReadOnlySpan<float> q) =>
        ProportionReduction.Of(p, q, default(NeymanOfProportions)).Rounded;

    /// <inheritdoc cref="NeymanChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double NeymanChiSquared(ReadOnlySpan<int> p, ReadOnlySpan<int> q) =>
        ProportionReduction.Of(p, q, default(NeymanOfProportions)).Rounded;

    /// <inheritdoc cref="NeymanChiSquared(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double NeymanChiSquared(ReadOnlySpan<long> p, ReadOnlySpan<long> q) =>
        ProportionReduction.Of(p, q, default(NeymanOfProportions)).Rounded;
}
