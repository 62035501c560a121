using RelativeEntropy.Tensors.Numerics;

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

    /// <summary>log of (high1 - low1)/(high - low), at least 0 for an interval within the other; 0 where that is not so.</summary>
    public static Tensor LogOfWidths(Tensor low1, Tensor high1, Tensor low, Tensor high)
    {
        Tensor inner = high - low, outer = high1 - low1, other = (inner <= 0) | (inner > outer);
        return Elementary.LogRatio(outer.masked_fill(other, 1), inner.masked_fill(other, 1));
    }

    /// <summary>The ends of an interval that is covered up to a rounding, put back within those that cover it.</summary>
    public static (Tensor Low, Tensor High) Clipped(Tensor low, Tensor high, Tensor low1, Tensor high1) =>
        (torch.where(low < low1, low1, low), torch.where(high > high1, high1, high));
}
