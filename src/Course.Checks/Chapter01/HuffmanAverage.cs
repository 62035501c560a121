using RelativeEntropy;

namespace Course.Checks.Chapter01;

/// <summary>01.4: the average length of a Huffman code (Huffman 1952), in bits per outcome.</summary>
internal sealed class HuffmanAverage : FunctionExercise<double[], double>
{
    public override string Id => "01.4";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double>>("double HuffmanLength(double[] p)");

    // At most 99 positive joins, each a sum of at most 100 probabilities: a relative error below 200 u < 3e-14 in any order.
    // Where rounding decides between two joins of equal probability, both orders give the same average to that error.
    protected override Precision Tolerance => 1e-11;

    protected override IReadOnlyList<Mistake<double[], double>> Mistakes { get; } =
    [
        new("entropy", "This is the entropy: Huffman's words have whole lengths, so their average is above it for most sources.", p => Entropy.Shannon(p, LogBase.Bits)),
        new("shannon-lengths", "This is the average of the surprises rounded up, Shannon's code: Huffman's joins make shorter words.", p => p.Sum(v => v * Math.Ceiling(-Math.Log2(v)))),
        new("fixed-length", "This is a code whose words all have one length: frequent outcomes should have shorter words.", p => Math.Ceiling(Math.Log2(p.Length))),
        new("largest-joined", "The two most probable outcomes are joined here: join the two least probable ones.", p => Joins(p, (a, b) => b.CompareTo(a))),
        new("not-put-back", "The join is not put back in its place among the others: sort again, or use a priority queue, before the next two are taken.", InOrder),
        new("leaves-counted", "The probabilities of the leaves are in this sum, too: only the joins make words longer.", p => Joins(p) + 1),
        new("root-left-out", "The last join is missing from this sum: it adds a digit to every word.", p => p.Length == 1 ? 0 : Joins(p) - 1),
        new("one-outcome", "A single outcome needs no bits: nothing has to be told.", p => p.Length == 1 ? 1 : Joins(p)),
    ];

    protected override IEnumerable<double[]> Inputs(Random random)
    {
        yield return [0.5, 0.25, 0.25];
        yield return [0.99, 0.01];
        yield return [1];
        yield return [0.33, 0.22, 0.20, 0.12, 0.08, 0.05];
        yield return [.. Enumerable.Repeat(0.2, 5)];
        for (int n = 3; n <= 8; n++)
            yield return Draw.Distribution(random, n);
        yield return Draw.Distribution(random, 100);
    }

    protected override object?[] Arguments(double[] input) => [input];

    protected override double Truth(double[] input) => Joins(input);

    protected override string Describe(double[] input) => $"p = {Words.Of(input)}";

    internal static double Joins(double[] p, Comparison<double>? order = null)
    {
        var queue = new PriorityQueue<double, double>(Comparer<double>.Create(order ?? ((a, b) => a.CompareTo(b))));
        foreach (double v in p)
            queue.Enqueue(v, v);
        double sum = 0;
        while (queue.Count > 1)
        {
            double join = queue.Dequeue() + queue.Dequeue();
            sum += join;
            queue.Enqueue(join, join);
        }
        return sum;
    }

    // Sorted once; each join stays in front and takes the next.
    private static double InOrder(double[] p)
    {
        double sum = 0, join = 0;
        foreach ((double v, int i) in p.Order().Select((v, i) => (v, i)))
        {
            join += v;
            sum += i == 0 ? 0 : join;
        }
        return sum;
    }
}
