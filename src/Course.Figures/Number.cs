using System.Globalization;

namespace Course.Figures;

/// <summary>Numbers as text, the same on every machine.</summary>
internal static class Number
{
    /// <summary>
    /// The significant digits of a figure's data: more than a chart or its hover text shows, and two more than stored outputs are
    /// compared to, so that numbers which differ in their last bits never count as different for having been rounded apart.
    /// </summary>
    public const int Digits = 11;

    /// <summary>A finite number to <see cref="Digits"/> significant digits; itself where that would overflow.</summary>
    public static double Rounded(double value)
    {
        var rounded = double.Parse(value.ToString("E10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.IsFinite(rounded) ? rounded : value;
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// A coordinate of a drawing, to a hundredth of a pixel. Half-way between two hundredths but for rounding is half-way: last bits must
    /// not choose.
    /// </summary>
    public static string Pixel(double value)
    {
        var rounded = Math.Round(Math.Round(value, 7), 2);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>A number for a reader: few digits and a true minus sign.</summary>
    public static string Short(double value) =>
        value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A number with a fixed count of decimals and a true minus sign.</summary>
    public static string Fixed(double value, int decimals)
    {
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept('0', '.') >= 0 ? "−" + text[1..] : text.TrimStart('-');
    }

    public static string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);
}
