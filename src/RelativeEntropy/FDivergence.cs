using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Divergences of Csiszar's family, each named by its <see cref="Generator"/>: of two distributions, of samples, and the lower bounds by which they are
/// estimated. All in nats where the generator has a logarithm.
/// </summary>
/// <remarks>The requirements on distributions, and the precedence of errors, NaN and infinity, are those of <see cref="Divergence"/>. Nothing is allocated.</remarks>
public static class FDivergence
{
    /// <summary>D_f(p || q), the divergence that a generator names.</summary>
    /// <remarks>
    /// D_f(p || q) = sum over i of q_i f(p_i/q_i), computed with <see cref="Generator.Centred"/>: the same number where both sum to one,
    /// non-negative term by term, and for the catalogue and the families without cancellation where p is near q. q_i = 0 contributes p_i times
    /// the centred <see cref="Generator.SlopeAtInfinity"/>, p_i = 0 contributes q_i times the centred f(0), 0 at both.
    /// Time O(n), memory O(1). Source: Csiszar (1963); Ali and Silvey (1966); the limits: Liese and Vajda (2006).
    /// </remarks>
    /// <param name="f">The generator.</param>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <returns>A number in [0, f(0) + slope at infinity]; NaN if an element is NaN. Relative error at most 1e-13 for the catalogue and the families.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; an argument does not sum to one.</exception>
    /// <example><code>
    /// double hellinger = FDivergence.Of(Generator.SquaredHellinger, [0.4, 0.3, 0.3], [0.33, 0.33, 0.34]);   // 0.002664914604
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double Of(Generator f, ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Sum(f, p, q);

    /// <inheritdoc cref="Of(Generator, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Of(Generator f, ReadOnlySpan<float> p, ReadOnlySpan<float> q) => Sum(f, p, q);

    /// <summary>The mean of f(e^x): an unbiased estimate of D_f(p || q) from log-ratios x = log(p/q) at samples of q.</summary>
    /// <remarks>
    /// (1/n) sum over i of f(e^x_i), with f as given: <see cref="Generator.Reverse"/> gives the mean of -x, which can be negative;
    /// its <see cref="Generator.Centred"/> gives the mean of e^x - 1 - x, with the same expectation, no negative term and as a rule a smaller
    /// variance. x = -infinity gives f(0), x = +infinity the limit of f(u); where both infinities occur, the mean is not defined and NaN.
    /// Each f(e^x) comes from x itself, so that it is right also where e^x is no double; a generator made by <see cref="Generator.Create"/>
    /// is evaluated at e^x, and at its limits beyond the doubles; its dual, where f(0) = 0, gives NaN for x above 745, where the limit is
    /// not known. Time O(n), memory O(1).
    /// Source: Schulman (2020), "Approximating KL divergence", where the centred reverse generator is k3.
    /// </remarks>
    /// <param name="f">The generator.</param>
    /// <param name="logRatios">log p - log q at n samples of q.</param>
    /// <returns>NaN if a log-ratio is NaN; +infinity only where the mean exceeds the largest double.
    /// Relative error at most 1e-13 of the mean of |f(e^x)|, for the catalogue and the families.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="logRatios"/> is empty.</exception>
    [OverloadResolutionPriority(1)]
    public static double OfLogRatios(Generator f, ReadOnlySpan<double> logRatios) => MeanOfLogRatios(f, logRatios);

    /// <inheritdoc cref="OfLogRatios(Generator, ReadOnlySpan{double})"/>
    public static double OfLogRatios(Generator f, ReadOnlySpan<float> logRatios) => MeanOfLogRatios(f, logRatios);

    /// <summary>E_p T - E_q f*(T): what any critic T proves of D_f(p || q) from below, with equality at <see cref="OptimalCritic(Generator, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>.</summary>
    /// <remarks>The means are over the samples, so that the bound holds up to their sampling error. Time O(n), memory O(1).
    /// Source: Nguyen, Wainwright and Jordan (2010); Nowozin, Cseke and Tomioka (2016).</remarks>
    /// <param name="f">The generator.</param>
    /// <param name="criticAtP">T at samples of p.</param>
    /// <param name="criticAtQ">T at samples of q, not necessarily as many.</param>
    /// <returns>-infinity if f* is +infinity at a critic at q, as above <see cref="Generator.SlopeAtInfinity"/>, or a critic at p is -infinity; NaN if one is NaN.
    /// Error at most 1e-13 of the mean of |T| at p plus the mean of |f*(T)| at q plus |f'(1)|, for the catalogue and the families.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException">A span is empty.</exception>
    [OverloadResolutionPriority(1)]
    public static double LowerBound(Generator f, ReadOnlySpan<double> criticAtP, ReadOnlySpan<double> criticAtQ) => Bound(f, criticAtP, criticAtQ);

    /// <inheritdoc cref="LowerBound(Generator, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double LowerBound(Generator f, ReadOnlySpan<float> criticAtP, ReadOnlySpan<float> criticAtQ) => Bound(f, criticAtP, criticAtQ);

    /// <summary>f'(p_i/q_i) for every i: the critic at which the lower bound is the divergence.</summary>
    /// <remarks>p_i = 0 gives f'(0), q_i = 0 the slope at infinity; where both are zero, f'(1), which no bound sees. The errors are those of
    /// <see cref="Generator.Derivative"/>. Time O(n), memory O(1).
    /// Source: Nguyen, Wainwright and Jordan (2010).</remarks>
    /// <param name="f">The generator.</param>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="destination">Where the n slopes go; may be the same span as <paramref name="p"/> or <paramref name="q"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; an argument does not sum to one;
    /// <paramref name="destination"/> is shorter, or overlaps without being the same span.</exception>
    [OverloadResolutionPriority(1)]
    public static void OptimalCritic(Generator f, ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> destination) => Critic(f, p, q, destination);

    /// <inheritdoc cref="OptimalCritic(Generator, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>
    public static void OptimalCritic(Generator f, ReadOnlySpan<float> p, ReadOnlySpan<float> q, Span<float> destination) => Critic(f, p, q, destination);

    private static double Sum<T>(Generator f, ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        CheckDistributions(p, q);
        CompensatedSum sum = default;
        for (int i = 0; i < p.Length; i++)
            sum.Add(f.CentredTerm(double.CreateTruncating(p[i]), double.CreateTruncating(q[i])));
        return sum.Value;
    }

    private static double MeanOfLogRatios<T>(Generator f, ReadOnlySpan<T> logRatios)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.NotEmpty(logRatios.Length, nameof(logRatios));
        CompensatedSum sum = default;
        foreach (T x in logRatios)
            sum.Add(f.ValueAtLog(double.CreateTruncating(x)));
        if (double.IsFinite(sum.Value))
            return sum.Value / logRatios.Length;

        // The sum may have left the range where the mean has not.
        CompensatedSum mean = default;
        foreach (T x in logRatios)
            mean.Add(f.ValueAtLog(double.CreateTruncating(x)) / logRatios.Length);
        return mean.Value;
    }

    private static double Bound<T>(Generator f, ReadOnlySpan<T> criticAtP, ReadOnlySpan<T> criticAtQ)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.NotEmpty(criticAtP.Length, nameof(criticAtP));
        Check.NotEmpty(criticAtQ.Length, nameof(criticAtQ));
        CompensatedSum atP = default, atQ = default;
        foreach (T t in criticAtP)
            atP.Add(double.CreateTruncating(t));
        bool anyNaN = Covariance.AnyNaN(criticAtP);
        foreach (T t in criticAtQ)
        {
            double conjugate = f.Conjugate(double.CreateTruncating(t));
            anyNaN |= double.IsNaN(conjugate);
            atQ.Add(conjugate);
        }

        double bound = atP.Value / criticAtP.Length - atQ.Value / criticAtQ.Length;
        return double.IsNaN(bound) && !anyNaN ? double.NegativeInfinity : bound;
    }

    private static void Critic<T>(Generator f, ReadOnlySpan<T> p, ReadOnlySpan<T> q, Span<T> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        CheckDistributions(p, q);
        Check.Destination(p, destination);
        Check.Destination(q, destination);
        for (int i = 0; i < p.Length; i++)
            destination[i] = T.CreateTruncating(f.DerivativeAtRatio(double.CreateTruncating(p[i]), double.CreateTruncating(q[i])));
    }

    private static void CheckDistributions<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(p.Length, q.Length, nameof(p), nameof(q));
        Check.Measure(p, nameof(p));
        Check.Measure(q, nameof(q));
        Check.SumsToOne<T>(Total(p), nameof(p), remedy: "");
        Check.SumsToOne<T>(Total(q), nameof(q), remedy: "");
    }

    private static double Total<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        foreach (T value in values)
            sum.Add(double.CreateTruncating(value));
        return sum.Value;
    }
}
