using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Quantities of distributions given by logits: p_i = e^(a_i/T) / sum over j of e^(a_j/T), for logits a and a temperature T.
/// No probability is formed on the way where that could overflow, underflow or cancel.
/// </summary>
/// <remarks>
/// A logit is finite or -infinity, which stands for probability zero; at least one must be finite. +infinity, and logits that
/// are all -infinity, throw <see cref="ArgumentException"/> naming the argument, the index and the value. A NaN gives NaN;
/// after that, +infinity. At temperatures below 4e-307, divergences of logits beyond 2.2e307 lose digits. Arithmetic is in float64
/// whatever the type of the spans; nothing is allocated.
/// </remarks>
public static partial class Logits
{
    /// <summary>KL(p || q) of the distributions with logits a and b at one temperature.</summary>
    /// <remarks>
    /// <para>KL = sum over i of p_i (e^y_i - 1 - y_i) with y_i = log(q_i/p_i): the same number as the sum of p log(p/q), since
    /// the sum of p e^y is that of q; non-negative term by term. With y_i = (b_i - a_i)/T less the difference of the two
    /// log-partitions, which is found as log(1 + u) around b - a at an outcome that both find likely, nothing cancels where
    /// p is near q, and a constant added to all logits changes nothing.</para>
    /// <para>a_i = -infinity contributes 0; a_i finite with b_i = -infinity gives +infinity. No factor T^2 is applied
    /// (Hinton, Vinyals and Dean 2015 multiply their loss by it). Time O(n) in six passes, memory O(1).
    /// Source: Kullback and Leibler (1951); the form is Csiszar's (1991).</para>
    /// </remarks>
    /// <param name="pLogits">a, the n logits of p.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="temperature">T, positive and finite; both sets of logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a logit is NaN. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a logit is +infinity;
    /// all logits of an argument are -infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    /// <example><code>
    /// double huge = Logits.KullbackLeibler([1000, 1000], [1000, 1001]);                            // 0.120114507
    /// double distilled = Logits.KullbackLeibler([2, 0.1, -1], [1.5, 0.3, -0.8], temperature: 2);   // 0.01475598973
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeibler(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(KullbackLeiblerInNats(pLogits, qLogits, temperature));

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/>
    public static double KullbackLeibler(
        ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, double temperature = 1, LogBase logBase = default) =>
        logBase.FromNats(KullbackLeiblerInNats(pLogits, qLogits, temperature));

    private static double KullbackLeiblerInNats<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (LogitsPair.IsSettled(pLogits, qLogits, temperature, row, out LogitsPair peaks, out double answer))
            return answer;
        if (!peaks.IsWide)
            return KullbackLeiblerInNats(pLogits, qLogits, peaks, temperature);
        using NarrowedLogits narrowed = NarrowedLogits.Of(pLogits, qLogits, peaks, temperature);
        return KullbackLeiblerInNats(narrowed.A, narrowed.B, narrowed.Peaks, narrowed.Temperature);
    }

    private static double KullbackLeiblerInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitRecord record = new(stackalloc double[pLogits.Length <= LogitRecord.MostLogits ? LogitRecord.Length(pLogits.Length) : 0]);
        LogitRatios.TryOf(pLogits, qLogits, peaks, temperature, ref record, out LogitRatios ratios);
        if (!record.IsWhole)
            return KullbackLeiblerInNats(pLogits, qLogits, ratios);
        CompensatedSum sum = default;
        sum.Add(record.Divergence(new(ratios.TotalA), new(ratios.TotalB), new(ratios.Constant)).Parts);
        return sum.Value;
    }

    internal static double KullbackLeiblerInNats<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitRatios ratios)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        DivergenceSum sum = new(ratios);
        LogitsBlocks.Add(pLogits, qLogits, ref sum);
        return sum.Value;
    }

    /// <summary>The sum of p (e^y - 1 - y).</summary>
    private struct DivergenceSum(LogitRatios ratios) : ILogitsSums
    {
        private readonly LogitLanes _ratios = ratios.InLanes;
        private CompensatedSum _sum;
        private CompensatedVectorSum _lanes;

        public readonly double Value
        {
            get
            {
                CompensatedSum sum = _sum;
                sum.Add(_lanes.Parts);
                return sum.Value;
            }
        }

        public void Add(double a, double b)
        {
            double p = ratios.P(a), q = ratios.Q(b);
            double y = p == 0 ? double.PositiveInfinity : ratios.Of(a, b);
            _sum.Add(Math.Abs(y) <= 1 ? p * Elementary.ExpExcess(y)
                : p == 0 ? q
                : double.IsInfinity(y) ? q - ratios.Weighed(p, a, b)
                : q - p * (1 + y));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryAdd(Vector<double> a, Vector<double> b, Vector<long> active)
        {
            if (!_ratios.TryOf(a, b, out VectorPart logA, out VectorPart logB, out Vector<double> y))
                return false;
            Vector<double> p = Elementary.Exp(logA) / new Vector<double>(ratios.TotalA), q = Elementary.Exp(logB) / new Vector<double>(ratios.TotalB);
            _lanes.Add(Lanes.Active(LogitLanes.DivergenceTerm(p, q, y), active));
            return true;
        }
    }
}
