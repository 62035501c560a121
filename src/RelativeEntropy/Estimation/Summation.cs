using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The divergence of two distributions on the integers as a series, with a bound on what is left out: what remains where no closed form is
/// known.
/// </summary>
/// <remarks>
/// The terms p log(p/q) - p + q are not negative, so that a partial sum is a lower bound and, with a bound on the tail, the answer is
/// enclosed. The bound is as rigorous as
/// what the caller says of the tail; it is checked where it can be. A support without a first integer is summed in two halves, the lower
/// one with n -> -n: the values add up.
/// </remarks>
public static class Summation
{
    /// <summary>The divergence KL(p || q) of two distributions on first, first + 1, ..., with the caller's bound on the tail.</summary>
    /// <remarks>
    /// The sum over n of p_n log(p_n/q_n) - p_n + q_n, until tail(n) is within the tolerance. p_n = 0 counts q_n; p_n positive where q_n is
    /// 0 gives +infinity. The terms come from the
    /// difference of the logarithms, without cancellation where it is small. Rounding: that of the log-probabilities, with a compensated
    /// sum. Not to reach the tolerance is an outcome.
    /// Time O(terms). Source: Kullback and Leibler (1951); the enclosure is the definition.
    /// </remarks>
    /// <param name="logP">log p_n, in [-infinity, 0].</param>
    /// <param name="logQ">log q_n.</param>
    /// <param name="first">The first integer.</param>
    /// <param name="tail">For n a bound, in nats, on the sum of the terms from n on; at least 0, +infinity where none is known.</param>
    /// <param name="tolerance">The bound to reach, relative to the sum or, where that is smaller, to 2^-52 nats; at least 0.</param>
    /// <param name="terms">The most terms to take, at least 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The partial sum in [0, +infinity], the bound, and whether it is within the tolerance. NaN, not converged, if a
    /// log-probability is NaN.</returns>
    /// <exception cref="ArgumentNullException">A function is null.</exception>
    /// <exception cref="ArgumentException">A log-probability is positive, or the probabilities of p or q sum to more than 1 + 2^-26; a
    /// bound on the tail is negative or NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative, infinite or NaN; <paramref name="terms"/> is not
    /// positive.</exception>
    public static SummationResult KullbackLeibler(
        Func<long, double> logP, Func<long, double> logQ, long first, Func<long, double> tail, double tolerance = 1e-14,
        int terms = 1_000_000, LogBase logBase = default)
    {
        ArgumentNullException.ThrowIfNull(tail);
        return Sum(logP, logQ, first, (n, _, _) => Bound(tail, n), tolerance, terms, logBase);
    }

    /// <summary>The same where from some integer on each term is at most a fixed part of the one before.</summary>
    /// <remarks>
    /// The caller says that term(n + 1) is at most ratio times term(n) for all n from <paramref name="from"/> on. Then after term n the
    /// tail is at most term(n) ratio/(1 - ratio): a bound with proof, if
    /// what the caller says is true. Each term taken is held to it, within its rounding. That it holds for Poisson, binomial, geometric and
    /// negative binomial laws from far
    /// enough in the tail on follows from log p and log p/q being monotone there. Time O(terms). Source: the geometric series; Knopp
    /// (1928), section 31.
    /// </remarks>
    /// <param name="logP">log p_n, in [-infinity, 0].</param>
    /// <param name="logQ">log q_n.</param>
    /// <param name="first">The first integer.</param>
    /// <param name="from">From where on the ratio holds; at least <paramref name="first"/>, and beyond where p_n = q_n is crossed for the
    /// last time.</param>
    /// <param name="ratio">The largest ratio of a term to the one before, in (0, 1).</param>
    /// <param name="tolerance">The bound to reach, relative to the sum or, where that is smaller, to 2^-52 nats; at least 0.</param>
    /// <param name="terms">The most terms to take, at least 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The partial sum in [0, +infinity], the bound, and whether it is within the tolerance. NaN, not converged, if a
    /// log-probability is NaN.</returns>
    /// <exception cref="ArgumentNullException">A function is null.</exception>
    /// <exception cref="ArgumentException">A log-probability is positive, or the probabilities of p or q sum to more than 1 + 2^-26; a term
    /// is more than <paramref name="ratio"/> times the one before.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is below <paramref name="first"/>; the ratio is not inside (0,
    /// 1); the tolerance is negative, infinite or
    /// NaN; <paramref name="terms"/> is not positive.</exception>
    /// <example><code>
    /// SummationResult result = Summation.KullbackLeibler(   // geometric, of success 1/2 and 1/4
    ///     n => -(n + 1) * Math.Log(2), n => Math.Log(0.25) + n * Math.Log(0.75), first: 0, from: 12, ratio: 0.875);
    /// double nats = result.Value;                           // 0.2876820725
    /// double leftOut = result.TailBound;                    // 2.37e-15
    /// </code></example>
    public static SummationResult KullbackLeibler(
        Func<long, double> logP, Func<long, double> logQ, long first, long from, double ratio, double tolerance = 1e-14,
        int terms = 1_000_000, LogBase logBase = default)
    {
        if (from < first)
            throw new ArgumentOutOfRangeException(nameof(from), from,
                FormattableString.Invariant($"from = {from}; it must be at least first = {first}."));
        SettingCheck.InsideUnit(ratio, nameof(ratio));
        return Sum(logP, logQ, first, Geometric, tolerance, terms, logBase);

        double Geometric(long n, DensityTerms before, DensityTerms last)
        {
            if (n - 1 > from && last.Divergence > ratio * before.Divergence + last.Noise + before.Noise)
            {
                double seen = last.Divergence / before.Divergence;
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"ratio = {ratio} does not hold from {from} on: the term at {n - 1} is {seen} of the one before; raise it."),
                    nameof(ratio));
            }

            return n > from ? last.Divergence * (ratio / (1 - ratio)) : double.PositiveInfinity;
        }
    }

    /// <summary>Sums until a bound is good enough: the bound from n on, given the last two terms.</summary>
    private static SummationResult Sum(
        Func<long, double> logP, Func<long, double> logQ, long first, Func<long, DensityTerms, DensityTerms, double> tail, double tolerance,
        int terms, LogBase logBase)
    {
        ArgumentNullException.ThrowIfNull(logP);
        ArgumentNullException.ThrowIfNull(logQ);
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        SettingCheck.AtLeast(1, terms, nameof(terms));
        CompensatedSum sum = default, p = default, q = default;
        DensityTerms last = default;
        for (int taken = 1; ; taken++)
        {
            long n = first + (taken - 1);
            double ofP = LogProbability(logP, n, nameof(logP)), ofQ = LogProbability(logQ, n, nameof(logQ));
            if (double.IsNaN(ofP) || double.IsNaN(ofQ))
                return new(double.NaN, double.NaN, taken, Converged: false);
            (DensityTerms before, last) = (last, DensityTerms.At(ofP, ofQ, 1));
            if (double.IsInfinity(last.Divergence))
                return new(double.PositiveInfinity, 0, taken, Converged: true);
            sum.Add(last.Divergence);
            p.Add(last.P);
            q.Add(last.Q);
            NotAboveOne(p.Value, n, nameof(logP));
            NotAboveOne(q.Value, n, nameof(logQ));
            double bound = n == long.MaxValue ? 0 : tail(n + 1, before, last);
            bool converged = bound <= tolerance * Math.Max(sum.Value, Smallest);
            if (converged || taken == terms || n == long.MaxValue)
                return new(logBase.FromNats(sum.Value), logBase.FromNats(bound), taken, converged);
        }
    }

    // Below this sum the tolerance no longer counts as relative.
    private const double Smallest = 2.220446049250313e-16;

    private static double LogProbability(Func<long, double> log, long n, string name) => log(n) is double value && value > 0
        ? throw new ArgumentException(
            FormattableString.Invariant($"{name} is {value} at {n}; the logarithm of a probability must be at most 0."), name)
        : value;

    private static void NotAboveOne(double mass, long n, string name)
    {
        if (mass > 1 + Check.Tolerance<double>())
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{name} gives probabilities that sum to {mass} up to {n}, above 1 + {Check.Tolerance<double>():G3}; normalise it."),
                name);
    }

    private static double Bound(Func<long, double> tail, long n) => tail(n) is double bound and >= 0
        ? bound
        : throw new ArgumentException(
            FormattableString.Invariant($"tail is {tail(n)} at {n}; a bound must be at least 0, +infinity where none is known."),
            nameof(tail));
}
