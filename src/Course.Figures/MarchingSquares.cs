namespace Course.Figures;

/// <summary>
/// The level sets of a function given at the points of a grid, linear along the grid's edges (Lorensen and Cline, 1987, in
/// the plane). A cell whose corners alternate is decided by the mean of its corners; a cell with a corner that is NaN has none.
/// A point whose value is the level but for rounding counts as at the level: which side it is on must not depend on last bits.
/// </summary>
internal static class MarchingSquares
{
    private const double Rounding = 1e-12;

    /// <summary>The lines on which z equals the level; a closed one ends at its beginning.</summary>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines(
        IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z, double level)
    {
        z = Snapped(z, level);
        var neighbours = new Dictionary<Crossing, List<Crossing>>();
        for (var row = 0; row + 1 < y.Count; row++)
            for (var column = 0; column + 1 < x.Count; column++)
                foreach (var (from, to) in Segments(z, row, column, level))
                {
                    Join(from, to);
                    Join(to, from);
                }

        var lines = new List<IReadOnlyList<(double, double)>>();
        var visited = new HashSet<Crossing>();
        foreach (var end in neighbours.Keys.Where(c => neighbours[c].Count == 1).Concat(neighbours.Keys))
            if (visited.Add(end)) lines.Add(Follow(end));
        return lines;

        void Join(Crossing from, Crossing to)
        {
            if (!neighbours.TryGetValue(from, out var list)) neighbours[from] = list = new List<Crossing>(2);
            list.Add(to);
        }

        List<(double, double)> Follow(Crossing start)
        {
            var line = new List<(double, double)> { start.Point(x, y, z, level) };
            var here = start;
            while (true)
            {
                var next = neighbours[here].Where(c => !visited.Contains(c)).Select(c => (Crossing?)c).FirstOrDefault();
                if (next is null) break;
                here = next.Value;
                visited.Add(here);
                line.Add(here.Point(x, y, z, level));
            }
            if (line.Count > 2 && neighbours[here].Contains(start)) line.Add(line[0]);
            return line;
        }
    }

    /// <summary>Closed lines around all points of the grid with z at or above the level; the edge of the grid closes them.</summary>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Regions(
        IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z, double level)
    {
        var padded = new double[y.Count + 2, x.Count + 2];
        for (var row = 0; row < y.Count + 2; row++)
            for (var column = 0; column < x.Count + 2; column++)
            {
                var inside = row > 0 && row <= y.Count && column > 0 && column <= x.Count;
                var value = inside ? z[row - 1, column - 1] : double.NegativeInfinity;
                padded[row, column] = double.IsNaN(value) ? double.NegativeInfinity : value;
            }
        return Lines([x[0], .. x, x[^1]], [y[0], .. y, y[^1]], padded, level);
    }

    /// <summary>z, with the level itself where they differ by rounding, judged by the size of the values around.</summary>
    private static double[,] Snapped(double[,] z, double level)
    {
        var snapped = (double[,])z.Clone();
        var (rows, columns) = (z.GetLength(0), z.GetLength(1));
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                if (Math.Abs(z[row, column] - level) <= Rounding * Size(row, column)) snapped[row, column] = level;
        return snapped;

        double Size(int row, int column)
        {
            var size = Math.Abs(level);
            for (var r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
                for (var c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
                    if (double.IsFinite(z[r, c])) size = Math.Max(size, Math.Abs(z[r, c]));
            return size;
        }
    }

    private static IEnumerable<(Crossing From, Crossing To)> Segments(double[,] z, int row, int column, double level)
    {
        double bottomLeft = z[row, column], bottomRight = z[row, column + 1];
        double topLeft = z[row + 1, column], topRight = z[row + 1, column + 1];
        var mean = (bottomLeft + bottomRight + topLeft + topRight) / 4;
        if (double.IsNaN(bottomLeft) || double.IsNaN(bottomRight) || double.IsNaN(topLeft) || double.IsNaN(topRight)) yield break;

        var bottom = new Crossing(row, column, false);
        var top = new Crossing(row + 1, column, false);
        var left = new Crossing(row, column, true);
        var right = new Crossing(row, column + 1, true);
        var corners = (bottomLeft >= level ? 1 : 0) | (bottomRight >= level ? 2 : 0)
            | (topRight >= level ? 4 : 0) | (topLeft >= level ? 8 : 0);
        switch (corners)
        {
            case 1 or 14:
                yield return (left, bottom);
                break;
            case 2 or 13:
                yield return (bottom, right);
                break;
            case 3 or 12:
                yield return (left, right);
                break;
            case 4 or 11:
                yield return (right, top);
                break;
            case 6 or 9:
                yield return (bottom, top);
                break;
            case 7 or 8:
                yield return (left, top);
                break;
            case 5 or 10:
                var isolatesLeft = (corners == 5) != (mean >= level);
                yield return isolatesLeft ? (left, bottom) : (left, top);
                yield return isolatesLeft ? (right, top) : (bottom, right);
                break;
        }
    }

    /// <summary>Where a level set crosses the edge of the grid that leaves a point to the right or upwards.</summary>
    private readonly record struct Crossing(int Row, int Column, bool IsVertical)
    {
        public (double X, double Y) Point(IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z, double level)
        {
            var (row, column) = IsVertical ? (Row + 1, Column) : (Row, Column + 1);
            var (from, to) = (z[Row, Column], z[row, column]);
            var t = double.IsInfinity(from) ? (double.IsInfinity(to) ? 0.5 : 1) : double.IsInfinity(to) ? 0 : (level - from) / (to - from);
            return (x[Column] + t * (x[column] - x[Column]), y[Row] + t * (y[row] - y[Row]));
        }
    }
}
