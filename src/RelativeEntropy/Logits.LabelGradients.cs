using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Logits
{
    /// <summary>The cross-entropy of one label, and its gradient by the logits a.</summary>
    /// <remarks>
    /// d(-log p_label)/da_i = (p_i - [i = label])/T. 1 - p_label is taken as the sum of the other probabilities, so that it keeps its digits where
    /// the label is near certain. No factor T^2 is applied: it belongs to a loss. a_i = -infinity has gradient 0. Where the value is NaN or
    /// +infinity there is no gradient, and it is filled with NaN. Time O(n) in at most five passes, memory O(1). Source: Good (1952), differentiated.
    /// </remarks>
    /// <param name="label">The index of the outcome, from 0 to n - 1.</param>
    /// <param name="logits">a, the n logits.</param>
    /// <param name="gradient">Where the n derivatives go; empty if not wanted. May be the same span as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it.</param>
    /// <param name="logBase">The unit of the value and of the gradient; nats by default. The logits themselves are always natural.</param>
    /// <returns>-log p_label, to the bit what <see cref="CrossEntropy(int, ReadOnlySpan{double}, double, LogBase)"/> returns. Relative error of each
    /// derivative at most 1e-13.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty, holds +infinity, or is all -infinity; the gradient is neither empty
    /// nor of length n at least, or overlaps the logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no index of <paramref name="logits"/>;
    /// <paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropyGradient(
        int label, ReadOnlySpan<double> logits, Span<double> gradient, double temperature = 1, LogBase logBase = default) =>
        LabelGradient(label, logits, gradient, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyGradient(int, ReadOnlySpan{double}, Span{double}, double, LogBase)"/>
    public static double CrossEntropyGradient(
        int label, ReadOnlySpan<float> logits, Span<float> gradient, double temperature = 1, LogBase logBase = default) =>
        LabelGradient(label, logits, gradient, temperature, logBase);

    /// <summary>The cross-entropy H(p, q) of soft labels p and the q with logits b, and its gradient by b.</summary>
    /// <remarks>
    /// dH/db_i = (s q_i - p_i)/T with s the sum of p as given, which is one within rounding. The labels are rounded probabilities, so q_i - p_i is
    /// known to a rounding of p_i and no better; where both sides are logits, <see cref="CrossEntropyGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, double, LogBase)"/>
    /// keeps the digits of a small difference. No factor T^2 is applied: it belongs to a loss. p_i = 0 with b_i = -infinity has gradient 0. Where the
    /// value is NaN or +infinity there is no gradient, and it is filled with NaN. Time O(n) in at most six passes, memory O(1).
    /// Source: Good (1956), differentiated; as a loss, Hinton, Vinyals and Dean (2015).
    /// </remarks>
    /// <param name="p">The labels, n probabilities.</param>
    /// <param name="qLogits">b, the n logits of q.</param>
    /// <param name="qGradient">Where the n derivatives by b go; empty if not wanted. May be the same span as <paramref name="p"/> or <paramref name="qLogits"/>.</param>
    /// <param name="temperature">T, positive and finite; the logits are divided by it, the probabilities stay as they are.</param>
    /// <param name="logBase">The unit of the value and of the gradient; nats by default. The logits themselves are always natural.</param>
    /// <returns>H(p, q), to the bit what <see cref="CrossEntropyFromProbabilities(ReadOnlySpan{double}, ReadOnlySpan{double}, double, LogBase)"/> returns.
    /// The error of a derivative is at most 1e-13 of (p_i + q_i)/T.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a probability is negative or infinite, or they do not sum to
    /// one within the tolerance of <see cref="Divergence"/>; a logit is +infinity; all logits are -infinity; the gradient is neither empty nor of
    /// length n at least, or overlaps an argument without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static double CrossEntropyFromProbabilitiesGradient(
        ReadOnlySpan<double> p, ReadOnlySpan<double> qLogits, Span<double> qGradient, double temperature = 1, LogBase logBase = default) =>
        SoftLabelGradient(p, qLogits, qGradient, temperature, logBase);

    /// <inheritdoc cref="CrossEntropyFromProbabilitiesGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, LogBase)"/>
    public static double CrossEntropyFromProbabilitiesGradient(
        ReadOnlySpan<float> p, ReadOnlySpan<float> qLogits, Span<float> qGradient, double temperature = 1, LogBase logBase = default) =>
        SoftLabelGradient(p, qLogits, qGradient, temperature, logBase);

    private static double LabelGradient<T>(int label, ReadOnlySpan<T> logits, Span<T> gradient, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(logits.Length, nameof(logits));
        Check.Label(label, logits.Length);
        Check.Temperature(temperature);
        Peak peak = LogitsPass.OfDistribution(logits, nameof(logits));
        Check.Gradient(logits, gradient, nameof(gradient));
        return logBase.FromNats(LabelGradientInNats(label, logits, peak, gradient, temperature, logBase, share: 1));
    }

    /// <summary>The value in nats; a share of its gradient, in the unit.</summary>
    private static double LabelGradientInNats<T>(
        int label, ReadOnlySpan<T> logits, Peak peak, Span<T> gradient, double temperature, LogBase logBase, double share)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double value = LabelCrossEntropyInNats(label, logits, peak, temperature);
        if (gradient.IsEmpty)
            return value;

        LabelResidual residual = LabelResidual.Of(label, logits, peak, temperature);
        for (int i = 0; i < logits.Length; i++)
        {
            double derivative = residual.At(i, double.CreateTruncating(logits[i])) / temperature;
            gradient[i] = double.IsFinite(value) ? T.CreateTruncating(logBase.FromNats(share * derivative)) : T.NaN;
        }

        return value;
    }

    private static double SoftLabelGradient<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> qLogits, Span<T> qGradient, double temperature, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double value = CrossEntropyFromProbabilitiesInNats(p, qLogits, temperature, out Peak peak, out double mass);
        Check.Gradient(p, qGradient, nameof(qGradient));
        Check.Gradient(qLogits, qGradient, nameof(qGradient));
        FillSoftLabelGradient(p, qLogits, value, peak, mass, qGradient, temperature, logBase, share: 1);
        return logBase.FromNats(value);
    }

    /// <summary>A share of the gradient, in the unit.</summary>
    private static void FillSoftLabelGradient<T>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> qLogits, double value, Peak peak, double mass, Span<T> qGradient,
        double temperature, LogBase logBase, double share)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (qGradient.IsEmpty)
            return;

        double total = 1 + LogitsPass.SumBesidePeak(qLogits, peak, temperature);
        for (int i = 0; i < p.Length; i++)
        {
            double q = LogitsPass.Weight(double.CreateTruncating(qLogits[i]), peak.Value, temperature) / total;
            double derivative = (mass * q - double.CreateTruncating(p[i])) / temperature;
            qGradient[i] = double.IsFinite(value) ? T.CreateTruncating(logBase.FromNats(share * derivative)) : T.NaN;
        }
    }
}
