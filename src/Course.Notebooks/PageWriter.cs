using System.Net;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Course.Notebooks;

/// <summary>
/// Writes a notebook as one HTML page that needs nothing beside it: formulas are MathML, and their font is in the page. Where there is a
/// network, plotly.js makes the figures interactive; without one they stay as they are drawn.
/// </summary>
public static class PageWriter
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .Use<MathExtension>().UsePipeTables().UseAutoIdentifiers().UseEmphasisExtras().Build();

    private static readonly string Template = Resource("page.html");

    /// <summary>The page of a notebook.</summary>
    public static string ToHtml(Notebook notebook, string name)
    {
        var body = new StringBuilder();
        foreach (Cell cell in notebook.Cells)
            AppendCell(body, cell);
        return Page(notebook.Title ?? name, body.ToString());
    }

    /// <summary>A page that lists pages.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="pages">File and title of each.</param>
    public static string Index(string title, IEnumerable<(string File, string Title)> pages) => Page(title,
        $"<h1>{Encode(title)}</h1>\n<ul>\n{string.Concat(pages.Select(p => $"<li><a href=\"{Encode(Uri.EscapeDataString(p.File).Replace("%2F", "/", StringComparison.Ordinal))}\">{Encode(p.Title)}</a></li>\n"))}</ul>\n");

    private static string Page(string title, string body) => Template
        .Replace("{{math}}", MathStyle.Css, StringComparison.Ordinal)
        .Replace("{{title}}", Encode(title), StringComparison.Ordinal)
        .Replace("{{body}}", body, StringComparison.Ordinal);

    private static void AppendCell(StringBuilder body, Cell cell)
    {
        switch (cell)
        {
            case MarkdownCell:
                body.Append("<section class=\"prose\">\n").Append(Prose(cell.Source)).Append("</section>\n");
                break;
            case CodeCell code:
                body.Append("<section class=\"code\">\n<pre class=\"source\"><code>").Append(Encode(code.Source)).Append("</code></pre>\n");
                foreach (Output output in code.Outputs)
                    AppendOutput(body, output);
                body.Append("</section>\n");
                break;
            default:
                body.Append("<pre>").Append(Encode(cell.Source)).Append("</pre>\n");
                break;
        }
    }

    /// <summary>Prose as HTML. A link to another chapter leads to its page, which is written beside this one.</summary>
    private static string Prose(string source)
    {
        MarkdownDocument document;
        try
        {
            document = Markdig.Markdown.Parse(source, Markdown);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes.
            return $"<pre>{Encode(source)}</pre>\n";
        }
        foreach (LinkInline link in document.Descendants<LinkInline>())
        {
            if (link.Url is { } url && url.EndsWith(".ipynb", StringComparison.Ordinal) && !url.Contains('/', StringComparison.Ordinal))
                link.Url = Path.ChangeExtension(url, ".html");
        }
        return document.ToHtml(Markdown);
    }

    private static void AppendOutput(StringBuilder body, Output output)
    {
        switch (output)
        {
            case StreamOutput stream:
                body.Append("<pre class=\"").Append(Encode(stream.Name)).Append("\">").Append(Encode(stream.Text)).Append("</pre>\n");
                break;
            case ErrorOutput error:
                body.Append("<pre class=\"error\">").Append(Encode(string.Join('\n', error.Traceback))).Append("</pre>\n");
                break;
            case DataOutput { Data: var data } when data[MimeTypes.Svg] is { } svg:
                body.Append(FigureOnPage.Write(svg.ToString(), data[MimeTypes.Plotly], data[MimeTypes.Text]?.ToString()));
                break;
            case DataOutput { Data: var data } when data[MimeTypes.Html] is { } html:
                body.Append("<div class=\"value\">").Append(html).Append("</div>\n");
                break;
            case DataOutput { Data: var data }:
                body.Append("<pre class=\"value\">").Append(Encode(data[MimeTypes.Text]?.ToString() ?? "")).Append("</pre>\n");
                break;
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using Stream stream = typeof(PageWriter).Assembly.GetManifestResourceStream($"Course.Notebooks.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
