using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Notebooks.Tests;

/// <summary>What the book says of its chapters, and what it collects from them.</summary>
public sealed partial class BookTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Notebooks => [.. Course.Chapters.Concat(Course.TensorChapters).Select(path => Path.GetFileName(path))];

    public static TheoryData<string> Chapters => [.. Course.Chapters.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_says_what_its_card_shows(string name)
    {
        Notebook notebook = Read(name);
        JsonObject facts = Assert.IsType<JsonObject>(notebook.Metadata["course"]);
        Assert.EndsWith(".", facts["summary"]!.ToString(), StringComparison.Ordinal);
        Assert.InRange(facts["minutes"]!.GetValue<int>(), 5, 120);
        string[] numbers = [.. Course.Chapters.Select(path => Path.GetFileName(path)[..2])];
        Assert.All(facts["after"]!.AsArray(), before => Assert.Contains(before!.ToString(), numbers));
        CodeCell picture = Assert.Single(notebook.CodeCells, cell => cell.Id == facts["picture"]!.ToString());
        Assert.Contains(picture.Outputs.OfType<DataOutput>(), output => output.Data["image/svg+xml"] is not null);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void The_minutes_that_a_chapter_promises_are_those_of_its_card(string name)
    {
        Notebook notebook = Read(name);
        Match promised = Minutes().Match(notebook.Cells[0].Source);
        Assert.True(promised.Success, "the first cell promises no time");
        Assert.Equal(promised.Groups["minutes"].Value, notebook.Metadata["course"]!["minutes"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_readme_says_of_a_notebook_what_its_card_says(string name)
    {
        string readme = File.ReadAllText(Path.Combine(Course.Root, "README.md"));
        Assert.Contains($"(notebooks/{name}) | {Read(name).Metadata["course"]!["summary"]} |", readme, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_question_before_its_answer_has_two_to_four_choices_and_one_of_them_is_right(string name)
    {
        foreach (Cell cell in Read(name).Cells.Where(c => c.HasTag("predict")))
        {
            Assert.StartsWith("**Predict first.** ", cell.Source, StringComparison.Ordinal);
            int choices = cell.Source.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal));
            Match answer = Answer().Match(cell.Source);
            Assert.True(answer.Success, $"{cell.Id}: the answer begins with no letter");
            Assert.InRange(choices, 2, 4);
            Assert.InRange(answer.Groups["letter"].Value[0] - 'a', 0, choices - 1);
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_chapter_with_a_surprise_asks_first(string name)
    {
        Notebook notebook = Read(name);
        bool surprises = notebook.Cells.OfType<MarkdownCell>().Any(c => Surprise().IsMatch(c.Source));
        Assert.True(!surprises || notebook.Cells.Any(c => c.HasTag("predict")), "a surprise comes before any question");
    }

    [Fact]
    public void Each_work_is_listed_once_with_all_the_chapters_that_cite_it()
    {
        Notebook one = Citing("- A. Author, B. Other (2001). A title: and more. *Journal* 1. doi:10.1000/x"), two = Citing("- A. Author, B. Other (2001). A title: and more. *Journal*.", "- Z. Last (1999). Old.");
        string list = ReferenceList.Markdown([("01-one.ipynb", one), ("gpu-2-two.ipynb", two)]);
        string[] works = [.. list.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];
        Assert.Equal(2, works.Length);
        Assert.Equal("- A. Author, B. Other (2001). A title: and more. *Journal* 1. doi:10.1000/x. Cited in [01](01-one.ipynb#References), [Tensors 2](gpu-2-two.ipynb#References).", works[0]);
        Assert.StartsWith("- Z. Last (1999)", works[1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_identifier_of_a_work_stands_in_the_references_twice()
    {
        string list = ReferenceList.Markdown(Course.Chapters.Concat(Course.TensorChapters).Select(path => (Path.GetFileName(path), NotebookFile.Read(path))));
        string[] identifiers = [.. Identifier().Matches(list).Select(m => m.Value.TrimEnd('.'))];
        Assert.True(identifiers.Length > 50, "few works carry an identifier");
        Assert.Empty(identifiers.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void A_search_finds_sections_by_their_words()
    {
        var index = new SearchIndex();
        index.Add(new BookPage("01-a", "01-a.ipynb", "01 A *title*", PageKind.Chapter), ["# 01 A *title*\n\nIntro `code`.", "## Part $x^2$\n\nWords $p$\nand more.\n\n### Sub\n\nDeep."]);
        const string Head = "window.bookSearch = ";
        string script = index.ToScript();
        Assert.StartsWith(Head, script, StringComparison.Ordinal);
        JsonArray entries = JsonNode.Parse(script[Head.Length..].TrimEnd('\n', ';'))!.AsArray();
        Assert.Equal(
            ["01-a.html||Intro code.", "01-a.html|Part-$x^2$|Words p and more.", "01-a.html|Sub|Deep."],
            entries.Select(e => $"{e!["p"]}|{e["h"]}|{e["x"]}"));
        Assert.All(entries, e => Assert.Equal("01 A title", e!["t"]!.ToString()));
    }

    [Fact]
    public void The_first_page_shows_a_card_with_what_a_chapter_takes_and_how_far_the_learner_is()
    {
        var chapter = new BookPage("02-gibbs", "02-gibbs.ipynb", "02 Gibbs", PageKind.Chapter);
        var before = new BookPage("01-entropy", "01-entropy.ipynb", "01 Entropy", PageKind.Chapter);
        var sheet = new BookPage("exercises/02-gibbs", "exercises/02-gibbs.ipynb", "Exercises 02", PageKind.Exercises);
        var facts = JsonSerializer.SerializeToNode(new { course = new { summary = "What *it* is.", minutes = 75, after = new[] { "01" }, picture = "b" } })!.AsObject();
        var notebook = new Notebook(
            [Drawn("a", "<svg id=\"first\"/>"), Drawn("b", "<svg id=\"second\"/>")], facts);
        string page = IndexPage.Write("Title", new BookContents("out", [before, chapter, sheet]), [new IndexEntry(chapter, notebook, 5, 2)]);
        Assert.Contains("id=\"second\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"first\"", page, StringComparison.Ordinal);
        Assert.Contains("<p>What <em>it</em> is.</p>", page, StringComparison.Ordinal);
        Assert.Contains("75 minutes · after <a href=\"01-entropy.html\">01</a> · ", page, StringComparison.Ordinal);
        Assert.Contains("2 of <a href=\"exercises/02-gibbs.html\">5 exercises</a> solved", page, StringComparison.Ordinal);
        Assert.Contains("You have solved 2 of the 5 exercises.", page, StringComparison.Ordinal);
    }

    private static CodeCell Drawn(string id, string svg) => new(id, "figure", [], 1, [new DataOutput(new JsonObject { ["image/svg+xml"] = svg }, [], 1)]);

    private static Notebook Citing(params string[] works) => new([new MarkdownCell("r", "## References\n\n" + string.Join('\n', works), [])], []);

    private static Notebook Read(string name) => NotebookFile.Read(Path.Combine(Course.Notebooks, name));

    [GeneratedRegex(@"(?:About|Expected time:\**) (?<minutes>\d+) minutes")]
    private static partial Regex Minutes();

    [GeneratedRegex(@"</summary>\s*\*\*(?<letter>[a-d])\.\*\*")]
    private static partial Regex Answer();

    [GeneratedRegex(@"^##+ A (?:second )?surprise", RegexOptions.Multiline)]
    private static partial Regex Surprise();

    [GeneratedRegex(@"(?:doi:|arXiv:)\S+")]
    private static partial Regex Identifier();
}
