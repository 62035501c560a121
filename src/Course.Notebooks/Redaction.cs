using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>Outputs are shared and committed: what names this machine is replaced before it gets into one.</summary>
public sealed class Redaction
{
    private readonly (Regex Folder, string Name)[] _folders;

    /// <summary>Redacts the course's folder and this user's.</summary>
    /// <param name="courseRoot">The folder of the course.</param>
    public Redaction(string courseRoot) => _folders =
    [
        .. new[]
        {
            (Folder: courseRoot, Name: "<course>"),
            (Folder: AppContext.BaseDirectory, Name: "<tool>"),
            (Folder: Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Name: "<home>"),
            (Folder: Path.GetTempPath(), Name: "<temp>"),
        }
        .Select(f => (Folder: Path.TrimEndingDirectorySeparator(f.Folder), f.Name))
        .Where(f => f.Folder.Length > 3)
        .OrderByDescending(f => f.Folder.Length)
        .Select(f => (Pattern(f.Folder), f.Name)),
    ];

    /// <summary>The text without this machine's folders.</summary>
    public string Apply(string text) => _folders.Aggregate(text, (redacted, f) => f.Folder.Replace(redacted, f.Name));

    /// <summary>The folder with either separator, as a whole path or the start of one.</summary>
    private static Regex Pattern(string folder) => new(
        @"(?<![\w/\\.])" + string.Join(@"[/\\]+", folder.Split('/', '\\').Select(Regex.Escape)) + @"(?![\w.-])",
        RegexOptions.CultureInvariant);
}
