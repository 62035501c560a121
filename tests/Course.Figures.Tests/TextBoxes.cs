using System.Globalization;
using System.Xml.Linq;

namespace Course.Figures.Tests;

/// <summary>Where the text of a drawing stands.</summary>
internal static class TextBoxes
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static bool Apart(TextBox a, TextBox b) =>
        a.Right <= b.Left + 0.5 || b.Right <= a.Left + 0.5 || a.Bottom <= b.Top + 0.5 || b.Bottom <= a.Top + 0.5;

    public sealed record TextBox(string Text, double Size, double Left, double Top, double Right, double Bottom, bool Turned);

    /// <summary>The boxes of all text by the table of widths, turned text by its corners.</summary>
    public static IEnumerable<TextBox> Of(string svg)
    {
        foreach (var text in XDocument.Parse(svg).Descendants(Svg + "text"))
        {
            string? Inherited(string name) => text.AncestorsAndSelf().Select(e => e.Attribute(name)?.Value).FirstOrDefault(v => v is not null);
            double Attribute(string name) => double.Parse(Inherited(name)!, CultureInfo.InvariantCulture);
            var (x, y, size) = (Attribute("x"), Attribute("y"), Attribute("font-size"));
            var raised = text.Element(Svg + "tspan")?.Value ?? "";
            var label = text.Value[..^raised.Length];
            var width = TextWidth.Of(label, size, Inherited("font-weight") is not null) + TextWidth.Of(raised, size * TextWidth.Raised);
            var left = Inherited("text-anchor") switch { "middle" => x - width / 2, "end" => x - width, _ => x };
            (double X, double Y)[] corners = [(left, y - 0.75 * size), (left + width, y - 0.75 * size), (left, y + 0.2 * size), (left + width, y + 0.2 * size)];
            var turn = text.Attribute("transform")?.Value;
            if (turn is not null)
            {
                var angle = double.Parse(turn[7..turn.IndexOf(' ')], CultureInfo.InvariantCulture) * Math.PI / 180;
                corners = [.. corners.Select(c => (
                    x + (c.X - x) * Math.Cos(angle) - (c.Y - y) * Math.Sin(angle), y + (c.X - x) * Math.Sin(angle) + (c.Y - y) * Math.Cos(angle)))];
            }
            yield return new TextBox(
                text.Value, size, corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y), turn is not null);
        }
    }
}
