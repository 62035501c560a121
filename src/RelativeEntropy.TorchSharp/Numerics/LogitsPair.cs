namespace RelativeEntropy.Tensors.Numerics;

/// <summary>
/// Two sets of logits as probabilities p and q, with q - p to its own precision: where the logits of a row differ by little, the difference comes from
/// theirs.
/// </summary>
/// <remarks>
/// With e_j = (b_j - a_j) - E(b - a), E under p, and S = E(exp(e) - 1), q_j - p_j = p_j (exp(e_j) - 1 - S)/(1 + S).
/// </remarks>
internal readonly record struct LogitsPair(Tensor LogP, Tensor LogQ, Tensor P, Tensor Q, Tensor Difference)
{
    /// <summary>The pair of softmax(a/temperature) and softmax(b/temperature).</summary>
    public static LogitsPair Of(Tensor a, Tensor b, double temperature, long dim)
    {
        Tensor outsideA = a.isneginf(), outsideB = b.isneginf();
        Tensor change = (b.masked_fill(outsideB, 0) - a.masked_fill(outsideA, 0)) / temperature;
        return Of(a / temperature, b / temperature, change, dim);
    }

    /// <summary>The same from the change b - a of the logits, where that is known better than a and b show it.</summary>
    public static LogitsPair Of(Tensor a, Tensor b, Tensor change, long dim)
    {
        Tensor logP = a.log_softmax(dim), logQ = b.log_softmax(dim);
        Tensor p = logP.exp(), q = logQ.exp();

        Tensor outside = a.isneginf() | b.isneginf(), alone = a.isneginf() ^ b.isneginf();
        Tensor inside = change.masked_fill(outside, 0);
        Tensor centred = (inside - (p * inside).sum(dim, keepdim: true)).masked_fill(outside, 0);
        Tensor near = ((centred.abs() <= 1) & ~alone).all(dim, keepdim: true);
        Tensor growth = centred.masked_fill(~near, 0).expm1();
        Tensor mean = (p * growth).sum(dim, keepdim: true);
        return new(logP, logQ, p, q, torch.where(near, p * (growth - mean) / (1 + mean), q - p));
    }

    /// <summary>p log(p/q) - p + q for each class.</summary>
    public Tensor KullbackLeiblerTerms => Terms(P, Q, LogP, LogQ, Difference);

    /// <summary>weight (p log(p/m) - p + m) + (1 - weight)(q log(q/m) - q + m) for each class, m = weight p + (1 - weight) q.</summary>
    public Tensor JensenShannonTerms(double weight)
    {
        Tensor mixture = weight * P + (1 - weight) * Q;
        return weight * KullbackLeiblerTerm.Of(P, mixture, (1 - weight) * Difference)
            + (1 - weight) * KullbackLeiblerTerm.Of(Q, mixture, -weight * Difference);
    }

    // As KullbackLeiblerTerm, but with the logarithms at hand, which probabilities that underflow no longer have.
    private static Tensor Terms(Tensor p, Tensor q, Tensor logP, Tensor logQ, Tensor difference)
    {
        Tensor positive = p > 0;
        Tensor safeP = torch.where(positive, p, torch.ones_like(p));
        Tensor near = positive & (difference.abs() < 0.1 * safeP);
        Tensor change = torch.where(near, difference / safeP, torch.zeros_like(difference));
        Tensor logRatio = torch.where(positive, logP.masked_fill(~positive, 0) - logQ.masked_fill(~positive, 0), torch.zeros_like(p * q));
        return torch.where(near, p * Elementary.XMinusLog1p(change), p * logRatio - p + q);
    }
}
