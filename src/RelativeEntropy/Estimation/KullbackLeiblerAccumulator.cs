using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>KL divergence in parts: the sum of p log(p/q) - p + q, and the masses of p and of q.</summary>
/// <remarks>
/// A part takes the outcomes of one shard, or one portion after another; what it is given need not sum to one. Only the whole is asked to.
/// Source: Csiszar (1991) for the terms; <see cref="Accumulator"/> for the sums.
/// </remarks>
/// <example><code>
/// var whole = new KullbackLeiblerAccumulator();
/// var shard = new KullbackLeiblerAccumulator();
/// whole.Add([0.5, 0.25], [0.25, 0.5]);
/// shard.Add([0.25], [0.25]);
/// whole.Merge(shard);
/// double bits = whole.OfDistributions(LogBase.Bits);   // 0.25
/// </code></example>
[JsonConverter(typeof(AccumulatorConverter<KullbackLeiblerAccumulator>))]
public sealed class KullbackLeiblerAccumulator : Accumulator
{
    /// <summary>The sum of nothing.</summary>
    public KullbackLeiblerAccumulator()
        : base(sums: 3)
    {
    }

    /// <summary>The sum of p.</summary>
    public double PMass => Sums[1].Value;

    /// <summary>The sum of q.</summary>
    public double QMass => Sums[2].Value;

    /// <summary>Adds outcomes.</summary>
    /// <remarks>p_i = 0 contributes q_i, p_i &gt; 0 = q_i gives +infinity, NaN gives NaN. Time O(n), nothing is allocated.</remarks>
    /// <param name="p">Their masses under p; there may be none.</param>
    /// <param name="q">Their masses under q, as many.</param>
    /// <exception cref="ArgumentException">The spans differ in length; an element is negative or infinite. Then nothing has been
    /// added.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => AddPair<double, KullbackLeiblerTerm>(p, q);

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> p, ReadOnlySpan<float> q) => AddPair<float, KullbackLeiblerTerm>(p, q);

    /// <summary>KL(p || q) of all that was added, which must be two distributions.</summary>
    /// <remarks>The functional of <see cref="Divergence.KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>: its
    /// terms, their sum rounded once. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element was NaN. The error is below 4 units in the last place.</returns>
    /// <exception cref="InvalidOperationException">The sum of p or of q is not one within 2^-26.</exception>
    public double OfDistributions(LogBase logBase = default)
    {
        CheckSumsToOne(Sums[1], "p", nameof(OfMeasures), nameof(OfProportions));
        CheckSumsToOne(Sums[2], "q", nameof(OfMeasures), nameof(OfProportions));
        return OfMeasures(logBase);
    }

    /// <summary>The sum of p log(p/q) - p + q over all that was added, of any mass.</summary>
    /// <remarks>The functional of <see cref="Measures.KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>. Time
    /// O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element was NaN. The error is below 4 units in the last place.</returns>
    public double OfMeasures(LogBase logBase = default) => logBase.FromNats(Sums[0].Total);

    /// <summary>KL(p/P || q/Q) of all that was added, P and Q its masses.</summary>
    /// <remarks>
    /// From the three sums, T of the terms, P and Q: (T - (P log(P/Q) - P + Q)) / P. What is subtracted is of second order in P - Q, so
    /// where the masses differ by a few percent nothing is lost; where they differ by much and the proportions by little, T is large
    /// beside the answer, and <see cref="Proportions.KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>, which reads
    /// the data twice, keeps the digits. Time O(1). Source: the chain rule of the I-divergence, Csiszar (1991).
    /// </remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], up to the error; NaN if an element was NaN. The error is below 4 units in the last place of
    /// T/P.</returns>
    /// <exception cref="InvalidOperationException">The sum of p or of q is zero.</exception>
    public double OfProportions(LogBase logBase = default)
    {
        (TwoPart p, TwoPart q) = (MassOf(Sums[1], "p"), MassOf(Sums[2], "q"));
        TwoPart terms = Sums[0].Total;
        if (!double.IsFinite(terms.Value + p.Value + q.Value))
            return terms.Value + p.Value + q.Value;
        double between = LogRatio.IsRegular(p.Value) && LogRatio.IsRegular(q.Value)
            ? LogRatio.ExcessGivenDifference(p.Value, q.Value, p.Minus(q).Value)
            : Terms.KullbackLeibler(p.Value, q.Value);
        return logBase.FromNats(terms.Minus(new(between, 0)).Over(p.Value));
    }

    /// <summary>What <see cref="Accumulator.ToBytes"/> of such an accumulator wrote.</summary>
    /// <param name="bytes">The bytes, whole.</param>
    /// <returns>An accumulator of the same sums.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are of another origin, kind or version, incomplete, or
    /// changed.</exception>
    public static KullbackLeiblerAccumulator FromBytes(ReadOnlySpan<byte> bytes) => Read<KullbackLeiblerAccumulator>(bytes);
}
