using System.Text.Json.Nodes;
using Course.Figures;

namespace Course.Notebooks.Tests;

/// <summary>Texts at which a reader could overflow the stack or work for hours. The deadline tells a second from hours.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const int Deep = 100_000;
    private const int Long = 1_000_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[", "")]
    [InlineData("{\"cells\":", "")]
    [InlineData("{\"cells\":[", "]}")]
    public async Task A_file_nested_without_end_is_no_notebook(string opening, string closing)
    {
        string path = _folder.Write("n.ipynb", Repeat(opening, Deep) + Repeat(closing, Deep));
        await Assert.ThrowsAsync<NotebookFormatException>(() => WithinAsync(() => NotebookFile.Read(path)));
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("\\ud83d")]
    [InlineData("\ud83d\ude00")]
    [InlineData("[\n1,")]
    [InlineData("\n 1")]
    public async Task Any_text_is_written_and_read_back(string repeated)
    {
        string source = Repeat(repeated, Long / repeated.Length);
        string json = await WithinAsync(() => NotebookFile.ToJson(new Notebook([new MarkdownCell("a", source, [])], [])));
        Assert.Equal(source, NotebookFile.Read(_folder.Write("n.ipynb", json)).Cells[0].Source);
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("<b>")]
    [InlineData("![")]
    public async Task A_page_is_written_of_prose_nested_without_end(string repeated)
    {
        var notebook = new Notebook([new MarkdownCell("a", Repeat(repeated, Deep), []), new MarkdownCell("b", "the end", [])], []);
        Assert.Contains("the end", await WithinAsync(() => Pages.Of(notebook)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\\frac")]
    [InlineData("\\hat ")]
    [InlineData("\\left(")]
    [InlineData("\\displaystyle ")]
    [InlineData("\\begin{cases}")]
    [InlineData("\\text{")]
    [InlineData("\\color{red}")]
    [InlineData("\\sqrt[")]
    [InlineData("x'")]
    [InlineData("\\arg\\,")]
    [InlineData("a_b")]
    [InlineData("%")]
    [InlineData("\\begin{aligned}&\\\\\\end{aligned}")]
    public async Task A_page_is_written_of_a_formula_without_end(string repeated)
    {
        // The longest that is read, and one that is longer.
        string[] ends = ["first end", "second end"];
        int[] lengths = [TexParser.Longest, Long];
        var notebook = new Notebook(
            [.. lengths.Zip(ends, (length, end) =>
                new MarkdownCell(end, $"$$\n{Repeat(repeated, length / repeated.Length)}\n$$\n\nThe {end}.", []))], []);
        string page = await WithinAsync(() => Pages.Of(notebook));
        Assert.All(ends, end => Assert.Contains($"The {end}.", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$x$")]
    [InlineData("$x")]
    [InlineData("$$x$$ ")]
    [InlineData("($x$), ")]
    public async Task A_page_is_written_of_formulas_without_end(string repeated)
    {
        var notebook = new Notebook([new MarkdownCell("a", Repeat(repeated, Deep / 4), []), new MarkdownCell("b", "the end", [])], []);
        Assert.Contains("the end", await WithinAsync(() => Pages.Of(notebook)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<desc")]
    [InlineData("<desc>")]
    [InlineData("-1.5e")]
    public async Task A_page_is_written_of_a_drawing_that_is_none(string repeated)
    {
        string text = Repeat(repeated, Long / repeated.Length);
        JsonObject chart = (JsonObject)JsonNode.Parse(Figure.Of(Plot.Line([1, 2], [1, 2])).ToPlotlyJson())!;
        var drawing = new JsonObject { ["image/svg+xml"] = text, ["application/vnd.plotly.v1+json"] = chart, ["text/plain"] = text };
        var notebook = new Notebook([new CodeCell("a", "1", [], 1, [new DataOutput(drawing, [], 1)])], []);
        Assert.Contains("class=\"figure stored\"", await WithinAsync(() => Pages.Of(notebook)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("$\"{")]
    [InlineData("/*")]
    [InlineData("1e+")]
    [InlineData("@@@")]
    [InlineData("\n#")]
    [InlineData("Figure.\n")]
    [InlineData("holds: \n")]
    public async Task A_page_is_written_of_code_that_is_none(string repeated)
    {
        string text = Repeat(repeated, Long / repeated.Length);
        var drawn = new DataOutput(new JsonObject { ["image/svg+xml"] = "<svg/>" }, [], 1);
        var notebook = new Notebook([new CodeCell("a", text, [], 1, [new StreamOutput("stdout", text), drawn]), new MarkdownCell("b", "the end", [])], []);
        Assert.Contains("the end", await WithinAsync(() => Pages.Of(notebook)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_written_of_prose_that_names_chapters_without_end()
    {
        var notebook = new Notebook([new MarkdownCell("a", "chapters " + Repeat("01, ", Long / 4), []), new MarkdownCell("b", "the end", [])], []);
        Assert.Contains("the end", await WithinAsync(() => Pages.Of(notebook)), StringComparison.Ordinal);
    }

    private static Task<T> WithinAsync<T>(Func<T> work) => Task.Run(work).WaitAsync(Deadline, TestContext.Current.CancellationToken);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
