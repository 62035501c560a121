using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>Cross-entropy in parts: the sum of -p log q, and the masses of p and of q.</summary>
/// <remarks>As <see cref="KullbackLeiblerAccumulator"/>. Source: Good (1956) for the terms; <see cref="Accumulator"/> for the
/// sums.</remarks>
/// <example><code>
/// CrossEntropyAccumulator sum = new();
/// sum.Add([0.5, 0.25], [0.25, 0.25]);
/// sum.Add([0.25], [0.5]);
/// double bits = sum.OfDistributions(LogBase.Bits);   // 1.75
/// </code></example>
[JsonConverter(typeof(AccumulatorConverter<CrossEntropyAccumulator>))]
public sealed class CrossEntropyAccumulator : Accumulator
{
    /// <summary>The sum of nothing.</summary>
    public CrossEntropyAccumulator()
        : base(sums: 3)
    {
    }

    /// <summary>The sum of p.</summary>
    public double PMass => Sums[1].Value;

    /// <summary>The sum of q.</summary>
    public double QMass => Sums[2].Value;

    /// <summary>Adds outcomes.</summary>
    /// <remarks>p_i = 0 contributes 0 whatever q_i is, p_i &gt; 0 = q_i gives +infinity, NaN gives NaN. Time O(n), nothing is
    /// allocated.</remarks>
    /// <param name="p">Their masses under p; there may be none.</param>
    /// <param name="q">Their masses under q, as many.</param>
    /// <exception cref="ArgumentException">The spans differ in length; an element is negative or infinite. Then nothing has been
    /// added.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => AddPair<double, CrossEntropyTerm>(p, q);

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> p, ReadOnlySpan<float> q) => AddPair<float, CrossEntropyTerm>(p, q);

    /// <summary>The cross-entropy of all that was added, which must be two distributions.</summary>
    /// <remarks>The functional of <see cref="Entropy.Cross(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity] (up to the masses, which are one within the tolerance); NaN if an element was NaN. The error is
    /// below 1 unit in the last place.</returns>
    /// <exception cref="InvalidOperationException">The sum of p or of q is not one within 2^-26.</exception>
    public double OfDistributions(LogBase logBase = default)
    {
        CheckSumsToOne(Sums[1], "p", nameof(OfProportions));
        CheckSumsToOne(Sums[2], "q", nameof(OfProportions));
        return logBase.FromNats(Sums[0].Total);
    }

    /// <summary>The cross-entropy of p/P and q/Q, P and Q the masses of all that was added.</summary>
    /// <remarks>From the three sums, T of the terms, P and Q: T/P + log Q. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], up to the error; NaN if an element was NaN. The error is below 1 unit in the last place of the
    /// answer or of log Q, whichever is larger.</returns>
    /// <exception cref="InvalidOperationException">The sum of p or of q is zero.</exception>
    public double OfProportions(LogBase logBase = default) => logBase.FromNats(PerMass(MassOf(Sums[1], "p"), MassOf(Sums[2], "q")));

    /// <summary>What <see cref="Accumulator.ToBytes"/> of such an accumulator wrote.</summary>
    /// <param name="bytes">The bytes, whole.</param>
    /// <returns>An accumulator of the same sums.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are of another origin, kind or version, incomplete, or
    /// changed.</exception>
    public static CrossEntropyAccumulator FromBytes(ReadOnlySpan<byte> bytes) => Read<CrossEntropyAccumulator>(bytes);
}
