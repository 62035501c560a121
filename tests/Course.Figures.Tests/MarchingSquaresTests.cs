namespace Course.Figures.Tests;

public sealed class MarchingSquaresTests
{
    private static readonly double[] Grid = [.. Enumerable.Range(0, 61).Select(i => -1.5 + i / 20.0)];

    private static double[,] Sample(Func<double, double, double> f)
    {
        var z = new double[Grid.Length, Grid.Length];
        for (var row = 0; row < Grid.Length; row++)
            for (var column = 0; column < Grid.Length; column++)
                z[row, column] = f(Grid[column], Grid[row]);
        return z;
    }

    [Fact]
    public void The_level_set_of_a_paraboloid_is_one_closed_circle()
    {
        var lines = MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x * x + y * y), 1);
        var circle = Assert.Single(lines);
        Assert.Equal(circle[0], circle[^1]);
        // Linear interpolation of x² over a length h is off by at most h²/4; at radius 1 that is h²/8 of radius, to first order.
        Assert.All(circle, point => Assert.Equal(1, Math.Sqrt(point.X * point.X + point.Y * point.Y), 0.05 * 0.05 / 7.9));
        var length = circle.Zip(circle.Skip(1), (a, b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y))).Sum();
        Assert.Equal(2 * Math.PI, length, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_level_that_points_of_the_grid_have_gives_the_same_line_whatever_their_last_bits(double level)
    {
        // The circle goes through (±1, 0) and (0, ±1), which are points of the grid.
        var random = new Random(1);
        double[,] Shaken(int ulps) => Sample((x, y) => x * x + y * y - (1 - level) + ulps * 2.2e-16 * (random.NextDouble() - 0.5));
        var exact = Assert.Single(MarchingSquares.Lines(Grid, Grid, Shaken(0), level));
        for (var k = 0; k < 20; k++)
        {
            var shaken = Assert.Single(MarchingSquares.Lines(Grid, Grid, Shaken(4), level));
            Assert.Equal(exact.Count, shaken.Count);
            Assert.All(exact.Zip(shaken), pair => Assert.True(Math.Abs(pair.First.X - pair.Second.X) + Math.Abs(pair.First.Y - pair.Second.Y) < 1e-10));
        }
    }

    [Fact]
    public void A_level_set_that_meets_the_edge_is_an_open_line_from_edge_to_edge()
    {
        var line = Assert.Single(MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x + 0.3 * y), 0.1234));
        Assert.Contains(1.5, new[] { Math.Abs(line[0].X), Math.Abs(line[0].Y) });
        Assert.Contains(1.5, new[] { Math.Abs(line[^1].X), Math.Abs(line[^1].Y) });
        Assert.All(line, point => Assert.Equal(0.1234, point.X + 0.3 * point.Y, 1e-12));
    }

    [Fact]
    public void A_saddle_has_two_branches()
    {
        Assert.Equal(2, MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x * y), 0.2).Count);
        Assert.Equal(2, MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x * y), -0.2).Count);
    }

    [Theory]
    [InlineData(1, 0, 0, 0.8, true)]
    [InlineData(1, 0, 0, 1.2, false)]
    [InlineData(0, 1, 0.8, 0, false)]
    [InlineData(0, 1, 1.2, 0, true)]
    public void A_cell_whose_corners_alternate_is_decided_by_its_mean(double bottomLeft, double bottomRight, double topLeft, double topRight, bool cutsBottomLeft)
    {
        var lines = MarchingSquares.Lines([0, 1], [0, 1], new[,] { { bottomLeft, bottomRight }, { topLeft, topRight } }, 0.5);
        Assert.Equal(2, lines.Count);
        // A line around the bottom left corner or the top right one joins points of the left and bottom, or right and top, edges.
        Assert.All(lines, line => Assert.Equal(cutsBottomLeft, line[0].X + line[0].Y < 1 == line[^1].X + line[^1].Y < 1));
    }

    [Fact]
    public void A_level_outside_the_range_has_no_line() =>
        Assert.Empty(MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x * y), 100));

    [Fact]
    public void A_hole_of_NaN_cuts_the_line_and_leaves_no_point_that_is_not_finite()
    {
        var lines = MarchingSquares.Lines(Grid, Grid, Sample((x, y) => x > 0 && Math.Abs(y) < 0.2 ? double.NaN : x * x + y * y), 1);
        var arc = Assert.Single(lines);
        Assert.NotEqual(arc[0], arc[^1]);
        Assert.All(arc, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    public void A_region_is_closed_and_has_the_right_area(double level)
    {
        // {x² + y² >= level} within the square of side 3: the square without the disc, or without its part in the square.
        var rings = MarchingSquares.Regions(Grid, Grid, Sample((x, y) => x * x + y * y), level);
        Assert.All(rings, ring => Assert.Equal(ring[0], ring[^1]));
        var exact = 0.0;
        const int Cells = 2000;
        for (var i = 0; i < Cells; i++)
        {
            var x = -1.5 + 3 * (i + 0.5) / Cells;
            exact += 3.0 / Cells * (3 - 2 * Math.Min(1.5, Math.Sqrt(Math.Max(0, level - x * x))));
        }
        Assert.Equal(exact, EvenOddArea(rings), 0.01);
    }

    /// <summary>The area of nested or separate rings: each counts with the parity of the rings around it.</summary>
    private static double EvenOddArea(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings) => rings.Sum(ring =>
    {
        var depth = rings.Count(other => !ReferenceEquals(other, ring) && Contains(other, ring[0]));
        return (depth % 2 == 0 ? 1 : -1) * Math.Abs(ring.Zip(ring.Skip(1), (a, b) => a.X * b.Y - b.X * a.Y).Sum() / 2);
    });

    private static bool Contains(IReadOnlyList<(double X, double Y)> ring, (double X, double Y) point)
    {
        var inside = false;
        for (var i = 1; i < ring.Count; i++)
        {
            var (a, b) = (ring[i - 1], ring[i]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < a.X + (point.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)) inside = !inside;
        }
        return inside;
    }
}
