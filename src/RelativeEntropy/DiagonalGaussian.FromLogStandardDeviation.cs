using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class DiagonalGaussian
{
    /// <summary>KL(N(mean0, diag exp 2 logStandardDeviation0) || N(mean1, diag exp 2 logStandardDeviation1)), from logarithms of standard
    /// deviations.</summary>
    /// <remarks>
    /// Half the sum over the d dimensions of (e^l - 1 - l) + (m0 - m1)^2 e^(-2 s1) with l = 2 (s0 - s1), where e^l - 1 - l is computed
    /// without cancellation. The policies of reinforcement learning give their scales in this form. Time O(d), memory O(1). Source:
    /// Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="logStandardDeviation0">d natural logarithms of the standard deviations of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="logStandardDeviation1">d natural logarithms of the standard deviations of the second distribution.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where all parameters are equal; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerFromLogStandardDeviation(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> logStandardDeviation0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> logStandardDeviation1, LogBase logBase = default) =>
        FromLogStandardDeviations(mean0, logStandardDeviation0, mean1, logStandardDeviation1, logBase);

    /// <inheritdoc cref="KullbackLeiblerFromLogStandardDeviation(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double},
    /// ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeiblerFromLogStandardDeviation(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> logStandardDeviation0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> logStandardDeviation1, LogBase logBase = default) =>
        FromLogStandardDeviations(mean0, logStandardDeviation0, mean1, logStandardDeviation1, logBase);

    /// <summary>KL(N(mean0, diag exp 2 logStandardDeviation0) || N(mean1, diag exp 2 logStandardDeviation1)) and its derivatives by all
    /// parameters.</summary>
    /// <remarks>
    /// In each dimension, with u = e^(2 (s0 - s1)) - 1 and z = (m0 - m1) e^(-s1): by m0 it is z e^(-s1), by m1 the negative of that, by s0
    /// it is u, by s1 it is -(u + z^2). All are 0 where the parameters are equal, and accurate near there. Time O(d), memory O(1). Source:
    /// Kullback (1959), chapter 9, section 1, differentiated.
    /// </remarks>
    /// <param name="mean0">d means of the first distribution.</param>
    /// <param name="logStandardDeviation0">d natural logarithms of the standard deviations of the first distribution.</param>
    /// <param name="mean1">d means of the second distribution.</param>
    /// <param name="logStandardDeviation1">d natural logarithms of the standard deviations of the second distribution.</param>
    /// <param name="mean0Gradient">Receives d derivatives by mean0, in the unit of the result; empty if not wanted, as each of the four may
    /// be.</param>
    /// <param name="logStandardDeviation0Gradient">Receives d derivatives by logStandardDeviation0.</param>
    /// <param name="mean1Gradient">Receives d derivatives by mean1.</param>
    /// <param name="logStandardDeviation1Gradient">Receives d derivatives by logStandardDeviation1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, in [0, +infinity]; NaN if an element is NaN, and then NaN are the derivatives of that dimension it reaches.
    /// The error of a derivative by s1 is at most 1e-13 of |u| + z^2, of each other one at most 1e-13 of itself.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is infinite; a destination is neither empty
    /// nor long enough, overlaps another one, or overlaps an argument without being the same span.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerFromLogStandardDeviationGradient(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> logStandardDeviation0,
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> logStandardDeviation1,
        Span<double> mean0Gradient, Span<double> logStandardDeviation0Gradient,
        Span<double> mean1Gradient, Span<double> logStandardDeviation1Gradient, LogBase logBase = default) =>
        GradientFromLogStandardDeviations(
            mean0, logStandardDeviation0, mean1, logStandardDeviation1,
            mean0Gradient, logStandardDeviation0Gradient, mean1Gradient, logStandardDeviation1Gradient, logBase);

    /// <inheritdoc cref="KullbackLeiblerFromLogStandardDeviationGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double},
    /// ReadOnlySpan{double}, Span{double}, Span{double}, Span{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerFromLogStandardDeviationGradient(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> logStandardDeviation0,
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> logStandardDeviation1,
        Span<float> mean0Gradient, Span<float> logStandardDeviation0Gradient,
        Span<float> mean1Gradient, Span<float> logStandardDeviation1Gradient, LogBase logBase = default) =>
        GradientFromLogStandardDeviations(
            mean0, logStandardDeviation0, mean1, logStandardDeviation1,
            mean0Gradient, logStandardDeviation0Gradient, mean1Gradient, logStandardDeviation1Gradient, logBase);

    private static double FromLogStandardDeviations<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> logStandardDeviation0,
        ReadOnlySpan<T> mean1, ReadOnlySpan<T> logStandardDeviation1, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(mean0.Length, logStandardDeviation0.Length, nameof(mean0), nameof(logStandardDeviation0));
        Check.SameNonZeroLength(mean0.Length, mean1.Length, nameof(mean0), nameof(mean1));
        Check.SameNonZeroLength(mean0.Length, logStandardDeviation1.Length, nameof(mean0), nameof(logStandardDeviation1));
        Check.FiniteOrNaN(mean0, nameof(mean0));
        Check.FiniteOrNaN(logStandardDeviation0, nameof(logStandardDeviation0));
        Check.FiniteOrNaN(mean1, nameof(mean1));
        Check.FiniteOrNaN(logStandardDeviation1, nameof(logStandardDeviation1));
        return logBase.FromNats(NormalReduction.HalfSum<T, LogStandardDeviationTerm>(
            mean0, logStandardDeviation0, mean1, logStandardDeviation1));
    }

    private static double GradientFromLogStandardDeviations<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> logStandardDeviation0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> logStandardDeviation1,
        Span<T> mean0Gradient, Span<T> logStandardDeviation0Gradient, Span<T> mean1Gradient, Span<T> logStandardDeviation1Gradient,
        LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double value = FromLogStandardDeviations(mean0, logStandardDeviation0, mean1, logStandardDeviation1, logBase);
        Check.Gradient(mean0, logStandardDeviation0, mean1, logStandardDeviation1, mean0Gradient, nameof(mean0Gradient));
        Check.Gradient(
            mean0, logStandardDeviation0, mean1, logStandardDeviation1, logStandardDeviation0Gradient, nameof(logStandardDeviation0Gradient));
        Check.Gradient(mean0, logStandardDeviation0, mean1, logStandardDeviation1, mean1Gradient, nameof(mean1Gradient));
        Check.Gradient(
            mean0, logStandardDeviation0, mean1, logStandardDeviation1, logStandardDeviation1Gradient, nameof(logStandardDeviation1Gradient));
        Check.Distinct<T>(
            mean0Gradient, nameof(mean0Gradient), logStandardDeviation0Gradient, nameof(logStandardDeviation0Gradient),
            mean1Gradient, nameof(mean1Gradient), logStandardDeviation1Gradient, nameof(logStandardDeviation1Gradient));
        for (int i = 0; i < mean0.Length; i++)
        {
            double m0 = double.CreateTruncating(mean0[i]), s0 = double.CreateTruncating(logStandardDeviation0[i]);
            double m1 = double.CreateTruncating(mean1[i]), s1 = double.CreateTruncating(logStandardDeviation1[i]);
            double slope = NormalTerms.SlopeByLogScale(m0, m1, s1), location = NormalTerms.StandardisedByLogScale(m0, m1, s1);
            double u = NormalTerms.RatioLessOne(NormalTerms.Doubled(s0, s1));
            if (!mean0Gradient.IsEmpty)
                mean0Gradient[i] = T.CreateTruncating(logBase.FromNats(slope));
            if (!logStandardDeviation0Gradient.IsEmpty)
                logStandardDeviation0Gradient[i] = T.CreateTruncating(logBase.FromNats(u));
            if (!mean1Gradient.IsEmpty)
                mean1Gradient[i] = T.CreateTruncating(logBase.FromNats(-slope));
            if (!logStandardDeviation1Gradient.IsEmpty)
                logStandardDeviation1Gradient[i] = T.CreateTruncating(logBase.FromNats(-(u + location * location)));
        }

        return value;
    }
}
