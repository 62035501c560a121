using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class TrustRegion
{
    /// <summary>The clipped surrogate objective of one sample: min(r A, clamp(r, 1 - c, 1 + c) A) for the ratio r = new(a)/old(a) and the advantage A.</summary>
    /// <remarks>
    /// A pessimistic objective, to be increased: a ratio that already moved far enough in the direction of the advantage earns nothing more.
    /// The ratio is given by its logarithm, as the difference of two log-probabilities gives it, and never formed where the answer does not need it.
    /// -infinity (the new policy excludes the action) has ratio 0. Time O(1). Source: Schulman et al. (2017), equation 7.
    /// </remarks>
    /// <param name="logRatio">log r, the new log-probability of the action less the old.</param>
    /// <param name="advantage">A, finite.</param>
    /// <param name="clip">c, in (0, 1); 0.2 in the paper.</param>
    /// <returns>A number in [-infinity, (1 + c)|A|]; NaN if an argument is. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="advantage"/> is infinite; <paramref name="clip"/> is not in (0, 1).</exception>
    public static double ClippedSurrogate(double logRatio, double advantage, double clip) => ClippedSurrogateGradient(logRatio, advantage, clip, out _);

    /// <summary>The clipped surrogate objective of one sample, and its derivative by the log-ratio.</summary>
    /// <remarks>
    /// The derivative is r A where the ratio is not clipped, 0 where it is; where it just begins to be, r A. By the new policy's log-probability it is the same.
    /// Time O(1). Source: Schulman et al. (2017), equation 7, differentiated.
    /// </remarks>
    /// <param name="logRatio">log r, the new log-probability of the action less the old.</param>
    /// <param name="advantage">A, finite.</param>
    /// <param name="clip">c, in (0, 1); 0.2 in the paper.</param>
    /// <param name="gradient">The derivative by log r; NaN if an argument is.</param>
    /// <returns>What <see cref="ClippedSurrogate"/> returns.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="advantage"/> is infinite; <paramref name="clip"/> is not in (0, 1).</exception>
    public static double ClippedSurrogateGradient(double logRatio, double advantage, double clip, out double gradient)
    {
        Check.Finite(advantage, nameof(advantage));
        SettingCheck.InsideUnit(clip, nameof(clip));
        if (double.IsNaN(logRatio) || double.IsNaN(advantage))
            return gradient = double.NaN;
        gradient = 0;
        if (advantage == 0)
            return 0;
        if (advantage > 0 && logRatio > Elementary.Log1p(clip))
            return (1 + clip) * advantage;
        if (advantage < 0 && logRatio < Elementary.Log1p(-clip))
            return (1 - clip) * advantage;

        // In two factors: r may exceed the largest double where r A does not.
        double root = Elementary.Exp(0.5 * logRatio);
        return gradient = root * advantage * root;
    }
}
