namespace Course.Figures;

internal sealed partial class PanelDrawing
{
    /// <summary>What the colour bar of the panel shows: colours between levels, or a continuous range.</summary>
    private sealed record ColorKey(ColorScale Colors, Interval Range, string? Title, IReadOnlyList<double>? Levels);

    private ColorKey? ScaleShown()
    {
        foreach (var trace in _panel.Traces)
            switch (trace)
            {
                case HeatmapTrace { ColorBar: true } map:
                    var (min, max) = map.ZRange;
                    return new ColorKey(map.Colors, new Interval(min, max), map.ZTitle, null);
                case ContourTrace { Filled: true } contour:
                    return new ColorKey(contour.Colors, BandsOf(contour), contour.ZTitle, contour.Levels);
            }
        return null;
    }

    /// <summary>The levels with a band of open ends below and above.</summary>
    private static Interval BandsOf(ContourTrace contour)
    {
        var step = (contour.Levels[^1] - contour.Levels[0]) / (contour.Levels.Count - 1);
        return new Interval(contour.Levels[0] - step, contour.Levels[^1] + step);
    }

    private IReadOnlyList<Tick> ColorBarTicks(ColorKey key)
    {
        var map = new AxisMap(key.Range, Scale.Linear, _plot.Bottom, _plot.Y);
        var shown = key.Levels is { } levels ? new Interval(levels[0], levels[^1]) : key.Range;
        return Fitting(Scale.Linear, shown, (int)(map.Length / 34), map, _ => TickSize + 4);
    }

    private void DrawColorBar(SvgWriter svg)
    {
        if (ScaleShown() is not { } key) return;
        var bar = new Box(_plot.Right + ColorBarGap, _plot.Y, ColorBarWidth, _plot.Height);
        var map = new AxisMap(key.Range, Scale.Linear, bar.Bottom, bar.Y);
        if (key.Levels is { } levels)
        {
            var bands = levels.Count + 1;
            for (var i = 0; i < bands; i++)
                svg.Rectangle(
                    new Box(bar.X, bar.Bottom - (i + 1) * bar.Height / bands, bar.Width, bar.Height / bands),
                    SvgWriter.At("fill", key.Colors.At((double)i / levels.Count)) + SvgWriter.At("shape-rendering", "crispEdges"));
        }
        else
        {
            var gradient = $"{SvgWriter.Id}-g{Number.Plain(_index)}";
            svg.Open("defs").Open("linearGradient", $" id=\"{gradient}\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\"");
            for (var i = 0; i < key.Colors.Stops.Count; i++)
                svg.Leaf("stop", SvgWriter.At("offset", (double)i / (key.Colors.Stops.Count - 1)) + SvgWriter.At("stop-color", key.Colors.Stops[i]));
            svg.Close("linearGradient").Close("defs");
            svg.Rectangle(bar, SvgWriter.At("fill", $"url(#{gradient})"));
        }
        svg.Path(Shapes.Outline(bar), svg.Paint(stroke: Theme.AxisLine));
        var ticks = ColorBarTicks(key);
        foreach (var tick in ticks)
        {
            var y = map[tick.Value];
            svg.Path($"M{Number.Pixel(bar.Right)} {Number.Pixel(y)}h3", svg.Paint(stroke: Theme.AxisLine));
            svg.Text(tick.Label, bar.Right + TickGap + 2, y + 4.2, TickSize, Theme.Muted, exponent: tick.Exponent);
        }
        var title = ColorBarTitle(key);
        var x = bar.Right + TickGap + 2 + ticks.Select(tick => tick.Width(TickSize)).DefaultIfEmpty(0).Max() + AxisTitleLine;
        for (var i = 0; i < title.Count; i++)
            svg.Text(title[i], x + i * AxisTitleLine, bar.CenterY, AxisTitleSize, Theme.Text, "middle", rotate: -90);
    }

    private IReadOnlyList<string> ColorBarTitle(ColorKey key) => TextWidth.Wrap(key.Title ?? "", AxisTitleSize, _plot.Height);
}
