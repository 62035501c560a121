using System.Net;

namespace Course.Notebooks;

/// <summary>
/// A slider on a page: below its figure, which stays a drawing. The page holds the data of all figures, and <see cref="Script"/> redraws
/// every drawing of the figure from them, by the marks of its own. Without scripts the figure is as it was, and there is no control.
/// </summary>
public static class SliderOnPage
{
    /// <summary>The style of the controls, for a page that defines <c>--ink</c>, <c>--paper</c>, <c>--rule</c> and <c>--link</c>.</summary>
    public static string Css { get; } = PageText.Resource("sliders.css");

    /// <summary>The script, a classic one, which belongs behind the last slider. It is sent without its comments and indentation.</summary>
    public static string Script { get; } = string.Concat(PageText.Resource("sliders.js").Split('\n')
        .Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
        .Select(line => line + "\n"));

    /// <summary>A figure with its slider.</summary>
    /// <param name="figure">The figure as it stands on the page, with its drawings and without a chart that would take their place.</param>
    /// <param name="slider">What the slider moves through.</param>
    /// <param name="id">An id that no other slider of the page has, such as that of the cell.</param>
    public static string Write(string figure, Slider slider, string id)
    {
        string control = WebUtility.HtmlEncode($"slider-{id}");
        string shown = WebUtility.HtmlEncode(slider.Shown);
        return $"<div class=\"slider\">\n{figure}"
            + $"<div class=\"slider-control\" hidden><label for=\"{control}\">{WebUtility.HtmlEncode(slider.Parameter)}</label>"
            + $"<input type=\"range\" id=\"{control}\" min=\"0\" max=\"{slider.Values.Count - 1}\" step=\"1\" value=\"{slider.At}\""
            + $" aria-valuetext=\"{shown}\" autocomplete=\"off\"><output for=\"{control}\" aria-live=\"off\">{shown}</output></div>\n"
            + $"<script type=\"application/json\" class=\"slider-data\">{slider.ToJson()}</script>\n</div>\n";
    }
}
