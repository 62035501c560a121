namespace RelativeEntropy.Tensors.Numerics;

internal static class Constants
{
    public const double EulerGamma = 0.57721566490153286061;

    /// <summary>log(2 pi)/2.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;
}
