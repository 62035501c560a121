using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Course.Notebooks;

/// <summary>A heading of a page.</summary>
/// <param name="Level">1 for the title, 2 for a section.</param>
/// <param name="Id">Its anchor.</param>
/// <param name="Html">Its text as HTML.</param>
/// <param name="Text">Its text alone.</param>
internal sealed record PageHeading(int Level, string Id, string Html, string Text);

/// <summary>
/// The prose of a page as HTML. Headings have the anchors that Jupyter gives them, so that a link to one works in both. Where the prose names
/// a chapter by its number, the number leads there. Tables scroll in a box of their own.
/// </summary>
/// <param name="book">The pages that links lead to.</param>
/// <param name="page">The page that the prose stands on.</param>
internal sealed partial class Prose(BookContents book, BookPage page)
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .Use<MathExtension>().UsePipeTables().UseEmphasisExtras().Build();

    private const string References = "References";

    private readonly List<PageHeading> _headings = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The headings of what was written, in order.</summary>
    public IReadOnlyList<PageHeading> Headings => _headings;

    /// <summary>The section that was begun last: what a heading of level two says.</summary>
    public string Section => _headings.LastOrDefault(h => h.Level <= 2)?.Text ?? "";

    /// <summary>Parses Markdown; null for what is nested deeper than the parser goes.</summary>
    public static MarkdownDocument? Parse(string source)
    {
        try
        {
            return Markdig.Markdown.Parse(source, Markdown);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The Markdown as HTML.</summary>
    public string Write(string source)
    {
        if (Parse(source) is not { } document)
            return $"<pre>{WebUtility.HtmlEncode(source)}</pre>\n";
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
            Note(heading, source);
        foreach (LinkInline link in document.Descendants<LinkInline>())
            link.Url = link.Url is { } url ? book.Link(page, url) : null;
        bool cites = Section == References || page.Name == "references";
        foreach (LiteralInline text in document.Descendants<LiteralInline>().Where(t => !IsLinked(t)).ToArray())
        {
            if (cites)
                Link(text, Identifier(), AddressOf);
            else
                Link(text, ChapterNumber(), ChapterOf);
        }
        foreach (CodeInline code in document.Descendants<TableCell>().SelectMany(cell => cell.Descendants<CodeInline>()))
            code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);   // as GitHub reads it
        foreach (CodeInline code in document.Descendants<CodeInline>().Where(c => !IsLinked(c)).ToArray())
            LinkNotebook(code);
        return Html(document);
    }

    /// <summary>A line of Markdown as HTML, without the paragraph around it and without links.</summary>
    public static string Line(string markdown)
    {
        if (Parse(markdown) is not { } document || document.LastChild is not ParagraphBlock { Inline: { } inline })
            return WebUtility.HtmlEncode(markdown);
        using var text = new StringWriter();
        HtmlRenderer renderer = Renderer(text);
        renderer.WriteChildren(inline);
        return Anchors().Replace(text.ToString(), "");
    }

    /// <summary>The words of a document, without markup; formulas as a terminal shows them.</summary>
    public static string PlainText(MarkdownObject document) => string.Concat(Parts(document).Select(item => item switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        Markdig.Extensions.Mathematics.MathInline math => PlainTex.Of($"${math.Content}$"),
        LineBreakInline => " ",
        ParagraphBlock or HeadingBlock or TableCell => " ",
        _ => "",
    }));

    /// <summary>What a part of a document holds: of a paragraph or a heading alone, its inlines.</summary>
    private static IEnumerable<MarkdownObject> Parts(MarkdownObject part) =>
        part is LeafBlock leaf ? leaf.Inline?.Descendants() ?? [] : part.Descendants();

    /// <summary>Gives a heading its anchor, and remembers it.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="source">The Markdown that it stands in.</param>
    public PageHeading Note(HeadingBlock heading, string source)
    {
        string written = source.Substring(heading.Span.Start, heading.Span.Length).Trim('#', ' ', '\n')
            .Replace("`", "", StringComparison.Ordinal);
        string plain = written.Replace(' ', '-'), id = plain;
        for (int again = 2; !_ids.Add(id); again++)
            id = $"{plain}-{again}";
        heading.GetAttributes().Id = id;
        using var html = new StringWriter();
        Renderer(html).WriteChildren(heading.Inline!);
        var noted = new PageHeading(heading.Level, id, Anchors().Replace(html.ToString(), ""), PlainText(heading.Inline!).Trim());
        _headings.Add(noted);
        return noted;
    }

    private static string Html(MarkdownDocument document)
    {
        using var text = new StringWriter();
        Renderer(text).Render(document);
        return text.ToString();
    }

    private static HtmlRenderer Renderer(StringWriter text)
    {
        var renderer = new HtmlRenderer(text);
        Markdown.Setup(renderer);
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new AnchoredHeadings());
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollingTables());
        return renderer;
    }

    private static bool IsLinked(Inline inline)
    {
        for (ContainerInline? parent = inline.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline)
                return true;
            if (parent.ParentBlock is HeadingBlock)
                return true;
        }
        return false;
    }

    private static string AddressOf(Match identifier) =>
        (identifier.Groups["doi"].Success ? "https://doi.org/" : "https://arxiv.org/abs/") + identifier.Groups["id"].Value;

    private string? ChapterOf(Match mention) =>
        book.Chapter(mention.Groups["number"].Value) is { } chapter && chapter != page ? BookContents.Href(page, chapter.File) : null;

    /// <summary>Makes a link of what a text has of a kind.</summary>
    private static void Link(LiteralInline literal, Regex kind, Func<Match, string?> address)
    {
        string text = literal.Content.ToString();
        int from = 0;
        foreach (Match match in kind.Matches(text))
        {
            if (address(match) is not { } url)
                continue;
            literal.InsertBefore(new LiteralInline(text[from..match.Index]));
            var link = new LinkInline(url, "") { IsClosed = true };
            link.AppendChild(new LiteralInline(match.Value));
            literal.InsertBefore(link);
            from = match.Index + match.Length;
        }
        if (from > 0)
            literal.Content = new Markdig.Helpers.StringSlice(text[from..]);
    }

    /// <summary>Makes a link of a notebook's path, as a reader types it in the course's folder, where the book has a page for it.</summary>
    private void LinkNotebook(CodeInline code)
    {
        if (!code.Content.EndsWith(".ipynb", StringComparison.Ordinal) || code.Content.Contains("..", StringComparison.Ordinal))
            return;
        string address = book.Link(page, "../" + code.Content);
        if (!address.EndsWith(".html", StringComparison.Ordinal))
            return;
        var link = new LinkInline(address, "") { IsClosed = true };
        code.ReplaceBy(link);
        link.AppendChild(code);
    }

    /// <summary>A chapter's number where it is named: "chapter 04", or in a list, "chapters 04, 05 and 11". Not a chapter of a cited book.</summary>
    [GeneratedRegex(@"(?<!\b\d{4}, )[Cc]hapter (?<number>\d\d)\b|(?<=[Cc]hapters (?:\d\d(?:, and |, | and | to | or )){0,8})(?<number>\d\d)\b")]
    private static partial Regex ChapterNumber();

    [GeneratedRegex(@"(?<doi>doi:)(?<id>10\.\S*[^\s.,;)])|arXiv:(?<id>\d{4}\.\d{4,5})")]
    private static partial Regex Identifier();

    [GeneratedRegex("</?a\\b[^>]*>")]
    private static partial Regex Anchors();

    private sealed class AnchoredHeadings : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
        {
            string level = $"h{heading.Level}", id = WebUtility.HtmlEncode(heading.TryGetAttributes()?.Id ?? "");
            renderer.Write($"<{level} id=\"{id}\">").WriteLeafInline(heading);
            renderer.Write($" <a class=\"anchor\" href=\"#{id}\" aria-hidden=\"true\" tabindex=\"-1\">#</a></{level}>\n");
        }
    }

    private sealed class ScrollingTables : HtmlObjectRenderer<Table>
    {
        private readonly HtmlTableRenderer _table = new();

        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.Write("<div class=\"scroll\">");
            _table.Write(renderer, table);
            renderer.Write("</div>\n");
        }
    }
}
