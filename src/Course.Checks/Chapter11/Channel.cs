using RelativeEntropy;

namespace Course.Checks.Chapter11;

/// <summary>A channel and how often its inputs are used: what the exercises on capacity are given.</summary>
internal sealed record Channel(double[][] Rows, double[] Input)
{
    private int Columns => Rows[0].Length;

    public double[] Output => OutputOf(Input);

    /// <summary>D(W_x || r) for each input.</summary>
    public double[] Distances => [.. Rows.Select(row => Sum(row, Output))];

    /// <summary>D(r || W_x) for each input.</summary>
    public double[] ReversedDistances => [.. Rows.Select(row => Sum(Output, row))];

    public double[] OutputOf(double[] input) => [.. Enumerable.Range(0, Columns).Select(y => input.Select((p, x) => p * Rows[x][y]).Sum())];

    public static double Sum(double[] p, double[] q) => p.Zip(q, Terms.KullbackLeibler).Sum();

    public string Describe() => $"channel = [{string.Join(", ", Rows.Select(Words.Of))}] and input = {Words.Of(Input)}";

    public object?[] Arguments => [Rows, Input];

    /// <summary>The edges: inputs that are not used, outputs that are not reached, rows that agree.</summary>
    public static IEnumerable<Channel> Edges()
    {
        yield return new([[1, 0], [0.5, 0.5]], [0.5, 0.5]);
        yield return new([[0.9, 0.1], [0.2, 0.8]], [0.3, 0.7]);
        yield return new([[0.7, 0.3, 0], [0, 0.4, 0.6]], [0.25, 0.75]);
        yield return new([[0.5, 0.5], [0.1, 0.9], [0.95, 0.05]], [0.6, 0.4, 0]);
        yield return new([[0.4, 0.6, 0], [0.25, 0.75, 0]], [0.5, 0.5]);
    }

    public static IEnumerable<Channel> Drawn(Random random)
    {
        for (int n = 2; n <= 5; n++)
            yield return new([.. Enumerable.Range(0, n).Select(_ => Draw.Distribution(random, 3))], Draw.Distribution(random, n));
        yield return new([.. Enumerable.Range(0, 3).Select(_ => Draw.Distribution(random, 3))], [.. Draw.Distribution(random, 2), 0]);
    }

    /// <summary>Fewer inputs.</summary>
    public IEnumerable<Channel> Simpler()
    {
        for (int x = 0; x < Rows.Length && Rows.Length > 2; x++)
        {
            double[] left = [.. Input.Where((_, i) => i != x)];
            if (left.Sum() > 0)
                yield return new([.. Rows.Where((_, i) => i != x)], Draw.Normalised(left));
        }
    }
}
