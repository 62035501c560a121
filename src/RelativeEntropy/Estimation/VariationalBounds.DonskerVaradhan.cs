using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class VariationalBounds
{
    /// <summary>The Donsker-Varadhan bound on KL(p || q): E_p T - log E_q e^T.</summary>
    /// <remarks>
    /// <para>With exact expectations at most KL(p || q), and equal to it where T = log(p/q) plus any constant, which the bound does not
    /// see. Never below
    /// <see cref="NguyenWainwrightJordan(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> for the same critic.</para>
    /// <para>Limits: the logarithm of a mean over samples is on average below that of the expectation, so that the estimate is on average
    /// above the bound, and can be above the divergence: by about
    /// Var_q(e^T)/(2 m (E_q e^T)^2), which grows as e^KL for the best critic. The standard error, that of the delta method, says nothing of
    /// samples that
    /// were not drawn: where a few e^T carry the mean it is too small.</para>
    /// <para>Shifted by the largest critic, so that nothing overflows. Time O(n + m). Source: Donsker and Varadhan (1983); as an estimate,
    /// Belghazi et al. (2018, MINE);
    /// its limits, McAllester and Stratos (2020, arXiv 1811.04251).</para>
    /// </remarks>
    /// <param name="criticAtP">T at n samples of p.</param>
    /// <param name="criticAtQ">T at m samples of q, not necessarily as many.</param>
    /// <param name="logBase">The unit of the result; nats by default. The critic is always in nats.</param>
    /// <returns>A number in [-infinity, +infinity]; +infinity where T is -infinity at all samples of q or +infinity at one of p. NaN if a
    /// critic is NaN. The standard error is
    /// +infinity where the value is infinite, else NaN where a span has one element.</returns>
    /// <exception cref="ArgumentException">A span is empty.</exception>
    /// <example><code>
    /// double bound = VariationalBounds.DonskerVaradhan(criticAtP: [0.5, 0.7, 0.2], criticAtQ: [-0.4, 0.1, -0.9]).Value;   // 0.7850092847
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate DonskerVaradhan(ReadOnlySpan<double> criticAtP, ReadOnlySpan<double> criticAtQ, LogBase logBase = default) =>
        OfLogMean(criticAtP, criticAtQ, logBase);

    /// <inheritdoc cref="DonskerVaradhan(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static Estimate DonskerVaradhan(ReadOnlySpan<float> criticAtP, ReadOnlySpan<float> criticAtQ, LogBase logBase = default) =>
        OfLogMean(criticAtP, criticAtQ, logBase);

    private static Estimate OfLogMean<T>(ReadOnlySpan<T> criticAtP, ReadOnlySpan<T> criticAtQ, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(criticAtP.Length, nameof(criticAtP));
        Check.NotEmpty(criticAtQ.Length, nameof(criticAtQ));
        if (Covariance.AnyNaN(criticAtP) || Covariance.AnyNaN(criticAtQ))
            return new(double.NaN, double.NaN);
        if (ProvesNothing(criticAtP, criticAtQ))
            return new(double.NegativeInfinity, double.PositiveInfinity);
        double peak = LogitsPass.Of(criticAtQ).Value, m = criticAtQ.Length;
        (double mean, double standardError) = MeanOf(criticAtP);
        if (double.IsInfinity(peak) || double.IsInfinity(mean))
            return new(double.PositiveInfinity, double.PositiveInfinity);
        // e^(T - peak) - 1, which keeps the digits of critics that hardly differ.
        CompensatedSum excesses = default, squares = default;
        foreach (T critic in criticAtQ)
            excesses.Add(Elementary.Expm1(double.CreateTruncating(critic) - peak));
        double excess = excesses.Value / m;
        foreach (T critic in criticAtQ)
        {
            double deviation = (Elementary.Expm1(double.CreateTruncating(critic) - peak) - excess) / (1 + excess);
            squares.Add(deviation * deviation);
        }

        double error = double.Hypot(standardError, Math.Sqrt(squares.Value / m / (m - 1)));
        return InUnit(mean - peak - Elementary.Log1p(excess), error, logBase);
    }
}
