using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// KL divergence from logits in parts: for a vocabulary that is spread over machines, or logits that come in portions. No part need know
/// the others' maxima.
/// </summary>
/// <remarks>
/// <para>With Za = sum e^a and Zb = sum e^b for the logits a of p and b of q, KL(p || q) = (sum e^a (a - b))/Za + log(Zb/Za). Four sums
/// are kept, each scaled by a power of two: of e^a, of e^b, of e^a (a - b), and of e^b - e^a - e^a (b - a), which is never negative and
/// keeps its digits where the logits are nearly equal. A term is the same double everywhere, the sums are exact, and a term is left out by
/// its own size alone, so that the parts merge to the same bits in any order: below 2^-512 of the largest it may count as 0, below 2^-1024
/// it does.</para>
/// <para>A logit is at most 2^40 in magnitude, where doubles are 2e-4 apart, or -infinity. Time O(n) with two exponentials each, nothing
/// is allocated. Source: <see cref="Accumulator"/>; Milakov and Gimelshein (2018) for sums of exponentials that merge, there by their
/// maxima.</para>
/// </remarks>
/// <example><code>
/// LogitsAccumulator sum = new();
/// sum.Add([1000], [1000]);
/// sum.Add([1000], [1001]);
/// double nats = sum.KullbackLeibler();   // 0.120114507
/// </code></example>
[JsonConverter(typeof(AccumulatorConverter<LogitsAccumulator>))]
public sealed class LogitsAccumulator : Accumulator
{
    // Each scaled sum has two, of this level and of the one below.
    private const int OfP = 0, OfQ = 1, Weighted = 2, Excess = 3, Scaled = 4;
    private const int Outsiders = 2 * Scaled;

    private const int LevelBits = 9, LevelDigits = 1 << (LevelBits - 5);
    private const long Nothing = long.MinValue;
    private const double LargestLogit = 1L << 40;

    // From here on e^d is all of e^d - 1 - d, and -d - 1 all of it on the other side.
    private const double FarApart = 700;

    /// <summary>The sum of nothing.</summary>
    public LogitsAccumulator()
        : base(sums: Outsiders + 1, levels: Scaled) => Levels.AsSpan().Fill(Nothing);

    /// <summary>log of the sum of e^a over all logits of p; -infinity of nothing, NaN if a logit was NaN.</summary>
    public double PLogSumExp => LogSumExp(OfP);

    /// <summary>log of the sum of e^b over all logits of q; -infinity of nothing, NaN if a logit was NaN.</summary>
    public double QLogSumExp => LogSumExp(OfQ);

    /// <summary>Adds classes.</summary>
    /// <param name="pLogits">Their logits under p; there may be none.</param>
    /// <param name="qLogits">Their logits under q, as many.</param>
    /// <exception cref="ArgumentException">The spans differ in length; a logit is +infinity or above 2^40 in magnitude. Then nothing has
    /// been added.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits) => AddLogits(pLogits, qLogits);

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits) => AddLogits(pLogits, qLogits);

    /// <summary>KL(p || q) of the softmaxes of all logits that were added.</summary>
    /// <remarks>The number of <see cref="Logits.KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>. With u =
    /// Zb/Za - 1 it is E - (u - log(1 + u)) for |u| up to 1/2, where E is the fourth sum over Za, and the form of two logarithms else. A
    /// logit of -infinity on p's side contributes nothing, on q's side alone +infinity. Time O(1).</remarks>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], up to the error; NaN if a logit was NaN. The error is below 4 units in the last place of E,
    /// or, where |u| is above 1/2, of the result and |log(Zb/Za)| together: where two models' logits differ by little but a constant,
    /// subtract it first.</returns>
    /// <exception cref="InvalidOperationException">All logits of p, or all of q, are -infinity, or none have been added.</exception>
    public double KullbackLeibler(LogBase logBase = default)
    {
        if (Sums[Outsiders].HasOutsider)
            return Sums[Outsiders].Value;
        if (Levels[OfP] == Nothing)
            throw new InvalidOperationException("All logits of p are -infinity so far, or there are none; add one that is finite.");
        if (Levels[OfQ] == Nothing)
            throw new InvalidOperationException("All logits of q are -infinity so far; add one that is finite.");

        TwoPart excess = Ratio(Excess), weighted = Ratio(Weighted);
        double u = excess.Minus(weighted).Value;
        if (Math.Abs(u) <= 0.5)
            return logBase.FromNats(excess.Minus(new(Elementary.XMinusLog1p(u), 0)));
        (TwoPart p, TwoPart q) = (Total(OfP), Total(OfQ));
        TwoPart mantissas = LogRatio.Precise(q.Value, p.Value), powers = LogOfPower(Levels[OfQ] - Levels[OfP]);
        TwoPart sum = TwoPart.Sum(powers.Value, mantissas.Value);
        sum = TwoPart.Sum(sum.Value, sum.Tail + (powers.Tail + mantissas.Tail + (q.Tail / q.Value - p.Tail / p.Value)));
        return logBase.FromNats(sum.Minus(new(-weighted.Value, -weighted.Tail)));
    }

    /// <summary>What <see cref="Accumulator.ToBytes"/> of such an accumulator wrote.</summary>
    /// <param name="bytes">The bytes, whole.</param>
    /// <returns>An accumulator of the same sums.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are of another origin, kind or version, incomplete, or
    /// changed.</exception>
    public static LogitsAccumulator FromBytes(ReadOnlySpan<byte> bytes) => Read<LogitsAccumulator>(bytes);

    private protected override void MergeSums(Accumulator other)
    {
        var part = (LogitsAccumulator)other;
        for (int i = 0; i < Scaled; i++)
        {
            long level = part.Levels[i];
            if (level == Nothing)
                continue;
            RaiseTo(level, i);
            if (level == Levels[i])
            {
                Sums[2 * i].Merge(part.Sums[2 * i]);
                Sums[2 * i + 1].Merge(part.Sums[2 * i + 1]);
            }
            else if (level == Levels[i] - 1)
            {
                Sums[2 * i + 1].Merge(part.Sums[2 * i]);
            }
        }

        Sums[Outsiders].Merge(part.Sums[Outsiders]);
    }

    private void AddLogits<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        CheckLogits(pLogits, nameof(pLogits));
        CheckLogits(qLogits, nameof(qLogits));
        for (int i = 0; i < pLogits.Length; i++)
            AddOne(double.CreateTruncating(pLogits[i]), double.CreateTruncating(qLogits[i]));
        Count += pLogits.Length;
    }

    private void AddOne(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            Sums[Outsiders].Add(double.NaN);
            return;
        }

        (double p, long pPower) = Exponential(a);
        (double q, long qPower) = Exponential(b);
        AddTo(OfP, p, pPower);
        AddTo(OfQ, q, qPower);
        if (a == double.NegativeInfinity)
        {
            AddTo(Excess, q, qPower);
            return;
        }

        if (b == double.NegativeInfinity)
        {
            Sums[Outsiders].Add(double.PositiveInfinity);
            return;
        }

        TwoPart d = TwoPart.Difference(b, a);
        AddTo(Weighted, -p * d.Value, pPower);
        if (d.Value > FarApart)
            AddTo(Excess, q, qPower);
        else
            AddTo(Excess, p * (d.Value < -FarApart ? -1 - d.Value : Elementary.ExpExcess(d)), pPower);
    }

    /// <summary>e^x as a number near one and a power of two; 0 at -infinity.</summary>
    private static (double Mantissa, long Power) Exponential(double x)
    {
        if (x == double.NegativeInfinity)
            return (0, 0);
        double power = Math.Round(x / LogRatio.Ln2);
        return (Elementary.Exp(new TwoPart(x, 0).Minus(new TwoPart(LogRatio.Ln2, LogRatio.Ln2Tail).Times(power))), (long)power);
    }

    // The level is the term's own: neither the order nor the parts decide what is left out.
    private void AddTo(int i, double mantissa, long power)
    {
        if (mantissa == 0)
            return;
        int exponent = Math.ILogB(mantissa);
        power += exponent;
        long level = power >> LevelBits;
        int within = (int)(power - (level << LevelBits));
        RaiseTo(level, i);
        if (level >= Levels[i] - 1)
            Sums[2 * i + (level == Levels[i] ? 0 : 1)].Add(Math.ScaleB(Math.ScaleB(mantissa, -exponent), within));
    }

    private void RaiseTo(long level, int i)
    {
        if (level <= Levels[i])
            return;
        ref ExactSum high = ref Sums[2 * i], low = ref Sums[2 * i + 1];
        if (Levels[i] != Nothing && level == Levels[i] + 1)
            (high, low) = (low, high);
        else
            low.Clear();
        high.Clear();
        Levels[i] = level;
    }

    /// <summary>A sum over 2^(512 level).</summary>
    private TwoPart Total(int i)
    {
        var sum = new ExactSum();
        sum.Merge(Sums[2 * i]);
        sum.MergeBelow(Sums[2 * i + 1], LevelDigits);
        return sum.Total;
    }

    /// <summary>A sum over that of e^a.</summary>
    private TwoPart Ratio(int i)
    {
        if (Levels[i] == Nothing)
            return default;
        (TwoPart sum, TwoPart p) = (Total(i), Total(OfP));
        TwoPart ratio = sum.Over(p.Value);
        int power = (int)Math.Clamp((Levels[i] - Levels[OfP]) << LevelBits, -5000, 5000);
        return new(Math.ScaleB(ratio.Value, power), Math.ScaleB(ratio.Tail - ratio.Value * (p.Tail / p.Value), power));
    }

    private double LogSumExp(int i)
    {
        if (double.IsNaN(Sums[Outsiders].Value))
            return double.NaN;
        if (Levels[i] == Nothing)
            return double.NegativeInfinity;
        TwoPart sum = Total(i), mantissa = LogRatio.Precise(sum.Value, 1), power = LogOfPower(Levels[i]);
        TwoPart both = TwoPart.Sum(power.Value, mantissa.Value);
        return both.Value + (both.Tail + (power.Tail + mantissa.Tail + sum.Tail / sum.Value));
    }

    private static TwoPart LogOfPower(long levels) => new TwoPart(LogRatio.Ln2, LogRatio.Ln2Tail).Times(levels << LevelBits);

    private static void CheckLogits<T>(ReadOnlySpan<T> logits, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < logits.Length; i++)
        {
            double logit = double.CreateTruncating(logits[i]);
            if (logit > LargestLogit || (logit < -LargestLogit && !double.IsNegativeInfinity(logit)))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{name}[{i}] = {logit}; a logit must be -infinity or at most 2^40 in magnitude. Subtract a constant from all."),
                    name);
            }
        }
    }
}
