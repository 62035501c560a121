namespace Course.Figures;

/// <summary>The names of the traces, in rows above the panels, where they cover no data.</summary>
internal static class Legend
{
    private const double Size = 13;
    private const double Row = 21;
    private const double Line = 17;
    private const double Swatch = 30;
    private const double SwatchGap = 7;
    private const double EntryGap = 20;

    /// <summary>Draws the legend from <paramref name="top"/> and gives its lower end.</summary>
    public static double Draw(SvgWriter svg, IEnumerable<Styled> traces, double left, double top, double width)
    {
        var rows = Rows(traces, width);
        foreach (var row in rows)
        {
            foreach (var (entry, x) in row)
            {
                DrawSwatch(svg, entry, new Box(left + x, top + 4, Swatch, 14));
                var lines = Lines(entry, width);
                for (var i = 0; i < lines.Count; i++)
                    svg.Text(lines[i], left + x + Swatch + SwatchGap, top + 15.5 + i * Line, Size, Theme.Text);
            }
            top += Height(row, width);
        }
        return top;
    }

    /// <summary>The lower end of a legend that begins at <paramref name="top"/>.</summary>
    public static double Bottom(IEnumerable<Styled> traces, double top, double width) =>
        Rows(traces, width).Aggregate(top, (end, row) => end + Height(row, width));

    /// <summary>The entries of each row with their distances from its beginning.</summary>
    public static IReadOnlyList<IReadOnlyList<(Styled Entry, double X)>> Rows(IEnumerable<Styled> traces, double width)
    {
        var rows = new List<List<(Styled, double)>>();
        var x = 0.0;
        foreach (var entry in traces.Where(trace => trace.InLegend))
        {
            var entryWidth = Swatch + SwatchGap + Lines(entry, width).Select(line => TextWidth.Of(line, Size)).DefaultIfEmpty(0).Max();
            if (rows.Count == 0 || x + entryWidth > width)
            {
                rows.Add([]);
                x = 0;
            }
            rows[^1].Add((entry, x));
            x += entryWidth + EntryGap;
        }
        return rows;
    }

    private static double Height(IReadOnlyList<(Styled Entry, double X)> row, double width) =>
        Row + (row.Max(cell => Lines(cell.Entry, width).Count) - 1) * Line;

    private static IReadOnlyList<string> Lines(Styled entry, double width) =>
        TextWidth.Wrap(entry.Trace.Name!, Size, width - Swatch - SwatchGap);

    private static void DrawSwatch(SvgWriter svg, Styled entry, Box box)
    {
        switch (entry.Trace)
        {
            case LineTrace or ContourTrace:
                svg.Path($"M{Number.Pixel(box.X)} {Number.Pixel(box.CenterY)}h{Number.Pixel(box.Width)}", Shapes.Stroke(svg, entry));
                if (entry.Trace is LineTrace { Markers: true }) Shapes.Point(svg, entry, box.CenterX, box.CenterY);
                break;
            case ScatterTrace:
                Shapes.Point(svg, entry, box.CenterX, box.CenterY);
                break;
            default:
                Shapes.Fill(svg, entry, Shapes.Outline(box), Shapes.FillOf(entry.Trace));
                break;
        }
    }
}
