namespace Course.Figures;

/// <summary>The cells around the points of a grid.</summary>
internal static class Cells
{
    /// <summary>The n + 1 edges of n cells: midway between the centres, the outer ones as far out as the next are in.</summary>
    public static double[] Edges(IReadOnlyList<double> centres)
    {
        var n = centres.Count;
        if (n == 1) return [centres[0] - 0.5, centres[0] + 0.5];
        var edges = new double[n + 1];
        for (var i = 1; i < n; i++) edges[i] = (centres[i - 1] + centres[i]) / 2;
        edges[0] = centres[0] - (edges[1] - centres[0]);
        edges[n] = centres[n - 1] + (centres[n - 1] - edges[n - 1]);
        return edges;
    }
}
