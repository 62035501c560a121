namespace RelativeEntropy.Tensors.Pairs;

/// <summary>Where one distribution lives, and whether another does there.</summary>
internal static class Support
{
    /// <summary>The value where the support of q covers that of p, +infinity elsewhere.</summary>
    public static Tensor Within(Tensor covered, Tensor value) => torch.where(covered, value, torch.full_like(value, double.PositiveInfinity));

    /// <summary>Whether [low1, high1] covers [low0, high0], up to the roundings by which the ends are known.</summary>
    public static Tensor Covers(Tensor low1, Tensor high1, Tensor low0, Tensor high0)
    {
        double epsilon = torch.finfo(low0.dtype).eps;
        Tensor slack = 2 * epsilon * (high1 - low1).detach();
        return (low1 <= low0 + slack) & (high0 <= high1 + slack);
    }

    /// <summary>log(x/y), by log(1 + (x - y)/y) where x is near y.</summary>
    public static Tensor LogRatio(Tensor x, Tensor y)
    {
        Tensor change = (x - y) / y, near = change.abs() < 0.5;
        return torch.where(near, change.masked_fill(~near, 0).log1p(), torch.where(near, torch.zeros_like(change), x.log() - y.log()));
    }
}
