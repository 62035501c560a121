namespace Course.Notebooks;

/// <summary>The pages of a book, in the order of reading, and the way from each to the others.</summary>
/// <param name="folder">The book's folder.</param>
/// <param name="pages">Its pages.</param>
public sealed class BookContents(string folder, IReadOnlyList<BookPage> pages)
{
    private readonly Dictionary<string, BookPage> _sources = ByFirst(pages, page => Path.GetFullPath(page.Source));
    private readonly Dictionary<string, BookPage> _chapters = ByFirst(pages.Where(p => p.Kind == PageKind.Chapter), page => page.Number ?? "");
    private readonly Dictionary<string, BookPage> _exercises = ByFirst(pages.Where(p => p.Kind == PageKind.Exercises), page => page.Number ?? "");

    /// <summary>The pages, in the order of reading.</summary>
    public IReadOnlyList<BookPage> Pages => pages;

    /// <summary>The chapter with a number of two digits, or null.</summary>
    public BookPage? Chapter(string number) => _chapters.GetValueOrDefault(number);

    /// <summary>The exercises of the chapter with a number of two digits, or null.</summary>
    public BookPage? Exercises(string number) => _exercises.GetValueOrDefault(number);

    /// <summary>The page of the same kind before this one, and the one after it; null at an end.</summary>
    public (BookPage? Before, BookPage? After) Neighbours(BookPage page)
    {
        BookPage[] alike = [.. pages.Where(p => p.Kind == page.Kind)];
        int at = Array.IndexOf(alike, page);
        return at < 0 ? (null, null) : (alike.ElementAtOrDefault(at - 1), alike.ElementAtOrDefault(at + 1));
    }

    /// <summary>The address of a file of the book, as a page of it writes it.</summary>
    public static string Href(BookPage from, string file) =>
        string.Concat(Enumerable.Repeat("../", from.Name.Count(c => c == '/'))) + Escaped(file);

    /// <summary>
    /// A link of a page's source as the page writes it: to a page where there is one for the file, else to the file where it lies.
    /// A link that leads out of the computer, or to nothing here, stays as it is.
    /// </summary>
    public string Link(BookPage from, string url)
    {
        int hash = url.IndexOf('#', StringComparison.Ordinal);
        string path = Uri.UnescapeDataString(hash < 0 ? url : url[..hash]), fragment = hash < 0 ? "" : url[hash..];
        if (path.Length == 0 || path.Contains(':', StringComparison.Ordinal) || path[0] is '/' or '\\' || path.Contains('\0', StringComparison.Ordinal))
            return url;
        string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from.Source)!, path));
        if (_sources.TryGetValue(target, out BookPage? page))
            return page == from && fragment.Length > 0 ? fragment : Href(from, page.File) + fragment;
        if (!Path.Exists(target))
            return url;
        string here = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, from.File)))!;
        return Escaped(Path.GetRelativePath(here, target).Replace('\\', '/')) + fragment;
    }

    /// <summary>A path as an address.</summary>
    internal static string Escaped(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);

    private static Dictionary<string, BookPage> ByFirst(IEnumerable<BookPage> pages, Func<BookPage, string> key) =>
        pages.GroupBy(key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
