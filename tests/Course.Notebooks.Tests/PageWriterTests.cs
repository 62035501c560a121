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
        string page = PageWriter.ToHtml(notebook, "name");
        Assert.Contains("<title>The *title*</title>", page, StringComparison.Ordinal);
        Assert.Contains("if (a &lt; b &amp;&amp; c &gt; d) { }", page, StringComparison.Ordinal);
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

    [Fact]
    public void A_caption_is_text_below_the_figure_and_once_on_the_page()
    {
        const string Svg = """<svg id="fig" viewBox="0 0 720 458" width="720" height="458"><desc id="fig-desc">A &lt; B &amp; so on.</desc><text>What to see.</text></svg>""";
        const string Text = "Title\nA < B & so on.\nWhat to see: A < B.";
        string page = Page(new JsonObject
        {
            ["image/svg+xml"] = Svg,
            ["application/vnd.plotly.v1+json"] = new JsonObject { ["layout"] = new JsonObject { ["height"] = 432 } },
            ["text/plain"] = Text,
        });
        Assert.Contains("<figcaption>What to see: A &lt; B.</figcaption>", page, StringComparison.Ordinal);
        Assert.Contains("viewBox=\"0 0 720 432\" width=\"720\" height=\"432\"", page, StringComparison.Ordinal);

        string drawn = Page(new JsonObject { ["image/svg+xml"] = Svg, ["text/plain"] = Text });
        Assert.DoesNotContain("<figcaption>", drawn, StringComparison.Ordinal);
        Assert.Contains(Svg, drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_figure_of_a_chapter_has_its_caption_below_it()
    {
        CourseFolder course = CourseFolder.Find(AppContext.BaseDirectory)!;
        Notebook chapter = NotebookFile.Read(Path.Combine(course.Notebooks, "02-gibbs-inequality.ipynb"));
        int figures = chapter.CodeCells.SelectMany(c => c.Outputs.OfType<DataOutput>()).Count(o => o.Data["image/svg+xml"] is not null);
        string page = PageWriter.ToHtml(chapter, "02");
        Assert.Equal(figures, page.Split("<figure class=\"figure\">").Length - 1);
    }

    [Fact]
    public void A_link_to_a_chapter_leads_to_its_page_and_any_other_link_stays()
    {
        string page = PageWriter.ToHtml(new Notebook(
            [new MarkdownCell("a", "[next](01-entropy.ipynb), [exercises](../exercises/01-entropy.ipynb), [away](https://example.org/a.ipynb)", [])], []), "00");
        Assert.Contains("href=\"01-entropy.html\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../exercises/01-entropy.ipynb\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org/a.ipynb\"", page, StringComparison.Ordinal);
    }

    private static string Page(JsonObject data) =>
        PageWriter.ToHtml(new Notebook([new CodeCell("a", "figure", [], 1, [new DataOutput(data, [], 1)])], []), "figure");
}
