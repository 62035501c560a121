using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// What keeps a variational autoencoder from ignoring its latent variables: schedules for the weight beta of the divergence, floors under it, a target for
/// it, and a report on which dimensions have collapsed.
/// </summary>
/// <remarks>
/// The divergences come from <see cref="DiagonalGaussian.KullbackLeiblerToStandard(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> and its forms by row and by
/// dimension, in nats. A loss weighted by a constant beta (Higgins et al. 2017) is one multiplication and has no function here. In data, NaN gives NaN; in a setting it throws.
/// </remarks>
public static partial class Vae
{
    /// <summary>maximum min(1, step/warmup): beta grows in a straight line and stays. With a capacity as the maximum, the schedule of <see cref="Capacity"/>.</summary>
    /// <remarks>Time O(1). Source: Bowman, Vilnis, Vinyals, Dai, Jozefowicz and Bengio (2016), arXiv 1511.06349, for annealing; Sønderby et al. (2016) for the straight line.</remarks>
    /// <param name="step">The number of steps made, from 0.</param>
    /// <param name="warmup">The step at which the maximum is reached, at least 1.</param>
    /// <param name="maximum">The largest weight, finite and at least 0.</param>
    /// <returns>A number in [0, maximum]; error below 1 unit in the last place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the warm-up is not positive, or the maximum is negative, infinite or NaN.</exception>
    /// <example><code>
    /// double beta = Vae.Linear(step: 250, warmup: 1000);   // 0.25
    /// </code></example>
    public static double Linear(int step, int warmup, double maximum = 1)
    {
        Step(step);
        Positive(warmup, nameof(warmup));
        Check.NonNegative(maximum, nameof(maximum));
        return step >= warmup ? maximum : maximum * ((double)step / warmup);
    }

    /// <summary>maximum/(1 + e^(-steepness (step - midpoint))): beta grows along the logistic curve.</summary>
    /// <remarks>Time O(1). Source: Bowman, Vilnis, Vinyals, Dai, Jozefowicz and Bengio (2016), arXiv 1511.06349.</remarks>
    /// <param name="step">The number of steps made, from 0.</param>
    /// <param name="midpoint">The step at which half the maximum is reached.</param>
    /// <param name="steepness">The growth rate per step, positive and finite; from a tenth to nine tenths of the maximum takes 4.4/steepness steps.</param>
    /// <param name="maximum">The largest weight, finite and at least 0.</param>
    /// <returns>A number in [0, maximum]; relative error at most 2^-52 times 2 + |steepness (step - midpoint)|.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the steepness is not positive and finite, or the maximum is negative, infinite or NaN.</exception>
    public static double Sigmoid(int step, int midpoint, double steepness, double maximum = 1)
    {
        Step(step);
        if (steepness is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(steepness), steepness, FormattableString.Invariant($"steepness = {steepness}; it must be positive and finite."));
        Check.NonNegative(maximum, nameof(maximum));

        // e^x in front on the left half, so that a small weight does not vanish where e^-x overflows.
        double x = steepness * ((double)step - midpoint), decay = Elementary.Exp(-Math.Abs(x));
        return maximum * (x < 0 ? decay / (1 + decay) : 1 / (1 + decay));
    }

    /// <summary>beta rises in a straight line over the first part of each period, stays at the maximum for the rest, and starts again from 0.</summary>
    /// <remarks>
    /// With s = (step mod period)/period: maximum min(1, s/rising). Time O(1). Source: Fu, Li, Liu, Gao, Celikyilmaz and Carin (2019), arXiv 1903.10145, with steps
    /// counted from 0.
    /// </remarks>
    /// <param name="step">The number of steps made, from 0.</param>
    /// <param name="period">The length of a cycle in steps, at least 1.</param>
    /// <param name="rising">The part of a cycle in which beta rises (R in the source, where it is a half), in (0, 1].</param>
    /// <param name="maximum">The largest weight, finite and at least 0.</param>
    /// <returns>A number in [0, maximum]; error below 2 units in the last place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the period is not positive, the rising part is not in (0, 1], or the maximum is
    /// negative, infinite or NaN.</exception>
    public static double Cyclical(int step, int period, double rising, double maximum = 1)
    {
        Step(step);
        Positive(period, nameof(period));
        if (rising is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rising), rising, FormattableString.Invariant($"rising = {rising}; it must be in (0, 1]."));
        Check.NonNegative(maximum, nameof(maximum));
        return maximum * Math.Min(1, step % period / (period * rising));
    }

    private static void Step(int step)
    {
        if (step < 0)
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"step = {step}; it must be at least 0."));
    }

    private static void Positive(int value, string name)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be at least 1."));
    }
}
