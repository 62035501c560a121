namespace RelativeEntropy.Numerics;

/// <summary>What one outcome adds to a Jensen-Shannon divergence, from its log-ratio.</summary>
internal static class JensenShannonByLogRatio
{
    /// <summary>
    /// (1 + t) log(1 + t) + (1 - t) log(1 - t) for t = tanh(y/2), which is (p log(p/m) + q log(q/m))/m with m = (p + q)/2 and
    /// y = log(q/p): y t + log(1 - t^2), even, in [0, 2 ln 2].
    /// </summary>
    public static double Of(double y)
    {
        y = Math.Abs(y);
        if (y < 1)
        {
            double growth = Elementary.Expm1(y), t = growth / (2 + growth);
            return y * t + Elementary.Log1p(-t * t);
        }

        // y t + log(1 - t^2) with e^-y in front: y (1 - t) = 2 y e^-y / (1 + e^-y).
        double decay = Elementary.Exp(-y);
        return decay == 0 ? 2 * LogRatio.Ln2 : 2 * (LogRatio.Ln2 - Elementary.Log1p(decay) - y * decay / (1 + decay));
    }
}
