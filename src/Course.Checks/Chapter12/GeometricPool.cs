namespace Course.Checks.Chapter12;

/// <summary>12.1: the distribution of least weighted divergence to several others, the logarithmic pool.</summary>
internal sealed class GeometricPool : FunctionExercise<(double[][] Rows, double[] Weights), double[]>
{
    public override string Id => "12.1";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[], double[]>>("double[] GeometricPool(double[][] rows, double[] weights)");

    // Probabilities here are above 1e-12, so that a weighted sum of logarithms is below 30 and right to 100 u, u = 1.1e-16. Every mistake
    // is off by more than 1e-4 on one input at least.
    protected override Precision Tolerance => 1e-10;

    protected override IReadOnlyList<Mistake<(double[][] Rows, double[] Weights), double[]>> Mistakes { get; } =
    [
        new("arithmetic", "This is the arithmetic mean: it belongs to the other direction, where q stands second.", Arithmetic),
        new("not-normalised", "The products are right and do not sum to one: divide them by their sum.", x => Products(x, x.Weights)),
        new("scaled-to-the-largest",
            "The largest share is one here: divide by the sum, not by the maximum.",
            x => Scaled(Products(x, x.Weights))),
        new("unweighted", "All distributions count alike here: the weights are not used.",
            x => Draw.Normalised(Products(x, [.. x.Weights.Select(_ => 1.0 / x.Weights.Length)]))),
        new("exponents-missing", "The distributions were multiplied as they are: each must first be raised to the power of its weight.",
            x => x.Weights.Contains(0) ? null : Draw.Normalised(Products(x, [.. x.Weights.Select(_ => 1.0)]))),
        new("root-twice", "One root too many was taken: the weights sum to one, so that their exponents are all that is needed.",
            x => Draw.Normalised(Products(x, [.. x.Weights.Select(w => w / x.Weights.Length)]))),
        new("logarithm-forgotten", "The weighted mean of the probabilities was exponentiated: the mean must be one of their logarithms.",
            x => Draw.Normalised([.. Arithmetic(x).Select(Math.Exp)])),
    ];

    protected override IReadOnlyList<Symptom<(double[][] Rows, double[] Weights), double[]>> Symptoms { get; } =
    [
        new("zero-without-weight",
            "A distribution of weight zero has no say, also where it is zero: 0 times the logarithm of 0 is NaN in floating point.",
            (x, given) => x.Weights.Zip(x.Rows).Any(v => v.First == 0 && v.Second.Contains(0)) && given.Any(double.IsNaN)),
        new("veto-hidden",
            "An outcome has a share here that one of the distributions excludes: zero raised to a positive power is zero, and no "
                + "small constant may hide that.",
            (x, given) => Pool(x).Zip(given).Any(v => v.First == 0 && v.Second > 0)),
    ];

    protected override IEnumerable<(double[][] Rows, double[] Weights)> Inputs(Random random)
    {
        yield return ([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]], [0.25, 0.75]);
        yield return ([[0.9, 0.1], [0.5, 0.5]], [0.5, 0.5]);
        yield return ([[0.5, 0.5, 0], [0.1, 0.2, 0.7]], [0.75, 0.25]);
        yield return ([[0.3, 0, 0.7], [0.2, 0.5, 0.3]], [0, 1]);
        yield return ([[0.1, 0.2, 0.7]], [1]);
        for (int n = 2; n <= 6; n++)
            yield return ([.. Enumerable.Range(0, 3).Select(_ => Positive(random, n))], Positive(random, 3));
    }

    protected override object?[] Arguments((double[][] Rows, double[] Weights) input) => [input.Rows, input.Weights];

    protected override double[] Truth((double[][] Rows, double[] Weights) input) => Pool(input);

    // Excluded is excluded: however small a share is that some constant has left, it is not zero.
    protected override bool IsRight((double[][] Rows, double[] Weights) input, double[]? output) =>
        base.IsRight(input, output) && Pool(input).Zip(output!).All(v => v.First > 0 || v.Second == 0);

    protected override IEnumerable<(double[][] Rows, double[] Weights)> Simpler((double[][] Rows, double[] Weights) input) =>
        Checks.Simpler.Distributions(input.Rows)
            .Where(rows => Products((rows, input.Weights), input.Weights).Sum() > 0)
            .Select(rows => (rows, input.Weights));

    protected override string Describe((double[][] Rows, double[] Weights) input) =>
        $"rows = [{string.Join(", ", input.Rows.Select(Words.Of))}] and weights = {Words.Of(input.Weights)}";

    private static double[] Pool((double[][] Rows, double[] Weights) x) => Draw.Normalised(Products(x, x.Weights));

    private static double[] Products((double[][] Rows, double[] Weights) x, double[] exponents) =>
        [.. x.Rows[0].Select((_, i) => x.Rows.Select((row, k) => Math.Pow(row[i], exponents[k])).Aggregate(1.0, (a, b) => a * b))];

    private static double[] Arithmetic((double[][] Rows, double[] Weights) x) =>
        [.. x.Rows[0].Select((_, i) => x.Rows.Select((row, k) => x.Weights[k] * row[i]).Sum())];

    private static double[] Scaled(double[] masses) => [.. masses.Select(v => v / masses.Max())];

    // Away from the faces of the simplex, so that no draw is an edge.
    private static double[] Positive(Random random, int n) => Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.02)]);
}
