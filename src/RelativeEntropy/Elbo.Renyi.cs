using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Bounds on the log-evidence log p(x) of a latent-variable model. All in nats.
/// </summary>
/// <remarks>
/// From samples: log-weights log w_i = log p(x, z_i) - log q(z_i), z_i drawn from q. From a latent variable of few outcomes: exact sums.
/// For linear-Gaussian and conjugate models there are <see cref="LinearGaussianModel"/>, <see cref="BetaBernoulli"/>, <see cref="DirichletCategorical"/>,
/// <see cref="GammaPoisson"/>, <see cref="NormalNormal"/> and <see cref="NormalGamma"/>, in which evidence, bound and gap are three functions, each exact.
/// Nothing is allocated.
/// </remarks>
public static partial class Elbo
{
    // Below this, s times the spread of the log-weights no longer moves the bound off their mean.
    private const double Negligible = 1e-20;

    /// <summary>The variational Renyi bound of an order: log((w_1^(1-order) + ... + w_n^(1-order))/n)/(1 - order).</summary>
    /// <remarks>
    /// <para>The logarithm of the power mean of the weights with exponent 1 - order, so it never increases in the order. With exact expectations under q it is
    /// log p(x) less the Renyi divergence of that order from q to the posterior, equal to log p(x) for every order where q is the posterior, and
    /// a lower bound for positive orders, an upper bound for negative ones. Estimated from samples it is
    /// biased for every order but 1: over draws, that of an order of at least 0 is still at most log p(x) in expectation, but that of a negative order is no certain upper bound.</para>
    /// <para>Named members: 1 is the mean log-weight, the evidence lower bound; 0 is the importance-weighted bound of Burda, Grosse and Salakhutdinov
    /// (2016, arXiv 1509.00519);
    /// 1/2 belongs to the Hellinger distance; 1 - n is the chi upper bound CUBO_n = log(mean of w^n)/n of Dieng, Tran, Ranganath, Paisley and Blei
    /// (2017, arXiv 1611.00328), which is no function of its own here; +infinity is the smallest log-weight, -infinity the largest.</para>
    /// <para>Shifted by the extreme log-weight, so that all terms have one sign: nothing overflows or cancels, also where the order is near 1 or the weights
    /// are nearly equal. Time O(n) in two passes. Source: Li and Turner (2016, arXiv 1602.02311).</para>
    /// </remarks>
    /// <param name="logWeights">log p(x, z_i) - log q(z_i), n numbers in [-infinity, +infinity).</param>
    /// <param name="order">The order, in [-infinity, +infinity].</param>
    /// <returns>A number in [min, max] of the log-weights; -infinity if a weight is zero and the order at least 1, or all are; NaN if one is NaN. The error is below 4 units in the
    /// last place of the larger of the extreme log-weight's magnitude and the distance from it.</returns>
    /// <exception cref="ArgumentException"><paramref name="logWeights"/> is empty, or one is +infinity: then q gave density zero to its own sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is NaN.</exception>
    /// <example><code>
    /// double[] logWeights = [-3.1, -2.7, -4];                         // log p(x, z) - log q(z) at samples of q
    /// double elbo = Elbo.Renyi(logWeights, order: 1);                 // -3.266666667
    /// double importanceWeighted = Elbo.Renyi(logWeights, order: 0);   // -3.134455375
    /// </code></example>
    public static double Renyi(ReadOnlySpan<double> logWeights, double order)
    {
        (double smallest, double largest) = CheckLogWeights(logWeights, order);
        return PowerMean(logWeights, order, smallest, largest);
    }

    /// <summary>The variational Renyi bound of an order and its derivatives by the log-weights: the normalised w^(1 - order).</summary>
    /// <remarks>
    /// w_i^(1-order)/sum over j of w_j^(1-order): non-negative, of sum one; 1/n each at order 1. At an infinite order all of it falls on the extreme log-weight, in
    /// equal parts where several are. Where the value is not finite, each is NaN. Time O(n).
    /// Source: Li and Turner (2016, arXiv 1602.02311), for reparameterised samples.
    /// </remarks>
    /// <param name="logWeights">log p(x, z_i) - log q(z_i), n numbers in [-infinity, +infinity).</param>
    /// <param name="order">The order, in [-infinity, +infinity].</param>
    /// <param name="gradient">Receives n derivatives; empty if not wanted; may be the span of the log-weights.</param>
    /// <returns>The bound, with the bits of <see cref="Renyi"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="logWeights"/> is empty, or one is +infinity; the gradient is too short, or overlaps without being the same span.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is NaN.</exception>
    public static double RenyiGradient(ReadOnlySpan<double> logWeights, double order, Span<double> gradient)
    {
        Check.Gradient(logWeights, gradient, nameof(gradient));
        (double smallest, double largest) = CheckLogWeights(logWeights, order);
        double value = PowerMean(logWeights, order, smallest, largest);
        if (gradient.IsEmpty)
            return value;
        double peak = order > 1 ? smallest : largest;
        CompensatedSum total = default;
        for (int i = 0; i < logWeights.Length; i++)
        {
            gradient[i] = double.IsFinite(value) ? PowerWeight(logWeights[i], peak, order) : double.NaN;
            total.Add(gradient[i]);
        }

        for (int i = 0; i < logWeights.Length; i++)
            gradient[i] /= total.Value;
        return value;
    }

    // log(mean of e^(s x))/s for s = 1 - order; the mean of x at s = 0.
    private static double PowerMean(ReadOnlySpan<double> x, double order, double smallest, double largest)
    {
        double s = 1 - order;
        if (double.IsNaN(largest))
            return largest;
        if (double.IsInfinity(s) || smallest == largest || double.IsNegativeInfinity(s <= 0 ? smallest : largest))
            return s <= 0 ? smallest : largest;

        double peak = s < 0 ? smallest : largest, spread = largest - smallest;
        bool isMean = s == 0 || Math.Abs(s) * spread < Negligible;
        CompensatedSum growth = default, weights = default;
        foreach (double y in x)
        {
            growth.Add(isMean ? y - peak : Elementary.Expm1(s * (y - peak)));
            weights.Add(isMean ? 1 : PowerWeight(y, peak, order));
        }

        double u = growth.Value / x.Length;
        return peak + (isMean ? u : u > -0.5 ? Elementary.Log1p(u) / s : LogRatio.Of(weights.Value, x.Length) / s);
    }

    /// <summary>(e^(x - peak))^(1 - order) with the exponent to twice the precision, and the limits at infinite orders.</summary>
    private static double PowerWeight(double x, double peak, double order)
    {
        if (x == peak || double.IsInfinity(order))
            return x == peak ? 1 : 0;
        TwoPart s = TwoPart.Difference(1, order), gap = TwoPart.Difference(x, peak), exponent = gap.Times(s.Value);
        return new TwoPart(exponent.Value, double.IsFinite(exponent.Value) ? exponent.Tail + gap.Value * s.Tail : 0).Exp();
    }

    private static (double Smallest, double Largest) CheckLogWeights(ReadOnlySpan<double> logWeights, double order)
    {
        Check.NotEmpty(logWeights.Length, nameof(logWeights));
        if (double.IsNaN(order))
            throw new ArgumentOutOfRangeException(nameof(order), order, "order = NaN; it must be a number, and may be infinite.");
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        for (int i = 0; i < logWeights.Length; i++)
        {
            if (double.IsPositiveInfinity(logWeights[i]))
                throw new ArgumentException(FormattableString.Invariant($"logWeights[{i}] = {logWeights[i]}; a log-weight must be finite or -infinity: q must have density where it was sampled."), nameof(logWeights));
            smallest = Math.Min(smallest, logWeights[i]);
            largest = Math.Max(largest, logWeights[i]);
        }

        return (smallest, largest);
    }
}
