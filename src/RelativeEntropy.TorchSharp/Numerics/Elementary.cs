namespace RelativeEntropy.Tensors.Numerics;

/// <summary>
/// Elementary functions that keep their digits where the plain form cancels. Each is differentiable: what a mask leaves out is replaced before
/// it is computed, so that no NaN comes back through it.
/// </summary>
internal static class Elementary
{
    // Below this size the series, above it the plain form, which has lost a digit and a half there.
    private const double Near = 0.1;

    // Where e^x has long overflowed in every type.
    private const double Overflowed = 750;

    /// <summary>e^x - 1 - x, never negative.</summary>
    public static Tensor ExpExcess(Tensor x)
    {
        Tensor near = x.abs() < Near;
        Tensor far = x.masked_fill(near, 1);
        return torch.where(near, ExpExcessNear(x.masked_fill(~near, 0)), far.expm1() - far.clamp_max(Overflowed));
    }

    /// <summary>x - log(1 + x), never negative, for x not next to -1: what is near zero there is better given as a ratio.</summary>
    public static Tensor XMinusLog1p(Tensor x)
    {
        Tensor near = x.abs() < Near;
        Tensor far = x.masked_fill(near, 1);
        return torch.where(near, XMinusLog1pNear(x.masked_fill(~near, 0)), far - far.log1p());
    }

    /// <summary>y/x - 1 - log(y/x), never negative, for positive x and y, from their difference y - x.</summary>
    public static Tensor RatioExcess(Tensor x, Tensor y, Tensor difference)
    {
        Tensor change = difference / x;
        Tensor near = change.abs() < Near;
        Tensor far = torch.where(near, torch.ones_like(change), y / x);
        Tensor logFar = torch.where(near, torch.zeros_like(change), y.log() - x.log());
        return torch.where(near, XMinusLog1pNear(change.masked_fill(~near, 0)), far - 1 - logFar);
    }

    /// <inheritdoc cref="RatioExcess(Tensor, Tensor, Tensor)"/>
    public static Tensor RatioExcess(Tensor x, Tensor y) => RatioExcess(x, y, y - x);

    // 2 sinh^2(x/2) + (sinh x - x).
    private static Tensor ExpExcessNear(Tensor x)
    {
        Tensor square = x * x;
        Tensor odd = 1 + square / 20 * (1 + square / 42 * (1 + square / 72));
        return 2 * (x / 2).sinh().square() + x * square / 6 * odd;
    }

    // With s = x/(2 + x), log(1 + x) = 2 artanh s.
    private static Tensor XMinusLog1pNear(Tensor x)
    {
        Tensor s = x / (2 + x), square = s * s;
        Tensor series = 2.0 / 13 * square + 2.0 / 11;
        foreach (int divisor in (ReadOnlySpan<int>)[9, 7, 5, 3])
            series = series * square + 2.0 / divisor;
        return s * (x - square * series);
    }
}
