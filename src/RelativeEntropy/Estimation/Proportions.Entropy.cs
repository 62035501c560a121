using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Proportions
{
    /// <summary>The Shannon entropy of p/P: the plug-in estimate, where p are counts.</summary>
    /// <remarks>
    /// H = sum over i of (p_i/P) log(P/p_i); p_i = 0 contributes 0. Of a sample of N it is too low by about (m - 1)/(2N), m the number of
    /// possible outcomes (Miller 1955). Time O(n), memory O(1). Source: Shannon (1948), section 6, theorem 2.
    /// </remarks>
    /// <param name="p">The measure, n masses or counts.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n], 0 only where one element is positive; NaN if an element is NaN. The error is below 1 unit in the
    /// last place.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is empty; an element is negative or infinite; all are zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double Entropy(ReadOnlySpan<double> p, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, p));

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, LogBase)"/>
    public static double Entropy(ReadOnlySpan<float> p, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, p));

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, LogBase)"/>
    public static double Entropy(ReadOnlySpan<int> p, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, p));

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, LogBase)"/>
    public static double Entropy(ReadOnlySpan<long> p, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, p));

    /// <summary>The cross-entropy of p/P and q/Q: the mean surprise at outcomes drawn from p/P of one who believes q/Q.</summary>
    /// <remarks>
    /// H(p, q) = sum over i of (p_i/P) log(Q/q_i); p_i = 0 contributes 0 whatever q_i is, p_i &gt; 0 = q_i gives +infinity. Time O(n),
    /// memory O(1). Source: Good (1956).
    /// </remarks>
    /// <param name="p">The first measure, n masses or counts.</param>
    /// <param name="q">The second measure, n masses or counts.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], at least the entropy of p/P, with equality only where the proportions are equal; NaN if an
    /// element is NaN. The error is below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all are
    /// zero.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropy(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, q));

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double CrossEntropy(ReadOnlySpan<float> p, ReadOnlySpan<float> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, q));

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double CrossEntropy(ReadOnlySpan<int> p, ReadOnlySpan<int> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, q));

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double CrossEntropy(ReadOnlySpan<long> p, ReadOnlySpan<long> q, LogBase logBase = default) =>
        logBase.FromNats(ProportionReduction.CrossEntropy(p, q));
}
