using System.Net;
using System.Text;

namespace Course.Notebooks;

/// <summary>The frame of every page: title, bar, contents, text, and the way on. It needs no file beside it but the other pages.</summary>
internal static class PageText
{
    private static readonly string[] Template = Resource("page.html").Split("{{");

    private static readonly string Style = Resource("page.css") + FigureOnPage.Css + MathStyle.Css;

    private static readonly string Script = Resource("page.js") + FigureOnPage.Script;

    /// <summary>The page.</summary>
    /// <param name="book">The pages that it leads to.</param>
    /// <param name="page">The page.</param>
    /// <param name="headings">Its headings, for its contents.</param>
    /// <param name="body">Its text as HTML.</param>
    /// <param name="hasSliders">Whether it needs what sliders need.</param>
    public static string Write(BookContents book, BookPage page, IReadOnlyList<PageHeading> headings, string body, bool hasSliders = false)
    {
        var html = new StringBuilder(body.Length + Style.Length + Script.Length + 20_000).Append(Template[0]);
        foreach (string part in Template.Skip(1))
        {
            int end = part.IndexOf("}}", StringComparison.Ordinal);
            html.Append(part[..end] switch
            {
                "title" => Encode(Plain(page.Title)),
                "style" => hasSliders ? Style + SliderOnPage.Css : Style,
                "script" => hasSliders ? Script + SliderOnPage.Script : Script,
                "home" => BookContents.Href(page, "index.html"),
                "root" => BookContents.Href(page, ""),
                "contents" => Contents(headings),
                "before" => Neighbours(book, page, bar: true),
                "after" => Neighbours(book, page, bar: false),
                "kind" => page.Kind.ToString().ToLowerInvariant(),
                "body" => body,
                var name => throw new InvalidOperationException($"page.html asks for '{name}'"),
            }).Append(part, end + 2, part.Length - end - 2);
        }
        return html.ToString();
    }

    /// <summary>An embedded file.</summary>
    public static string Resource(string name)
    {
        using Stream stream = typeof(PageText).Assembly.GetManifestResourceStream($"Course.Notebooks.Pages.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A title without Markdown's signs, for places that show none.</summary>
    public static string Plain(string title) => Prose.Parse(title) is { } document ? Prose.PlainText(document).Trim() : title;

    private static string Contents(IReadOnlyList<PageHeading> headings)
    {
        PageHeading[] shown = [.. headings.Where(h => h.Level is 2 or 3)];
        if (shown.Count(h => h.Level == 2) < 2)
            return "";
        var html = new StringBuilder("<nav class=\"contents\" aria-label=\"Contents of this page\"><details open><summary>Contents</summary>\n<ol>\n");
        bool inner = false, first = true;
        foreach (PageHeading heading in shown)
        {
            if (heading.Level == 2)
                html.Append(inner ? "</ol></li>\n" : first ? "" : "</li>\n");
            else if (!inner)
                html.Append(first ? "<li>" : "").Append("\n<ol>\n");
            html.Append($"<li><a href=\"#{Encode(heading.Id)}\">{heading.Html}</a>").Append(heading.Level == 3 ? "</li>\n" : "");
            (inner, first) = (heading.Level == 3, false);
        }
        return html.Append(inner ? "</ol></li>\n" : "</li>\n").Append("</ol>\n</details></nav>\n").ToString();
    }

    private static string Neighbours(BookContents book, BookPage page, bool bar)
    {
        (BookPage? before, BookPage? after) = book.Neighbours(page);
        BookPage? partner = page.Number is not { } number ? null
            : page.Kind == PageKind.Chapter ? book.Exercises(number)
            : page.Kind == PageKind.Exercises ? book.Chapter(number) : null;
        if (page.Kind == PageKind.Reference)
            (before, after) = (null, null);
        var html = new StringBuilder();
        Append(before, "previous", "‹", "prev");
        if (partner is not null)
            Append(partner, page.Kind == PageKind.Chapter ? "exercises" : "chapter", "", "partner");
        Append(after, "next", "›", "next");
        return html.ToString();

        void Append(BookPage? to, string relation, string arrow, string rel)
        {
            if (to is null)
                return;
            string title = Prose.Line(to.Title), words = rel == "prev" ? $"{arrow} {relation}" : rel == "next" ? $"{relation} {arrow}" : relation;
            string text = bar ? words : $"<small>{words}</small> {title}";
            string hint = bar ? $" title=\"{Encode(Plain(to.Title))}\"" : "";
            html.Append($"<a class=\"{rel}\" href=\"{BookContents.Href(page, to.File)}\"{hint}>{text}</a>\n");
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
