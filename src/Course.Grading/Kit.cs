using Course.Hosting;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>What submissions load: the course's libraries without the checks.</summary>
public static class Kit
{
    private const long Heap = 1L << 30;

    // The kernel counts those of a user, and threads as processes: without a namespace, all that the user runs would be counted.
    private const long ProcessesAndThreads = 256;

    private static readonly Dictionary<ResourceLimit, long> Limits = new()
    {
        [ResourceLimit.FileBytes] = 16 << 20,
        [ResourceLimit.PrivateBytes] = 2 * Heap,
        [ResourceLimit.OpenFiles] = 1024,
    };

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "kit");

    /// <summary>The libraries, in order.</summary>
    /// <exception cref="InvalidOperationException">They are not beside the program.</exception>
    public static IReadOnlyList<string> Files =>
        Read(() => Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal).ToList());

    /// <summary>The code that loads it, in place of the setup.csx that a submission imports.</summary>
    /// <exception cref="InvalidOperationException">The libraries are not beside the program.</exception>
    public static string Setup => string.Join('\n',
    [
        .. Files.Select(file => $"#r \"{file}\""),
        .. Read(() => File.ReadAllLines(Path.Combine(Folder, "usings.csx"))).Where(line => line != "using Course.Checks;"),
    ]);

    /// <summary>
    /// How runners for submissions are started: without this process's environment, and held to limits. They leave room for every right
    /// answer; the runtime itself takes some 25 threads and 150 MB.
    /// </summary>
    /// <param name="folder">The folder in which the learner's code finds itself, its temporary folder, too.</param>
    /// <param name="isolation">How the runners are isolated, or null.</param>
    /// <param name="limit">How long a cell or a call may take; the usual limit where none is given.</param>
    public static ChildOptions OptionsIn(string folder, Isolation? isolation = null, TimeLimit? limit = null) => new(folder)
    {
        HeapLimit = Heap,
        InheritEnvironment = false,
        Isolation = isolation,
        Limits = LimitsFor(limit ?? Grader.UsualLimit, isolation is not null),
        Watched = new WatchedLimits(ResidentBytes: Heap + (512L << 20), Processes: 32, FolderBytes: 64L << 20, FolderFiles: 1000),
    };

    /// <summary>Isolates the compilers and runners for submissions.</summary>
    /// <param name="course">The course, which they do not see.</param>
    /// <param name="cancellation">Stops the trial.</param>
    /// <exception cref="IsolationException">The system does not allow it.</exception>
    public static Task<Isolation> IsolateAsync(CourseFolder course, CancellationToken cancellation = default) =>
        Isolation.EnforceAsync([course.Root], [Folder], cancellation);

    /// <summary>The kernel ends what the grader's clock did not: it gives a process all the time that the grader gives it.</summary>
    private static Dictionary<ResourceLimit, long> LimitsFor(TimeLimit limit, bool isIsolated)
    {
        TimeSpan processor = Grader.SetupLimit.Processor + TimeBudget.InAll(limit).Processor;
        var limits = new Dictionary<ResourceLimit, long>(Limits)
        {
            [ResourceLimit.ProcessorSeconds] = (long)Math.Ceiling(processor.TotalSeconds),
        };
        if (isIsolated)
            limits.Add(ResourceLimit.Processes, ProcessesAndThreads);
        return limits;
    }

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string remedy = "Build the course again: dotnet build";
            throw new InvalidOperationException($"the course's libraries cannot be read: {e.Message} {remedy}", e);
        }
    }
}
