using System.Text.RegularExpressions;

namespace Course.Notebooks.Tests;

/// <summary>docs/subjects.md says where each subject is taught; what it says is true.</summary>
public sealed partial class SubjectsTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    private static readonly string Page = File.ReadAllText(Path.Combine(Course.Root, "docs", "subjects.md"));

    [Fact]
    public void Every_link_leads_to_a_heading_of_a_chapter()
    {
        IReadOnlyList<Match> links = Link().Matches(Page);
        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            string path = Path.Combine(Course.Root, "docs", link.Groups["path"].Value);
            Assert.True(File.Exists(path), $"{link.Value} leads to no file");
            Assert.Contains(Uri.UnescapeDataString(link.Groups["heading"].Value), Anchors(NotebookFile.Read(path)));
        });
    }

    [Fact]
    public void Every_subject_has_a_place_and_every_chapter_a_subject()
    {
        string[] rows = [.. Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| taught in |", StringComparison.Ordinal))];
        Assert.All(rows, row => Assert.True(Link().IsMatch(row), $"no place: {row}"));
        string[] chapters = [.. Course.Chapters.Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("00-", StringComparison.Ordinal))];
        Assert.All(chapters, chapter => Assert.Contains($"../notebooks/{chapter}#", Page, StringComparison.Ordinal));
    }

    /// <summary>The headings as Jupyter and nbviewer name them in an address: their text, with hyphens for blanks.</summary>
    private static HashSet<string> Anchors(Notebook notebook) =>
    [
        .. from cell in notebook.Cells.OfType<MarkdownCell>()
           from Match heading in Heading().Matches(cell.Source)
           select heading.Groups["text"].Value.Replace("`", "", StringComparison.Ordinal).Trim().Replace(' ', '-'),
    ];

    [GeneratedRegex(@"\]\((?<path>\.\./notebooks/[^)#]+)#(?<heading>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
