using Course.Protocol;

namespace Course.Hosting;

/// <summary>How a process is started and what it may use.</summary>
/// <param name="WorkingDirectory">The folder in which notebook code finds itself; in isolation, an empty one instead.</param>
public sealed record ChildOptions(string WorkingDirectory)
{
    /// <summary>The folder in which the folders of the programs lie.</summary>
    internal string ProgramFolder { get; init; } = ChildLauncher.Folder;

    /// <summary>How long it may take until it takes requests.</summary>
    internal TimeLimit StartLimit { get; init; } = TimeLimit.Of(TimeSpan.FromSeconds(60));

    /// <summary>The most bytes that the managed heap may hold.</summary>
    public long HeapLimit { get; init; } = 4L << 30;

    /// <summary>
    /// The most bytes that one request may send back: text, displays, values and errors, each counted as a kilobyte at least.
    /// </summary>
    public long OutputLimit { get; init; } = 4 << 20;

    /// <summary>
    /// Whether the process sees the environment variables of this one; else its temporary folder is its working directory, too.
    /// </summary>
    public bool InheritEnvironment { get; init; } = true;

    /// <summary>What the kernel holds the process to, on Linux; nothing elsewhere.</summary>
    public IReadOnlyDictionary<ResourceLimit, long> Limits { get; init; } = new Dictionary<ResourceLimit, long>();

    /// <summary>What the process and its descendants may use together, watched from here; null where nothing is watched.</summary>
    public WatchedLimits? Watched { get; init; }

    /// <summary>How the process is isolated, or null.</summary>
    public Isolation? Isolation { get; init; }
}

/// <summary>
/// What is looked at several times a second, and ends the child where there is too much of it. Between two looks there may be more.
/// </summary>
/// <param name="ResidentBytes">Bytes of memory, over all its processes; the child's own alone where the system is not Linux.</param>
/// <param name="Processes">Processes that have not ended, the child among them; Linux only.</param>
/// <param name="FolderBytes">Bytes in the working directory.</param>
/// <param name="FolderFiles">Files and folders in the working directory.</param>
public sealed record WatchedLimits(long ResidentBytes, int Processes, long FolderBytes, int FolderFiles);
