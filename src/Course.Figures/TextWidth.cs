using System.Globalization;
using System.Text;

namespace Course.Figures;

/// <summary>
/// About how wide a text is: for each character, the widest of common sans-serif fonts. Real text is rarely wider, so
/// nothing that is laid out with these widths is cut off or runs into its neighbour.
/// </summary>
internal static class TextWidth
{
    /// <summary>The size of raised text relative to its line.</summary>
    public const double Raised = 0.875;

    /// <summary>How much wider than measured bold text may be in the widest fonts: no matter in a wide figure, too much in a narrow one.</summary>
    public const double BoldSlack = 1.07;

    private const double Bold = 1.08;

    // Hundredths of the font size, from U+0020 to U+007E: the larger of Noto Sans and DejaVu Sans.
    private static readonly byte[] Ascii =
    [
        32, 40, 46, 84, 65, 95, 78, 27, 39, 39, 55, 84, 32, 36, 32, 37, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
        100, 68, 69, 70, 77, 63, 58, 77, 75, 34, 29, 66, 56, 91, 76, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 37, 39, 84, 50,
        50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 55, 64, 84,
    ];

    public static double Of(string text, double size, bool bold = false)
    {
        var hundredths = 0.0;
        foreach (var rune in text.EnumerateRunes()) hundredths += Hundredths(rune);
        return hundredths / 100 * size * (bold ? Bold : 1);
    }

    /// <summary>The text, or its beginning and an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Shortened(string text, double size, double width)
    {
        if (Of(text, size) <= width) return text;
        var elements = StringInfo.ParseCombiningCharacters(text);
        var count = elements.Length - 1;
        while (count > 1 && Of(text[..elements[count]] + "…", size) > width) count--;
        return text[..elements[Math.Max(count, 0)]] + "…";
    }

    /// <summary>How wide a character is, in hundredths of the font size.</summary>
    public static double Hundredths(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Ascii[rune.Value - 0x20],
        >= 0x300 and <= 0x36F => 0,
        0xB7 => 32,
        0xB2 or 0xB3 or 0xB9 or (>= 0x2070 and <= 0x209C) => 50,
        >= 0xC0 and <= 0x24F => char.IsUpper((char)rune.Value) ? 80 : 66,
        >= 0x370 and <= 0x3FF => rune.Value is 0x3C6 or 0x3C8 or 0x3C9 || rune.Value < 0x3B1 ? 84 : 66,
        0x2013 => 50,
        0x2016 or 0x2223 or 0x2225 => 55,
        >= 0x2190 and <= 0x22FF => 87,
        < 0x2E80 => 84,
        _ => 105,
    };

    /// <summary>The text in lines no wider than <paramref name="width"/>, broken at spaces; a longer word keeps a line to itself.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, bool bold = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Of(longer, size, bold) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }
}
