using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>
/// What every nearest-neighbour estimator needs of a point: the distance to its k-th neighbour, or, where that is 0, to the first neighbour
/// that is
/// not at its own place, and the number of that neighbour.
/// </summary>
internal sealed class NeighbourSearch<TMetric>(KdTree<TMetric> tree, int k)
    where TMetric : struct, IMetric
{
    private double[] _distances = new double[k + 1];
    private int[] _neighbours = new int[k + 1];

    /// <summary>The number of the neighbour whose distance counts: k, or one more than are at distance 0; 0 where all points are
    /// there.</summary>
    public int Number { get; private set; }

    /// <summary>The distance to that neighbour.</summary>
    public double Distance => _distances[Number - 1];

    /// <summary>The distance to the one after it, +infinity if there is none.</summary>
    public double NextDistance => _distances[Number];

    /// <summary>The neighbours up to that one.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours.AsSpan(0, Number);

    /// <summary>Looks around a place, one of the tree's own points left out unless that is -1.</summary>
    public void Around(ReadOnlySpan<double> place, int excluded)
    {
        int available = excluded < 0 ? tree.Count : tree.Count - 1;
        for (int wanted = k + 1; ; wanted = Math.Min(2 * wanted, available + 1))
        {
            if (wanted > _distances.Length)
                (_distances, _neighbours) = (new double[wanted], new int[wanted]);
            Span<double> distances = _distances.AsSpan(0, wanted);
            tree.Nearest(place, excluded, distances, _neighbours.AsSpan(0, wanted));
            int atPlace = 0;
            while (atPlace < wanted && distances[atPlace] <= TMetric.Negligible)
                atPlace++;
            if (atPlace >= wanted - 1 && wanted <= available)
                continue;
            Number = atPlace < available ? Math.Max(k, atPlace + 1) : 0;
            return;
        }
    }

    /// <summary>How many of the neighbours are at distance 0 where that is what set their number; else 0.</summary>
    public int Coinciding => Number > k ? Number - 1 : 0;
}

/// <summary>Samples as the estimators take them.</summary>
internal static class Samples
{
    /// <summary>The power of two that brings the largest magnitude of all the numbers to [1, 2); 0 where all are 0.</summary>
    public static int Exponent<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        foreach (T value in x)
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(value)));
        foreach (T value in y)
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(value)));
        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    /// <summary>The numbers as doubles, times 2^-exponent.</summary>
    public static double[] Scaled<T>(ReadOnlySpan<T> values, int exponent)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double[] scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Math.ScaleB(double.CreateTruncating(values[i]), -exponent);
        return scaled;
    }

    /// <summary>n of the points in rows, which must be at least as many as asked for.</summary>
    public static int Points<T>(ReadOnlySpan<T> values, int dimension, int least, int k, string name, string dimensionName = "dimension")
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int points = Check.Rows(values.Length, dimension, name, dimensionName);
        Check.FiniteOrNaN(values, name);
        return points >= least
            ? points
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"{name} has {points} points; k = {k} needs at least {least}: take more samples or a smaller k."), name);
    }
}
