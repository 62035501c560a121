namespace Course.Figures;

internal sealed partial class PanelDrawing
{
    private const double NoteSize = 12;
    private const double NoteHeight = 16;
    private const double LeastNote = 90;

    private static readonly (double Dx, double Dy)[] Directions =
        [(1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1.4), (0, 1.4), (1.6, -0.4), (-1.6, -0.4)];

    /// <summary>A guide or an annotation with the place that was found for it; what it has not is empty.</summary>
    private sealed record NoteLayout(string Guide, string Leader, (double X, double Y)? Point, Box? Box, IReadOnlyList<string> Lines);

    private void DrawNotes(SvgWriter svg)
    {
        var notes = _panel.Guides.Select(Lay).Concat(_panel.Annotations.Select(Lay)).OfType<NoteLayout>();
        if (svg.HasMarks)
            DrawTogether(svg, [.. notes]);
        else
            foreach (var note in notes) Draw(svg, note);
    }

    private bool IsMap => _panel.Traces.Any(trace => trace is HeatmapTrace or ContourTrace { Filled: true });

    private static string GuideStroke(SvgWriter svg) => svg.Paint(stroke: Theme.Muted, width: 1.25) + SvgWriter.DashArray(Dash.Dashed);

    private void Draw(SvgWriter svg, NoteLayout note)
    {
        svg.Path(note.Guide, note.Guide.Length > 0 ? GuideStroke(svg) : "");
        if (note.Leader.Length > 0)
        {
            svg.Path(note.Leader, svg.Paint(stroke: Theme.Paper, width: 3));
            svg.Path(note.Leader, svg.Paint(stroke: Theme.Text));
        }
        if (note.Point is var (x, y))
            svg.Leaf("circle", SvgWriter.At("cx", x) + SvgWriter.At("cy", y) + " r=\"3\"" + svg.Paint(Theme.Text, Theme.Paper));
        if (note.Box is not { } box) return;
        if (IsMap) svg.Rectangle(box, svg.Paint(Theme.Paper) + BehindNote);
        foreach (var (line, top) in Lines(note)) svg.Text(line, box.CenterX, top, NoteSize, Theme.Text, "middle", halo: !IsMap);
    }

    /// <summary>Draws all notes, their parts of a kind together, so that a script can redraw each kind as one.</summary>
    private void DrawTogether(SvgWriter svg, IReadOnlyList<NoteLayout> notes)
    {
        const string Leaders = " data-part=\"leaders\"";
        var leaders = string.Concat(notes.Select(note => note.Leader));
        Box[] boxes = [.. notes.Select(note => note.Box).OfType<Box>()];
        OpenMark(svg, " data-kind=\"notes\"" + (IsMap ? " data-boxed=\"true\"" : ""));
        svg.Path(string.Concat(notes.Select(note => note.Guide)), GuideStroke(svg) + " data-part=\"guides\"");
        svg.Path(leaders, svg.Paint(stroke: Theme.Paper, width: 3) + Leaders);
        svg.Path(leaders, svg.Paint(stroke: Theme.Text) + Leaders);
        svg.Path(
            string.Concat(notes.Select(note => note.Point).OfType<(double X, double Y)>().Select(p =>
                $"M{Number.Pixel(p.X - 3)} {Number.Pixel(p.Y)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z")),
            svg.Paint(Theme.Text, Theme.Paper) + " data-part=\"points\"");
        if (IsMap)
            svg.Path(string.Concat(boxes.Select(Shapes.Outline)), svg.Paint(Theme.Paper) + BehindNote + " data-part=\"boxes\"");
        svg.Labels(
            notes.SelectMany(note => Lines(note).Select(line => (line.Text, note.Box!.Value.CenterX, line.Baseline))),
            NoteSize, Theme.Text, halo: !IsMap, " data-part=\"labels\"");
        CloseMark(svg);
    }

    private static string BehindNote => SvgWriter.At("fill-opacity", 0.9) + SvgWriter.At("rx", 2);

    private static IEnumerable<(string Text, double Baseline)> Lines(NoteLayout note) =>
        note.Lines.Select((line, i) => (line, note.Box!.Value.Y + 12 + i * NoteHeight));

    private NoteLayout? Lay(Guide guide)
    {
        var map = guide.IsVertical ? _x : _y;
        if (!map.Shows(guide.Value)) return null;
        var place = Number.Pixel(map[guide.Value]);
        var path = guide.IsVertical
            ? $"M{place} {Number.Pixel(_plot.Y)}v{Number.Pixel(_plot.Height)}"
            : $"M{Number.Pixel(_plot.X)} {place}h{Number.Pixel(_plot.Width)}";
        if (guide.Label is not { } label) return new NoteLayout(path, "", null, null, []);

        var (width, height) = SizeOf(label);
        var at = map[guide.Value];
        IEnumerable<Box> places = guide.IsVertical
            ? from row in Enumerable.Range(0, 5)
              from left in new[] { at + 4, at - 4 - width }
              select new Box(left, _plot.Y + 2 + row * NoteHeight, width, height)
            : from left in new[] { _plot.Right - width - 2, _plot.X + 4, _plot.CenterX - width / 2 }
              from top in new[] { at - height - 1, at + 2 }
              select new Box(left, top, width, height);
        return new NoteLayout(path, "", null, Written(Freest(places)), NoteLines(label));
    }

    private NoteLayout? Lay(Annotation note)
    {
        if (!_x.Shows(note.X) || !_y.Shows(note.Y)) return null;
        var (x, y) = (_x[note.X], _y[note.Y]);
        var (width, height) = SizeOf(note.Text);
        var places = note is { Dx: null, Dy: null }
            ? Directions.Select(d => Around(d.Dx * (26 + width / 2), d.Dy * (18 + height / 2)))
            : Given(note.Dx ?? 0, note.Dy ?? 0);
        var box = Freest(places);
        var (toX, toY) = (Math.Clamp(x, box.X, box.Right), Math.Clamp(y, box.Y, box.Bottom));
        var leader = Math.Abs(toX - x) + Math.Abs(toY - y) > 4
            ? $"M{Number.Pixel(x)} {Number.Pixel(y)}L{Number.Pixel(toX)} {Number.Pixel(toY)}"
            : "";
        return new NoteLayout("", leader, (x, y), Written(box), NoteLines(note.Text));

        // A place that was chosen on a wide page may be taken on a narrow one: then the next row that is free.
        IEnumerable<Box> Given(double dx, double dy)
        {
            int[] steps = _isReflowed ? [0, 1, -1, 2, -2, 3, -3, 4, -4] : [0];
            Box[] rows = [.. steps.Select(step => Around(dx, dy + step * NoteHeight))];
            return rows.Where(row => !_written.Any(row.Into(_plot).Overlaps)).Take(1).DefaultIfEmpty(rows[0]);
        }

        Box Around(double dx, double dy) => new(x + dx - width / 2, y + dy - height / 2, width, height);
    }

    private Box Written(Box box)
    {
        _written.Add(box);
        return box;
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
}
