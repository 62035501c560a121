using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    // Beyond this order, log(max p)/order is nothing beside the limit of infinite order.
    private const double BeyondAnyOrder = 1e150;

    /// <summary>The Renyi divergence of an order, of the distributions with logits a and b at one temperature.</summary>
    /// <remarks>
    /// <para>D = log(sum over i of p_i^order q_i^(1 - order)) / (order - 1). Its limits: at 0, -log of the probability that q gives to
    /// the support of p; at 1, KL(p || q); at +infinity, log of the largest p_i/q_i. With s = 1 - order and y = log(q/p) the sum
    /// is 1 + sum p (e^(s y) - 1 - s y - s (e^y - 1 - y)), which keeps its digits where p is near q; orders below one half go through
    /// order D(p || q) / (1 - order) with p and q exchanged; where the sum is far from one its logarithm is taken by log-sum-exp.</para>
    /// <para>Non-decreasing in the order. +infinity where p and q have no outcome in common, and for an order of 1 or more where
    /// q excludes what p does not. Time O(n) in at most eight passes, memory O(1). Source: Renyi (1961); limits and skew symmetry:
    /// van Erven and Harremoes (2014).</para>
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="order">The order, in [0, +infinity].</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity;
    /// all logits of an argument are -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is negative or NaN; <paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double Renyi(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double order, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(pLogits, qLogits, order, temperature));

    /// <inheritdoc cref="Renyi(ReadOnlySpan{double}, ReadOnlySpan{double}, double, double, LogBase)"/>
    public static double Renyi(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, double order, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(pLogits, qLogits, order, temperature));

    private static double RenyiInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double order, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (!(order >= 0))
            throw new ArgumentOutOfRangeException(nameof(order), order, FormattableString.Invariant($"order = {order}; it must be at least 0, or +infinity."));
        LogitsPair peaks = LogitsPair.Of(pLogits, qLogits, temperature);
        if (peaks.AnyNaN)
            return double.NaN;
        if (order >= 1 && LogitsPair.IsOutsideSupport(pLogits, qLogits))
            return double.PositiveInfinity;
        if (!peaks.IsWide)
            return RenyiInNats(pLogits, qLogits, peaks, order, temperature);
        using NarrowedLogits narrowed = NarrowedLogits.Of(pLogits, qLogits, peaks, temperature);
        return RenyiInNats(narrowed.A, narrowed.B, narrowed.Peaks, order, narrowed.Temperature);
    }

    private static double RenyiInNats<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double order, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (order == 0)
            return OfSupport(pLogits, qLogits, peaks.B, temperature);
        bool isExchanged = order < 0.5;
        ReadOnlySpan<T> first = isExchanged ? qLogits : pLogits, second = isExchanged ? pLogits : qLogits;
        if (isExchanged)
            peaks = peaks.Exchanged;
        if (!LogitRatios.TryOf(first, second, peaks, temperature, out LogitRatios ratios))
            return double.PositiveInfinity;
        if (order == 1)
            return KullbackLeiblerInNats(pLogits, qLogits, ratios);
        ratios = ratios.Improved(first, second, peaks);
        if (order > BeyondAnyOrder)
            return LargestLogRatio(pLogits, qLogits, ratios);
        return isExchanged
            ? LogOfSum(first, second, ratios, 1 - order, order, order - 1)
            : LogOfSum(first, second, ratios, order, 1 - order, order - 1);
    }

    // The logarithm of the sum of p^r q^s over a divisor; r is at least 1/2, and s = 1 - r to full precision.
    private static double LogOfSum<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitRatios ratios, double r, double s, double divisor)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum excess = default;
        TwoPart largest = new(double.NegativeInfinity, 0);
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            double p = ratios.P(ai), q = ratios.Q(bi), y = ratios.Of(ai, bi);
            TwoPart exponent = ratios.Tilted(ai, bi, s);
            if (exponent.Value > largest.Value || (exponent.Value == largest.Value && exponent.Tail > largest.Tail))
                largest = exponent;
            excess.Add(!(Math.Abs(s * y) <= 1) ? (exponent.Exp() / ratios.TotalA - r * p) / s - q
                : Math.Abs(y) <= 1 ? p * (Elementary.ExpExcess(s * y) / s - Elementary.ExpExcess(y))
                : p * (Elementary.ExpExcess(s * y) / s) - (q - p * (1 + y)));
        }

        // The sum is 1 + s v; that v is not s times smaller matters where s v would be below the smallest normal double.
        double v = excess.Value, u = s * v;
        if (Math.Abs(u) < 0.5)
            return Math.Abs(u) < 1e-20 ? v * (s / divisor) : Elementary.Log1p(u) / divisor;
        if (double.IsInfinity(largest.Value))
            return largest.Value < 0 ? double.PositiveInfinity : LargestTilt(pLogits, qLogits, ratios, divisor);

        CompensatedSum weights = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            TwoPart exponent = ratios.Tilted(double.CreateTruncating(pLogits[i]), double.CreateTruncating(qLogits[i]), s);
            weights.Add(exponent.Minus(largest).Exp());
        }

        return (largest.Value + (largest.Tail + LogRatio.Of(weights.Value, ratios.TotalA))) / divisor;
    }

    // The largest of log(p^r q^(1 - r))/(r - 1), where no double holds the logarithm: beside it, all else is nothing.
    private static double LargestTilt<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitRatios ratios, double orderLessOne)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            if (double.IsFinite(ai))
                largest = Math.Max(largest, (ai - ratios.A.Value) / orderLessOne - TwoPart.Difference(bi, ai).Minus(ratios.Centre).Value);
        }

        return largest / ratios.Temperature;
    }

    private static double OfSupport<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Peak b, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // The log-weight of the largest q_i in the support of p, and the weights of q in and out of it.
        double largest = double.NegativeInfinity;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double bi = double.CreateTruncating(qLogits[i]);
            if (T.IsFinite(pLogits[i]) && bi > largest)
                largest = bi;
        }

        if (double.IsNegativeInfinity(largest))
            return double.PositiveInfinity;
        CompensatedSum inside = default, outside = default, all = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double bi = double.CreateTruncating(qLogits[i]);
            bool isInside = T.IsFinite(pLogits[i]);
            all.Add(LogitsPass.Weight(bi, b.Value, temperature));
            if (isInside)
                inside.Add(LogitsPass.Weight(bi, largest, temperature));
            else
                outside.Add(LogitsPass.Weight(bi, largest, temperature));
        }

        double gap = LogitsPass.GapOf(b.Value, largest, temperature).Value, odds = outside.Value / inside.Value;
        return odds < 1 ? Elementary.Log1p(odds) : gap + LogRatio.Of(all.Value, inside.Value);
    }

    private static double LargestLogRatio<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitRatios ratios)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        for (int i = 0; i < pLogits.Length; i++)
        {
            if (T.IsFinite(pLogits[i]))
                largest = Math.Max(largest, -ratios.Of(double.CreateTruncating(pLogits[i]), double.CreateTruncating(qLogits[i])));
        }

        return largest;
    }
}
