using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// Points in a balanced tree of bounding boxes (Bentley 1975; Friedman, Bentley and Finkel 1977): the nearest to any point, and how many
/// are nearer than a radius.
/// </summary>
/// <remarks>
/// A cell is cut at the median along its longest side. The distance to a box is summed in the order in which that to a point is, and
/// rounding is monotone: in
/// floating-point arithmetic too it is never above that to a point in it, so that the answers are those of a search through all points, bit
/// for bit.
/// </remarks>
internal sealed class KdTree<TMetric>
    where TMetric : struct, IMetric
{
    // A whole number of vectors of every width.
    private const int LeafSize = 8;

    private readonly double[] _points;
    private readonly int _dimension;
    private readonly int[] _order;
    private readonly int _firstLeaf;
    private readonly int[] _starts;

    // For each node the lowest and then the highest coordinates of its points.
    private readonly double[] _boxes;

    // For each leaf its points, one coordinate after the other, filled up with +infinity.
    private readonly double[] _leaves;

    /// <summary>The tree of points given row by row, finite, at least one; it keeps the array.</summary>
    public KdTree(double[] points, int dimension)
    {
        (_points, _dimension) = (points, dimension);
        _order = [.. Enumerable.Range(0, points.Length / dimension)];
        int leaves = 1;
        while ((_order.Length + leaves - 1) / leaves > LeafSize)
            leaves *= 2;
        _firstLeaf = leaves - 1;
        _starts = new int[leaves + 1];
        _starts[leaves] = _order.Length;
        _boxes = new double[(2 * leaves - 1) * 2 * dimension];
        _leaves = new double[leaves * LeafSize * dimension];
        _leaves.AsSpan().Fill(double.PositiveInfinity);
        Build(0, 0, _order.Length, new double[_order.Length]);
    }

    public int Count => _order.Length;

    /// <summary>The indices of the points, neighbours near each other: in this order searches find the memory warm.</summary>
    public ReadOnlySpan<int> Order => _order;

    public ReadOnlySpan<double> Point(int index) => _points.AsSpan(index * _dimension, _dimension);

    /// <summary>The nearest points, as many as the spans have elements, in the order of their distances; +infinity where there are no
    /// more.</summary>
    /// <param name="query">From where.</param>
    /// <param name="excluded">The index of a point to leave out, or -1.</param>
    /// <param name="distances">Receives the distances of the metric.</param>
    /// <param name="neighbours">Receives the indices of the points.</param>
    public void Nearest(ReadOnlySpan<double> query, int excluded, Span<double> distances, Span<int> neighbours)
    {
        distances.Fill(double.PositiveInfinity);
        new Search(this, query, excluded, distances, neighbours).Visit(0);
    }

    /// <summary>How many points are nearer than a radius.</summary>
    public int CountNearer(ReadOnlySpan<double> query, double radius) => CountNearer(0, 0, _order.Length, query, radius);

    /// <summary>Adds an amount to all points nearer than a radius.</summary>
    public void AddToNearer(ReadOnlySpan<double> query, double radius, double amount, PointSums sums) =>
        AddToNearer(0, 0, _order.Length, query, radius, amount, sums);

    /// <summary>What was added to each point.</summary>
    public double[] Totals(PointSums sums)
    {
        for (int node = 0; node < _firstLeaf; node++)
        {
            sums.OfNodes[2 * node + 1] += sums.OfNodes[node];
            sums.OfNodes[2 * node + 2] += sums.OfNodes[node];
        }

        for (int leaf = 0; leaf < _starts.Length - 1; leaf++)
        {
            foreach (int i in _order.AsSpan(_starts[leaf].._starts[leaf + 1]))
                sums.OfPoints[i] += sums.OfNodes[_firstLeaf + leaf];
        }

        return sums.OfPoints;
    }

    /// <summary>Sums for <see cref="AddToNearer(ReadOnlySpan{double}, double, double, PointSums)"/>, 0 at first.</summary>
    public PointSums NewSums() => new(new double[_firstLeaf + _starts.Length - 1], new double[_order.Length]);

    /// <summary>What was added to all points of each node, and to single points besides.</summary>
    public readonly record struct PointSums(double[] OfNodes, double[] OfPoints);

    private void AddToNearer(int node, int start, int end, ReadOnlySpan<double> query, double radius, double amount, PointSums sums)
    {
        if (DistanceTo(node, query) >= radius)
            return;
        if (FarthestIn(node, query) < radius)
        {
            sums.OfNodes[node] += amount;
            return;
        }

        if (node < _firstLeaf)
        {
            int middle = Middle(start, end);
            AddToNearer(2 * node + 1, start, middle, query, radius, amount, sums);
            AddToNearer(2 * node + 2, middle, end, query, radius, amount, sums);
            return;
        }

        Span<double> distances = stackalloc double[LeafSize];
        DistancesIn(node - _firstLeaf, query, distances);
        for (int i = start; i < end; i++)
        {
            if (distances[i - start] < radius)
                sums.OfPoints[_order[i]] += amount;
        }
    }

    private int CountNearer(int node, int start, int end, ReadOnlySpan<double> query, double radius)
    {
        if (DistanceTo(node, query) >= radius)
            return 0;
        if (FarthestIn(node, query) < radius)
            return end - start;
        if (node < _firstLeaf)
        {
            int middle = Middle(start, end);
            return CountNearer(2 * node + 1, start, middle, query, radius) + CountNearer(2 * node + 2, middle, end, query, radius);
        }

        Span<double> distances = stackalloc double[LeafSize];
        DistancesIn(node - _firstLeaf, query, distances);
        int count = 0;
        foreach (double distance in distances)
            count += distance < radius ? 1 : 0;
        return count;
    }

    private static int Middle(int start, int end) => start + (end - start + 1) / 2;

    private void Build(int node, int start, int end, double[] keys)
    {
        Span<double> lowest = _boxes.AsSpan(node * 2 * _dimension, _dimension),
            highest = _boxes.AsSpan((node * 2 + 1) * _dimension, _dimension);
        Point(_order[start]).CopyTo(lowest);
        Point(_order[start]).CopyTo(highest);
        for (int i = start + 1; i < end; i++)
        {
            ReadOnlySpan<double> point = Point(_order[i]);
            for (int j = 0; j < point.Length; j++)
                (lowest[j], highest[j]) = (Math.Min(lowest[j], point[j]), Math.Max(highest[j], point[j]));
        }

        if (node >= _firstLeaf)
        {
            int leaf = node - _firstLeaf;
            _starts[leaf] = start;
            for (int i = start; i < end; i++)
            {
                for (int j = 0; j < _dimension; j++)
                    _leaves[(leaf * _dimension + j) * LeafSize + (i - start)] = Point(_order[i])[j];
            }

            return;
        }

        int longest = 0;
        for (int j = 1; j < _dimension; j++)
            longest = highest[j] - lowest[j] > highest[longest] - lowest[longest] ? j : longest;
        for (int i = start; i < end; i++)
            keys[i] = _points[_order[i] * _dimension + longest];
        keys.AsSpan(start, end - start).Sort(_order.AsSpan(start, end - start));
        int middle = Middle(start, end);
        Build(2 * node + 1, start, middle, keys);
        Build(2 * node + 2, middle, end, keys);
    }

    private double DistanceTo(int node, ReadOnlySpan<double> query)
    {
        ref double lowest = ref _boxes[node * 2 * _dimension];
        ref double highest = ref Unsafe.Add(ref lowest, _dimension);
        double distance = 0;
        for (int j = 0; j < query.Length; j++)
        {
            double below = Unsafe.Add(ref lowest, j) - query[j], above = query[j] - Unsafe.Add(ref highest, j);
            double outside = below > above ? below : above;
            if (outside > 0)
                distance = TMetric.Add(distance, outside);
        }

        return distance;
    }

    private double FarthestIn(int node, ReadOnlySpan<double> query)
    {
        ReadOnlySpan<double> lowest = _boxes.AsSpan(node * 2 * _dimension, _dimension),
            highest = _boxes.AsSpan((node * 2 + 1) * _dimension, _dimension);
        double distance = 0;
        for (int j = 0; j < query.Length; j++)
        {
            double left = query[j] - lowest[j], right = highest[j] - query[j];
            distance = TMetric.Add(distance, left > right ? left : right);
        }

        return distance;
    }

    private void DistancesIn(int leaf, ReadOnlySpan<double> query, Span<double> distances)
    {
        ref double block = ref _leaves[leaf * LeafSize * _dimension];
        int i = 0;
        for (; Lanes.AreUsed && i < LeafSize; i += Vector<double>.Count)
        {
            Vector<double> distance = Vector<double>.Zero;
            for (int j = 0; j < query.Length; j++)
                distance = TMetric.Add(distance, Vector.LoadUnsafe(ref block, (nuint)(j * LeafSize + i)) - new Vector<double>(query[j]));
            distance.CopyTo(distances[i..]);
        }

        for (; i < LeafSize; i++)
        {
            double distance = 0;
            for (int j = 0; j < query.Length; j++)
                distance = TMetric.Add(distance, Unsafe.Add(ref block, j * LeafSize + i) - query[j]);
            distances[i] = distance;
        }
    }

    private ref struct Search(KdTree<TMetric> tree, ReadOnlySpan<double> query, int excluded, Span<double> distances, Span<int> neighbours)
    {
        private readonly ReadOnlySpan<double> _query = query;
        private readonly Span<double> _distances = distances;
        private readonly Span<int> _neighbours = neighbours;
        private int _found;
        private double _worst = double.PositiveInfinity;

        public void Visit(int node)
        {
            if (node >= tree._firstLeaf)
            {
                Scan(node - tree._firstLeaf);
                return;
            }

            int near = 2 * node + 1, far = near + 1;
            double toNear = tree.DistanceTo(near, _query), toFar = tree.DistanceTo(far, _query);
            if (toFar < toNear)
                (near, far, toNear, toFar) = (far, near, toFar, toNear);
            if (toNear < _worst)
                Visit(near);
            if (toFar < _worst)
                Visit(far);
        }

        private void Scan(int leaf)
        {
            Span<double> distances = stackalloc double[LeafSize];
            tree.DistancesIn(leaf, _query, distances);
            int start = tree._starts[leaf], count = tree._starts[leaf + 1] - start;
            for (int i = 0; i < count; i++)
            {
                if (distances[i] < _worst && tree._order[start + i] != excluded)
                    Insert(distances[i], tree._order[start + i]);
            }
        }

        private void Insert(double distance, int neighbour)
        {
            int place = _found < _distances.Length ? _found++ : _found - 1;
            for (; place > 0 && _distances[place - 1] > distance; place--)
                (_distances[place], _neighbours[place]) = (_distances[place - 1], _neighbours[place - 1]);
            (_distances[place], _neighbours[place]) = (distance, neighbour);
            if (_found == _distances.Length)
                _worst = _distances[^1];
        }
    }
}

/// <summary>A distance, made up of the differences of the coordinates one after the other; never less where a difference is
/// larger.</summary>
internal interface IMetric
{
    /// <summary>Distances up to this count as 0.</summary>
    static abstract double Negligible { get; }

    static abstract double Add(double distance, double difference);

    static abstract Vector<double> Add(Vector<double> distance, Vector<double> difference);
}

/// <summary>The square of the Euclidean distance.</summary>
internal readonly struct SquaredEuclidean : IMetric
{
    /// <summary>2^-1000: below it squares lose digits.</summary>
    public static double Negligible => 9.3326361850321888e-302;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double distance, double difference) => distance + difference * difference;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> distance, Vector<double> difference) => distance + difference * difference;
}

/// <summary>The largest difference of a coordinate.</summary>
internal readonly struct LargestDifference : IMetric
{
    public static double Negligible => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double distance, double difference) => Math.Max(distance, Math.Abs(difference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> distance, Vector<double> difference) => Vector.Max(distance, Vector.Abs(difference));
}
