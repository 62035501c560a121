using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>The settings of <see cref="TrustRegion.Step"/>. Radius and iterations are by default those of Schulman et al. (2015), damping and line
/// search what is in common use.</summary>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of its range, when it is set.</exception>
/// <example><code>
/// TrustRegionOptions options = new() { Radius = 0.02, Iterations = 20 };
/// double damping = options.Damping;   // 0.1
/// </code></example>
public sealed record TrustRegionOptions
{
    /// <summary>delta, the largest mean KL(old || new) that a step may have, in nats: positive and finite; 0.01.</summary>
    public double Radius
    {
        get;
        init => field = SettingCheck.Positive(value, nameof(Radius));
    }
    = 0.01;

    /// <summary>What is added to the diagonal of the Fisher matrix, so that directions it does not see stay finite: at least 0; 0.1.</summary>
    public double Damping
    {
        get;
        init => field = SettingCheck.NotNegative(value, nameof(Damping));
    }
    = 0.1;

    /// <summary>The most steps of conjugate gradients, each of which costs one product: at least 1; 10.</summary>
    public int Iterations
    {
        get;
        init => field = SettingCheck.AtLeast(1, value, nameof(Iterations));
    }
    = 10;

    /// <summary>By what factor the line search shortens a step that was refused: in (0, 1); 1/2.</summary>
    public double BacktrackRatio
    {
        get;
        init => field = SettingCheck.InsideUnit(value, nameof(BacktrackRatio));
    }
    = 0.5;

    /// <summary>How often the step is shortened before the line search gives up: at least 0; 10.</summary>
    public int MaximumBacktracks
    {
        get;
        init => field = SettingCheck.AtLeast(0, value, nameof(MaximumBacktracks));
    }
    = 10;

    /// <summary>The part of the improvement expected to first order that a step must bring: at least 0 and finite (at 0 any improvement will do); 0.1.</summary>
    public double AcceptanceRatio
    {
        get;
        init => field = SettingCheck.NotNegative(value, nameof(AcceptanceRatio));
    }
    = 0.1;
}
