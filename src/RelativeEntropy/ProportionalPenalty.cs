using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>A weight of the divergence in an objective, controlled in proportion to how far the divergence measured is off a target,
/// within bounds: the KL controller of reinforcement learning from human feedback.</summary>
/// <remarks>
/// <para>beta becomes beta (1 + e n / horizon), with e the relative error (KL - target)/target cut to [-0.2, 0.2] and n the steps, then is
/// held in [minimum, maximum]. So at an error of 0.2 or more it takes 5 ln 2 horizons of steps, about 3.5, to double. <see
/// cref="AdaptivePenalty"/> is the faster one of PPO, which doubles and halves.</para>
/// <para>Immutable: <see cref="Next"/> gives the penalty for the next round. It is its own state: kept as JSON, its five properties, and
/// read again, a run goes on as if it had not stopped. What the constructor refuses, the default value too, is refused; the default value
/// has penalty 0 and keeps it. Source: Ziegler et al. (2019), "Fine-tuning language models from human preferences", section 2.2, whose K is
/// n/horizon.</para>
/// </remarks>
/// <example><code>
/// ProportionalPenalty penalty = new(0.2, target: 6, horizon: 10_000, minimum: 1e-4, maximum: 10);
/// penalty = penalty.Next(measured: 9, steps: 256);   // above the target: a larger penalty
/// double beta = penalty.Penalty;                     // 0.201024
/// </code></example>
public readonly record struct ProportionalPenalty
{
    private const double LargestError = 0.2;

    /// <summary>A penalty to begin with, the divergence to aim at, how fast to adapt, and the bounds.</summary>
    /// <param name="penalty">beta, from the minimum to the maximum.</param>
    /// <param name="target">The divergence to aim at, in the unit of what is measured; positive and finite.</param>
    /// <param name="horizon">Over how many steps the penalty changes by the relative error; positive and finite.</param>
    /// <param name="minimum">The smallest penalty; positive and finite.</param>
    /// <param name="maximum">The largest penalty; finite, not below the minimum.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not positive and finite; the maximum is below the minimum; the penalty
    /// is not between them.</exception>
    [JsonConstructor]
    public ProportionalPenalty(double penalty, double target, double horizon, double minimum, double maximum)
    {
        (Target, Horizon) = (SettingCheck.Positive(target, nameof(target)), SettingCheck.Positive(horizon, nameof(horizon)));
        (Minimum, Maximum) = (SettingCheck.Positive(minimum, nameof(minimum)), SettingCheck.Positive(maximum, nameof(maximum)));
        if (maximum < minimum)
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum, FormattableString.Invariant($"maximum = {maximum}; it must not be below minimum = {minimum}."));
        if (!(penalty >= minimum && penalty <= maximum))
            throw new ArgumentOutOfRangeException(
                nameof(penalty), penalty,
                FormattableString.Invariant($"penalty = {penalty}; it must be in [minimum, maximum] = [{minimum}, {maximum}]."));
        Penalty = penalty;
    }

    /// <summary>beta, by which the divergence is multiplied.</summary>
    public double Penalty { get; private init; }

    /// <summary>The divergence aimed at.</summary>
    public double Target { get; }

    /// <summary>Over how many steps the penalty changes by the relative error.</summary>
    public double Horizon { get; }

    /// <summary>The smallest penalty.</summary>
    public double Minimum { get; }

    /// <summary>The largest penalty.</summary>
    public double Maximum { get; }

    /// <summary>The penalty for the next round.</summary>
    /// <param name="measured">The mean divergence in this round; an estimate may be below 0.</param>
    /// <param name="steps">How many steps, or samples, the round had, in the unit of the horizon; finite and at least 0.</param>
    /// <returns>The penalty changed towards the target, in [<see cref="Minimum"/>, <see cref="Maximum"/>]. NaN gives a penalty of
    /// NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative, infinite or NaN.</exception>
    public ProportionalPenalty Next(double measured, double steps = 1)
    {
        SettingCheck.NotNegative(steps, nameof(steps));
        if (Target == 0)
            return this;
        double error = Math.Clamp((measured - Target) / Target, -LargestError, LargestError);
        double next = error == 0 || steps == 0 ? Penalty : Penalty * (1 + error * (steps / Horizon));
        return this with { Penalty = Math.Clamp(next, Minimum, Maximum) };
    }
}
