namespace Course.Figures;

/// <summary>Draws one panel: its axes and what stands on them.</summary>
internal sealed partial class PanelDrawing
{
    private const double TickSize = 12;
    private const double AxisTitleSize = 13;
    private const double AxisTitleLine = 17;
    private const double PanelTitleSize = 13.5;
    private const double PanelTitleLine = 18;
    private const double TickLength = 5;
    private const double TickGap = 4;
    private const double LabelGap = 10;
    private const double ColorBarGap = 16;
    private const double ColorBarWidth = 14;
    private const double Tilt = 35;

    /// <summary>Names up to this width are left out, every other one or more, where they stand too close; longer ones are tilted.</summary>
    private const double ShortName = 26;

    private readonly Panel _panel;
    private readonly IReadOnlyList<Styled> _styled;
    private readonly Interval _xRange;
    private readonly Interval _yRange;
    private readonly int _index;
    private readonly double _cellWidth;
    private readonly double _cellHeight;
    private readonly bool _isReflowed;
    private bool _inTenths;
    private AxisMap _x = null!;
    private AxisMap _y = null!;
    private Box _plot;

    /// <summary>Where text stands on the data.</summary>
    private readonly List<Box> _written = [];

    public PanelDrawing(
        Panel panel, IReadOnlyList<Styled> styled, Interval xRange, Interval yRange, double width, double height, int index,
        bool isReflowed = false)
    {
        (_panel, _styled, _xRange, _yRange, _index, _cellWidth, _cellHeight, _isReflowed) =
            (panel, styled, xRange, yRange, index, width, height, isReflowed);
        var margins = new Margins(50, 20, 12, 45);
        for (var pass = 0; pass < (isReflowed ? 5 : 2); pass++)
        {
            Place(new Box(0, 0, Math.Max(20, width - margins.Left - margins.Right), Math.Max(20, height - margins.Top - margins.Bottom)));
            margins = Measure();
        }
        Margins = margins;
    }

    public Margins Margins { get; }

    private double BoldSlack => _isReflowed ? TextWidth.BoldSlack : 1;

    public void Draw(SvgWriter svg, Box plot)
    {
        _written.Clear();
        _inTenths = svg.IsOnPage;
        Place(_panel.EqualAspect ? WithEqualUnits(plot) : plot);
        var clip = $"{SvgWriter.Id}-p{Number.Plain(_index)}";
        svg.Open("defs").Open("clipPath", $" id=\"{clip}\"");
        svg.Rectangle(_plot, "");
        svg.Close("clipPath").Close("defs");

        OpenMark(svg, $" data-panel=\"{Number.Plain(_index)}\"" + Pixels("data-x", _x.From, _x.To) + Pixels("data-y", _y.From, _y.To)
            + Pixels("data-plot", _plot.X, _plot.Y, _plot.Width, _plot.Height));
        DrawTitles(svg, plot);
        DrawGrid(svg);
        svg.Open("g", $" clip-path=\"url(#{clip})\"");
        DrawFills(svg);
        DrawLines(svg);
        svg.Close("g");
        DrawPoints(svg);
        DrawAxes(svg);
        DrawColorBar(svg);
        DrawNotes(svg);
        CloseMark(svg);
    }

    /// <summary>Opens a group that tells a script what it holds, in a drawing that has such marks.</summary>
    private static void OpenMark(SvgWriter svg, string attributes)
    {
        if (svg.HasMarks) svg.Open("g", attributes);
    }

    private static void CloseMark(SvgWriter svg)
    {
        if (svg.HasMarks) svg.Close("g");
    }

    /// <summary>Draws a part of a trace, marked with the panel, the place of the trace in it, and the kind of the part.</summary>
    private void Marked(SvgWriter svg, Styled style, string kind, Action draw, string attributes = "")
    {
        var place = Enumerable.Range(0, _styled.Count).First(k => ReferenceEquals(_styled[k], style));
        OpenMark(svg, $" data-trace=\"{FamilyJson.Key(_index, place)}\" data-kind=\"{kind}\"{attributes}");
        draw();
        CloseMark(svg);
    }

    private static string Pixels(string name, params double[] values) => SvgWriter.At(name, string.Join(' ', values.Select(Number.Pixel)));

    private void Place(Box plot)
    {
        _plot = plot;
        _x = _panel.XAxis.Reversed
            ? new AxisMap(_xRange, _panel.XAxis.Scale, plot.Right, plot.X, _inTenths)
            : new AxisMap(_xRange, _panel.XAxis.Scale, plot.X, plot.Right, _inTenths);
        _y = _panel.YAxis.Reversed
            ? new AxisMap(_yRange, _panel.YAxis.Scale, plot.Y, plot.Bottom, _inTenths)
            : new AxisMap(_yRange, _panel.YAxis.Scale, plot.Bottom, plot.Y, _inTenths);
    }

    private Box WithEqualUnits(Box plot)
    {
        var (dx, dy) = (_xRange.Max - _xRange.Min, _yRange.Max - _yRange.Min);
        var unit = Math.Min(plot.Width / dx, plot.Height / dy);
        return new Box(plot.CenterX - unit * dx / 2, plot.CenterY - unit * dy / 2, unit * dx, unit * dy);
    }

    private Margins Measure()
    {
        var yTitle = TextWidth.Wrap(_panel.YAxis.Title, AxisTitleSize, _plot.Height).Count;
        var xTitle = TextWidth.Wrap(_panel.XAxis.Title, AxisTitleSize, _plot.Width).Count;
        var title = TextWidth.Wrap(_panel.Title, PanelTitleSize, _cellWidth / BoldSlack, bold: true).Count;
        var yTicks = YTicks();
        var xTicks = XTicks(out var tilted);
        var widest = yTicks.Select(tick => tick.Width(TickSize)).DefaultIfEmpty(0).Max();
        var left = TickLength + TickGap + widest + (yTitle > 0 ? yTitle * AxisTitleLine + 6 : 0);
        var right = 4.0;
        foreach (var tick in xTicks)
        {
            var (x, width) = (_x[tick.Value], tick.Width(TickSize));
            left = Math.Max(left, tilted ? width * Math.Cos(Tilt * Math.PI / 180) - x + 8 : width / 2 - x);
            if (!tilted) right = Math.Max(right, width / 2 - (_plot.Width - x) + 2);
        }
        if (ScaleShown() is { } scale)
        {
            var labels = ColorBarTicks(scale).Select(tick => tick.Width(TickSize)).DefaultIfEmpty(0).Max();
            right = Math.Max(right, ColorBarGap + ColorBarWidth + TickGap + 2 + labels + (ColorBarTitle(scale) is { Count: > 0 } lines ? lines.Count * AxisTitleLine + 4 : 0));
        }
        var height = tilted
            ? xTicks.Select(tick => tick.Width(TickSize)).DefaultIfEmpty(0).Max() * Math.Sin(Tilt * Math.PI / 180) + TickSize
            : xTicks.Count > 0 ? TickSize + 4 : 0;
        var bottom = TickLength + TickGap + height + (xTitle > 0 ? xTitle * AxisTitleLine + 4 : 0);
        return new Margins(left, title > 0 ? title * PanelTitleLine + 10 : 10, right, bottom);
    }

    private IReadOnlyList<Tick> YTicks()
    {
        if (!_panel.HasTicks) return [];
        if (_panel.YNames is { } names) return Names(names, _y.Length, TickSize + 4, 0.4 * _cellWidth);
        return Fitting(_panel.YAxis.Scale, _yRange, (int)(_y.Length / 34), _y, _ => TickSize + 4, _panel.YAxis.Whole);
    }

    private IReadOnlyList<Tick> XTicks(out bool tilted)
    {
        tilted = false;
        if (!_panel.HasTicks) return [];
        if (_panel.XNames is not { } names)
            return Fitting(_panel.XAxis.Scale, _xRange, (int)(_x.Length / 36), _x, tick => tick.Width(TickSize) + LabelGap, _panel.XAxis.Whole);
        var spacing = _x.Length / names.Count;
        var widest = names.Max(name => TextWidth.Of(name, TickSize)) + 6;
        tilted = widest > spacing && widest > ShortName;
        if (widest > spacing && !tilted) return Names(names, _x.Length, widest, ShortName);
        return tilted
            ? Names(names, _x.Length, (TickSize + 2) / Math.Sin(Tilt * Math.PI / 180), 0.5 * Math.Min(_cellHeight, _cellWidth))
            : Names(names, _x.Length, 0, spacing);
    }

    /// <summary>All names, or every n-th so that they keep their distance; long ones shortened.</summary>
    private static IReadOnlyList<Tick> Names(IReadOnlyList<string> names, double length, double distance, double width)
    {
        var step = Math.Max(1, (int)Math.Ceiling(distance * names.Count / length));
        return [.. names.Select((name, i) => new Tick(i, name.Length == 0 ? " " : TextWidth.Shortened(name, TickSize, width))).Where((_, i) => i % step == 0)];
    }

    /// <summary>As many ticks as there is room for.</summary>
    internal static IReadOnlyList<Tick> Fitting(
        Scale scale, Interval range, int most, AxisMap map, Func<Tick, double> room, bool whole = false)
    {
        for (most = Math.Clamp(most, 3, 11); ; most--)
        {
            var ticks = scale == Scale.Log ? Ticks.Logarithmic(range.Min, range.Max, most) : Ticks.Linear(range.Min, range.Max, most, whole);
            var labelled = ticks.Where(tick => !tick.IsMinor).ToArray();
            var fits = labelled.Zip(labelled.Skip(1)).All(pair =>
                Math.Abs(map[pair.First.Value] - map[pair.Second.Value]) >= (room(pair.First) + room(pair.Second)) / 2);
            if (fits || most == 1) return ticks;
        }
    }
}
