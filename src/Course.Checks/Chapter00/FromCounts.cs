using RelativeEntropy;

namespace Course.Checks.Chapter00;

/// <summary>00.3: probabilities in proportion to counts.</summary>
internal sealed class FromCounts : FunctionExercise<double[], double[]>
{
    private const string InPlace = "in-place";

    public override string Id => "00.3";

    public override IEnumerable<string> Recognised => [.. base.Recognised, InPlace];

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[]>>("double[] Normalise(double[] counts)");

    // The sums are exact (whole numbers below 2^53); a quotient, or a product with a reciprocal, errs by at most two roundings. Errors are relative to
    // one, so that what depends on the order of rounding in small probabilities does not count. Every mistake is off by more than 1e-3 somewhere.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<double[], double[]>> Mistakes { get; } =
    [
        new("softmax", "This is the softmax: it takes exponentials first. Counts are already in proportion to the probabilities.", Softmax),
        new("by-the-largest", "The largest came out as one: divide by the sum of the counts, not by the largest of them.",
            x => [.. x.Select(v => v / x.Max())]),
        new("whole-numbers", "The division was one of whole numbers, which drops what is behind the point.",
            x => [.. x.Select(v => Math.Floor(v / x.Sum()))]),
        new("smoothed", "Something was added to the counts: a kind that never came has probability zero here.",
            x => [.. x.Select(v => (v + 1) / (x.Sum() + x.Length))]),
        new("unchanged", "These are the counts as they came.", x => x),
    ];

    protected override IReadOnlyList<Symptom<double[], double[]>> Symptoms { get; } =
    [
        new("not-normalised", "Your result does not sum to one.", (_, p) => Math.Abs(p.Sum() - 1) > 1e-9),
    ];

    private static readonly double[][] Edges = [[3, 1], [7, 0, 3], [5], [0, 0, 2, 6]];

    protected override Verdict Judge(IAnswer answer, Random random)
    {
        Verdict verdict = base.Judge(answer, random);
        return verdict.Outcome == Outcome.Correct && Edges.Any(counts => !(answer.After(counts) ?? []).SequenceEqual(counts))
            ? Wrong("The result is right, and the array that was given is changed: put the probabilities into a new array.", InPlace)
            : verdict;
    }

    protected override IEnumerable<double[]> Inputs(Random random)
    {
        foreach (double[] counts in Edges)
            yield return counts;
        for (int n = 2; n <= 6; n++)
            yield return [.. Enumerable.Range(0, n).Select(i => (double)random.Next(i == 0 ? 1 : 0, 50))];
    }

    protected override object?[] Arguments(double[] input) => [input];

    protected override double[] Truth(double[] input)
    {
        double[] probabilities = new double[input.Length];
        Measures.Normalise(input, probabilities);
        return probabilities;
    }

    protected override string Describe(double[] input) => $"counts = {Words.Of(input)}";

    private static double[] Softmax(double[] x)
    {
        double[] probabilities = new double[x.Length];
        Logits.Softmax(x, probabilities);
        return probabilities;
    }
}
