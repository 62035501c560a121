using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// A weight of the divergence in an objective that adapts until the divergence measured is near a target: doubled when it is above 1.5 times the target,
/// halved when it is below the target over 1.5.
/// </summary>
/// <remarks>Immutable: <see cref="Next"/> gives the penalty for the next round. The default value has penalty 0 and keeps it.
/// As JSON it is its two properties, read through the constructor: what that refuses, the default value too, is refused. Source: Schulman
/// et al. (2017), section 4.</remarks>
/// <example><code>
/// AdaptivePenalty penalty = new(1, target: 0.01);
/// penalty = penalty.Next(measured: 0.05);   // too far from the old policy: twice the penalty
/// double next = penalty.Penalty;            // 2
/// </code></example>
public readonly record struct AdaptivePenalty
{
    private const double Band = 1.5;

    /// <summary>A penalty to begin with, and the divergence to aim at.</summary>
    /// <param name="penalty">beta, positive and finite; it adapts fast, so that its first value matters little.</param>
    /// <param name="target">The divergence to aim at, in the unit of what is measured; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not positive and finite.</exception>
    [JsonConstructor]
    public AdaptivePenalty(double penalty, double target) =>
        (Penalty, Target) = (SettingCheck.Positive(penalty, nameof(penalty)), SettingCheck.Positive(target, nameof(target)));

    /// <summary>beta, by which the divergence is multiplied.</summary>
    public double Penalty { get; private init; }

    /// <summary>The divergence aimed at.</summary>
    public double Target { get; private init; }

    /// <summary>The penalty for the next round.</summary>
    /// <param name="measured">The mean divergence after this round; an estimate may be below 0.</param>
    /// <returns>Twice the penalty, half of it, or the same; the same, too, where twice or half would leave the positive doubles. NaN gives a penalty of NaN.</returns>
    public AdaptivePenalty Next(double measured)
    {
        double next = double.IsNaN(measured) ? double.NaN
            : measured > Band * Target ? 2 * Penalty
            : measured < Target / Band ? Penalty / 2
            : Penalty;
        return next == 0 || double.IsInfinity(next) ? this : this with { Penalty = next };
    }
}
