using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>
/// A figure on a page. A stored drawing carries its caption inside, for places that show nothing but the drawing. On a page the caption
/// is text below it: it keeps the size of text on a narrow screen, and stays when a chart takes the place of the drawing.
/// </summary>
internal static partial class FigureOnPage
{
    public static string Write(string svg, JsonNode? plotly, string? text)
    {
        string? caption = CaptionOf(svg, text);
        if (caption is not null && WithoutCaption(svg, plotly) is { } cut)
            svg = cut;
        else
            caption = null;
        string chart = plotly is null ? ""
            : $"<script type=\"application/json\">{plotly.ToJsonString().Replace("</", "<\\/", StringComparison.Ordinal)}</script>";
        return caption is null
            ? $"<div class=\"figure\">{svg}{chart}</div>\n"
            : $"<figure class=\"figure\">{svg}{chart}<figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure>\n";
    }

    /// <summary>What the figure's text says after its alternative text.</summary>
    private static string? CaptionOf(string svg, string? text)
    {
        string description = WebUtility.HtmlDecode(Description().Match(svg).Groups["text"].Value) + "\n";
        int at = description.Length > 1 && text is not null ? text.IndexOf(description, StringComparison.Ordinal) : -1;
        return at < 0 ? null : text![(at + description.Length)..];
    }

    /// <summary>The drawing as high as the chart, which has no caption; the caption stands below that.</summary>
    private static string? WithoutCaption(string svg, JsonNode? plotly)
    {
        Match size = Size().Match(svg);
        string shown = plotly?["layout"]?["height"]?.ToString() ?? "", width = size.Groups["width"].Value;
        if (!size.Success || !double.TryParse(shown, CultureInfo.InvariantCulture, out double height)
            || height >= double.Parse(size.Groups["height"].Value, CultureInfo.InvariantCulture))
        {
            return null;
        }
        return svg[..size.Index] + $"viewBox=\"0 0 {width} {shown}\" width=\"{width}\" height=\"{shown}\"" + svg[(size.Index + size.Length)..];
    }

    [GeneratedRegex("<desc[^<>]*>(?<text>[^<]*)</desc>")]
    private static partial Regex Description();

    [GeneratedRegex(@"viewBox=""0 0 (?<width>[\d.]+) (?<height>[\d.]+)"" width=""\k<width>"" height=""\k<height>""")]
    private static partial Regex Size();
}
