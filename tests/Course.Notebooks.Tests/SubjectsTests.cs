using System.Text.RegularExpressions;

namespace Course.Notebooks.Tests;

/// <summary>docs/subjects.md says where each subject is taught, the book's pages where each theorem is proved; what they say is true.</summary>
public sealed partial class SubjectsTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    private static readonly string Page = File.ReadAllText(Path.Combine(Course.Root, "docs", "subjects.md"));

    [Theory]
    [InlineData("docs/subjects.md")]
    [InlineData("docs/book/notation.md")]
    [InlineData("docs/book/theorems.md")]
    public void Every_link_leads_to_a_heading_of_a_chapter(string page)
    {
        string file = Path.Combine(Course.Root, page);
        IReadOnlyList<Match> links = Link().Matches(File.ReadAllText(file));
        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            string path = Path.Combine(Path.GetDirectoryName(file)!, link.Groups["path"].Value);
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

    [Fact]
    public void The_check_of_a_theorem_held_in_the_chapter_that_proves_it_and_the_library_has_what_is_named()
    {
        string page = File.ReadAllText(Path.Combine(Course.Root, "docs", "book", "theorems.md"));
        MatchCollection rows = Theorem().Matches(page);
        Assert.Equal(page.Split('\n').Count(line => line.Contains("](../../notebooks/", StringComparison.Ordinal)), rows.Count);
        var chapters = rows.Select(row => row.Groups["chapter"].Value).Distinct()
            .ToDictionary(name => name, name => Printed(NotebookFile.Read(Path.Combine(Course.Notebooks, name))));
        Assert.All(rows, row =>
        {
            string check = row.Groups["check"].Value.Replace("\\|", "|", StringComparison.Ordinal);
            Assert.Contains($"holds: {check}", chapters[row.Groups["chapter"].Value], StringComparison.Ordinal);
            if (row.Groups["library"].Value is { Length: > 0 } name)
                Assert.True(Exists(name), $"there is no {name}");
        });
    }

    private static string Printed(Notebook notebook) =>
        string.Concat(notebook.CodeCells.SelectMany(c => c.Outputs.OfType<StreamOutput>()).Select(o => o.Text));

    private static bool Exists(string name) =>
        name.Split('.') is [var type, .. var member]
        && new[] { typeof(RelativeEntropy.Divergence).Assembly, typeof(Models.Digits).Assembly }.SelectMany(a => a.GetExportedTypes())
            .FirstOrDefault(t => t.Name == type) is { } found
        && (member is [] || found.GetMember(member[0]).Length > 0);

    /// <summary>The headings as Jupyter and nbviewer name them in an address: their text, with hyphens for blanks.</summary>
    private static HashSet<string> Anchors(Notebook notebook) =>
    [
        .. from cell in notebook.Cells.OfType<MarkdownCell>()
           from Match heading in Heading().Matches(cell.Source)
           select heading.Groups["text"].Value.Replace("`", "", StringComparison.Ordinal).Trim().Replace(' ', '-'),
    ];

    [GeneratedRegex(@"\]\((?<path>(?:\.\./)+notebooks/[^)#]+)#(?<heading>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\|.*\]\(\.\./\.\./notebooks/(?<chapter>[^#)]+)#[^)]*\) \| `(?<check>[^`]+)` \| (?:`(?<library>[^`]+)`)? ?\|$", RegexOptions.Multiline)]
    private static partial Regex Theorem();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
