namespace Course.Notebooks;

/// <summary>How a host process is started and what it may use.</summary>
/// <param name="WorkingDirectory">The folder in which notebook code finds itself.</param>
public sealed record HostOptions(string WorkingDirectory)
{
    /// <summary>The most bytes that the managed heap may hold.</summary>
    public long HeapLimit { get; init; } = 4L << 30;

    /// <summary>The most bytes that one request may send back: text, displays, values and errors, each counted as a kilobyte at least.</summary>
    public long OutputLimit { get; init; } = 4 << 20;

    /// <summary>Whether the process sees the environment variables of this one.</summary>
    public bool InheritEnvironment { get; init; } = true;
}
