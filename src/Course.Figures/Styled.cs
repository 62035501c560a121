namespace Course.Figures;

/// <summary>A trace with the style the figure chose for it.</summary>
/// <param name="Trace">The trace; a signed area has become two areas.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="Slot">Its place in the sequences of dashes, markers and hatchings.</param>
/// <param name="InLegend">True for the first trace of its name.</param>
internal sealed record Styled(Trace Trace, Ink Ink, int Slot, bool InLegend)
{
    private const int Hatchings = 4;

    public Dash Dash => (Trace as LineTrace)?.Dash ?? (Dash)Slot;

    public Marker Marker => (Trace as ScatterTrace)?.Marker ?? (Marker)Slot;

    /// <summary>0 for a plain fill; 1, 2 and 3 for lines that rise, fall and cross.</summary>
    public int Hatching => Slot % Hatchings;

    /// <summary>
    /// The traces of each panel with their styles. Traces of one name have one style; others take the first that no
    /// trace of their panel has. A colour brings its own dash and marker; an area may share the colour of a line.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Styled>> Of(Figure figure)
    {
        var panels = figure.Panels.Select(panel => panel.Traces.SelectMany(Parts).ToArray()).ToArray();
        var reserved = figure.Panels.SelectMany(panel => panel.Traces).Where(trace => trace is not AreaTrace).Select(SlotOfInk).OfType<int>().ToHashSet();
        var named = new Dictionary<string, (Ink Ink, int Slot)>(StringComparer.Ordinal);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var count = Palette.Series.Count;

        return [.. panels.Select(StylePanel)];

        IReadOnlyList<Styled> StylePanel(Trace[] traces)
        {
            var taken = new HashSet<int>(reserved);
            foreach (var trace in traces)
                if (trace.Name is { } name && named.TryGetValue(name, out var known)) taken.Add(known.Slot);
            var next = 0;
            var styled = new List<Styled>();
            foreach (var trace in traces)
            {
                var (ink, slot) = trace.Name is { } name && named.TryGetValue(name, out var known) ? known : Choose(trace);
                if (trace.Name is { } key) named.TryAdd(key, (ink, slot));
                var isKeyed = trace is HeatmapTrace or ContourTrace { Ink: null };
                styled.Add(new Styled(trace, trace.Ink ?? ink, slot, !isKeyed && trace.Name is { } text && shown.Add(text)));
            }
            return styled;

            (Ink Ink, int Slot) Choose(Trace trace)
            {
                if (trace.Ink is { } given) return (given, SlotOfInk(trace) ?? 0);
                if (trace is HeatmapTrace or ContourTrace) return (Palette.Grey, 0);
                while (next < count && taken.Contains(next)) next++;
                var slot = next++ % count;
                return (Palette.Series[slot], slot);
            }
        }

        static int? SlotOfInk(Trace trace)
        {
            var slot = trace.Ink is null ? -1 : Palette.Series.ToList().IndexOf(trace.Ink);
            return slot >= 0 ? slot : null;
        }
    }

    private static IEnumerable<Trace> Parts(Trace trace)
    {
        if (trace is not SignedAreaTrace signed) return [trace];
        var (positive, negative) = signed.Parts();
        return [positive, negative];
    }
}
