namespace Course.Figures;

/// <summary>
/// The colours of the figures: the hues of Okabe and Ito (2008), which readers with any common colour vision can tell
/// apart, darkened for a light page and brightened for a dark one until a line has a contrast of at least 3 : 1.
/// </summary>
public static class Palette
{
    /// <summary>Blue, the first colour a figure uses.</summary>
    public static Ink Blue { get; } = new("#0072B2", "#56B4E9");

    /// <summary>Vermillion, the second colour a figure uses.</summary>
    public static Ink Vermillion { get; } = new("#D55E00", "#FF8A3D");

    /// <summary>Bluish green, the third colour a figure uses.</summary>
    public static Ink Green { get; } = new("#008F68", "#2CC99C");

    /// <summary>Reddish purple, the fourth colour a figure uses.</summary>
    public static Ink Purple { get; } = new("#B65A8E", "#E7A3CB");

    /// <summary>Amber, the fifth colour a figure uses.</summary>
    public static Ink Amber { get; } = new("#A87400", "#F0C040");

    /// <summary>Grey, the sixth colour a figure uses; for what should stand back.</summary>
    public static Ink Grey { get; } = new("#6E7781", "#9DA7B3");

    /// <summary>The colour of a line at a place between 0 and 1: Viridis without its end that the page would swallow.</summary>
    internal static Ink Keyed(double place) => new(ColorScale.Viridis.At(0.7 * place), ColorScale.Viridis.At(0.3 + 0.7 * place));

    internal static IReadOnlyList<Ink> Series { get; } = [Blue, Vermillion, Green, Purple, Amber, Grey];
}
