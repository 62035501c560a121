using Course.Notebooks;

namespace Course.Grading;

/// <summary>What submissions load: the course's libraries without the checks.</summary>
public static class Kit
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "kit");

    /// <summary>The libraries, in order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal)];

    /// <summary>The code that loads it, in place of the setup.csx that a submission imports.</summary>
    public static string Setup { get; } = string.Join('\n',
    [
        .. Files.Select(file => $"#r \"{file}\""),
        .. File.ReadLines(Path.Combine(Folder, "usings.csx")).Where(line => line != "using Course.Checks;"),
    ]);

    /// <summary>How hosts for submissions are started: without this process's environment.</summary>
    /// <param name="folder">The folder in which the learner's code finds itself.</param>
    public static HostOptions OptionsIn(string folder) => new(folder) { HeapLimit = 1L << 30, InheritEnvironment = false };
}
