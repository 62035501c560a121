using System.Text;

namespace Course.Notebooks.Tests;

/// <summary>Whatever a file holds, the reader gives a notebook, which can be written and read again, or says why it is none.</summary>
public sealed class FuzzTests
{
    [Fact]
    public Task A_file_is_a_notebook_or_is_said_to_be_none() => Fuzz.TryAsync(300, random => Fuzz.Mutated(Fuzz.Notebooks, random), (text, _) =>
    {
        Notebook notebook;
        try
        {
            notebook = NotebookFile.Parse(Encoding.UTF8.GetBytes(text), "n.ipynb");
        }
        catch (NotebookFormatException)
        {
            return Task.CompletedTask;
        }
        string json = NotebookFile.ToJson(notebook);
        Assert.Equal(json, NotebookFile.ToJson(NotebookFile.Parse(Encoding.UTF8.GetBytes(json), "n.ipynb")));
        return Task.CompletedTask;
    });
}
