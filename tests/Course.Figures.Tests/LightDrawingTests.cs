using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Course.Figures.Tests;

/// <summary>What makes the drawings of a page light, and that it costs nothing that can be seen.</summary>
public sealed partial class LightDrawingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_compact_path_stays_within_a_fifth_of_a_pixel_of_its_points(int seed)
    {
        var random = new Random(seed);
        (double X, double Y)[] points = [.. Enumerable.Range(0, 500).Select(i =>
            (i * 1.3, 200 + 90 * Math.Sin(i / (20.0 + seed)) + (seed == 7 ? 5 * random.NextDouble() : 0)))];
        var path = CompactPath.Of(points);
        var drawn = Points(path);
        foreach (var point in points)
            Assert.True(drawn.Zip(drawn.Skip(1)).Min(part => Distance(point, part.First, part.Second)) < 0.2, $"{point} is missed");
        Assert.True(path.Length < 0.7 * Shapes.Path(points).Length);
    }

    [Fact]
    public void A_compact_path_breaks_at_gaps_and_shows_a_point_alone()
    {
        Assert.Equal("M0 0l10 10M30 5h0.01", CompactPath.Of([(0, 0), (5, 5), (10, 10), (double.NaN, 0), (30, 5)]));
        Assert.Equal("", CompactPath.Of([(double.NaN, 0)]));
    }

    [Fact]
    public void A_closed_line_keeps_its_corners() =>
        Assert.Equal("M0 0l10 0 0 10-10 0 0-10", CompactPath.Of([(0, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]));

    [Fact]
    public void A_picture_has_the_colours_of_its_table_and_lets_the_paper_through_where_there_is_none()
    {
        var file = Convert.FromBase64String(Png.DataOf(new[,] { { "#102030", null }, { "#FFFFFF", "#0000FF" }, { null, "#010203" } }).Split(',')[1]);
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file, 0, 8));
        Assert.Equal((2, 3), (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))));
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(file)[^24..]); // the end of every PNG file, its check included

        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var points = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        points.CopyTo(bytes);
        Assert.Equal("00" + "102030FF" + "00000000" + "00" + "FFFFFFFF" + "0000FFFF" + "00" + "00000000" + "010203FF", Convert.ToHexString(bytes.ToArray()));
    }

    [Fact]
    public void A_heatmap_of_many_even_cells_is_a_picture_and_one_of_few_or_uneven_cells_is_not()
    {
        static bool IsPicture(double[] x, Scale scale = Scale.Linear) => Figure.Of(Plot.Heatmap(x, x, (a, b) => a + b))
            .WithXAxis("x", scale).ToPage().Wide.Contains("<image", StringComparison.Ordinal);
        double[] many = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        Assert.True(IsPicture(many));
        Assert.False(IsPicture([1, 2, 3]));
        Assert.False(IsPicture([.. many.Select(x => x * x)]));
        Assert.False(IsPicture(many, Scale.Log));
    }

    [Fact]
    public void A_value_at_the_end_of_an_axis_stands_on_it_whatever_its_last_bits()
    {
        foreach (var scale in Enum.GetValues<Scale>())
        {
            var axis = new AxisMap(new Interval(0.1, 0.3), scale, 0, 100);
            Assert.True(axis.Shows(Math.BitIncrement(0.3)) && axis.Shows(Math.BitDecrement(0.1)));
            Assert.False(axis.Shows(0.3001) || axis.Shows(0.0999));
        }
    }

    private static (double X, double Y)[] Points(string path)
    {
        double[] numbers = [.. Numbers().Matches(path).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];
        var points = new List<(double, double)>();
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i += 2) points.Add((x += numbers[i], y += numbers[i + 1]));
        return [.. points];
    }

    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var t = Math.Clamp(((point.X - from.X) * dx + (point.Y - from.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - t * dx, 2) + Math.Pow(point.Y - from.Y - t * dy, 2));
    }

    [GeneratedRegex(@"-?(?:\d+(?:\.\d+)?|\.\d+)")]
    private static partial Regex Numbers();
}
