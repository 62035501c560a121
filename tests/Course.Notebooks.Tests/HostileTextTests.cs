using System.Text.Json.Nodes;

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
        await Assert.ThrowsAsync<NotebookFormatException>(() => Task.Run(() => NotebookFile.Read(path)).WaitAsync(Deadline, TestContext.Current.CancellationToken));
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
        string json = await Task.Run(() => NotebookFile.ToJson(new Notebook([new MarkdownCell("a", source, [])], []))).WaitAsync(Deadline, TestContext.Current.CancellationToken);
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
        Assert.Contains("the end", await Task.Run(() => PageWriter.ToHtml(notebook, "n")).WaitAsync(Deadline, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<desc")]
    [InlineData("<desc>")]
    [InlineData("viewBox=\"0 0 1 ")]
    public async Task A_page_is_written_of_a_drawing_that_is_none(string repeated)
    {
        var drawing = new JsonObject { ["image/svg+xml"] = Repeat(repeated, Long / repeated.Length), ["text/plain"] = "text" };
        var notebook = new Notebook([new CodeCell("a", "1", [], 1, [new DataOutput(drawing, [], 1)])], []);
        await Task.Run(() => PageWriter.ToHtml(notebook, "n")).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
