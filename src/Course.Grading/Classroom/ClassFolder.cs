namespace Course.Grading.Classroom;

/// <summary>
/// The submissions of a class: a folder with one folder or one notebook for each student, named after the student. A student's folder
/// may hold several notebooks, in folders of its own too.
/// </summary>
public static class ClassFolder
{
    private const string Extension = ".ipynb";
    private const int DeepestFolder = 8;
    private const int MostNotebooks = 100;

    /// <summary>Finds the students of a class, in order of their ids. What stands in their folders cannot make this fail.</summary>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder itself may not be read.</exception>
    public static IReadOnlyList<HandedIn> Read(string folder)
    {
        string root = Path.GetFullPath(folder);
        var students = new SortedDictionary<string, HandedIn>(StringComparer.Ordinal);
        foreach (FileSystemInfo entry in Visible(new DirectoryInfo(root)))
        {
            string id = entry is DirectoryInfo ? entry.Name : Path.GetFileNameWithoutExtension(entry.Name);
            var found = new Search(root);
            found.Add(entry, depth: 0);
            if (entry is FileInfo && found.Notebooks.Count == 0 && found.Problems.Count == 0)
                found.Problems.Add($"{entry.Name}: not a notebook: its name does not end with {Extension}");
            HandedIn one = found.Of(id);
            students[id] = students.TryGetValue(id, out HandedIn? other) ? other.And(one) : one;
        }
        return [.. students.Values];
    }

    private static IEnumerable<FileSystemInfo> Visible(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().Where(e => e.Name[0] != '.').OrderBy(e => e.Name, StringComparer.Ordinal);

    private sealed class Search(string root)
    {
        public List<string> Notebooks { get; } = [];

        public List<string> Problems { get; } = [];

        private bool IsUnread { get; set; }

        public HandedIn Of(string id) => Notebooks.Count <= MostNotebooks
            ? new HandedIn(id, root, Notebooks, Problems) { IsUnread = IsUnread }
            : new HandedIn(id, root, [], [.. Problems, $"{Notebooks.Count} notebooks were handed in; at most {MostNotebooks} are read"]);

        public void Add(FileSystemInfo entry, int depth)
        {
            string shown = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
            try
            {
                // A link could hand in another's work, or the solutions.
                if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    Problems.Add($"{shown}: a link, which is not followed");
                else if (entry is FileInfo file && string.Equals(file.Extension, Extension, StringComparison.OrdinalIgnoreCase))
                    Notebooks.Add(file.FullName);
                else if (entry is DirectoryInfo directory && depth < DeepestFolder)
                {
                    foreach (FileSystemInfo inner in Visible(directory))
                        Add(inner, depth + 1);
                }
                else if (entry is DirectoryInfo)
                    Problems.Add($"{shown}: folders are read {DeepestFolder} deep");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Problems.Add($"{shown}: cannot be read");
                IsUnread = true;
            }
        }
    }
}

/// <summary>What one student handed in.</summary>
/// <param name="Student">The student's id: the name of the folder or file.</param>
/// <param name="Root">The folder that file names are told relative to.</param>
/// <param name="Notebooks">The notebooks' paths.</param>
/// <param name="Problems">What else there is, and cannot be graded.</param>
public sealed record HandedIn(string Student, string Root, IReadOnlyList<string> Notebooks, IReadOnlyList<string> Problems)
{
    /// <summary>Whether this machine could not read some of it, which says nothing about what stands there.</summary>
    public bool IsUnread { get; init; }

    /// <summary>This, and what the same student handed in besides.</summary>
    internal HandedIn And(HandedIn other) => this with
    {
        Notebooks = [.. Notebooks, .. other.Notebooks],
        Problems = [.. Problems, .. other.Problems],
        IsUnread = IsUnread || other.IsUnread,
    };

    /// <summary>A file as results name it.</summary>
    public string Shown(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
