namespace Course.Notebooks.Tests;

/// <summary>Pages of notebooks that belong to no book.</summary>
internal static class Pages
{
    /// <summary>The page of a notebook.</summary>
    public static string Of(Notebook notebook, IReadOnlyDictionary<string, Slider>? sliders = null)
    {
        var page = new BookPage("page", Path.Combine(Path.GetTempPath(), "page.ipynb"), notebook.Title ?? "page", PageKind.Notebook);
        return PageWriter.Notebook(notebook, page, new BookContents(Path.GetTempPath(), [page]), sliders);
    }
}
