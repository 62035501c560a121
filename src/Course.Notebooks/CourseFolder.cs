namespace Course.Notebooks;

/// <summary>A course on disk: its notebooks, exercises and solutions.</summary>
/// <param name="Root">The folder that holds them.</param>
public sealed record CourseFolder(string Root)
{
    /// <summary>What the build of the configuration Full writes beside the notebooks on tensors, and what they load.</summary>
    internal const string TensorSetup = "torch.csx";

    private const string OnTensors = "gpu-";

    /// <summary>The course's chapters.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>What learners fill in.</summary>
    public string Exercises => Path.Combine(Root, "exercises");

    /// <summary>The exercises with their solutions: what <see cref="Exercises"/> is made from.</summary>
    public string Solutions => Path.Combine(Root, "solutions");

    /// <summary>The chapters that need only what the default build has, in order.</summary>
    public IReadOnlyList<string> Chapters => [.. NotebooksIn(Notebooks).Except(TensorChapters)];

    /// <summary>The notebooks on tensors, in order: they need the configuration Full.</summary>
    public IReadOnlyList<string> TensorChapters => [.. NotebooksIn(Notebooks).Where(path => Path.GetFileName(path).StartsWith(OnTensors, StringComparison.Ordinal))];

    /// <summary>The pages about the whole course, in Markdown, in order.</summary>
    public IReadOnlyList<string> Pages => FilesIn(Path.Combine(Root, "docs", "book"), "*.md");

    /// <summary>Whether the configuration Full has been built.</summary>
    public bool HasTensors => File.Exists(Path.Combine(Notebooks, TensorSetup));

    /// <summary>The notebooks of a folder, in order; none where there is no such folder.</summary>
    public static IReadOnlyList<string> NotebooksIn(string folder) => FilesIn(folder, "*.ipynb");

    /// <summary>Finds the course that a folder lies in.</summary>
    /// <param name="start">The folder, or one inside it.</param>
    /// <returns>The course, or null where the folder lies in none.</returns>
    public static CourseFolder? Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "notebooks")) && Directory.Exists(Path.Combine(folder.FullName, "exercises")))
                return new CourseFolder(folder.FullName);
        }
        return null;
    }

    private static IReadOnlyList<string> FilesIn(string folder, string pattern) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, pattern).Where(path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal)];

    /// <summary>A path as the course's users write it: relative to the current folder, with forward slashes.</summary>
    public static string Shown(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');
        return relative.StartsWith("../../..", StringComparison.Ordinal) ? path : relative;
    }
}
