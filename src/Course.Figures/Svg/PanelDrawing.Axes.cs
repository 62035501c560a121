using System.Text;

namespace Course.Figures;

internal sealed partial class PanelDrawing
{
    private const double MinorTickLength = 3;

    private void DrawTitles(SvgWriter svg, Box cell)
    {
        var lines = TextWidth.Wrap(_panel.Title, PanelTitleSize, _cellWidth / BoldSlack, bold: true);
        for (var i = 0; i < lines.Count; i++)
        {
            var half = TextWidth.Of(lines[i], PanelTitleSize, bold: true) / 2 * BoldSlack;
            var right = cell.Right + Margins.Right;
            var x = Math.Max(Math.Min(_plot.CenterX, right - half), right - _cellWidth + half);
            svg.Text(lines[i], x, _plot.Y - 10 - (lines.Count - 1 - i) * PanelTitleLine, PanelTitleSize, Theme.Text, "middle", bold: true);
        }
    }

    private void DrawGrid(SvgWriter svg)
    {
        if (IsMap) return;
        var path = new StringBuilder();
        if (_panel.XNames is null)
            foreach (var tick in XTicks(out _))
                if (!tick.IsMinor) path.Append($"M{Number.Pixel(_x[tick.Value])} {Number.Pixel(_plot.Y)}v{Number.Pixel(_plot.Height)}");
        if (_panel.YNames is null)
            foreach (var tick in YTicks())
                if (!tick.IsMinor) path.Append($"M{Number.Pixel(_plot.X)} {Number.Pixel(_y[tick.Value])}h{Number.Pixel(_plot.Width)}");
        svg.Path(path.ToString(), svg.Paint(stroke: Theme.Grid));
    }

    private void DrawAxes(SvgWriter svg)
    {
        var lines = new StringBuilder(IsMap
            ? Shapes.Outline(_plot)
            : $"M{Number.Pixel(_plot.X)} {Number.Pixel(_plot.Y)}v{Number.Pixel(_plot.Height)}h{Number.Pixel(_plot.Width)}");
        if (!IsMap && _panel.HasTicks && _panel.YAxis.Scale == Scale.Linear && _yRange.Min < 0 && _yRange.Max > 0)
            lines.Append($"M{Number.Pixel(_plot.X)} {Number.Pixel(_y[0])}h{Number.Pixel(_plot.Width)}");

        var xTicks = XTicks(out var tilted);
        var yTicks = YTicks();
        foreach (var tick in xTicks)
            if (_panel.XNames is null || IsMap)
                lines.Append($"M{Number.Pixel(_x[tick.Value])} {Number.Pixel(_plot.Bottom)}v{Number.Pixel(tick.IsMinor ? MinorTickLength : TickLength)}");
        foreach (var tick in yTicks)
            lines.Append($"M{Number.Pixel(_plot.X)} {Number.Pixel(_y[tick.Value])}h{Number.Pixel(tick.IsMinor ? -MinorTickLength : -TickLength)}");
        svg.Path(lines.ToString(), svg.Paint(stroke: Theme.AxisLine));

        var below = _plot.Bottom + TickLength + TickGap;
        foreach (var tick in xTicks.Where(tick => !tick.IsMinor))
        {
            var x = _x[tick.Value];
            if (tilted) svg.Text(tick.Label, x + 4, below + 6, TickSize, Theme.Muted, "end", rotate: -Tilt);
            else svg.Text(tick.Label, x, below + 9, TickSize, Theme.Muted, "middle", exponent: tick.Exponent);
        }
        foreach (var tick in yTicks.Where(tick => !tick.IsMinor))
            svg.Text(tick.Label, _plot.X - TickLength - TickGap, _y[tick.Value] + 4.2, TickSize, Theme.Muted, "end", exponent: tick.Exponent);

        var xTitle = TextWidth.Wrap(_panel.XAxis.Title, AxisTitleSize, _plot.Width);
        var height = tilted
            ? xTicks.Max(tick => tick.Width(TickSize)) * Math.Sin(Tilt * Math.PI / 180) + TickSize
            : xTicks.Count > 0 ? TickSize + 4 : 0;
        for (var i = 0; i < xTitle.Count; i++)
            svg.Text(xTitle[i], _plot.CenterX, below + height + 13 + i * AxisTitleLine, AxisTitleSize, Theme.Text, "middle");

        var yTitle = TextWidth.Wrap(_panel.YAxis.Title, AxisTitleSize, _plot.Height);
        var widest = yTicks.Select(tick => tick.Width(TickSize)).DefaultIfEmpty(0).Max();
        for (var i = 0; i < yTitle.Count; i++)
        {
            var x = _plot.X - TickLength - TickGap - widest - 10 - (yTitle.Count - 1 - i) * AxisTitleLine;
            svg.Text(yTitle[i], x, _plot.CenterY, AxisTitleSize, Theme.Text, "middle", rotate: -90);
        }
    }
}
