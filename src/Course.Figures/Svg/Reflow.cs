namespace Course.Figures;

/// <summary>How a figure is laid out anew on a narrower page.</summary>
internal static class Reflow
{
    /// <summary>A panel with axes, or a picture, that shares its row is no narrower than this, or than it was.</summary>
    private const double LeastPanel = 260;
    private const double LeastPicture = 100;

    /// <summary>A graph is no flatter and no steeper than this, whatever it was on a wide page, and no lower.</summary>
    private const double Flattest = 0.72;
    private const double Steepest = 1;
    private const double Lowest = 150;
    private const double NameHeight = 17;

    public static int Columns(Figure figure, int width)
    {
        var least = figure.Panels.Any(panel => panel.HasTicks) ? LeastPanel : LeastPicture;
        least = Math.Min(least, CellWidth(figure.Width, figure.Columns));
        var columns = figure.Columns;
        while (columns > 1 && CellWidth(width, columns) < least) columns--;
        return columns;
    }

    /// <summary>The height of the narrow figure and of each of its rows.</summary>
    public static (int Height, IReadOnlyList<double> Rows) Heights(Figure wide, Figure narrow)
    {
        var (styled, ranges) = (Styled.Of(narrow), FigureSvg.Ranges(narrow));
        var (width, wideWidth) = (CellWidth(narrow.Width, narrow.Columns), CellWidth(wide.Width, wide.Columns));
        var wideRows = (wide.Panels.Count + wide.Columns - 1) / wide.Columns;
        var wideHeight = (wide.Height - FigureSvg.HeaderOf(wide) - FigureSvg.Border - (wideRows - 1) * FigureSvg.Gap) / wideRows;
        double[] heights = [.. narrow.Panels.Select((_, i) => 250.0)];
        for (var pass = 0; pass < 3; pass++)
        {
            Margins[] margins = [.. narrow.Panels.Select((_, i) => MarginsOf(i, width, heights[i], isReflowed: true))];
            for (var i = 0; i < heights.Length; i++)
            {
                var column = margins.Where((_, k) => narrow.Columns == 1 ? k == i : k % narrow.Columns == i % narrow.Columns).ToArray();
                var plotWidth = Math.Max(20, width - column.Max(m => m.Left) - column.Max(m => m.Right));
                heights[i] = margins[i].Top + margins[i].Bottom + PlotHeight(i, plotWidth);
            }
        }
        double[] rows = [.. heights.Chunk(narrow.Columns).Select(row => Math.Ceiling(row.Max()))];
        return ((int)Math.Ceiling(FigureSvg.HeaderOf(narrow) + rows.Sum() + (rows.Length - 1) * FigureSvg.Gap + FigureSvg.Border), rows);

        Margins MarginsOf(int index, double cellWidth, double cellHeight, bool isReflowed) => new PanelDrawing(
            narrow.Panels[index], styled[index], ranges[index].X, ranges[index].Y, cellWidth, cellHeight, index, isReflowed).Margins;

        double PlotHeight(int index, double plotWidth)
        {
            var (panel, range) = (narrow.Panels[index], ranges[index]);
            var margins = MarginsOf(index, wideWidth, wideHeight, isReflowed: false);
            var was = Math.Max(20, wideHeight - margins.Top - margins.Bottom);
            var slope = was / Math.Max(20, wideWidth - margins.Left - margins.Right);
            var isPicture = !panel.HasTicks && panel.Traces.Any(trace => trace is HeatmapTrace);
            if (panel.EqualAspect)
            {
                var whole = plotWidth * Math.Min(2, (range.Y.Max - range.Y.Min) / (range.X.Max - range.X.Min));
                return isPicture ? Math.Min(whole, Math.Max(was, Lowest)) : whole;
            }
            if (isPicture) return plotWidth * slope;
            var height = Math.Max(plotWidth * Math.Clamp(slope, Flattest, Steepest), Math.Min(Lowest, was));
            return Math.Max(height, Math.Max(NameHeight * (panel.YNames?.Count ?? 0), PanelDrawing.NoteRoom(panel, plotWidth)));
        }
    }

    private static double CellWidth(double width, int columns) => (width - 2 * FigureSvg.Border - (columns - 1) * FigureSvg.Gap) / columns;
}
