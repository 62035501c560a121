namespace Course.Figures;

/// <summary>The levels of a contour.</summary>
internal static class Levels
{
    /// <summary>About eight round values strictly inside the range of a table.</summary>
    public static IReadOnlyList<double> Round(double[,] z)
    {
        var (min, max) = Extent.Of(z.Cast<double>(), _ => true)
            ?? throw new ArgumentException("z has no finite value.", nameof(z));
        double[] inside = [.. Ticks.Linear(min, max, 9).Select(tick => tick.Value).Where(v => v > min && v < max)];
        return inside.Length > 0 ? inside : [(min + max) / 2];
    }

    public static void CheckEven(IReadOnlyList<double> levels)
    {
        if (levels.Count < 2) throw new ArgumentException("levels has one value; a filled contour needs at least two.", nameof(levels));
        var step = levels[1] - levels[0];
        for (var i = 1; i < levels.Count; i++)
            if (Math.Abs(levels[i] - levels[i - 1] - step) > 1e-6 * step)
                throw new ArgumentException(
                    $"levels[{i}] is {Number.Plain(levels[i])}; the levels of a filled contour are equally spaced, here by {Number.Short(step)}.",
                    nameof(levels));
    }
}
