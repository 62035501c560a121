namespace Course.Figures;

/// <summary>
/// The drawings of a figure for a page: one for wide screens and paper, one for narrow screens. They share their inks, which the page's
/// style sheet turns light or dark, and leave the caption to the page.
/// </summary>
/// <param name="Inks">Declarations of the inks for the <c>style</c> attribute of the element around the drawings.</param>
/// <param name="Wide">The drawing at the figure's own width.</param>
/// <param name="Narrow">The drawing for narrow screens; null where the figure is narrow itself.</param>
/// <param name="IsStacked">Whether panels that stand side by side in the one drawing stand one below another in the other.</param>
public sealed record PageDrawings(string Inks, string Wide, string? Narrow, bool IsStacked)
{
    /// <summary>The width of a drawing for a narrow screen: that of a telephone within the margins of a page.</summary>
    public const int NarrowWidth = 340;

    /// <summary>A figure up to this width has no second drawing.</summary>
    private const int NarrowEnough = 440;

    internal static PageDrawings Of(Figure figure)
    {
        List<Ink> inks = [Theme.Paper];
        var reflowed = figure.ForWidth(NarrowWidth);
        var narrow = figure.Width <= NarrowEnough ? null : Draw(reflowed, "narrow", inks);
        var wide = Draw(figure, narrow is null ? "only" : "wide", inks);
        // A chart of level lines has more colours than the drawing has levels.
        inks.AddRange(Chart.InksOf(figure).Except(inks));
        return new PageDrawings(string.Join(';', inks.Select((ink, i) => $"--c{Number.Plain(i)}:{ColorOf(ink, i == 0)}")),
            wide, narrow, narrow is not null && reflowed.Columns < figure.Columns);
    }

    /// <summary>
    /// The light colour where the page leaves <c>--light</c> unset, the dark one where it leaves <c>--dark</c> unset; the other is empty.
    /// The paper is the page's own.
    /// </summary>
    private static string ColorOf(Ink ink, bool isPaper)
    {
        var color = $"var(--light,{ink.Light})var(--dark,{ink.Dark})";
        return isPaper ? $"var(--paper,{color})" : color;
    }

    private static string Draw(Figure figure, string name, List<Ink> inks)
    {
        var svg = new SvgWriter(inks) { HasMarks = figure.HasMarks };
        FigureSvg.DrawContent(svg, figure, figure.Height);
        var id = FigureSvg.IdOf(name + svg.Body);
        var size = $"{Number.Plain(figure.Width)} {Number.Plain(figure.Height)}";
        var words = SvgWriter.Escape((figure.Title.Length > 0 ? figure.Title + ". " : "") + figure.AlternativeText);
        return $"<svg class=\"{name}\" id=\"{id}\" role=\"img\" aria-label=\"{words}\" viewBox=\"0 0 {size}\""
            + $" width=\"{Number.Plain(figure.Width)}\" height=\"{Number.Plain(figure.Height)}\">\n"
            + $"{svg.Body.Replace(SvgWriter.Id.ToString(), id, StringComparison.Ordinal)}</svg>";
    }
}
