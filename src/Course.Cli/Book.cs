using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>
/// The book in a folder: a page for each chapter and for its exercises, pages for the whole course, a first page that leads to all, and what
/// a search needs.
/// </summary>
internal sealed class Book
{
    private const string Title = "KL divergence and relative entropy in C#";
    private const string References = "references";

    /// <summary>Where a run puts notebooks: chapters at the top, others in these folders.</summary>
    private static readonly string[] Inner = ["", "exercises", "solutions", "elsewhere"];

    private static readonly DateTime Written = File.GetLastWriteTimeUtc(typeof(PageWriter).Assembly.Location);

    private readonly string _folder;
    private readonly CourseFolder? _course;
    private readonly BookContents _contents;

    /// <summary>A book.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="course">The course, if the book is to hold all of it.</param>
    /// <param name="notebooks">Notebooks that it holds besides, and the name of the page of each.</param>
    public Book(string folder, CourseFolder? course, IReadOnlyList<(string Path, string Name)> notebooks)
    {
        _folder = folder;
        _course = course;
        IEnumerable<BookPage> pages =
        [
            .. course?.Chapters.Select(path => Of(path, Stem(path), PageKind.Chapter)) ?? [],
            .. course?.TensorChapters.Select(path => Of(path, Stem(path), PageKind.Notebook)) ?? [],
            .. course is null ? []
                : CourseFolder.NotebooksIn(course.Exercises).Select(path => Of(path, $"exercises/{Stem(path)}", PageKind.Exercises)),
            .. course?.Pages.Select(path => Of(path, Stem(path), PageKind.Reference)) ?? [],
            .. course is null ? Array.Empty<BookPage>()
                : [new BookPage(References, Path.Combine(course.Notebooks, References), "References", PageKind.Reference)],
            .. notebooks.Select(n => Of(n.Path, n.Name, PageKind.Notebook)),
            .. Earlier(),
        ];
        _contents = new BookContents(folder, [.. pages.DistinctBy(p => p.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The page that leads to the others.</summary>
    public string Index => Path.Combine(_folder, "index.html");

    /// <summary>
    /// Writes the book with the outputs that are stored in its notebooks. A page that is newer than its notebook stays: an execution wrote it.
    /// A notebook that cannot be read has no page; whoever executes it says why.
    /// </summary>
    public void Write()
    {
        var search = new SearchIndex();
        var notebooks = new List<(BookPage Page, Notebook Notebook)>();
        foreach (BookPage page in _contents.Pages)
        {
            try
            {
                if (page.Name == References)
                    continue;
                if (page.Kind == PageKind.Reference)
                {
                    string markdown = File.ReadAllText(page.Source);
                    AtomicFile.Write(FileOf(page), PageWriter.Markdown(markdown, page, _contents));
                    search.Add(page, [markdown]);
                    continue;
                }
                string source = Latest(page);
                Notebook notebook = NotebookFile.Read(source);
                notebooks.Add((page, notebook));
                search.Add(page, notebook.Cells.OfType<MarkdownCell>().Select(c => c.Source));
                if (!IsFresh(page))
                    Refresh(notebook, page.Name, SliderFile.Read(source));
            }
            catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
        WriteReferences(notebooks);
        AtomicFile.Write(Path.Combine(_folder, "search.js"), search.ToScript());
        AtomicFile.Write(Index, IndexPage.Write(_course is null ? "The course" : Title, _contents, Entries(notebooks)));
    }

    /// <summary>Writes the page of a notebook.</summary>
    public void Refresh(Notebook notebook, string name, IReadOnlyDictionary<string, Slider> sliders)
    {
        BookPage page = _contents.Pages.First(p => p.Name == name);
        AtomicFile.Write(FileOf(page), PageWriter.Notebook(notebook, page, _contents, sliders));
    }

    private void WriteReferences(IEnumerable<(BookPage Page, Notebook Notebook)> notebooks)
    {
        if (_contents.Pages.FirstOrDefault(p => p.Name == References) is not { } page)
            return;
        string list = ReferenceList.Markdown(notebooks.Where(n => n.Page.Kind is PageKind.Chapter or PageKind.Notebook)
            .Select(n => (Path.GetFileName(n.Page.Source), n.Notebook)));
        AtomicFile.Write(FileOf(page), PageWriter.Markdown(list, page, _contents));
    }

    private IReadOnlyList<IndexEntry> Entries(IEnumerable<(BookPage Page, Notebook Notebook)> notebooks)
    {
        Dictionary<string, ChapterProgress> progress = Progress();
        return
        [
            .. from n in notebooks
               where n.Page.Kind is PageKind.Chapter or PageKind.Notebook && File.Exists(FileOf(n.Page))
               let chapter = progress.GetValueOrDefault(Path.GetFullPath(n.Page.Source))
               select new IndexEntry(n.Page, n.Notebook, chapter?.Exercises ?? 0, chapter?.Done),
        ];
    }

    /// <summary>How far the learner is. The book does without it where the file cannot be understood; the overview says why.</summary>
    private Dictionary<string, ChapterProgress> Progress()
    {
        if (_course is null)
            return [];
        try
        {
            return ChapterProgress.Of(_course, Sheets.Of(_course), LearnerProgress.Load(_course))
                .ToDictionary(p => Path.GetFullPath(p.Path), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is InvalidOperationException or NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The notebook of a page: as it was executed last, if it was not saved since.</summary>
    private string Latest(BookPage page)
    {
        string executed = Path.ChangeExtension(FileOf(page), ".ipynb");
        return File.GetLastWriteTimeUtc(executed) > File.GetLastWriteTimeUtc(page.Source) ? executed : page.Source;
    }

    private bool IsFresh(BookPage page)
    {
        DateTime written = File.GetLastWriteTimeUtc(FileOf(page));
        return written >= File.GetLastWriteTimeUtc(page.Source) && written >= File.GetLastWriteTimeUtc(SliderFile.Of(page.Source))
            && written >= Written;
    }

    /// <summary>Pages of other notebooks that an earlier run has written into the folder.</summary>
    private IEnumerable<BookPage> Earlier()
    {
        return Inner.SelectMany(inner => CourseFolder.NotebooksIn(Path.Combine(_folder, inner)))
            .Where(path => File.Exists(Path.ChangeExtension(path, ".html")))
            .Select(path => Of(path, Path.ChangeExtension(Path.GetRelativePath(_folder, path), null).Replace('\\', '/'), PageKind.Notebook));
    }

    private static BookPage Of(string path, string name, PageKind kind)
    {
        string? title = kind == PageKind.Reference
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..]
            : NotebookFile.TitleOf(path);
        return new BookPage(name, path, title ?? Path.GetFileName(name), kind);
    }

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path);

    private string FileOf(BookPage page) => Path.Combine(_folder, page.File);
}
