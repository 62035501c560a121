namespace Course.Figures;

internal sealed partial class PanelDrawing
{
    private const double NoteSize = 12;
    private const double NoteHeight = 16;
    private const double LeastNote = 90;

    private static readonly (double Dx, double Dy)[] Directions =
        [(1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1.4), (0, 1.4), (1.6, -0.4), (-1.6, -0.4)];

    private void DrawNotes(SvgWriter svg)
    {
        foreach (var guide in _panel.Guides) DrawGuide(svg, guide);
        foreach (var note in _panel.Annotations) DrawAnnotation(svg, note);
    }

    private bool IsMap => _panel.Traces.Any(trace => trace is HeatmapTrace or ContourTrace { Filled: true });

    private void DrawGuide(SvgWriter svg, Guide guide)
    {
        var map = guide.IsVertical ? _x : _y;
        if (!map.Shows(guide.Value)) return;
        var place = Number.Pixel(map[guide.Value]);
        svg.Path(
            guide.IsVertical
                ? $"M{place} {Number.Pixel(_plot.Y)}v{Number.Pixel(_plot.Height)}"
                : $"M{Number.Pixel(_plot.X)} {place}h{Number.Pixel(_plot.Width)}",
            svg.Paint(stroke: Theme.Muted, width: 1.25) + SvgWriter.DashArray(Dash.Dashed));
        if (guide.Label is not { } label) return;

        var (width, height) = SizeOf(label);
        var at = map[guide.Value];
        IEnumerable<Box> places = guide.IsVertical
            ? from row in Enumerable.Range(0, 5)
              from left in new[] { at + 4, at - 4 - width }
              select new Box(left, _plot.Y + 2 + row * NoteHeight, width, height)
            : from left in new[] { _plot.Right - width - 2, _plot.X + 4, _plot.CenterX - width / 2 }
              from top in new[] { at - height - 1, at + 2 }
              select new Box(left, top, width, height);
        Write(svg, label, Freest(places));
    }

    private void DrawAnnotation(SvgWriter svg, Annotation note)
    {
        if (!_x.Shows(note.X) || !_y.Shows(note.Y)) return;
        var (x, y) = (_x[note.X], _y[note.Y]);
        var (width, height) = SizeOf(note.Text);
        var places = note is { Dx: null, Dy: null }
            ? Directions.Select(d => Around(d.Dx * (26 + width / 2), d.Dy * (18 + height / 2)))
            : Given(note.Dx ?? 0, note.Dy ?? 0);
        var box = Freest(places);
        var (toX, toY) = (Math.Clamp(x, box.X, box.Right), Math.Clamp(y, box.Y, box.Bottom));
        if (Math.Abs(toX - x) + Math.Abs(toY - y) > 4)
        {
            var leader = $"M{Number.Pixel(x)} {Number.Pixel(y)}L{Number.Pixel(toX)} {Number.Pixel(toY)}";
            svg.Path(leader, svg.Paint(stroke: Theme.Paper, width: 3));
            svg.Path(leader, svg.Paint(stroke: Theme.Text));
        }
        svg.Leaf("circle", SvgWriter.At("cx", x) + SvgWriter.At("cy", y) + " r=\"3\"" + svg.Paint(Theme.Text, Theme.Paper));
        Write(svg, note.Text, box);

        // A place that was chosen on a wide page may be taken on a narrow one: then the next row that is free.
        IEnumerable<Box> Given(double dx, double dy)
        {
            int[] steps = _isReflowed ? [0, 1, -1, 2, -2, 3, -3, 4, -4] : [0];
            Box[] rows = [.. steps.Select(step => Around(dx, dy + step * NoteHeight))];
            return rows.Where(row => !_written.Any(row.Into(_plot).Overlaps)).Take(1).DefaultIfEmpty(rows[0]);
        }

        Box Around(double dx, double dy) => new(x + dx - width / 2, y + dy - height / 2, width, height);
    }

    /// <summary>The place that covers the least data and no other note, moved into the panel.</summary>
    private Box Freest(IEnumerable<Box> places)
    {
        var points = Points().ToArray();
        return places.Select(place => place.Into(_plot)).MinBy(place =>
            1000 * _written.Count(place.Overlaps) + points.Count(point => place.Holds(point.X, point.Y)));
    }

    /// <summary>Points on everything that is drawn, close enough together to tell whether a note would cover it.</summary>
    private IEnumerable<(double X, double Y)> Points()
    {
        foreach (var guide in _panel.Guides)
        {
            var at = guide.IsVertical ? _x[guide.Value] : _y[guide.Value];
            (double, double)[] ends = guide.IsVertical ? [(at, _plot.Y), (at, _plot.Bottom)] : [(_plot.X, at), (_plot.Right, at)];
            foreach (var point in Dense(ends)) yield return point;
        }
        foreach (var style in _styled)
            switch (style.Trace)
            {
                case LineTrace line:
                    foreach (var point in Dense([.. line.X.Zip(line.Y, (x, y) => (_x[x], _y[y]))])) yield return point;
                    break;
                case ScatterTrace scatter:
                    foreach (var point in scatter.X.Zip(scatter.Y, (x, y) => (_x[x], _y[y]))) yield return point;
                    break;
                case AreaTrace area:
                    foreach (var point in Dense([.. area.X.Zip(area.Upper, (x, y) => (_x[x], _y[y]))])) yield return point;
                    break;
                case HistogramTrace histogram:
                    foreach (var point in histogram.Heights.Select((y, i) => (_x[histogram.Edges[i]], _y[y]))) yield return point;
                    break;
            }
    }

    private static IEnumerable<(double X, double Y)> Dense((double X, double Y)[] line)
    {
        const double Step = 8;
        for (var i = 1; i < line.Length; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
            if (double.IsNaN(length)) continue;
            var steps = (int)Math.Clamp(length / Step, 1, 200);
            for (var k = 0; k < steps; k++)
                yield return (from.X + (to.X - from.X) * k / steps, from.Y + (to.Y - from.Y) * k / steps);
        }
    }

    /// <summary>A note takes no more than half the width of its panel.</summary>
    private IReadOnlyList<string> NoteLines(string text) => NoteLines(text, _plot.Width, _isReflowed);

    private static IReadOnlyList<string> NoteLines(string text, double plotWidth, bool isReflowed)
    {
        var width = Math.Max(LeastNote, plotWidth / 2);
        return TextWidth.Wrap(text, NoteSize, isReflowed ? Math.Min(width, plotWidth - 4) : width);
    }

    /// <summary>The height that a panel needs to hold the longest of its notes.</summary>
    internal static double NoteRoom(Panel panel, double plotWidth) => panel.Annotations.Select(note => note.Text)
        .Select(text => NoteHeight * (NoteLines(text, plotWidth, isReflowed: true).Count + 1)).DefaultIfEmpty(0).Max();

    private (double Width, double Height) SizeOf(string text)
    {
        var lines = NoteLines(text);
        return (lines.Select(line => TextWidth.Of(line, NoteSize)).DefaultIfEmpty(0).Max() + 4, Math.Max(1, lines.Count) * NoteHeight);
    }

    private void Write(SvgWriter svg, string text, Box box)
    {
        _written.Add(box);
        if (IsMap) svg.Rectangle(box, svg.Paint(Theme.Paper) + SvgWriter.At("fill-opacity", 0.9) + SvgWriter.At("rx", 2));
        var lines = NoteLines(text);
        for (var i = 0; i < lines.Count; i++)
            svg.Text(lines[i], box.CenterX, box.Y + 12 + i * NoteHeight, NoteSize, Theme.Text, "middle", halo: !IsMap);
    }
}
