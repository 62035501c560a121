namespace RelativeEntropy.Tensors.Numerics;

/// <summary>p log(p/q) - p + q, the term of which every divergence of probabilities here is made: never negative.</summary>
internal static class KullbackLeiblerTerm
{
    /// <summary>The term of p and q; q where p is zero, +infinity where q alone is.</summary>
    public static Tensor Of(Tensor p, Tensor q) => Of(p, q, q - p);

    /// <summary>The same from the difference q - p, where that is known better than p and q show it.</summary>
    public static Tensor Of(Tensor p, Tensor q, Tensor difference)
    {
        Tensor positive = p > 0;
        Tensor safeP = torch.where(positive, p, torch.ones_like(p)), safeQ = torch.where(positive, q, torch.ones_like(q));
        Tensor safeDifference = torch.where(positive, difference, torch.zeros_like(difference));
        return torch.where(positive, p * Elementary.RatioExcess(safeP, safeQ, safeDifference), q);
    }
}
