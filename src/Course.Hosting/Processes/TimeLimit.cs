namespace Course.Hosting;

/// <summary>How long something may take.</summary>
/// <param name="Processor">The processor time of all its processes together.</param>
/// <param name="Wall">The time on the clock, however busy the machine is.</param>
public readonly record struct TimeLimit(TimeSpan Processor, TimeSpan Wall)
{
    /// <summary>How much longer the time on the clock is than the processor time.</summary>
    public const int WallOverProcessor = 5;

    /// <summary>A limit of processor time, and five times as much on the clock.</summary>
    public static TimeLimit Of(TimeSpan processor) => new(processor, WallOverProcessor * processor);

    /// <summary>The smaller one of both kinds.</summary>
    public static TimeLimit Min(TimeLimit a, TimeLimit b) =>
        new(a.Processor < b.Processor ? a.Processor : b.Processor, a.Wall < b.Wall ? a.Wall : b.Wall);

    /// <summary>Whether there is none of one kind.</summary>
    public bool IsSpent => Processor <= TimeSpan.Zero || Wall <= TimeSpan.Zero;

    /// <summary>What is left after some use.</summary>
    public static TimeLimit operator -(TimeLimit limit, TimeUse use) => new(limit.Processor - use.Processor, limit.Wall - use.Wall);

    /// <summary>So many times as much.</summary>
    public static TimeLimit operator *(int factor, TimeLimit limit) => new(factor * limit.Processor, factor * limit.Wall);
}

/// <summary>How long something took.</summary>
/// <param name="Processor">The processor time of all its processes together.</param>
/// <param name="Wall">The time on the clock.</param>
public readonly record struct TimeUse(TimeSpan Processor, TimeSpan Wall)
{
    /// <summary>Both together.</summary>
    public static TimeUse operator +(TimeUse a, TimeUse b) => new(a.Processor + b.Processor, a.Wall + b.Wall);
}
