namespace Course.Figures;

/// <summary>What the figures of a family have in common: all that decides where their panels lie and how their traces look.</summary>
internal static class FamilyShape
{
    /// <summary>The first thing in which a member differs from the default, as the middle of a sentence; null when there is none.</summary>
    public static string? Difference(Figure standard, Figure member)
    {
        if (member.Panels.Count != standard.Panels.Count)
            return $"the figure has {Count(member.Panels.Count, "panel")}, but {Count(standard.Panels.Count, "panel")}";
        if ((member.Columns, member.Width, member.Height) != (standard.Columns, standard.Width, standard.Height))
            return "the figure has another size or another number of columns than";
        if ((member.HasSharedX, member.HasSharedY) != (standard.HasSharedX, standard.HasSharedY))
            return "the figure shares other axes than";
        if (member.Title != standard.Title)
            return $"the title is “{member.Title}”, but “{standard.Title}”";
        for (var i = 0; i < standard.Panels.Count; i++)
            if (Difference(standard.Panels[i], member.Panels[i]) is { } difference)
                return standard.Panels.Count == 1 ? difference : $"in panel {Number.Plain(i + 1)}, {difference}";
        return null;
    }

    private static string? Difference(Panel standard, Panel member)
    {
        if (member.Title != standard.Title) return $"the title of the panel is “{member.Title}”, but “{standard.Title}”";
        if (member.XAxis != standard.XAxis) return "the x axis is another than";
        if (member.YAxis != standard.YAxis) return "the y axis is another than";
        if ((member.EqualAspect, member.HasTicks) != (standard.EqualAspect, standard.HasTicks)) return "the panel has another form than";
        if (member.Traces.Count != standard.Traces.Count)
            return $"there are {Count(member.Traces.Count, "trace")}, but {Number.Plain(standard.Traces.Count)}";
        for (var k = 0; k < standard.Traces.Count; k++)
            if (Difference(standard.Traces[k], member.Traces[k]) is { } difference)
                return $"trace {Number.Plain(k + 1)}{(standard.Traces[k].Name is { } name ? $" (“{name}”)" : "")} {difference}";
        return null;
    }

    private static string? Difference(Trace standard, Trace member)
    {
        if (member.GetType() != standard.GetType()) return $"is of the kind {member.Kind}, but {standard.Kind}";
        if (member.Name != standard.Name) return $"has the name “{member.Name}”, but “{standard.Name}”";
        if (member.Ink != standard.Ink) return "has another colour than";
        return (standard, member) switch
        {
            (LineTrace s, LineTrace m) when (s.Dash, s.Markers, s.Errors is null) != (m.Dash, m.Markers, m.Errors is null) =>
                "does not have the dash, the points or the error bars that it has",
            (ScatterTrace s, ScatterTrace m) when (s.Marker, s.Errors is null) != (m.Marker, m.Errors is null) =>
                "does not have the markers or the error bars that it has",
            (BarTrace s, BarTrace m) when !Same(s.Categories, m.Categories) || !s.X.SequenceEqual(m.X) =>
                "has its bars at other places than",
            (BarTrace s, BarTrace m) when s.Errors is null != m.Errors is null => "does not have the error bars that it has",
            (HistogramTrace s, HistogramTrace m) when s.IsDensity != m.IsDensity => "counts otherwise than",
            (SignedAreaTrace s, SignedAreaTrace m) when (s.PositiveName, s.NegativeName) != (m.PositiveName, m.NegativeName) =>
                "has other names than",
            (HeatmapTrace s, HeatmapTrace m) when !Same(s, m) =>
                "is another heatmap, and a slider redraws lines, areas, bars and points alone, than",
            (ContourTrace, _) => "is a contour, which a slider cannot hold; draw it as lines, here and",
            _ => null,
        };
    }

    private static bool Same(HeatmapTrace s, HeatmapTrace m) =>
        s.X.SequenceEqual(m.X) && s.Y.SequenceEqual(m.Y) && s.Z.Cast<double>().SequenceEqual(m.Z.Cast<double>())
        && Same(s.Columns, m.Columns) && Same(s.Rows, m.Rows) && ReferenceEquals(s.Colors, m.Colors)
        && (s.ColorBar, s.ZTitle, s.ZMin, s.ZMax) == (m.ColorBar, m.ZTitle, m.ZMin, m.ZMax);

    private static bool Same(IReadOnlyList<string>? first, IReadOnlyList<string>? second) =>
        first is null ? second is null : second is not null && first.SequenceEqual(second, StringComparer.Ordinal);

    private static string Count(int count, string what) => $"{Number.Plain(count)} {what}{(count == 1 ? "" : "s")}";
}
