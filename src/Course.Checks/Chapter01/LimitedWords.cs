using RelativeEntropy;

namespace Course.Checks.Chapter01;

/// <summary>01.5: the least average length of a prefix code whose words have a greatest length (Larmore and Hirschberg 1990).</summary>
internal sealed class LimitedWords : FunctionExercise<(double[] P, int Longest), double>
{
    public override string Id => "01.5";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], int, double>>("double LimitedLength(double[] p, int longest)");

    // Sums of positive numbers only: at most 20 levels of at most 64 outcomes, a relative error below 1300 u < 2e-13.
    protected override Precision Tolerance => 1e-10;

    protected override IReadOnlyList<Mistake<(double[] P, int Longest), double>> Mistakes { get; } =
    [
        new("limit-ignored", "This is Huffman's average without a limit: some of its words are longer than allowed.", x => HuffmanAverage.Joins(x.P)),
        new("clipped", "Huffman's lengths were cut off at the limit: that breaks Kraft's inequality, so there is no code with these lengths.",
            x => x.P.Zip(HuffmanLengths(x.P), (p, l) => p * Math.Min(l, x.Longest)).Sum()),
        new("all-or-nothing", "Where Huffman's words are too long, all words were given the same length: a mixture of short and long words is better.",
            x => HuffmanLengths(x.P).Max() <= x.Longest ? HuffmanAverage.Joins(x.P) : Math.Ceiling(Math.Log2(x.P.Length))),
        new("fixed-length", "All words have the same length here: frequent outcomes should have shorter words.", x => Math.Ceiling(Math.Log2(x.P.Length))),
        new("off-by-one", "This is right for words of one digit more: look at where the counting of the digits begins.", x => Best(x.P, x.Longest + 1)),
        new("entropy", "This is the entropy: the words have whole lengths, so their average is above it for most sources.", x => Entropy.Shannon(x.P, LogBase.Bits)),
    ];

    protected override IReadOnlyList<Symptom<(double[] P, int Longest), double>> Symptoms { get; } =
    [
        new("too-short", "No prefix code within the limit has words that short on average: look at Kraft's inequality.", (x, length) => length < Best(x.P, x.Longest)),
        new("not-the-best", "That is longer than need be: there is a prefix code within the limit whose words are shorter on average.", (x, length) => length > Best(x.P, x.Longest)),
    ];

    protected override IEnumerable<(double[] P, int Longest)> Inputs(Random random)
    {
        yield return ([0.5, 0.25, 0.125, 0.0625, 0.0625], 3);
        yield return ([0.5, 0.25, 0.125, 0.0625, 0.0625], 4);
        yield return ([0.9, 0.1], 1);
        yield return ([0.7, 0.2, 0.06, 0.04], 2);
        double[] fibonacci = Draw.Normalised([1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]);
        yield return (fibonacci, 4);
        yield return (fibonacci, 5);
        yield return (fibonacci, 7);
        yield return (fibonacci, 20);
        for (int n = 5; n <= 8; n++)
        {
            double[] p = Skewed(random, n);
            yield return (p, 3);
            yield return (p, 4);
        }
        foreach (int longest in new[] { 6, 8, 20 })
            yield return (Skewed(random, 64), longest);
    }

    protected override object?[] Arguments((double[] P, int Longest) input) => [input.P, input.Longest];

    protected override double Truth((double[] P, int Longest) input) => Best(input.P, input.Longest);

    protected override string Describe((double[] P, int Longest) input) => $"p = {Words.Of(input.P)} and longest = {input.Longest}";

    // The cubes of exponential variates: some outcomes are rare enough for words that are too long.
    private static double[] Skewed(Random random, int n) => Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v * v * v + 1e-6)]);

    // Package-merge: at each level, from the deepest up, neighbours in the sorted list are packed in pairs and go up among the
    // outcomes. The 2n - 2 cheapest of the last list, taken apart, hold each outcome as often as its word is long.
    private static double Best(double[] p, int longest)
    {
        double[] outcomes = [.. p.Order()];
        double[] list = outcomes;
        for (int level = 1; level < longest; level++)
            list = [.. list.Chunk(2).Where(pair => pair.Length == 2).Select(pair => pair.Sum()).Concat(outcomes).Order()];
        return list.Take(2 * p.Length - 2).Sum();
    }

    private static int[] HuffmanLengths(double[] p)
    {
        var lengths = new int[p.Length];
        var queue = new PriorityQueue<int[], (double, int)>();
        int age = 0;
        for (int i = 0; i < p.Length; i++)
            queue.Enqueue([i], (p[i], age++));
        while (queue.Count > 1)
        {
            queue.TryDequeue(out int[]? least, out (double Mass, int) first);
            queue.TryDequeue(out int[]? next, out (double Mass, int) second);
            int[] join = [.. least!, .. next!];
            foreach (int i in join)
                lengths[i]++;
            queue.Enqueue(join, (first.Mass + second.Mass, age++));
        }
        return lengths;
    }
}
