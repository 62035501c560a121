using System.Security.Cryptography;
using System.Text;

namespace Course.Figures;

/// <summary>Draws a figure: its title, its legend, and its panels in rows and columns.</summary>
internal static class FigureSvg
{
    public const double TitleSize = 16;
    public const double Border = 8;
    public const double Gap = 14;
    private const double TitleLine = 21;
    private const double CaptionSize = 13;
    private const double CaptionLine = 18;

    /// <summary>Draws the figure as a picture that stands alone, its caption below it.</summary>
    public static string DrawAlone(Figure figure)
    {
        var lines = TextWidth.Wrap(figure.Caption ?? "", CaptionSize, figure.Width - 2 * Border);
        return Draw(figure, lines);
    }

    /// <summary>Draws the figure for a page that has its caption.</summary>
    public static string Draw(Figure figure) => Draw(figure, []);

    private static string Draw(Figure figure, IReadOnlyList<string> caption)
    {
        var svg = new SvgWriter { HasMarks = figure.HasMarks };
        var height = figure.Height + (caption.Count > 0 ? Border + caption.Count * CaptionLine : 0);
        DrawContent(svg, figure, height);
        for (var i = 0; i < caption.Count; i++)
            svg.Text(caption[i], Border, figure.Height + (i + 1) * CaptionLine - 4, CaptionSize, Theme.Muted);
        return Document(figure, svg, height);
    }

    /// <summary>The lower end of the title and the legend.</summary>
    public static double HeaderOf(Figure figure)
    {
        var width = figure.Width - 2 * Border;
        var titleLines = TextWidth.Wrap(figure.Title, TitleSize, figure.BoldRoom(width), bold: true).Count;
        return Legend.Bottom(Styled.Of(figure).SelectMany(traces => traces), Border + titleLines * TitleLine, width);
    }

    /// <summary>Draws all but the caption.</summary>
    public static void DrawContent(SvgWriter svg, Figure figure, double height)
    {
        svg.Rectangle(new Box(0, 0, figure.Width, height), svg.Paint(Theme.Paper));
        var styled = Styled.Of(figure);

        var top = Border;
        foreach (var line in TextWidth.Wrap(figure.Title, TitleSize, figure.BoldRoom(figure.Width - 2 * Border), bold: true))
        {
            top += TitleLine;
            svg.Text(line, Border, top - 5, TitleSize, Theme.Text, bold: true);
        }
        top = Legend.Draw(svg, styled.SelectMany(traces => traces), Border, top, figure.Width - 2 * Border);
        DrawPanels(svg, figure, styled, new Box(Border, top, figure.Width - 2 * Border, figure.Height - top - Border));
    }

    /// <summary>The id of a drawing, from its content.</summary>
    public static string IdOf(string content) =>
        "fig-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..10];

    private static void DrawPanels(
        SvgWriter svg, Figure figure, IReadOnlyList<IReadOnlyList<Styled>> styled, Box area)
    {
        var rows = (figure.Panels.Count + figure.Columns - 1) / figure.Columns;
        var cellWidth = (area.Width - (figure.Columns - 1) * Gap) / figure.Columns;
        IReadOnlyList<double> heights = figure.RowHeights ?? [.. Enumerable.Repeat((area.Height - (rows - 1) * Gap) / rows, rows)];
        var ranges = Ranges(figure);
        var panels = figure.Panels.Select((panel, i) =>
            new PanelDrawing(panel, styled[i], ranges[i].X, ranges[i].Y, cellWidth, heights[i / figure.Columns], i, figure.IsReflowed)).ToArray();

        for (var i = 0; i < panels.Length; i++)
        {
            var (row, column) = (i / figure.Columns, i % figure.Columns);
            var sameRow = panels.Where((_, k) => k / figure.Columns == row).Select(panel => panel.Margins).ToArray();
            var sameColumn = panels.Where((_, k) => SharesMargins(figure, i, k)).Select(panel => panel.Margins).ToArray();
            var margins = new Margins(
                sameColumn.Max(m => m.Left), sameRow.Max(m => m.Top), sameColumn.Max(m => m.Right), sameRow.Max(m => m.Bottom));
            panels[i].Draw(svg, new Box(
                area.X + column * (cellWidth + Gap) + margins.Left,
                area.Y + heights.Take(row).Sum() + row * Gap + margins.Top,
                Math.Max(20, cellWidth - margins.Left - margins.Right),
                Math.Max(20, heights[row] - margins.Top - margins.Bottom)));
        }
    }

    /// <summary>Whether two panels begin and end at the same places: those of a column, unless each needs all the width of a page.</summary>
    internal static bool SharesMargins(Figure figure, int panel, int other) =>
        figure.IsReflowed && figure.Columns == 1 ? panel == other : panel % figure.Columns == other % figure.Columns;

    internal static IReadOnlyList<(Interval X, Interval Y)> Ranges(Figure figure)
    {
        Interval[] x = [.. figure.Panels.Select(Interval.OfX)], y = [.. figure.Panels.Select(Interval.OfY)];
        if (figure.HasSharedX) Array.Fill(x, Interval.Hull(x));
        if (figure.HasSharedY) Array.Fill(y, Interval.Hull(y));
        return [.. x.Zip(y)];
    }

    private static string Document(Figure figure, SvgWriter svg, double height)
    {
        var titles = $"<title id=\"{SvgWriter.Id}-title\">{SvgWriter.Escape(figure.Title.Length > 0 ? figure.Title : "Figure")}</title>\n"
            + $"<desc id=\"{SvgWriter.Id}-desc\">{SvgWriter.Escape(figure.AlternativeText)}</desc>\n";
        var size = $"{Number.Plain(figure.Width)} {Number.Plain(height)}";
        var content = titles + svg.Body;
        var id = IdOf(size + content);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\""
            + $" viewBox=\"0 0 {size}\" width=\"{Number.Plain(figure.Width)}\" height=\"{Number.Plain(height)}\""
            + $" style=\"max-width:100%;height:auto\" font-family=\"{Theme.FontFamily}\">\n"
            + $"<style>{StyleSheet.Of(svg.Inks, id)}</style>\n{content.Replace(SvgWriter.Id.ToString(), id, StringComparison.Ordinal)}</svg>";
    }
}
