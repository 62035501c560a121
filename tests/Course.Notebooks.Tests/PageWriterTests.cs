using System.Text.Json.Nodes;

namespace Course.Notebooks.Tests;

public class PageWriterTests
{
    [Fact]
    public void Prose_code_text_pictures_and_errors_are_on_the_page_and_code_is_not_markup()
    {
        var notebook = new Notebook(
            [
                new MarkdownCell("a", "# The *title*\n\nEuler: $e^{i\\pi} < 1$ and\n\n$$\n\\sum_i p_i\n$$\n\n| a | b |\n|---|---|\n| 1 | 2 |", []),
                new CodeCell("b", "if (a < b && c > d) { }", [], 1,
                [
                    new StreamOutput("stdout", "1 < 2"),
                    new DataOutput(new JsonObject { ["image/svg+xml"] = "<svg id=\"drawn\"/>", ["application/vnd.plotly.v1+json"] = new JsonObject { ["name"] = "</script>" }, ["text/plain"] = "alt" }, [], null),
                    new DataOutput(new JsonObject { ["text/html"] = "<b>bold</b>", ["text/plain"] = "plain" }, [], 1),
                    new ErrorOutput("E", "m", ["E: a < b"]),
                ]),
            ], []);
        string page = Pages.Of(notebook);
        Assert.Contains("<title>The title</title>", page, StringComparison.Ordinal);
        Assert.Contains("(a &lt; b &amp;&amp; c &gt; d) { }", page, StringComparison.Ordinal);
        Assert.Contains("1 &lt; 2", page, StringComparison.Ordinal);
        Assert.Contains("<svg id=\"drawn\"/>", page, StringComparison.Ordinal);
        Assert.Contains("<b>bold</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("plain</pre>", page, StringComparison.Ordinal);
        Assert.Contains("E: a &lt; b", page, StringComparison.Ordinal);
        Assert.Contains("<msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup><mo>&lt;</mo><mn>1</mn>", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"formula display\"><math display=\"block\">", page, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"</script>\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](01-entropy.ipynb)", "href=\"01-entropy.html\"")]
    [InlineData("[x](01-entropy.ipynb#The-end)", "href=\"01-entropy.html#The-end\"")]
    [InlineData("[x](../exercises/01-entropy.ipynb)", "href=\"exercises/01-entropy.html\"")]
    [InlineData("[x](../docs/guide.md)", "href=\"../docs/guide.md\"")]
    [InlineData("[x](../docs/absent.md)", "href=\"../docs/absent.md\"")]
    [InlineData("[x](https://example.org/a.ipynb)", "href=\"https://example.org/a.ipynb\"")]
    [InlineData("[x](00-start.ipynb#Here)", "href=\"#Here\"")]
    [InlineData("[x](a%00b.ipynb)", "href=\"a%00b.ipynb\"")]
    [InlineData("See chapter 01.", "See <a href=\"01-entropy.html\">chapter 01</a>.")]
    [InlineData("Chapters 00, 01 and 05.", "Chapters 00, <a href=\"01-entropy.html\">01</a> and 05.")]
    [InlineData("See chapter 00 and chapter 05.", "See chapter 00 and chapter 05.")]
    [InlineData("Cover and Thomas (2006, chapter 01).", "(2006, chapter 01).")]
    [InlineData("## About chapter 01", ">About chapter 01 ")]
    [InlineData("[about chapter 01](00-start.ipynb)", ">about chapter 01</a>")]
    [InlineData("`chapter 01`", "<code>chapter 01</code>")]
    [InlineData("`exercises/01-entropy.ipynb`", "<a href=\"exercises/01-entropy.html\"><code>exercises/01-entropy.ipynb</code></a>")]
    [InlineData("| a |\n|---|\n| `x \\| y` |", "<td><code>x | y</code></td>")]
    [InlineData("`exercises/09-absent.ipynb`", "<p><code>exercises/09-absent.ipynb</code></p>")]
    [InlineData("## References\n\n- A. doi:10.1016/0005-1098(78)90005-5, arXiv:1806.06920.", "<a href=\"https://doi.org/10.1016/0005-1098(78)90005-5\">doi:10.1016/0005-1098(78)90005-5</a>, <a href=\"https://arxiv.org/abs/1806.06920\">arXiv:1806.06920</a>.")]
    public void A_link_leads_to_a_page_where_there_is_one_and_so_does_the_number_of_another_chapter(string markdown, string html)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "notebooks/00-start.ipynb", "notebooks/01-entropy.ipynb", "exercises/01-entropy.ipynb", "docs/guide.md" })
            folder.Write(file, "");
        var book = new BookContents(Path.Combine(folder.Path, "out"),
        [
            new BookPage("00-start", Path.Combine(folder.Path, "notebooks/00-start.ipynb"), "Start", PageKind.Chapter),
            new BookPage("01-entropy", Path.Combine(folder.Path, "notebooks/01-entropy.ipynb"), "Entropy", PageKind.Chapter),
            new BookPage("exercises/01-entropy", Path.Combine(folder.Path, "exercises/01-entropy.ipynb"), "Exercises", PageKind.Exercises),
        ]);
        string page = PageWriter.Notebook(new Notebook([new MarkdownCell("a", markdown, [])], []), book.Pages[0], book);
        Assert.Contains(html, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_has_the_anchor_that_jupyter_gives_it_and_no_two_have_the_same()
    {
        string page = Pages.Of(new Notebook([new MarkdownCell("a", "## Why `f` and $T^2$?\n\n### One\n\n### One", [])], []));
        Assert.Contains("<h2 id=\"Why-f-and-$T^2$?\">", page, StringComparison.Ordinal);
        Assert.Contains("<h3 id=\"One\">", page, StringComparison.Ordinal);
        Assert.Contains("<h3 id=\"One-2\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Contents_nest_sub_sections_below_their_section()
    {
        string page = Pages.Of(new Notebook([new MarkdownCell("a", "# T\n\n## A\n\n### A1\n\n### A2\n\n## B", [])], []));
        Assert.Contains(
            """<ol><li><a href="#A">A</a><ol><li><a href="#A1">A1</a></li><li><a href="#A2">A2</a></li></ol></li><li><a href="#B">B</a></li></ol>""",
            page.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_that_hold_are_a_mark_that_opens_and_other_lines_stay_in_their_place()
    {
        var cell = new CodeCell("a", "code", [], 1, [new StreamOutput("stdout", "holds: a < b\nholds: c\nsaid\nholds: d\n")]);
        string page = Pages.Of(new Notebook([cell], []));
        int two = page.IndexOf("<summary>2 checks hold</summary>", StringComparison.Ordinal);
        int said = page.IndexOf("<pre class=\"stdout\">said</pre>", StringComparison.Ordinal);
        int one = page.IndexOf("<summary>1 check holds</summary>", StringComparison.Ordinal);
        Assert.True(0 < two && two < said && said < one, $"{two}, {said}, {one}");
        Assert.Contains("<li>a &lt; b</li>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double[] x = [1];\nClaim.Equal(1, 1);\nFigure.Of(\n  a)\n  .WithTitle(t)\n  .WithCaption(c)", "double[] x = [1];\nClaim.Equal(1, 1);", "Figure.Of(")]
    [InlineData("string[] names = [];\nFigure.Of(\n  a)\n  .WithTitle(t)\n  .WithCaption(c)", "", "string[] names")]
    [InlineData("Figure F() =>\n  a\n  .b\n  .c;\nClaim.Equal(1, 1);\nF()", "Figure F()", "")]
    [InlineData("Figure.Of(a)", "Figure.Of(a)", "")]
    [InlineData("#!import setup.csx", "", "#!import setup.csx")]
    public void What_only_draws_or_sets_up_is_folded(string code, string open, string folded)
    {
        var cell = new CodeCell("a", code, [], 1, [new DataOutput(new JsonObject { ["image/svg+xml"] = "<svg/>" }, [], 1)]);
        string page = System.Text.RegularExpressions.Regex.Replace(Pages.Of(new Notebook([cell], [])), "</?span[^>]*>", "");
        string[] parts = page.Split("<details class=\"fold\">");
        Assert.Equal(folded.Length > 0 ? 2 : 1, parts.Length);
        if (open.Length > 0)
            Assert.Contains($"<pre class=\"source\"><code>{open}", parts[0], StringComparison.Ordinal);
        else
            Assert.DoesNotContain("<pre class=\"source\">", parts[0], StringComparison.Ordinal);
        if (folded.Length > 0)
            Assert.Contains($"<pre class=\"source\"><code>{folded}", parts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var x = 1.5e-3; // why", "<span class=\"k\">var</span> x = <span class=\"n\">1.5e-3</span>; <span class=\"c\">// why</span>")]
    [InlineData("$\"{a} \\\" b\" + c", "<span class=\"s\">$&quot;{a} \\&quot; b&quot;</span> + c")]
    [InlineData("@\"a\"\"\\\" + b", "<span class=\"s\">@&quot;a&quot;&quot;\\&quot;</span> + b")]
    [InlineData("\"\"\"a \" b\"\"\" + c", "<span class=\"s\">&quot;&quot;&quot;a &quot; b&quot;&quot;&quot;</span> + c")]
    [InlineData("\"\" + a", "<span class=\"s\">&quot;&quot;</span> + a")]
    [InlineData("'\\'' + a", "<span class=\"s\">&#39;\\&#39;&#39;</span> + a")]
    [InlineData("a /* b\nc */ d", "a <span class=\"c\">/* b\nc */</span> d")]
    [InlineData("\"open\nvar", "<span class=\"s\">&quot;open</span>\n<span class=\"k\">var</span>")]
    [InlineData("#!check 1\nx..y", "<span class=\"c\">#!check 1</span>\nx..y")]
    [InlineData("list[1..2]", "list[<span class=\"n\">1</span>..<span class=\"n\">2</span>]")]
    [InlineData("ifs = if_", "ifs = if_")]
    public void Code_has_colours(string code, string html)
    {
        string page = Pages.Of(new Notebook([new CodeCell("a", code, [], 1, [])], []));
        Assert.Contains($"<code>{html}</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_before_its_answer_says_which_choice_is_right()
    {
        const string Question = "**Predict first.** Which?\n\n- one\n- two\n\n<details><summary>Answer</summary>\n\n**b.** Because.\n\n</details>";
        string page = Pages.Of(new Notebook([new MarkdownCell("a", Question, new JsonObject { ["tags"] = new JsonArray("predict") })], []));
        Assert.Contains("<section class=\"prose predict\" data-answer=\"b\">", page, StringComparison.Ordinal);
        Assert.Contains("<li>two</li>", page, StringComparison.Ordinal);
    }
}
