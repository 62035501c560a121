using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Quantities of distributions given by logits: p_i = e^(a_i/T) / sum over j of e^(a_j/T), for logits a and a temperature T.
/// No probability is formed on the way where that could overflow, underflow or cancel.
/// </summary>
/// <remarks>
/// A logit is finite or -infinity, which stands for probability zero; at least one must be finite. +infinity, and logits that
/// are all -infinity, throw <see cref="ArgumentException"/> naming the argument, the index and the value. A NaN gives NaN;
/// after that, +infinity. Arithmetic is in float64 whatever the type of the spans; nothing is allocated.
/// </remarks>
public static partial class Logits
{
    // Above this logarithm of the largest likelihood ratio, e^x is no longer summed: KL itself is then large and does not cancel.
    private const double LargeLogRatio = 40;

    /// <summary>KL(p || q) of the distributions with logits a and b at one temperature.</summary>
    /// <remarks>
    /// <para>With x_i = (b_i - a_i - c)/T for any constant c, KL = log E[e^x] - E[x] under p. Writing V = E[e^x - 1 - x] and
    /// m = E[x] gives KL = log(1 + V + m) - m = V - (u - log(1 + u)) with u = V + m. Every term of V is non-negative, and with
    /// c the mean of b - a both m and the correction are negligible beside V where p is near q: nothing cancels,
    /// and a constant added to all logits changes nothing.</para>
    /// <para>a_i = -infinity contributes 0; a_i finite with b_i = -infinity gives +infinity. No factor T^2 is applied
    /// (Hinton, Vinyals and Dean 2015 multiply their loss by it). Time O(n) in three passes, memory O(1).
    /// Source: the Donsker-Varadhan form of KL at its optimum (Donsker and Varadhan 1975).</para>
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity; all logits of an argument are -infinity;
    /// the two sets of logits differ by more than the largest double.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static double KullbackLeibler(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(KullbackLeiblerInNats(pLogits, qLogits, temperature));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double KullbackLeibler(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(KullbackLeiblerInNats(pLogits, qLogits, temperature));

    private static double KullbackLeiblerInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        Check.Temperature(temperature);
        Peak a = LogitsPass.OfDistribution(pLogits, nameof(pLogits));
        Peak b = LogitsPass.OfDistribution(qLogits, nameof(qLogits));
        if (a.AnyNaN || b.AnyNaN)
            return double.NaN;
        if (IsOutsideSupport(pLogits, qLogits))
            return double.PositiveInfinity;

        TwoPart centre = MeanDifference(pLogits, qLogits, a, temperature);
        if (!double.IsFinite(centre.Value))
            throw new ArgumentException("qLogits less pLogits exceeds the largest double; subtract a constant from the logits first.", nameof(qLogits));
        double logLargest = TwoPart.Difference(b.Value, a.Value).Minus(centre).Over(temperature).Value;
        bool isLarge = logLargest > LargeLogRatio;

        CompensatedSum weights = default, excess = default, mean = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            double qWeight = isLarge
                ? LogitsPass.Weight(bi, b.Value, temperature)
                : TwoPart.Difference(bi, a.Value).Minus(centre).Over(temperature).Exp();
            double weight = LogitsPass.Weight(ai, a.Value, temperature);
            if (weight == 0)
            {
                excess.Add(qWeight);
                continue;
            }

            double x = TwoPart.Difference(bi, ai).Minus(centre).Over(temperature).Rounded;
            weights.Add(weight);
            mean.Add(weight * x);
            excess.Add(isLarge ? qWeight : Math.Abs(x) <= 1 ? weight * Elementary.ExpExcess(x) : qWeight - weight * (1 + x));
        }

        double total = weights.Value, m = mean.Value / total;
        if (isLarge)
            return logLargest + Terms.LogRatio(excess.Value, total) - m;
        double v = excess.Value / total, u = v + m;
        return Math.Abs(u) < 0.5 ? v - Elementary.XMinusLog1p(u) : Elementary.Log1p(u) - m;
    }

    /// <summary>Whether q has probability zero where p has not.</summary>
    private static bool IsOutsideSupport<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < pLogits.Length; i++)
        {
            if (T.IsFinite(pLogits[i]) && T.IsNegativeInfinity(qLogits[i]))
                return true;
        }

        return false;
    }

    /// <summary>The mean of b - a under p, measured from its value at p's mode, so that a constant difference is found exactly.</summary>
    private static TwoPart MeanDifference<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Peak a, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        TwoPart pivot = TwoPart.Difference(double.CreateTruncating(qLogits[a.Index]), a.Value);
        CompensatedSum weights = default, offsets = default;
        for (int i = 0; i < pLogits.Length; i++)
        {
            double ai = double.CreateTruncating(pLogits[i]), bi = double.CreateTruncating(qLogits[i]);
            double weight = LogitsPass.Weight(ai, a.Value, temperature);
            if (weight == 0)
                continue;
            weights.Add(weight);
            offsets.Add(weight * TwoPart.Difference(bi, ai).Minus(pivot).Rounded);
        }

        TwoPart centre = TwoPart.Sum(pivot.Value, offsets.Value / weights.Value);
        return TwoPart.Sum(centre.Value, centre.Tail + pivot.Tail);
    }
}
