using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The Shannon entropy of the distribution with logits a at a temperature, and its gradient.</summary>
    /// <remarks>dH/da_i = -p_i (log p_i + H)/T, as p_i times the difference of -a_i/T from its mean under p, so that the partition function
    /// does not enter. It sums to zero up to rounding and is zero for equal logits. a_i = -infinity has gradient 0; where a logit is NaN,
    /// the gradient is filled with NaN. Time O(n), memory O(1). Source: Shannon (1948), differentiated; as a bonus in policy gradients,
    /// Williams and Peng (1991).</remarks>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="gradient">Where the n derivatives go; empty if not wanted. May be the same span as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>H, to the bit what <see cref="Entropy(ReadOnlySpan{double}, double, LogBase)"/> returns. The error of a derivative is at
    /// most 1e-13 of p_i (|x_i| + E|x|)/T, with x_j = log p_j less its largest, and E under p.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity; the gradient is
    /// neither empty nor of length n at least, or overlaps the logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double EntropyGradient(
        ReadOnlySpan<double> logits, Span<double> gradient, double temperature = 1, LogBase logBase = default) =>
        EntropyGradientOf<double>(logits, gradient, temperature, logBase);

    /// <inheritdoc cref="EntropyGradient(ReadOnlySpan{double}, Span{double}, double, LogBase)"/>
    public static double EntropyGradient(
        ReadOnlySpan<float> logits, Span<float> gradient, double temperature = 1, LogBase logBase = default) =>
        EntropyGradientOf<float>(logits, gradient, temperature, logBase);

    /// <summary>The mean entropy over rows of logits: the entropy bonus of a policy over states.</summary>
    /// <remarks>The sum over the kept rows of H(p), over their number m; a policy gradient adds it, times a weight, to what it maximises.
    /// Rows that are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is kept, a batch without
    /// rows included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or +infinity has no
    /// gradient, and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: Shannon (1948); as a bonus in policy gradients,
    /// Williams and Peng (1991).</remarks>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>A number in [0, log columns] (up to rounding at the upper end); NaN if no row is kept or a logit of a kept row is NaN.
    /// Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one mark per row; a kept row is one that
    /// the single call refuses.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanEntropy(
        ReadOnlySpan<double> logits, int columns, ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanEntropyOf<double>(logits, columns, [], kept, temperature, logBase);

    /// <inheritdoc cref="MeanEntropy(ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanEntropy(
        ReadOnlySpan<float> logits, int columns, ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanEntropyOf<float>(logits, columns, [], kept, temperature, logBase);

    /// <summary>The mean entropy over rows of logits, and its gradient.</summary>
    /// <remarks>The sum over the kept rows of H(p), over their number m; the gradient of a kept row is -p_i (log p_i + H)/(T m). Rows that
    /// are not kept are not looked at, as with an ignored index, and their gradients are 0. Where no row is kept, a batch without rows
    /// included, there is no mean: the value is NaN, and every gradient is 0. A kept row whose loss is NaN or +infinity has no gradient,
    /// and NaN in its place. Time O(n) for n logits in all, memory O(1). Source: derived here.</remarks>
    /// <param name="logits">The logits, row-major.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="gradient">Where the derivatives by the logits go, row-major; empty if not wanted. May be the same span as <paramref
    /// name="logits"/>.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>The mean, to the bit what the function without a gradient returns. The errors of the derivatives are those of the single
    /// call, over m.</returns>
    /// <exception cref="ArgumentException">The logits are no whole number of rows; there is not one mark per row; a kept row is one that
    /// the single call refuses; the gradient is neither empty nor as long as the logits at least, or overlaps them without being the same
    /// span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1; <paramref name="temperature"/> is not positive
    /// and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double MeanEntropyGradient(
        ReadOnlySpan<double> logits, int columns, Span<double> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanEntropyOf<double>(logits, columns, gradient, kept, temperature, logBase);

    /// <inheritdoc cref="MeanEntropyGradient(ReadOnlySpan{double}, int, Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static double MeanEntropyGradient(
        ReadOnlySpan<float> logits, int columns, Span<float> gradient,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        MeanEntropyOf<float>(logits, columns, gradient, kept, temperature, logBase);

    private static double EntropyGradientOf<T>(ReadOnlySpan<T> logits, Span<T> gradient, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Temperature(temperature);
        Check.Gradient(logits, gradient, nameof(gradient));
        return logBase.FromNats(EntropyGradientInNats(logits, gradient, temperature, logBase, share: 1));
    }

    private static double MeanEntropyOf<T>(
        ReadOnlySpan<T> logits, int columns, Span<T> gradient, ReadOnlySpan<bool> kept, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check.Batch(logits.Length, columns, nameof(logits));
        Check.Kept(kept, rows);
        Check.Temperature(temperature);
        Check.Gradient(logits, gradient, nameof(gradient));
        EntropyBonus<T> bonus = new(new(logits, columns), temperature, logBase);
        return RowLosses.Mean(bonus, rows, columns, kept, gradient, default, logBase);
    }

    // The entropy is H(p, q) at q = p, and its derivative that of H(p, q) by p: by q it vanishes there.
    private static double EntropyGradientInNats<T>(ReadOnlySpan<T> logits, Span<T> gradient, double temperature, LogBase logBase,
        double share)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits));
        return gradient.IsEmpty && !peak.AnyNaN
            ? CrossEntropyInNats(logits, logits, new LogitsPair(peak, peak), temperature)
            : Gradient(logits, logits, new(peak, peak), gradient, default, temperature, logBase, ofDivergence: false, share);
    }

    private readonly ref struct EntropyBonus<T>(SpanRows<T> logits, double temperature, LogBase logBase) : IRowLoss<T>
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        private readonly SpanRows<T> _logits = logits;

        public double Of(int row, Span<T> pGradient, Span<T> qGradient, double share) =>
            EntropyGradientInNats(_logits.Row(row), pGradient, temperature, logBase, share);
    }
}
