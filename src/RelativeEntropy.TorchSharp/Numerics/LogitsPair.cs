namespace RelativeEntropy.Tensors.Numerics;

/// <summary>
/// Two sets of logits as probabilities p and q, with q - p to its own precision: where the logits of a row differ by little, the difference comes from
/// theirs.
/// </summary>
/// <remarks>
/// With e_j = (b_j - a_j) - E(b - a), E under p, and S = E(exp(e) - 1), q_j - p_j = p_j (exp(e_j) - 1 - S)/(1 + S).
/// </remarks>
internal readonly record struct LogitsPair(Tensor P, Tensor Q, Tensor Difference)
{
    /// <summary>The pair of softmax(a/temperature) and softmax(b/temperature).</summary>
    public static LogitsPair Of(Tensor a, Tensor b, double temperature, long dim)
    {
        Tensor outsideA = a.isneginf(), outsideB = b.isneginf(), outside = outsideA | outsideB, alone = outsideA ^ outsideB;
        Tensor p = ExcludedClasses.LogSoftmax(a, temperature, dim).exp(), q = ExcludedClasses.LogSoftmax(b, temperature, dim).exp();
        Tensor inside = (b.masked_fill(outside, 0) - a.masked_fill(outside, 0)) / temperature;
        Tensor spread = (inside - (p * inside).sum(dim, keepdim: true)).masked_fill(outside, 0).detach();
        Tensor near = ((spread.abs() <= 1) & ~alone).all(dim, keepdim: true);

        // Rows that are far are left out before anything is computed from them: what overflowed would come back as a gradient of NaN.
        inside = inside.masked_fill(~near, 0);
        Tensor growth = (inside - (p * inside).sum(dim, keepdim: true)).masked_fill(outside, 0).expm1();
        Tensor mean = (p * growth).sum(dim, keepdim: true);
        return new(p, q, torch.where(near, p * (growth - mean) / (1 + mean), q - p));
    }

    /// <inheritdoc cref="KullbackLeiblerTerm.JensenShannon"/>
    public Tensor JensenShannonTerms(double weight) => KullbackLeiblerTerm.JensenShannon(P, Q, Difference, weight);
}
