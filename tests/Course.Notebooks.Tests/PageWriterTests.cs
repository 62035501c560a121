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
        Assert.Contains("<span class=\"math\">\\(e^{i\\pi} &lt; 1\\)</span>", page, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"</script>\"", page, StringComparison.Ordinal);
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
}
