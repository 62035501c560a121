namespace Course.Figures;

/// <summary>A figure in words, for readers who cannot see it.</summary>
internal static class Words
{
    public static string Describe(Figure figure)
    {
        if (figure.Panels.Count == 1) return Describe(figure.Panels[0]);
        var panels = figure.Panels.Select((panel, i) =>
            $"Panel {Number.Plain(i + 1)}{(panel.Title.Length > 0 ? ", " + panel.Title : "")}: {Describe(panel)}");
        return $"{Number.Plain(figure.Panels.Count)} panels. {string.Join(" ", panels)}";
    }

    private static string Describe(Panel panel)
    {
        var traces = string.Join("; ", panel.Traces.Select(Describe));
        var data = $"{char.ToUpperInvariant(traces[0])}{traces[1..]}.";
        if (!panel.HasTicks) return data;
        return $"{data} {Describe("horizontal", panel.XAxis, panel.XNames, Interval.OfX(panel))} "
            + $"{Describe("vertical", panel.YAxis, panel.YNames, Interval.OfY(panel))}";
    }

    private static string Describe(Trace trace)
    {
        var detail = trace switch
        {
            HistogramTrace h => $" of {Number.Plain(h.Counts.Sum())} samples in {Number.Plain(h.Counts.Count)} bins ({h.BinRule})",
            HeatmapTrace { ZTitle: { } z } => $" of {z}",
            ContourTrace c => $" of {c.ZTitle ?? "a function"} at {string.Join(", ", c.Levels.Select(Number.Short))}",
            SignedAreaTrace a when (a.PositiveName ?? a.NegativeName) is not null =>
                $" “{string.Join("”, “", new[] { a.PositiveName, a.NegativeName }.OfType<string>())}”",
            _ => "",
        };
        return trace.Kind + (trace.Name is { } name ? $" “{name}”" : "") + detail;
    }

    private static string Describe(string direction, Axis axis, IReadOnlyList<string>? names, Interval range)
    {
        var title = axis.Title.Length > 0 ? $" ({axis.Title})" : "";
        var scale = axis.Scale == Scale.Log ? ", logarithmic," : "";
        var extent = names is null ? $"from {Number.Short(range.Min)} to {Number.Short(range.Max)}" : "over " + string.Join(", ", names);
        return $"The {direction} axis{title}{scale} runs {extent}.";
    }
}
