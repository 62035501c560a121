namespace RelativeEntropy.Tensors.Numerics;

/// <summary>Univariate normal distributions, element by element.</summary>
internal static class NormalPair
{
    public static Tensor KullbackLeibler(Tensor mean0, Tensor deviation0, Tensor mean1, Tensor deviation1) =>
        OfScales(deviation0, deviation1) + 0.5 * ((mean0 - mean1) / deviation1).square();

    /// <summary>(r^2 - 1 - log r^2)/2 with r = s0/s1: the part of the standard deviations.</summary>
    public static Tensor OfScales(Tensor deviation0, Tensor deviation1)
    {
        Tensor change = (deviation0 - deviation1) / deviation1, near = change.abs() < 0.04;
        Tensor small = change.masked_fill(~near, 0), one = torch.ones_like(change);
        Tensor ratio = torch.where(near, one, deviation0 / deviation1);
        Tensor logRatio = torch.where(near, torch.zeros_like(change), deviation0.log() - deviation1.log());
        return torch.where(near, 0.5 * Elementary.XMinusLog1p(small * (2 + small)), 0.5 * (ratio.square() - 1) - logRatio);
    }
}
