namespace Course.Figures;

/// <summary>The bins of a histogram.</summary>
internal static class Bins
{
    private const int Most = 200;

    public static HistogramTrace Of(IReadOnlyList<double> samples, int? given)
    {
        double[] sorted = [.. samples.Order()];
        var (min, max) = (sorted[0], sorted[^1]);
        if (min == max) (min, max) = (min - 0.5, max + 0.5);
        var (bins, rule) = given is { } count ? (count, "given") : Count(sorted);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? max : min + (max - min) * i / bins)];
        var counts = new int[bins];
        foreach (var sample in sorted)
        {
            var bin = Math.Clamp((int)((sample - min) / (max - min) * bins), 0, bins - 1);
            while (bin > 0 && sample < edges[bin]) bin--;
            while (bin < bins - 1 && sample >= edges[bin + 1]) bin++;
            counts[bin]++;
        }
        return new HistogramTrace(edges, counts) { BinRule = rule };
    }

    private static (int Count, string Rule) Count(double[] sorted)
    {
        var range = sorted[^1] - sorted[0];
        var width = 2 * (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        return width > 0
            ? ((int)Math.Clamp(Math.Ceiling(range / width), 1, Most), "Freedman-Diaconis")
            : (range == 0 ? 1 : (int)Math.Ceiling(Math.Log2(sorted.Length)) + 1, "Sturges");
    }

    private static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
