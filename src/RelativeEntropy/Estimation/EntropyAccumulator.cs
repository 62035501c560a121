using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>Shannon entropy in parts: the sum of -p log p, and the mass of p.</summary>
/// <remarks>As <see cref="KullbackLeiblerAccumulator"/>. Source: Shannon (1948) for the terms; <see cref="Accumulator"/> for the
/// sums.</remarks>
/// <example><code>
/// EntropyAccumulator sum = new();
/// sum.Add([0.5, 0.25]);
/// sum.Add([0.25]);
/// double bits = sum.OfDistribution(LogBase.Bits);   // 1.5
/// </code></example>
[JsonConverter(typeof(AccumulatorConverter<EntropyAccumulator>))]
public sealed class EntropyAccumulator : Accumulator
{
    /// <summary>The sum of nothing.</summary>
    public EntropyAccumulator()
        : base(sums: 2)
    {
    }

    /// <summary>The sum of p.</summary>
    public double Mass => Sums[1].Value;

    /// <summary>Adds outcomes.</summary>
    /// <remarks>p_i = 0 contributes 0, NaN gives NaN. Time O(n), nothing is allocated.</remarks>
    /// <param name="p">Their masses; there may be none.</param>
    /// <exception cref="ArgumentException">An element is negative or infinite. Then nothing has been added.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> p) => AddPair<double, EntropyTerm>(p, p);

    /// <inheritdoc cref="Add(ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> p) => AddPair<float, EntropyTerm>(p, p);

    /// <summary>The entropy of all that was added, which must be a distribution.</summary>
    /// <remarks>The functional of <see cref="Entropy.Shannon(ReadOnlySpan{double}, LogBase)"/>. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n] (up to the mass, which is one within the tolerance); NaN if an element was NaN. The error is below
    /// 1 unit in the last place.</returns>
    /// <exception cref="InvalidOperationException">The sum is not one within 2^-26.</exception>
    public double OfDistribution(LogBase logBase = default)
    {
        CheckSumsToOne(Sums[1], "p", nameof(OfProportions));
        return logBase.FromNats(Sums[0].Total);
    }

    /// <summary>The entropy of p/P, P the mass of all that was added.</summary>
    /// <remarks>From the two sums, T of the terms and P: T/P + log P. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, log n], up to the error; NaN if an element was NaN. The error is below 1 unit in the last place of the
    /// answer or of log P, whichever is larger.</returns>
    /// <exception cref="InvalidOperationException">The sum is zero.</exception>
    public double OfProportions(LogBase logBase = default) => logBase.FromNats(PerMass(MassOf(Sums[1], "p"), Sums[1].Total));

    /// <summary>What <see cref="Accumulator.ToBytes"/> of such an accumulator wrote.</summary>
    /// <param name="bytes">The bytes, whole.</param>
    /// <returns>An accumulator of the same sums.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are of another origin, kind or version, incomplete, or
    /// changed.</exception>
    public static EntropyAccumulator FromBytes(ReadOnlySpan<byte> bytes) => Read<EntropyAccumulator>(bytes);
}
