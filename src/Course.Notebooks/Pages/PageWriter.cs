using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>Writes the pages of the book. Each needs no network, and nothing beside it but the pages that it leads to.</summary>
public static partial class PageWriter
{
    /// <summary>The tag of a cell that asks a question before its answer is seen.</summary>
    private const string Predict = "predict";

    /// <summary>The page of a notebook.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="page">Its page.</param>
    /// <param name="book">The book that the page belongs to.</param>
    /// <param name="sliders">The sliders of its cells, by the ids of these.</param>
    public static string Notebook(Notebook notebook, BookPage page, BookContents book, IReadOnlyDictionary<string, Slider>? sliders = null)
    {
        sliders ??= SliderFile.None;
        var prose = new Prose(book, page);
        var body = new StringBuilder();
        foreach (Cell cell in notebook.Cells)
            AppendCell(body, cell, prose, sliders.GetValueOrDefault(cell.Id));
        body.Append(Source(page));
        bool hasSliders = notebook.CodeCells.Any(cell => sliders.ContainsKey(cell.Id));
        return PageText.Write(book, page, prose.Headings, body.ToString(), hasSliders);
    }

    /// <summary>A page of Markdown.</summary>
    /// <param name="markdown">Its text.</param>
    /// <param name="page">The page.</param>
    /// <param name="book">The book that it belongs to.</param>
    public static string Markdown(string markdown, BookPage page, BookContents book)
    {
        var prose = new Prose(book, page);
        string body = $"<section class=\"prose\">\n{prose.Write(markdown)}</section>\n";
        return PageText.Write(book, page, prose.Headings, body);
    }

    private static void AppendCell(StringBuilder body, Cell cell, Prose prose, Slider? slider)
    {
        switch (cell)
        {
            case MarkdownCell when cell.HasTag(Predict):
                body.Append("<section class=\"prose predict\"").Append(AnswerOf(cell.Source)).Append(">\n")
                    .Append(prose.Write(cell.Source)).Append("</section>\n");
                break;
            case MarkdownCell:
                string html = prose.Write(cell.Source);
                string kind = prose.Section == "Summary" && cell.Source.StartsWith("## ", StringComparison.Ordinal) ? "prose summary" : "prose";
                body.Append($"<section class=\"{kind}\">\n").Append(html).Append("</section>\n");
                break;
            case CodeCell code:
                CodeOnPage.Append(body, code, slider);
                break;
            default:
                body.Append("<pre>").Append(WebUtility.HtmlEncode(cell.Source)).Append("</pre>\n");
                break;
        }
    }

    /// <summary>The letter of the right choice, which the folded answer begins with; none where it begins with none.</summary>
    private static string AnswerOf(string source) =>
        Answer().Match(source) is { Success: true } answer ? $" data-answer=\"{answer.Groups["letter"].Value}\"" : "";

    /// <summary>Where the notebook itself lies, for whoever wants to run or change it.</summary>
    private static string Source(BookPage page) => page.Kind == PageKind.Exercises ? ""
        : "<p class=\"written\">This page is the notebook <code>"
            + WebUtility.HtmlEncode($"{Path.GetFileName(Path.GetDirectoryName(page.Source))}/{Path.GetFileName(page.Source)}")
            + "</code>, as it was executed. Open that in an editor to change it and run it.</p>\n";

    [GeneratedRegex(@"</summary>\s*\*\*(?<letter>[a-d])[.*)]")]
    private static partial Regex Answer();
}
