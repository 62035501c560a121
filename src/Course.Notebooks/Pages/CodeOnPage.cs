using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>
/// A code cell on a page: what a reader reads stands open; what only draws is folded to one line, and so is what only sets up. Checks that
/// hold are a quiet mark that opens.
/// </summary>
internal static partial class CodeOnPage
{
    private const string Holds = "holds: ";
    private const int ShortestFold = 4;

    /// <summary>Appends the cell, its figure with the slider if it has one.</summary>
    public static void Append(StringBuilder body, CodeCell cell, Slider? slider)
    {
        body.Append("<section class=\"code\" id=\"cell-").Append(Encode(cell.Id)).Append("\">\n");
        AppendSource(body, cell);
        foreach (Output output in cell.Outputs)
            AppendOutput(body, output, slider, cell.Id);
        body.Append("</section>\n");
    }

    private static void AppendSource(StringBuilder body, CodeCell cell)
    {
        if (!cell.HasCode)
            return;
        string source = cell.Source.TrimEnd();
        (string open, string folded) = Parts(source, cell.Outputs);
        if (open.Length > 0)
            body.Append("<pre class=\"source\"><code>").Append(CSharpColours.Write(open)).Append("</code></pre>\n");
        if (folded.Length > 0)
        {
            string what = IsSetup(source) ? "Setup" : "The code that draws";
            body.Append("<details class=\"fold\"><summary>").Append(what).Append("</summary>\n<pre class=\"source\"><code>")
                .Append(CSharpColours.Write(folded)).Append("</code></pre></details>\n");
        }
    }

    /// <summary>
    /// What stands open, and what is folded: from the first statement of a figure on, if nothing after it is checked or printed; all of a
    /// cell that shows a figure and does nothing else.
    /// </summary>
    private static (string Open, string Folded) Parts(string source, IReadOnlyList<Output> outputs)
    {
        if (IsSetup(source))
            return ("", source);
        if (!outputs.Any(o => o is DataOutput { Data: var data } && data.ContainsKey(MimeTypes.Svg)))
            return (source, "");
        int says = Math.Max(source.LastIndexOf("Claim.", StringComparison.Ordinal), source.LastIndexOf("Console.", StringComparison.Ordinal));
        int at = says < 0 && outputs.Count == 1 && IsFigure().Count(source) > 0 && Lines(source) <= 2 * Lines(source[IsFigure().Match(source).Index..])
            ? 0
            : IsFigure().Matches(source).Select(m => m.Index).FirstOrDefault(index => index > says, source.Length);
        return Lines(source[at..]) < ShortestFold ? (source, "") : (source[..at].TrimEnd(), source[at..]);
    }

    private static int Lines(string text) => text.Length == 0 ? 0 : text.AsSpan().Count('\n') + 1;

    private static bool IsSetup(string source) => source.StartsWith("#!import", StringComparison.Ordinal) && !source.Contains('\n', StringComparison.Ordinal);

    private static void AppendOutput(StringBuilder body, Output output, Slider? slider, string id)
    {
        switch (output)
        {
            case StreamOutput { Name: "stdout" } stream:
                AppendText(body, stream.Text);
                break;
            case StreamOutput stream:
                body.Append("<pre class=\"").Append(Encode(stream.Name)).Append("\">").Append(Encode(stream.Text)).Append("</pre>\n");
                break;
            case ErrorOutput error:
                body.Append("<pre class=\"error\">").Append(Encode(string.Join('\n', error.Traceback))).Append("</pre>\n");
                break;
            case DataOutput { ExecutionCount: not null } figure when slider is not null && figure.Data[MimeTypes.Svg] is not null:
                body.Append(SliderOnPage.Write(FigureOnPage.Write(figure, isFamily: true), slider, id));
                break;
            case DataOutput figure when figure.Data[MimeTypes.Svg] is not null:
                body.Append(FigureOnPage.Write(figure));
                break;
            case DataOutput { Data: var data } when data[MimeTypes.Html] is { } html:
                body.Append("<div class=\"value scroll\">").Append(html).Append("</div>\n");
                break;
            case DataOutput { Data: var data }:
                body.Append("<pre class=\"value\">").Append(Encode(data[MimeTypes.Text]?.ToString() ?? "")).Append("</pre>\n");
                break;
        }
    }

    /// <summary>What a cell printed, in its order: runs of checks as marks, the rest as it is.</summary>
    private static void AppendText(StringBuilder body, string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        for (int from = 0; from < lines.Length;)
        {
            bool holds = lines[from].StartsWith(Holds, StringComparison.Ordinal);
            int to = from + 1;
            while (to < lines.Length && lines[to].StartsWith(Holds, StringComparison.Ordinal) == holds)
                to++;
            if (holds)
            {
                string count = to - from == 1 ? "1 check holds" : $"{to - from} checks hold";
                body.Append("<details class=\"holds\"><summary>").Append(count).Append("</summary>\n<ul>\n");
                foreach (string line in lines[from..to])
                    body.Append("<li>").Append(Encode(line[Holds.Length..])).Append("</li>\n");
                body.Append("</ul></details>\n");
            }
            else
            {
                body.Append("<pre class=\"stdout\">").Append(Encode(string.Join('\n', lines[from..to]))).Append("</pre>\n");
            }
            from = to;
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A statement at the left margin that makes a figure.</summary>
    [GeneratedRegex(@"^Figure(?:\.| )", RegexOptions.Multiline)]
    private static partial Regex IsFigure();
}
