using System.Text.Json.Nodes;

namespace Course.Notebooks.Tests;

public sealed class NotebookFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_and_written_the_same()
    {
        var notebook = new Notebook(
            [
                new MarkdownCell("a", "# T\n\n$x \\in \\mathbb{R}$ \ud83d\ude00 \"quoted\" <b>&amp;</b>", new JsonObject { ["tags"] = new JsonArray("x") }),
                new CodeCell("b", "1", [], 1,
                [
                    new StreamOutput("stdout", "one\ntwo"),
                    new DataOutput(new JsonObject { ["application/vnd.plotly.v1+json"] = new JsonObject { ["data"] = new JsonArray(1.5) }, ["text/plain"] = "line\nline" }, [], null),
                    new DataOutput(new JsonObject { ["text/plain"] = "1" }, [], 1),
                    new ErrorOutput("E", "m", ["t1", "t2"]),
                ]),
                new RawCell("c", "", []),
            ],
            new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp" }, ["custom"] = new JsonArray(1, "a") });
        string json = NotebookFile.ToJson(notebook);
        string path = _folder.Write("n.ipynb", json);
        Assert.Equal(json, NotebookFile.ToJson(NotebookFile.Read(path)));
        Assert.Contains("\ud83d\ude00", json, StringComparison.Ordinal);
        Assert.Equal("T", notebook.Title);
    }

    [Fact]
    public void The_file_is_nbformat_4_5_as_jupyter_lays_it_out()
    {
        string json = NotebookFile.ToJson(new Notebook([new CodeCell("b", "x\ny", [], null, [])], []));
        Assert.Equal(
            """
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "b",
               "metadata": {},
               "outputs": [],
               "source": [
                "x\n",
                "y"
               ]
              }
             ],
             "metadata": {},
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """.ReplaceLineEndings("\n"),
            json);
    }

    [Fact]
    public void Numbers_stand_on_one_line_and_text_that_looks_like_them_is_left_alone()
    {
        var figure = new JsonObject
        {
            ["x"] = new JsonArray(1, -2.5e-300, null),
            ["z"] = new JsonArray(new JsonArray(1, 2), new JsonArray(3, 4)),
            ["names"] = new JsonArray("1", "2"),
            ["mixed"] = new JsonArray(1, "a"),
            ["none"] = new JsonArray(),
        };
        const string Source = "double[] x = [\n 1,\n 2\n];";
        string json = NotebookFile.ToJson(new Notebook(
            [new CodeCell("b", Source, [], 1, [new DataOutput(new JsonObject { ["application/vnd.plotly.v1+json"] = figure }, [], null)])], []));
        string[] lines = [.. json.Split('\n').Select(line => line.Trim())];
        Assert.Contains("\"x\": [1,-2.5E-300,null],", lines);
        Assert.Contains("[1,2],", lines);
        Assert.Contains("[3,4]", lines);
        Assert.Contains("\"names\": [", lines);
        Assert.Contains("\"mixed\": [", lines);
        Assert.Contains("\"none\": []", lines);
        Notebook read = NotebookFile.Read(_folder.Write("n.ipynb", json));
        Assert.Equal(Source, read.Cells[0].Source);
        Assert.Equal(json, NotebookFile.ToJson(read));
    }

    [Fact]
    public void Ids_are_kept_and_missing_or_repeated_ones_are_given()
    {
        string path = _folder.Write("n.ipynb", Json("""{"cell_type":"markdown","id":"cell-2","source":""},{"cell_type":"markdown","source":["a\n","b"]},{"cell_type":"code","id":"cell-2","source":"1"}"""));
        Notebook notebook = NotebookFile.Read(path);
        Assert.Equal(["cell-2", "cell-2-2", "cell-3"], notebook.Cells.Select(c => c.Id));
        Assert.Equal("a\nb", notebook.Cells[1].Source);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{\n\"cells\": [\n}", "line 3")]
    [InlineData("[]", "no list of cells")]
    [InlineData("{\"cells\":[],\"nbformat\":3}", "nbformat 3")]
    [InlineData("{\"cells\":[],\"cells\":[],\"nbformat\":4}", "not a notebook")]
    [InlineData("{\"cells\":[],\"metadata\":{\"kernel\":{\"name\":1,\"name\":2}},\"nbformat\":4}", "name")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[1]}],\"nbformat\":4}", "cell 1 has an output of the unknown type")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"source\":\"\\ud800\"}],\"nbformat\":4}", "not a notebook")]
    [InlineData("{\"cells\":[1],\"nbformat\":4}", "cell 1 is not an object")]
    [InlineData("{\"cells\":[{\"cell_type\":\"markdown\",\"source\":\"\"},{\"cell_type\":\"heading\",\"source\":\"\"}],\"nbformat\":4}", "cell 2 has the unknown type 'heading'")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"source\":3}],\"nbformat\":4}", "cell 1 has text")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[{\"output_type\":\"x\"}]}],\"nbformat\":4}", "cell 1 has an output of the unknown type 'x'")]
    public void A_file_that_is_no_notebook_is_refused_by_name_cell_and_reason(string text, string reason)
    {
        NotebookFormatException refusal = Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(_folder.Write("bad.ipynb", text)));
        Assert.StartsWith("bad.ipynb: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attachments_are_kept_and_line_endings_are_those_of_the_format()
    {
        string path = _folder.Write("n.ipynb", Json("""{"cell_type":"markdown","id":"a","metadata":{},"attachments":{"p.png":{"image/png":"AAAA"}},"source":["a\r\n","b"]}"""));
        Notebook notebook = NotebookFile.Read(path);
        Assert.Equal("a\nb", notebook.Cells[0].Source);
        NotebookFile.Write(notebook, path);
        Assert.Equal("AAAA", NotebookFile.Read(path).Cells[0].Attachments["p.png"]!["image/png"]!.ToString());
    }

    [Fact]
    public void Writing_leaves_nothing_beside_the_file()
    {
        string path = _folder.File("new/n.ipynb");
        NotebookFile.Write(new Notebook([], []), path);
        NotebookFile.Write(new Notebook([new RawCell("a", "b", [])], []), path);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_folder.File("new")));
        Assert.Single(NotebookFile.Read(path).Cells);
    }

    [Fact]
    public void A_write_that_fails_leaves_everything_as_it_was()
    {
        string occupied = _folder.File("n.ipynb");
        Directory.CreateDirectory(occupied);
        File.WriteAllText(Path.Combine(occupied, "kept"), "old");
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(occupied, "new"));
        Assert.Equal("old", File.ReadAllText(Path.Combine(occupied, "kept")));
        Assert.Equal([occupied], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static string Json(string cells) => "{\"cells\":[" + cells + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}";
}
