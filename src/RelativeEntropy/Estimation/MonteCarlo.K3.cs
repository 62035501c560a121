using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MonteCarlo
{
    /// <summary>k3, the mean of e^-l - 1 + l: KL(p || q) from log-ratios at samples of p.</summary>
    /// <remarks>Never negative; unbiased but for the mass that q has where p has none, which it lacks. Near p = q its variance is far below
    /// that of k1; where q/p is heavy-tailed it may be far above, even infinite. Source: Schulman (2020), "Approximating KL
    /// divergence".</remarks>
    /// <param name="logRatios">l = log p - log q at n samples of p.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a number that counts is NaN. The standard error is the standard deviation of the terms,
    /// with n - 1 in it, over sqrt n; NaN for one sample.</returns>
    /// <exception cref="ArgumentException"><paramref name="logRatios"/> is empty or holds -infinity.</exception>
    /// <example><code>
    /// double[] logP = [-1.2, -0.7, -2.3], logQ = [-1.0, -1.1, -2.0];
    /// Estimate estimate = MonteCarlo.K3(logP, logQ);
    /// double nats = estimate.Value;            // 0.04719387059
    /// double error = estimate.StandardError;   // 0.01418393082
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate K3(ReadOnlySpan<double> logRatios, LogBase logBase = default) =>
        Mean<double, K3Term>(logRatios, logBase);

    /// <inheritdoc cref="K3(ReadOnlySpan{double}, LogBase)"/>
    public static Estimate K3(ReadOnlySpan<float> logRatios, LogBase logBase = default) =>
        Mean<float, K3Term>(logRatios, logBase);

    /// <summary>k3, the mean of e^-l - 1 + l: KL(p || q) from log-ratios at samples of p, from log p and log q.</summary>
    /// <remarks>As from the log-ratios, their differences being exact; one beyond the largest double counts as the largest. Never negative;
    /// unbiased but for the mass that q has where p has none, which it lacks. Near p = q its variance is far below that of k1; where q/p is
    /// heavy-tailed it may be far above, even infinite. Source: Schulman (2020), "Approximating KL divergence".</remarks>
    /// <param name="logP">log p at n samples of p, finite.</param>
    /// <param name="logQ">log q at the same samples; -infinity where q excludes a sample.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a number that counts is NaN. The standard error is the standard deviation of the terms,
    /// with n - 1 in it, over sqrt n; NaN for one sample.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a log p is infinite; a log q is +infinity.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ, LogBase logBase = default) =>
        Mean<double, K3Term>(logP, logQ, logBase);

    /// <inheritdoc cref="K3(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static Estimate K3(ReadOnlySpan<float> logP, ReadOnlySpan<float> logQ, LogBase logBase = default) =>
        Mean<float, K3Term>(logP, logQ, logBase);

    /// <summary>k3 from samples of another distribution b, as stale ones are, each multiplied by its weight p/b.</summary>
    /// <remarks>The mean of w (e^-l - 1 + l), w = p/b: unbiased as k3 is; its variance grows with that of w. Source: Owen (2013), chapter
    /// 9.</remarks>
    /// <param name="logRatios">l = log p - log q at n samples of another distribution b.</param>
    /// <param name="logWeights">log p - log b at the same samples.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a number that counts is NaN. The standard error is that of the mean of w k.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a log-weight is +infinity; a log-ratio is -infinity
    /// where the weight is not 0.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3Importance(ReadOnlySpan<double> logRatios, ReadOnlySpan<double> logWeights, LogBase logBase = default) =>
        ImportanceMean<double, K3Term>(logRatios, logWeights, logBase);

    /// <inheritdoc cref="K3Importance(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static Estimate K3Importance(ReadOnlySpan<float> logRatios, ReadOnlySpan<float> logWeights, LogBase logBase = default) =>
        ImportanceMean<float, K3Term>(logRatios, logWeights, logBase);

    /// <summary>k3 from samples of another distribution b, as stale ones are: the mean with weights p/b over the sum of the
    /// weights.</summary>
    /// <remarks>sum w k3 / sum w, w = p/b: w need be known up to a factor only; biased by O(1/n). The standard error is that of the
    /// self-normalised k1, of these terms. Log-weights of 0 and -infinity make it a mean over some of the samples. Source: Owen (2013),
    /// chapter 9.</remarks>
    /// <param name="logRatios">l = log p - log q at n samples of another distribution b.</param>
    /// <param name="logWeights">log p - log b at the same samples, up to a constant.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>A number in [0, +infinity]; NaN if a number that counts is NaN. The standard error is NaN where one sample has all the
    /// weight.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a log-weight is +infinity; a log-ratio is -infinity
    /// where the weight is not 0. All log-weights are -infinity.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3SelfNormalised(ReadOnlySpan<double> logRatios, ReadOnlySpan<double> logWeights, LogBase logBase = default) =>
        SelfNormalisedMean<double, K3Term>(logRatios, logWeights, logBase);

    /// <inheritdoc cref="K3SelfNormalised(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static Estimate K3SelfNormalised(ReadOnlySpan<float> logRatios, ReadOnlySpan<float> logWeights, LogBase logBase = default) =>
        SelfNormalisedMean<float, K3Term>(logRatios, logWeights, logBase);

    /// <summary>k3, and its derivatives by log p at each sample, the samples held fixed.</summary>
    /// <remarks>Each is (1 - e^-l)/n. In expectation over samples of p the gradient by p's parameters is E_p[(1 - q/p) d log p], that of
    /// the other divergence, KL(q || p), where q excludes what p excludes: as a loss k3 pulls p over all of q. By the parameters of q it is
    /// right. Where the value is NaN or +infinity there is no gradient, and it is filled with NaN. Source: Schulman (2020), "Approximating
    /// KL divergence".</remarks>
    /// <param name="logRatios">l = log p - log q at n samples of p.</param>
    /// <param name="gradient">Where the n derivatives by log p at each sample go; by log q they are the negatives. Empty if not wanted. May
    /// be the same span as <paramref name="logRatios"/>.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>What <see cref="K3(ReadOnlySpan{double}, LogBase)"/> returns.</returns>
    /// <exception cref="ArgumentException"><paramref name="logRatios"/> is empty or holds -infinity; the gradient is neither empty nor of
    /// length n at least, or overlaps the log-ratios without being the same span.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3Gradient(ReadOnlySpan<double> logRatios, Span<double> gradient, LogBase logBase = default) =>
        Gradient<double, K3Term>(logRatios, gradient, logBase);

    /// <inheritdoc cref="K3Gradient(ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static Estimate K3Gradient(ReadOnlySpan<float> logRatios, Span<float> gradient, LogBase logBase = default) =>
        Gradient<float, K3Term>(logRatios, gradient, logBase);

    /// <summary>k3 with importance weights, and its derivatives by log p at each sample, through the weight and the term.</summary>
    /// <remarks>w l/n: in expectation over samples of b the gradient is E_p[l d log p], that of KL(p || q), with less variance than k1's;
    /// with b = p, log-weights 0, it is the right loss on policy. Where the value is NaN or +infinity there is no gradient, and it is
    /// filled with NaN. Source: derived here.</remarks>
    /// <param name="logRatios">l = log p - log q at n samples of another distribution b.</param>
    /// <param name="logWeights">log p - log b at the same samples.</param>
    /// <param name="gradient">Where the n derivatives by log p at each sample go. Empty if not wanted. May be the same span as an
    /// argument.</param>
    /// <param name="logBase">The unit of the result; nats by default. The log-ratios themselves are always natural.</param>
    /// <returns>What <see cref="K3Importance(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> returns.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; a log-weight is +infinity; a log-ratio is -infinity
    /// where the weight is not 0; the gradient is neither empty nor of length n at least, or overlaps an argument without being the same
    /// span.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3ImportanceGradient(
        ReadOnlySpan<double> logRatios, ReadOnlySpan<double> logWeights, Span<double> gradient, LogBase logBase = default) =>
        ImportanceGradient<double, K3Term>(logRatios, logWeights, gradient, logBase);

    /// <inheritdoc cref="K3ImportanceGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static Estimate K3ImportanceGradient(
        ReadOnlySpan<float> logRatios, ReadOnlySpan<float> logWeights, Span<float> gradient, LogBase logBase = default) =>
        ImportanceGradient<float, K3Term>(logRatios, logWeights, gradient, logBase);

    /// <summary>k3 over rows of logits, from one sample of each row's p: a token of each position.</summary>
    /// <remarks>Per row l = log p - log q at the sample, found as from two tables of logits, right near p = q too. Rows that are not kept
    /// are not looked at. Where none is kept, a batch without rows included, there is no mean: both numbers are NaN, and every gradient is
    /// 0. Time O(n) for n logits in all, memory of one number per row. Source: Schulman (2020), "Approximating KL divergence".</remarks>
    /// <param name="samples">One index of a column per row, from 0 to columns - 1, drawn from the row's p.</param>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major, as many.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>The mean over the kept rows. A number in [0, +infinity]; NaN if a number that counts is NaN. The standard error is that of
    /// the mean over rows, as if these were independent; NaN for one row.</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one sample, or one
    /// mark, per row; in a kept row a logit is +infinity, all logits of an argument are -infinity, or p excludes the sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3FromLogits(
        ReadOnlySpan<int> samples, ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FromLogits<double, K3Term>(samples, pLogits, qLogits, columns, [], [], kept, temperature, logBase);

    /// <inheritdoc cref="K3FromLogits(ReadOnlySpan{int}, ReadOnlySpan{double}, ReadOnlySpan{double}, int, ReadOnlySpan{bool}, double,
    /// LogBase)"/>
    public static Estimate K3FromLogits(
        ReadOnlySpan<int> samples, ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns,
        ReadOnlySpan<bool> kept = default, double temperature = 1, LogBase logBase = default) =>
        FromLogits<float, K3Term>(samples, pLogits, qLogits, columns, [], [], kept, temperature, logBase);

    /// <summary>k3 over rows of logits, and its gradients by the logits, the samples held fixed.</summary>
    /// <remarks>By the logit a_i of p in a row with sample s, (1 - e^-l) ([i = s] - p_i)/(T n) for n kept rows; by b_i of q, (1 - e^-l)
    /// (q_i - [i = s])/(T n). In expectation over samples of p, the first is the gradient of KL(q || p). Per row l = log p - log q at the
    /// sample, found as from two tables of logits, right near p = q too. Rows that are not kept are not looked at. Where none is kept, a
    /// batch without rows included, there is no mean: both numbers are NaN, and every gradient is 0. Time O(n) for n logits in all, memory
    /// of one number per row. Source: Schulman (2020), "Approximating KL divergence".</remarks>
    /// <param name="samples">One index of a column per row, from 0 to columns - 1, drawn from the row's p.</param>
    /// <param name="pLogits">The logits of every p, row-major.</param>
    /// <param name="qLogits">The logits of every q, row-major, as many.</param>
    /// <param name="columns">The length of a row, at least 1.</param>
    /// <param name="pGradient">Where the derivatives by the logits of p go, row-major; empty if not wanted. May be the same span as
    /// <paramref name="pLogits"/>.</param>
    /// <param name="qGradient">Where the derivatives by the logits of q go, row-major; empty if not wanted. May be the same span as
    /// <paramref name="qLogits"/>.</param>
    /// <param name="kept">Whether a row counts, one per row; empty if all do.</param>
    /// <param name="temperature">T, positive and finite; all logits are divided by it.</param>
    /// <param name="logBase">The unit of the result; nats by default. The logits themselves are always natural.</param>
    /// <returns>What the function without gradients returns.</returns>
    /// <exception cref="ArgumentException">The tables differ in length or are no whole number of rows; there is not one sample, or one
    /// mark, per row; in a kept row a logit is +infinity, all logits of an argument are -infinity, or p excludes the sample; a gradient is
    /// neither empty nor as long as the logits at least, overlaps the other, or overlaps logits without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample of a kept row is no column; <paramref name="columns"/> is below 1; <paramref
    /// name="temperature"/> is not positive and finite.</exception>
    [OverloadResolutionPriority(1)]
    public static Estimate K3FromLogitsGradient(
        ReadOnlySpan<int> samples, ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns,
        Span<double> pGradient, Span<double> qGradient, ReadOnlySpan<bool> kept = default, double temperature = 1,
        LogBase logBase = default) =>
        FromLogits<double, K3Term>(samples, pLogits, qLogits, columns, pGradient, qGradient, kept, temperature, logBase);

    /// <inheritdoc cref="K3FromLogitsGradient(ReadOnlySpan{int}, ReadOnlySpan{double}, ReadOnlySpan{double}, int, Span{double},
    /// Span{double}, ReadOnlySpan{bool}, double, LogBase)"/>
    public static Estimate K3FromLogitsGradient(
        ReadOnlySpan<int> samples, ReadOnlySpan<float> pLogits, ReadOnlySpan<float> qLogits, int columns,
        Span<float> pGradient, Span<float> qGradient, ReadOnlySpan<bool> kept = default, double temperature = 1,
        LogBase logBase = default) =>
        FromLogits<float, K3Term>(samples, pLogits, qLogits, columns, pGradient, qGradient, kept, temperature, logBase);
}
