using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// Divergences of discrete distributions whose probabilities lie along one dimension of a tensor. All in nats, or without a unit where there is no logarithm.
/// </summary>
/// <remarks>
/// <para>The shape of an answer is the broadcast shape of the arguments without that dimension; along it both must have as many elements. Types promote and devices
/// must agree, as everywhere in torch. Every function is differentiable by both arguments.</para>
/// <para>Values are not read, since that would wait for the device: nothing here normalises or refuses a negative probability, and no epsilon is added.
/// p_i = 0 contributes what the limit says, p_i above q_i = 0 gives +infinity where the divergence has it, NaN propagates.</para>
/// <para>Where q_i = 0 makes the answer +infinity, the gradient is that of what is finite, as in torch.distributions; p_i = 0 has gradient
/// zero in p. So no gradient is NaN where no argument is. An empty batch gives an empty answer.</para>
/// </remarks>
public static class TorchDivergence
{
    /// <summary>KL(p || q) = sum of p log(p/q) - p + q.</summary>
    /// <remarks>No term is negative, and none cancels where p is near q. Where both sum to one it is sum p log(p/q). Source: Kullback and Leibler (1951); the form: Csiszar (1991).</remarks>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities.</param>
    /// <param name="dim">The dimension along which the outcomes lie.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type, or the arguments have different numbers of outcomes, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dim"/> is no dimension.</exception>
    public static Tensor KullbackLeibler(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return KullbackLeiblerTerm.Of(p, q).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>KL(p || q) + KL(q || p). Source: Jeffreys (1946).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor Jeffreys(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return (KullbackLeiblerTerm.Of(p, q) + KullbackLeiblerTerm.Of(q, p)).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>weight KL(p || m) + (1 - weight) KL(q || m) with m = weight p + (1 - weight) q; the usual divergence has weight 1/2.</summary>
    /// <remarks>Bounded by log 2. Source: Lin (1991).</remarks>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities.</param>
    /// <param name="weight">The weight of p, in [0, 1].</param>
    /// <param name="dim">The dimension along which the outcomes lie.</param>
    /// <returns>In [0, log 2].</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not in [0, 1], or <paramref name="dim"/> is no dimension.</exception>
    public static Tensor JensenShannon(Tensor p, Tensor q, double weight, long dim)
    {
        Check.Weight(weight, nameof(weight));
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return KullbackLeiblerTerm.JensenShannon(p, q, q - p, weight).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>Half the sum of |p - q|: the largest difference of probabilities of an event. Source: Cover and Thomas (2006), section 11.6.</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    /// <returns>In [0, 1].</returns>
    public static Tensor TotalVariation(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return (0.5 * (p - q).abs().sum(dim)).MoveToOuterDisposeScope();
    }

    /// <summary>Half the sum of (sqrt p - sqrt q)^2, which is 1 - sum sqrt(p q) where both sum to one. Source: Hellinger (1909).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    /// <returns>In [0, 1].</returns>
    public static Tensor SquaredHellinger(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return SquaredHellingerSum(p, q, dim).MoveToOuterDisposeScope();
    }

    /// <summary>-log of the sum of sqrt(p q), for p and q that sum to one. Source: Bhattacharyya (1943).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor Bhattacharyya(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return LogOfMass((RootOf(p) * RootOf(q)).sum(dim), -SquaredHellingerSum(p, q, dim)).neg().MoveToOuterDisposeScope();
    }

    /// <summary>The sum of (p - q)^2/q; with the arguments exchanged it is Neyman's. Source: Pearson (1900).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor PearsonChiSquared(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return SquaresOver(p - q, q).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>The sum of (p - q)^2/(p + q). Source: Vincze (1981); Le Cam (1986).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    /// <returns>In [0, 2].</returns>
    public static Tensor Triangular(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        return SquaresOver(p - q, p + q).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>log(sum of p^order q^(1 - order))/(order - 1), for p and q that sum to one.</summary>
    /// <remarks>order 1 is KL(p || q), order +infinity log of the largest p/q, order 0 -log of q's mass where p is not zero. Digits are lost as the order
    /// approaches 1 without being it: about as many as |order - 1| has zeros. Source: Renyi (1961); van Erven and Harremoes (2014).</remarks>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities.</param>
    /// <param name="order">In [0, +infinity].</param>
    /// <param name="dim">The dimension along which the outcomes lie.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or NaN, or <paramref name="dim"/> is no dimension.</exception>
    public static Tensor Renyi(Tensor p, Tensor q, double order, long dim)
    {
        if (!(order >= 0))
            throw new ArgumentOutOfRangeException(nameof(order), order, "It must be at least 0.");
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = order switch
        {
            0 => -LogOfMass(
                q.masked_fill(p == 0, 0).masked_fill(p.isnan(), double.NaN).sum(dim), -q.masked_fill(p != 0, 0).sum(dim)),
            1 => KullbackLeiblerTerm.Of(p, q).sum(dim),
            double.PositiveInfinity => LogRatio(p, q).amax([dim]),
            _ => LogOfPowers(p, q, order, dim) / (order - 1),
        };
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>(sum of p^order q^(1 - order) - 1)/(order - 1), for p and q that sum to one.</summary>
    /// <remarks>order 1 is KL(p || q). Source: Tsallis (1998).</remarks>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities.</param>
    /// <param name="order">In (0, +infinity).</param>
    /// <param name="dim">The dimension along which the outcomes lie.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is not positive and finite, or <paramref name="dim"/> is no dimension.</exception>
    public static Tensor Tsallis(Tensor p, Tensor q, double order, long dim)
    {
        Check.Positive(order, nameof(order));
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = order == 1 ? KullbackLeiblerTerm.Of(p, q).sum(dim) : PowerExcess(p, q, order).sum(dim) / (order - 1);
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>-sum of p log q, which is the entropy of p plus KL(p || q). Source: Good (1956).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor CrossEntropy(Tensor p, Tensor q, long dim)
    {
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor alone = (q == 0) & (p > 0), outside = alone | ((p == 0) & (q == 0));
        return (-p * q.masked_fill(outside, 1).log()).masked_fill(alone, double.PositiveInfinity).sum(dim).MoveToOuterDisposeScope();
    }

    // (sqrt p - sqrt q)^2 = (p - q)^2/(sqrt p + sqrt q)^2.
    private static Tensor SquaredHellingerSum(Tensor p, Tensor q, long dim)
    {
        Tensor either = ((p == 0) & (q == 0)).logical_not(), one = torch.ones_like(p + q);
        Tensor roots = RootOf(p) + RootOf(q);
        return 0.5 * torch.where(either, ((p - q) / torch.where(either, roots, one)).square(), torch.zeros_like(one)).sum(dim);
    }

    // Zero without the infinite slope, which would be NaN times nothing.
    private static Tensor RootOf(Tensor x) => torch.where(x > 0, torch.where(x > 0, x, torch.ones_like(x)).sqrt(), x);

    private static Tensor SquaresOver(Tensor difference, Tensor by)
    {
        Tensor none = difference == 0, alone = (by == 0) & (difference.abs() > 0);
        return Elementary.SquareOver(difference.masked_fill(alone, 0), by.masked_fill(none | alone, 1))
            .masked_fill(alone, double.PositiveInfinity);
    }

    // log(1 + excess), by the mass 1 + excess itself where that is small: rounding could carry 1 + excess below zero.
    private static Tensor LogOfMass(Tensor mass, Tensor excess)
    {
        Tensor small = (excess < -0.5) | mass.isnan();
        return torch.where(small, Elementary.Log(mass.masked_fill(~small, 1)), excess.masked_fill(small, 0).log1p());
    }

    // log(p/q), -infinity where p is zero and +infinity where q alone is.
    private static Tensor LogRatio(Tensor p, Tensor q)
    {
        Tensor none = (p == 0) & (q >= 0), alone = (q == 0) & (p > 0), outside = none | alone;
        return Elementary.LogRatio(p.masked_fill(outside, 1), q.masked_fill(outside, 1))
            .masked_fill(none, double.NegativeInfinity).masked_fill(alone, double.PositiveInfinity);
    }

    // log of the sum of p^a q^(1 - a): from the sum less one where that is small, and as a log-sum-exp elsewhere,
    // where powers may overflow.
    private static Tensor LogOfPowers(Tensor p, Tensor q, double order, long dim)
    {
        Tensor excess = PowerExcess(p, q, order).sum(dim), near = excess.abs() < 0.5;
        Tensor none = order < 1 ? (p == 0) | (q == 0) : p == 0;
        Tensor powers = order * Elementary.Log(p.masked_fill(none, 1)) + (1 - order) * Elementary.Log(q.masked_fill(none, 1));
        Tensor far = Elementary.LogSumExp(powers.masked_fill(none, double.NegativeInfinity), dim);
        return torch.where(near | excess.isnan(), excess.masked_fill(excess.abs() >= 0.5, 0).log1p(), far.masked_fill(near, 0));
    }

    // p^a q^(1 - a) - q - a(p - q). With u = p/q = e^x it is q (u^a - 1 - a(u - 1)),
    // and u^a - 1 - a(u - 1) = (e^ax - 1 - ax) - a(e^x - 1 - x).
    private static Tensor PowerExcess(Tensor p, Tensor q, double order)
    {
        Tensor none = p == 0, alone = (q == 0) & (p > 0), outside = none | alone;
        Tensor safeP = p.masked_fill(outside, 1), safeQ = q.masked_fill(outside, 1), difference = safeP - safeQ;
        Tensor near = difference.abs() < 0.5 * safeQ, x = Elementary.LogRatio(safeP, safeQ).masked_fill(~near, 0);
        Tensor ofNear = safeQ * (Elementary.ExpExcess(order * x) - order * Elementary.ExpExcess(x));
        Tensor power = Elementary.Exp((order * safeP.log() + (1 - order) * safeQ.log()).masked_fill(near, 0));
        Tensor excess = torch.where(near, ofNear, power - safeQ - order * difference);
        Tensor onlyP = order > 1 ? torch.full_like(p, double.PositiveInfinity) : -order * p;
        return torch.where(none, (order - 1) * q, torch.where(alone, onlyP, excess));
    }
}
