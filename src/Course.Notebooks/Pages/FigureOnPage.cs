using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Figures;

namespace Course.Notebooks;

/// <summary>
/// A figure on a page: its drawing for wide screens and paper, its drawing for narrow screens, the data of its chart, and its caption as
/// text. All are made from the figure that the output's chart and text hold. Where these hold none, or one that draws something else than
/// the stored drawing, the stored drawing stands on the page as it is, its caption inside, and scrolls in its box on a narrow screen.
/// </summary>
internal static partial class FigureOnPage
{
    /// <summary>A chart heavier than this is left out, and the drawing stays: a page travels whole.</summary>
    internal const int MostChart = 100_000;

    /// <summary>The significant digits of a chart's data on a page; more where the values differ by less.</summary>
    private const int Digits = 5;

    /// <summary>The style of all figures of a page.</summary>
    public static string Css { get; } = PageText.Resource("figures.css");

    /// <summary>
    /// The script that replaces drawings by charts, for the end of a page. It loads plotly.js once, and only where a chart is to be seen.
    /// </summary>
    public static string Script { get; } = PageText.Resource("figures.js").Replace("/*chart*/", Chart.Script, StringComparison.Ordinal);

    /// <summary>Writes an output that has a drawing.</summary>
    /// <param name="output">The output.</param>
    /// <param name="isFamily">Whether it is one of a family: a slider redraws it, and no chart takes its place.</param>
    public static string Write(DataOutput output, bool isFamily = false)
    {
        string svg = output.Data[MimeTypes.Svg]!.ToString();
        if (Read(output) is not { } figure)
            return $"<div class=\"figure stored\" tabindex=\"0\">{svg}</div>\n";
        PageDrawings drawings = figure.ToPage();
        string chart = Light((JsonObject)output.Data[MimeTypes.Plotly]!);
        string data = isFamily || chart.Length > MostChart ? ""
            : $"\n<script type=\"application/json\">{chart.Replace("</", "<\\/", StringComparison.Ordinal)}</script>";
        string turned = drawings.IsStacked && figure.Caption is { } said && Sides().IsMatch(said)
            ? "<span class=\"turned\"> (On this narrow screen, left is above and right is below.)</span>" : "";
        string caption = figure.Caption is { } text ? $"\n<figcaption>{WebUtility.HtmlEncode(text)}{turned}</figcaption>" : "";
        return $"<figure class=\"figure\" style=\"{drawings.Inks}\">\n{drawings.Wide}\n{drawings.Narrow}{data}{caption}\n</figure>\n";
    }

    /// <summary>The figure that an output holds; null where it holds none that draws what is stored.</summary>
    internal static Figure? Read(DataOutput output)
    {
        if (output.Data[MimeTypes.Plotly] is not JsonObject chart || output.Data[MimeTypes.Text]?.ToString() is not { } text)
            return null;
        try
        {
            var figure = Figure.Read(chart, text);
            return OutputComparison.AreSameDrawing(output.Data[MimeTypes.Svg]!.ToString(), figure.ToSvg()) ? figure : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The chart with the digits of its data that a reader can see.</summary>
    private static string Light(JsonObject chart)
    {
        var light = (JsonObject)chart.DeepClone();
        foreach (JsonObject trace in light["data"]!.AsArray().OfType<JsonObject>())
        {
            foreach (string name in new[] { "x", "y", "z" })
                Round(trace, name);
            if (trace["error_y"] is JsonObject errors)
            {
                Round(errors, "array");
                Round(errors, "arrayminus");
            }
        }
        return light.ToJsonString();
    }

    private static void Round(JsonObject owner, string name)
    {
        if (owner[name] is not JsonArray list)
            return;
        if (list.Count > 0 && list.All(item => item is JsonArray))
            owner[name] = new JsonArray([.. list.Select(row => Rounded((JsonArray)row!))]);
        else if (list.All(item => item is null || item.GetValueKind() == JsonValueKind.Number))
            owner[name] = Rounded(list);
    }

    private static JsonArray Rounded(JsonArray list)
    {
        double?[] values = [.. list.Select(item => item?.GetValue<double>())];
        double range = values.Max() - values.Min() ?? 0;
        return new JsonArray([.. values.Select(value => value is { } number ? JsonValue.Create(Rounded(number, range)) : null)]);
    }

    /// <summary>A number so that its last digit is a hundred-thousandth of itself or of the range of its list, whichever is finer.</summary>
    private static double Rounded(double value, double range)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        double finest = range > 0 ? Math.Min(range, Math.Abs(value)) : Math.Abs(value);
        double more = Math.Floor(Math.Log10(Math.Abs(value))) - Math.Floor(Math.Log10(finest));
        string digits = Math.Clamp(Digits + (int)more, Digits, 17).ToString(CultureInfo.InvariantCulture);
        return double.Parse(value.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\b(?:left|right)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sides();
}
