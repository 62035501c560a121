namespace Course.Figures;

/// <summary>A map from numbers to colours, by linear interpolation in sRGB between equally spaced stops.</summary>
public sealed class ColorScale
{
    private readonly string[] _stops;

    private ColorScale(bool isDiverging, params string[] stops)
    {
        IsDiverging = isDiverging;
        _stops = stops;
    }

    /// <summary>
    /// From dark purple over green to yellow (van der Walt and Smith, 2015): perceptually uniform, readable in grey and
    /// by readers of any common colour vision.
    /// </summary>
    public static ColorScale Viridis { get; } = new(false,
        "#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30", "#FDE725");

    /// <summary>From blue over near white at zero to vermillion, for values that have a sign.</summary>
    public static ColorScale Diverging { get; } = new(true,
        "#00446F", "#0072B2", "#6CABD5", "#BFD9EA", "#F6F6F4", "#F5CFAE", "#E99657", "#CC5500", "#7D3200");

    /// <summary>From white to black, for images.</summary>
    public static ColorScale Greys { get; } = new(false, "#FFFFFF", "#000000");

    /// <summary>True when the middle colour stands for zero.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colours, equally spaced from the least to the greatest value, as <c>#RRGGBB</c>.</summary>
    public IReadOnlyList<string> Stops => _stops;

    /// <summary>The colour at a place between 0 and 1.</summary>
    /// <param name="place">0 for the first colour, 1 for the last; values outside are taken as the nearer end.</param>
    /// <returns>The colour as <c>#RRGGBB</c>.</returns>
    public string At(double place)
    {
        var position = Math.Clamp(place, 0, 1) * (_stops.Length - 1);
        var k = Math.Min((int)position, _stops.Length - 2);
        var (r0, g0, b0) = Rgb(_stops[k]);
        var (r1, g1, b1) = Rgb(_stops[k + 1]);
        var t = position - k;
        return "#" + Hex(r0 + t * (r1 - r0)) + Hex(g0 + t * (g1 - g0)) + Hex(b0 + t * (b1 - b0));

        static string Hex(double channel) => ((int)Math.Round(channel)).ToString("X2");
    }

    /// <summary>The range of the finite values of a table, symmetric about zero for a scale with signs.</summary>
    internal (double Min, double Max) Range(double[,] z, double? min, double? max)
    {
        var (low, high) = Extent.Of(z.Cast<double>(), _ => true) ?? (0, 1);
        if (IsDiverging)
        {
            var reach = Math.Max(Math.Abs(min ?? low), Math.Abs(max ?? high));
            (low, high) = (-reach, reach);
        }
        (low, high) = (min ?? low, max ?? high);
        return low < high ? (low, high) : (low - 0.5, low + 0.5);
    }

    /// <summary>Black or white, whichever reads better on a colour.</summary>
    internal static string ContrastTo(string color)
    {
        var (r, g, b) = Rgb(color);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b) > 0.18 ? "#000000" : "#FFFFFF";

        static double Linear(double channel)
        {
            var c = channel / 255;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    private static (double R, double G, double B) Rgb(string color)
    {
        var rgb = Convert.ToInt32(color[1..], 16);
        return (rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }
}
