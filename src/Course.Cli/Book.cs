using Course.Notebooks;

namespace Course.Cli;

/// <summary>The pages of notebooks in a folder, and one that lists them.</summary>
/// <param name="folder">The folder.</param>
internal sealed class Book(string folder)
{
    /// <summary>The page that lists the others.</summary>
    public string Index => Path.Combine(folder, "index.html");

    /// <summary>
    /// Writes the pages of notebooks with the outputs that are stored in them, and the list. A page that is newer than its notebook stays:
    /// an execution wrote it. A notebook that cannot be read has no page; whoever executes it says why.
    /// </summary>
    /// <param name="notebooks">Each notebook, and the name of its page.</param>
    public void Write(IReadOnlyList<(string Path, string Name)> notebooks)
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, string name) in notebooks)
        {
            try
            {
                Notebook notebook = NotebookFile.Read(path);
                titles[name] = notebook.Title ?? name;
                DateTime page = File.GetLastWriteTimeUtc(Page(name));
                if (page < File.GetLastWriteTimeUtc(path) || page < File.GetLastWriteTimeUtc(SliderFile.Of(path)))
                    Refresh(notebook, name, SliderFile.Read(path));
            }
            catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
        AtomicFile.Write(Index, PageWriter.Index("The course", Pages(titles)));
    }

    /// <summary>Writes the page of a notebook.</summary>
    public void Refresh(Notebook notebook, string name, IReadOnlyDictionary<string, Slider> sliders) =>
        AtomicFile.Write(Page(name), PageWriter.ToHtml(notebook, name, sliders));

    private string TitleOf(string name) => NotebookFile.TitleOf(Path.Combine(folder, name + ".ipynb")) ?? Path.GetFileName(name);

    private string Page(string name) => Path.Combine(folder, name + ".html");

    /// <summary>Every page that lies in the folder, from this run or an earlier one.</summary>
    private IEnumerable<(string File, string Title)> Pages(Dictionary<string, string> titles)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true };
        IEnumerable<string> earlier = Directory.EnumerateFiles(folder, "*.ipynb", everywhere)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/'));
        return titles.Keys.Union(earlier, StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(name => File.Exists(Page(name)))
            .Select(name => ($"{name}.html", titles.GetValueOrDefault(name) ?? TitleOf(name)));
    }
}
