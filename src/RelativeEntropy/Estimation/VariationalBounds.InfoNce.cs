using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class VariationalBounds
{
    /// <summary>InfoNCE, the contrastive bound on the mutual information of X and Y from N pairs: log N less the loss of telling y_i among
    /// all y by the critic's scores.</summary>
    /// <remarks>
    /// <para>(1/N) sum over i of s_ii - log((1/N) sum over j of e^(s_ij)), s_ij = T(x_i, y_j): the mean of log N - log(1 + sum over j other
    /// than i of e^(s_ij - s_ii)). Over draws its mean
    /// is at most I(X; Y), for every critic.</para>
    /// <para>Limits: it is never above log N, whatever the critic and the information (in floating point too), so that more than log N nats
    /// cannot be seen in N pairs; at the best critic
    /// it falls short of I as soon as I is near log N. In exchange its spread is small. Adding a number to all scores of a row changes
    /// nothing.</para>
    /// <para>The standard error is that of the jackknife over pairs: the bound of the other N - 1. Time O(N^2), memory O(N).
    /// Source: van den Oord, Li and Vinyals (2018, arXiv 1807.03748); its limit, Poole, Ozair, van den Oord, Alemi and Tucker (2019),
    /// equation (12).</para>
    /// </remarks>
    /// <param name="scores">s, N rows of N: the critic at x_i and y_j, where x_i and y_i belong together; finite or -infinity.</param>
    /// <param name="logBase">The unit of the result; nats by default. The critic is always in nats.</param>
    /// <returns>A number in [-infinity, log N]; -infinity where a pair's own score is. NaN if a score is NaN. The standard error is
    /// +infinity where the value is infinite or without one of the pairs would be, NaN where N is 1.</returns>
    /// <exception cref="ArgumentException"><paramref name="scores"/> is empty, or its length is no square; a score is +infinity; all scores
    /// of a row are -infinity.</exception>
    /// <example><code>
    /// double[] scores = [5, 0, 0,
    ///                    0, 5, 0,
    ///                    0, 0, 5];
    /// double bound = VariationalBounds.InfoNce(scores).Value;   // 1.085226387
    /// double limit = Math.Log(3);                               // 1.098612289
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate InfoNce(ReadOnlySpan<double> scores, LogBase logBase = default) => OfScores(scores, logBase);

    /// <inheritdoc cref="InfoNce(ReadOnlySpan{double}, LogBase)"/>
    public static Estimate InfoNce(ReadOnlySpan<float> scores, LogBase logBase = default) => OfScores(scores, logBase);

    private static Estimate OfScores<T>(ReadOnlySpan<T> scores, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(scores.Length, nameof(scores));
        int n = (int)Math.Round(Math.Sqrt(scores.Length));
        if ((long)n * n != scores.Length)
            throw new ArgumentException(
                FormattableString.Invariant($"scores has {scores.Length} elements, which is not the square of a number of pairs."),
                nameof(scores));
        bool anyNaN = false;
        for (int i = 0; i < n; i++)
            anyNaN |= LogitsPass.OfDistribution(scores.Slice(i * n, n), nameof(scores), i).AnyNaN;
        if (anyNaN)
            return new(double.NaN, double.NaN);

        // The loss of each pair, and what the losses sum to without it.
        using WorkBuffer work = new(default, 2 * n);
        Span<double> own = work.Span[..n], without = work.Span[n..];
        without.Clear();
        CompensatedSum sum = default;
        for (int i = 0; i < n; i++)
        {
            own[i] = LossOfRow(scores.Slice(i * n, n), i, without);
            sum.Add(own[i]);
        }

        double value = Math.Log(n) - sum.Value / n;
        for (int i = 0; i < n; i++)
            without[i] = (without[i] - own[i]) / (n - 1);
        double variance = n == 1 ? double.NaN : without.Contains(double.PositiveInfinity) ? double.PositiveInfinity
            : Jackknife.Variance(without);
        return InUnit(value, Math.Sqrt(variance), logBase);
    }

    /// <summary>log of the sum of e^(s_j - s_own), at least 0; to each element of <paramref name="without"/> is added the same without that
    /// score.</summary>
    private static double LossOfRow<T>(ReadOnlySpan<T> row, int own, Span<double> without)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Peak peak = LogitsPass.Of(row);
        double shift = peak.Value - double.CreateTruncating(row[own]), second = double.NegativeInfinity;
        CompensatedSum beside = default;
        for (int j = 0; j < row.Length; j++)
        {
            if (j == peak.Index)
                continue;
            second = Math.Max(second, double.CreateTruncating(row[j]));
            beside.Add(Elementary.Exp(double.CreateTruncating(row[j]) - peak.Value));
        }

        double loss = shift + Elementary.Log1p(beside.Value);
        for (int j = 0; j < row.Length; j++)
        {
            if (j == own || j != peak.Index)
            {
                double removed = j == own ? 0 : Elementary.Exp(double.CreateTruncating(row[j]) - peak.Value);
                without[j] += shift + Elementary.Log1p(Math.Max(0, beside.Value - removed));
                continue;
            }

            CompensatedSum rest = default;
            for (int l = 0; l < row.Length; l++)
            {
                if (l != j)
                    rest.Add(Elementary.Exp(double.CreateTruncating(row[l]) - second));
            }

            without[j] += second - double.CreateTruncating(row[own]) + Elementary.Log(rest.Value);
        }

        return loss;
    }
}
