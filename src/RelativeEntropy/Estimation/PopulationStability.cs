namespace RelativeEntropy;

/// <summary>A population stability index. The default value is an index of 0.</summary>
/// <param name="Index">The index, in nats: the sum of (a - e) ln(a/e) over the cells.</param>
/// <example><code>
/// PopulationStability none = new(0.05), small = new(0.2);
/// StabilityBand band = small.Band;   // band = SmallChange
/// </code></example>
public readonly record struct PopulationStability(double Index)
{
    /// <summary>Below it nothing has changed significantly (Siddiqi 2006).</summary>
    public const double SmallFrom = 0.1;

    /// <summary>Above it the population has shifted significantly (Siddiqi 2006).</summary>
    public const double LargeFrom = 0.25;

    /// <summary>The customary band: a convention of the field, not a test.</summary>
    public StabilityBand Band => double.IsNaN(Index) ? StabilityBand.Unknown
        : Index < SmallFrom ? StabilityBand.Stable
        : Index <= LargeFrom ? StabilityBand.SmallChange
        : StabilityBand.LargeShift;
}

/// <summary>The customary bands of the population stability index. Source: Siddiqi (2006), "Credit Risk Scorecards".</summary>
public enum StabilityBand
{
    /// <summary>The index is not known: NaN.</summary>
    Unknown,

    /// <summary>Below 0.1: no significant change.</summary>
    Stable,

    /// <summary>From 0.1 to 0.25: a small change, to be looked into.</summary>
    SmallChange,

    /// <summary>Above 0.25: a significant shift.</summary>
    LargeShift,
}
