namespace Course.Figures;

/// <summary>The names of the traces, in rows above the panels, where they cover no data.</summary>
internal static class Legend
{
    private const double Size = 13;
    private const double Row = 21;
    private const double Swatch = 30;
    private const double SwatchGap = 7;
    private const double EntryGap = 20;

    /// <summary>Draws the legend from <paramref name="top"/> and gives its lower end.</summary>
    public static double Draw(SvgWriter svg, IEnumerable<Styled> traces, double left, double top, double width)
    {
        var x = left;
        var drawn = false;
        foreach (var entry in traces.Where(trace => trace.InLegend))
        {
            var entryWidth = Swatch + SwatchGap + TextWidth.Of(entry.Trace.Name!, Size);
            if (drawn && x + entryWidth > left + width)
            {
                x = left;
                top += Row;
            }
            DrawSwatch(svg, entry, new Box(x, top + 4, Swatch, 14));
            svg.Text(entry.Trace.Name!, x + Swatch + SwatchGap, top + 15.5, Size, Theme.Text);
            x += entryWidth + EntryGap;
            drawn = true;
        }
        return drawn ? top + Row : top;
    }

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
