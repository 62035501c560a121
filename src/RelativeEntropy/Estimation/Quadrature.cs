using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The divergence of any two densities by adaptive quadrature, with an estimate of its error: what remains where no closed form is known.
/// </summary>
public static class Quadrature
{
    /// <summary>The divergence KL(p || q) of two densities, given by their logarithms.</summary>
    /// <remarks>
    /// <para>The integral of p log(p/q) - p + q, which is nowhere negative and keeps its digits where p is near q: with l = log p - log q
    /// it is p (e^-l - 1 + l). What q has of
    /// its mass outside the interval is added, so that the interval need only hold p. p = 0 counts q; p positive where q is 0 gives
    /// +infinity as soon as it is found.</para>
    /// <para>First the largest value of each density and its width are searched for, and the interval is cut about them; beside a finite
    /// end x = end + t^4 is
    /// put, so that an integrable pole there does no harm, and in an infinite tail x = c + s/t. Then the piece with the largest error is
    /// halved, the error being the difference of the rules of Gauss (7 points) and
    /// Kronrod (15), until the sum of the errors is at most the tolerance. That difference is as a rule much larger than the error, but not
    /// at a pole
    /// inside the interval: let the interval begin or end there.
    /// What the log-densities lose by a rounding each is part of the error.</para>
    /// <para>Both masses are integrated along: what missed a narrow peak does not go unseen, for the mass of p must be one within 2^-26,
    /// and that of q at most that. Where a log-density
    /// is given up to a constant, or its peak is found neither from the points +-2^k (k from -64 to 64) nor by climbing from the highest of
    /// them, this throws.</para>
    /// <para>Time O(evaluations). An integral that diverges does not converge. Source: Piessens, de Doncker-Kapenga, Ueberhuber and Kahaner
    /// (1983, QUADPACK); Kronrod (1965).</para>
    /// </remarks>
    /// <param name="logP">log p, in [-infinity, +infinity) inside the interval. Write it as a logarithm: log of a density that underflowed
    /// is -infinity, and so may be the answer's sign of life.</param>
    /// <param name="logQ">log q.</param>
    /// <param name="lower">Where the interval begins, possibly -infinity.</param>
    /// <param name="upper">Where it ends, possibly +infinity; above <paramref name="lower"/>, with a number between them. Neither end is
    /// evaluated.</param>
    /// <param name="tolerance">The error to reach, relative to the value or, where that is smaller, to 2^-52 nats; at least 0.</param>
    /// <param name="evaluations">The most calls of each function, but for the first look at the interval, which takes about 2,000; at least
    /// 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A value in [0, +infinity], an estimate of its error, and whether that is within the tolerance: not to reach it is an
    /// outcome, told by
    /// <see cref="QuadratureResult.Converged"/>. NaN, not converged, if a log-density is NaN.</returns>
    /// <exception cref="ArgumentNullException">A function is null.</exception>
    /// <exception cref="ArgumentException">A log-density is +infinity inside the interval; p does not integrate to one, or q to
    /// more.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is empty or an end is NaN; the tolerance is negative, infinite or NaN;
    /// <paramref name="evaluations"/> is not positive.</exception>
    /// <example><code>
    /// double logTwoPi = Math.Log(2 * Math.PI);
    /// QuadratureResult result = Quadrature.KullbackLeibler(
    ///     x => -0.5 * (x * x + logTwoPi), x => -0.5 * ((x - 1) * (x - 1) + logTwoPi), double.NegativeInfinity, double.PositiveInfinity);
    /// double nats = result.Value;       // 0.5
    /// bool isGood = result.Converged;   // True
    /// </code></example>
    public static QuadratureResult KullbackLeibler(
        Func<double, double> logP, Func<double, double> logQ, double lower, double upper, double tolerance = 1e-10,
        int evaluations = 100_000, LogBase logBase = default)
    {
        ArgumentNullException.ThrowIfNull(logP);
        ArgumentNullException.ThrowIfNull(logQ);
        if (double.IsNaN(lower) || double.IsPositiveInfinity(lower))
            throw new ArgumentOutOfRangeException(nameof(lower), lower,
                FormattableString.Invariant($"lower = {lower}; it must be a number or -infinity."));
        if (!(upper > Math.BitIncrement(lower)))
            throw new ArgumentOutOfRangeException(nameof(upper), upper,
                FormattableString.Invariant($"upper = {upper}; it must be above lower = {lower}, with a number between them."));
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        SettingCheck.AtLeast(1, evaluations, nameof(evaluations));
        QuadratureResult nats = new AdaptiveIntegral(logP, logQ, lower, upper).Of(tolerance, evaluations);
        return nats with { Value = logBase.FromNats(nats.Value), Error = logBase.FromNats(nats.Error) };
    }
}
