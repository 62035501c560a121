using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Course.Notebooks;

/// <summary>What the book's first page says of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Notebook">The notebook that it is written from.</param>
/// <param name="Exercises">How many exercises it has.</param>
/// <param name="Solved">How many of them the learner has solved; null where nobody is learning.</param>
public sealed record IndexEntry(BookPage Page, Notebook Notebook, int Exercises, int? Solved);

/// <summary>The book's first page: a card for each chapter, with a picture, a sentence, what it takes, and how far the learner is.</summary>
public static class IndexPage
{
    /// <summary>The page.</summary>
    /// <param name="title">The book's title.</param>
    /// <param name="book">The book.</param>
    /// <param name="entries">Its chapters and other notebooks, in the order of reading.</param>
    public static string Write(string title, BookContents book, IReadOnlyList<IndexEntry> entries)
    {
        var page = new BookPage("index", "index", title, PageKind.Reference);
        var body = new StringBuilder($"<h1>{Prose.Line(title)}</h1>\n");
        IndexEntry[] chapters = [.. entries.Where(e => e.Page.Kind == PageKind.Chapter)];
        if (chapters.Length > 0)
            body.Append(Lead(chapters));
        AppendCards(body, "Chapters", chapters, book);
        AppendCards(body, chapters.Length > 0 ? "More notebooks" : "Notebooks", [.. entries.Where(e => e.Page.Kind != PageKind.Chapter)], book);
        AppendList(body, "Exercises", book.Pages.Where(p => p.Kind == PageKind.Exercises));
        AppendList(body, "For reference", book.Pages.Where(p => p.Kind == PageKind.Reference));
        return PageText.Write(book, page, [], body.ToString());
    }

    private static string Lead(IndexEntry[] chapters)
    {
        int exercises = chapters.Sum(c => c.Exercises), solved = chapters.Sum(c => c.Solved ?? 0);
        string far = solved == 0 ? "" : $" You have solved {solved} of the {exercises} exercises.";
        string first = chapters[0].Page.File;
        return $"<p>What it costs to believe the wrong distribution: derived, computed, drawn and used, in C#. "
            + $"Begin with <a href=\"{Encode(first)}\">{Prose.Line(chapters[0].Page.Title)}</a>; "
            + $"every page can be read without running anything.{far}</p>\n";
    }

    private static void AppendCards(StringBuilder body, string heading, IndexEntry[] entries, BookContents book)
    {
        if (entries.Length == 0)
            return;
        body.Append($"<h2>{heading}</h2>\n<ul class=\"cards\">\n");
        foreach (IndexEntry entry in entries)
        {
            JsonObject? facts = entry.Notebook.Metadata["course"] as JsonObject;
            body.Append("<li>\n").Append(Picture(entry.Notebook, facts?["picture"]?.ToString()))
                .Append($"<h3>{LinkTo(entry.Page)}</h3>\n");
            if (facts?["summary"]?.ToString() is { } summary)
                body.Append($"<p>{Prose.Line(summary)}</p>\n");
            body.Append(Facts(entry, facts, book)).Append("</li>\n");
        }
        body.Append("</ul>\n");
    }

    private static string Facts(IndexEntry entry, JsonObject? facts, BookContents book)
    {
        var parts = new List<string>();
        if (facts?["minutes"]?.ToString() is { } minutes)
            parts.Add($"{Encode(minutes)} minutes");
        if (facts?["after"] is JsonArray { Count: > 0 } after)
        {
            parts.Add("after " + string.Join(", ", after.Select(n => n?.ToString() ?? "").Select(number => book.Chapter(number) is { } chapter
                ? $"<a href=\"{Encode(chapter.File)}\">{Encode(number)}</a>" : Encode(number))));
        }
        if (entry.Exercises > 0 && entry.Page.Number is { } own && book.Exercises(own) is { } sheet)
        {
            string count = entry.Exercises == 1 ? "1 exercise" : $"{entry.Exercises} exercises";
            string done = entry.Solved is > 0 and var solved
                ? $"<span class=\"bar-of\" aria-hidden=\"true\"><span style=\"width:{100 * solved / entry.Exercises}%\"></span></span>{solved} of " : "";
            parts.Add($"{done}<a href=\"{Encode(sheet.File)}\">{count}</a>{(done.Length > 0 ? " solved" : "")}");
        }
        return parts.Count == 0 ? "" : $"<p class=\"facts\">{string.Join(" · ", parts)}</p>\n";
    }

    /// <summary>The drawing of a cell, or else the first; it says nothing that the chapter does not, so nobody reads it aloud.</summary>
    private static string Picture(Notebook notebook, string? cell)
    {
        string? drawing = notebook.CodeCells.Where(c => cell is null || c.Id == cell).SelectMany(c => c.Outputs.OfType<DataOutput>())
            .Select(o => o.Data[MimeTypes.Svg]?.ToString()).FirstOrDefault(svg => svg is not null);
        return drawing is null ? "" : $"<div class=\"picture\" aria-hidden=\"true\">{drawing}</div>\n";
    }

    private static void AppendList(StringBuilder body, string heading, IEnumerable<BookPage> pages)
    {
        string items = string.Concat(pages.Select(p => $"<li>{LinkTo(p)}</li>\n"));
        if (items.Length > 0)
            body.Append($"<h2>{heading}</h2>\n<ul>\n{items}</ul>\n");
    }

    /// <summary>A link from the first page, which lies at the top of the book.</summary>
    private static string LinkTo(BookPage page) => $"<a href=\"{BookContents.Escaped(page.File)}\">{Prose.Line(page.Title)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
