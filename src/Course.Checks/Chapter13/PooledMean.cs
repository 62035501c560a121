namespace Course.Checks.Chapter13;

/// <summary>13.2: the mean over all rows, from the means and counts of shards.</summary>
internal sealed class PooledMean : FunctionExercise<(double[] Means, double[] Counts), double>
{
    public override string Id => "13.2";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double>>("double PooledMean(double[] means, double[] counts)");

    // Sums of at most ten non-negative terms and one division: below 12 u = 1.3e-15 in any order. The mistakes are off by 1e-3 or more.
    protected override Precision Tolerance => 1e-12;

    protected override IReadOnlyList<Mistake<(double[] Means, double[] Counts), double>> Mistakes { get; } =
    [
        .. Both("mean-of-means", "This is the mean of the means: a shard of few rows counts in it as much as one of many.",
            shards => shards.Sum(s => s.Mean) / shards.Length),
        .. Both("not-divided", "This is the sum over all rows: the mean divides it by their number.", Sum),
        .. Both("divided-by-shards", "The sum over all rows was divided by the number of shards: divide it by the number of rows.",
            shards => Sum(shards) / shards.Length),
        .. Both("weights-upside-down", "The means were weighed by one over the counts: a shard with more rows weighs more, not less.",
            shards => shards.Sum(s => s.Mean / s.Count) / shards.Sum(s => 1 / s.Count)),
        .. Both("weights-squared", "The counts were used twice: the sum of a shard is its mean times its count, once.",
            shards => shards.Sum(s => s.Mean * s.Count * s.Count) / shards.Sum(s => s.Count * s.Count)),
    ];

    protected override IReadOnlyList<Symptom<(double[] Means, double[] Counts), double>> Symptoms { get; } =
    [
        new("nan-of-empty", "Not a number, where a shard is empty: its mean is NaN, and 0 times NaN is NaN. Leave the shard out before "
            + "you multiply.",
            (x, given) => x.Counts.Contains(0) && !IsEmpty(x) && double.IsNaN(given)),
        new("number-of-nothing", "There are no rows at all, so there is no mean: the answer is NaN, and a number would look like a result.",
            (x, given) => IsEmpty(x) && !double.IsNaN(given)),
    ];

    protected override IEnumerable<(double[] Means, double[] Counts)> Inputs(Random random)
    {
        yield return ([1, 3], [1, 3]);
        yield return ([0.5, 0.25, 2], [512, 256, 4]);
        yield return ([0.75], [8]);
        yield return ([1.5, 0.5], [1, 1e9]);
        yield return ([0.5, double.NaN, 1.25], [6, 0, 2]);
        yield return ([double.NaN, double.NaN], [0, 0]);
        yield return ([0, 0.125], [5, 11]);
        for (int shards = 3; shards <= 8; shards++)
        {
            yield return (
                [.. Enumerable.Range(0, shards).Select(_ => 0.1 + random.NextDouble())],
                [.. Enumerable.Range(0, shards).Select(_ => (double)random.Next(1, 1000))]);
        }
    }

    protected override object?[] Arguments((double[] Means, double[] Counts) input) => [input.Means, input.Counts];

    protected override double Truth((double[] Means, double[] Counts) input) =>
        IsEmpty(input) ? double.NaN : Filled(input).Sum(s => s.Mean * (s.Count / input.Counts.Sum()));

    protected override string Describe((double[] Means, double[] Counts) input) =>
        $"means = {Words.Of(input.Means)} and counts = {Words.Of(input.Counts)}";

    // A mistake of one who leaves empty shards out, and of one whose 0 times NaN is NaN.
    private static IEnumerable<Mistake<(double[] Means, double[] Counts), double>> Both(
        string id, string sentence, Func<(double Mean, double Count)[], double> of)
    {
        yield return new(id, sentence, x => of(Filled(x)));
        yield return new(id, sentence, x => x.Counts.Contains(0) ? double.NaN : of(Filled(x)));
    }

    private static (double Mean, double Count)[] Filled((double[] Means, double[] Counts) x) =>
        [.. x.Means.Zip(x.Counts).Where(s => s.Second > 0)];

    private static bool IsEmpty((double[] Means, double[] Counts) x) => x.Counts.All(c => c == 0);

    private static double Sum((double Mean, double Count)[] shards) => shards.Sum(s => s.Mean * s.Count);
}
