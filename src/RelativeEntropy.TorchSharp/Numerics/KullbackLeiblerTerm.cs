namespace RelativeEntropy.Tensors.Numerics;

/// <summary>p log(p/q) - p + q, the term of which every divergence of probabilities here is made: never negative.</summary>
internal static class KullbackLeiblerTerm
{
    private static readonly Scalar Zero = 0, One = 1, Infinity = double.PositiveInfinity;

    /// <summary>The term of p and q; q where p is zero, +infinity with gradient zero where q alone is.</summary>
    public static Tensor Of(Tensor p, Tensor q) => Of(p, q, q - p);

    /// <summary>The same from the difference q - p, where that is known better than p and q show it.</summary>
    public static Tensor Of(Tensor p, Tensor q, Tensor difference)
    {
        Tensor none = p.eq(Zero), alone = q.eq(Zero) & p.gt(Zero), outside = none | alone;
        Tensor term = Elementary.RelativeEntropy(
            p.masked_fill(outside, One), q.masked_fill(outside, One), difference.masked_fill(outside, Zero));
        return torch.where(none, q, term.masked_fill(alone, Infinity));
    }

    /// <summary>
    /// weight (p log(p/m) - p + m) + (1 - weight)(q log(q/m) - q + m) with m = weight p + (1 - weight) q, from the difference q - p.
    /// </summary>
    public static Tensor JensenShannon(Tensor p, Tensor q, Tensor difference, double weight)
    {
        // Where the mixture underflows, so does what p and q have there.
        Tensor mixture = weight * p + (1 - weight) * q, gone = mixture.eq(Zero);
        return weight * Of(p.masked_fill(gone, Zero), mixture, (1 - weight) * difference)
            + (1 - weight) * Of(q.masked_fill(gone, Zero), mixture, -weight * difference);
    }
}
