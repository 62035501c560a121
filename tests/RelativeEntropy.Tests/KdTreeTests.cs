using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>The tree answers as a search through all points does, bit for bit.</summary>
public class KdTreeTests
{
    public static TheoryData<int, int, int> Sizes => new(
        from dimension in new[] { 1, 2, 3, 5, 8, 13, 20 }
        from points in new[] { 1, 2, 7, 8, 9, 17, 100, 1000 }
        from levels in new[] { 0, 4 }
        select (dimension, points, levels));

    /// <summary>With levels, coordinates are one of so many: there are ties and duplicates.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Neighbours_and_counts_are_those_of_a_search_through_all(int dimension, int points, int levels)
    {
        Draws draws = new((ulong)(1000 * dimension + points + levels));
        double Coordinate() => levels == 0 ? draws.Normal() : Math.Floor(levels * draws.Uniform());
        double[] data = [.. Enumerable.Range(0, points * dimension).Select(_ => Coordinate())];
        double[] elsewhere = [.. Enumerable.Range(0, dimension).Select(_ => Coordinate())];
        AssertSame<SquaredEuclidean>(data, dimension, elsewhere);
        AssertSame<LargestDifference>(data, dimension, elsewhere);
    }

    private static void AssertSame<TMetric>(double[] data, int dimension, double[] elsewhere)
        where TMetric : struct, IMetric
    {
        KdTree<TMetric> tree = new(data, dimension);
        int points = tree.Count;
        Assert.Equal(Enumerable.Range(0, points), tree.Order.ToArray().Order());
        foreach (int i in Enumerable.Range(-1, Math.Min(points, 40) + 1))
        {
            double[] query = i < 0 ? elsewhere : tree.Point(i).ToArray();
            double[] all = [.. Enumerable.Range(0, points).Select(j => Distance<TMetric>(query, tree.Point(j)))];
            double[] sorted = [.. all.Where((_, j) => j != i).Order()];
            foreach (int wanted in new[] { 1, 3, 12 })
            {
                double[] distances = new double[wanted];
                int[] neighbours = new int[wanted];
                tree.Nearest(query, i, distances, neighbours);
                Assert.Equal(sorted.Concat(Enumerable.Repeat(double.PositiveInfinity, wanted)).Take(wanted), distances);
                int found = Math.Min(wanted, sorted.Length);
                Assert.Equal(found, neighbours.Take(found).Distinct().Count());
                for (int j = 0; j < found; j++)
                    Assert.Equal(distances[j], all[neighbours[j]]);
                Assert.DoesNotContain(i, neighbours.Take(found));
            }

            foreach (double radius in new[] { 0, sorted.Length == 0 ? 1 : sorted[sorted.Length / 2], double.PositiveInfinity })
            {
                Assert.Equal(all.Count(distance => distance < radius), tree.CountNearer(query, radius));
                KdTree<TMetric>.PointSums sums = tree.NewSums();
                tree.AddToNearer(query, radius, 0.5, sums);
                tree.AddToNearer(query, radius, 0.25, sums);
                Assert.Equal(all.Select(distance => distance < radius ? 0.75 : 0), tree.Totals(sums));
            }
        }
    }

    private static double Distance<TMetric>(double[] query, ReadOnlySpan<double> point)
        where TMetric : struct, IMetric
    {
        double distance = 0;
        for (int j = 0; j < query.Length; j++)
            distance = TMetric.Add(distance, point[j] - query[j]);
        return distance;
    }
}
