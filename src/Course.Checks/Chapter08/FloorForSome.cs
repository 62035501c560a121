using RelativeEntropy;

namespace Course.Checks.Chapter08;

/// <summary>08.4: the rate term of free bits for a batch.</summary>
internal sealed class FreeBitsLoss : FunctionExercise<(double[][] Rates, double Floor), double>
{
    public override string Id => "08.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double, double>>("double FreeBitsLoss(double[][] rates, double floor)");

    // Sums of at most 24 non-negative terms: a relative error below 30 u, u = 1.1e-16, in any order. The mistakes are off by 1e-6 or more on one input.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[][] Rates, double Floor), double>> Mistakes { get; } =
    [
        new("no-floor", "The floor has no effect: this is the plain rate.", x => Means(x).Sum()),
        new("floor-for-each-image", "The floor was applied to each image before the mean was taken: the rate of a dimension is a mean over the batch, and the floor holds for this mean.",
            x => x.Rates.Average(row => row.Sum(v => Math.Max(v, x.Floor)))),
        new("floor-for-the-total", "The floor was applied to the sum of all dimensions: one dimension can then use up what is free, and the others collapse. It holds for each dimension.",
            x => Math.Max(Means(x).Sum(), x.Floor)),
        new("floor-for-the-total", "The floors of all dimensions were put into one: one dimension can then use up what is free, and the others collapse. It holds for each dimension.",
            x => Math.Max(Means(x).Sum(), x.Floor * Means(x).Length)),
        new("sum-over-the-batch", "The images were summed: the rate of a dimension is the mean over the batch.", x => Means(x).Sum(v => Math.Max(v * x.Rates.Length, x.Floor))),
        new("sum-over-the-batch", "The result is a sum over the images: it must not grow with the size of the batch.", x => Exact(x) * x.Rates.Length),
        new("mean-over-dimensions", "The dimensions were averaged: the rate of an image is a sum over them.", x => Exact(x) / Means(x).Length),
        new("ceiling", "This is a ceiling and no floor: the larger of rate and floor counts.", x => Means(x).Sum(v => Math.Min(v, x.Floor))),
        new("floor-subtracted", "What is above the floor was summed: that has the same gradient, but the loss asked for keeps the floor in it.", x => Means(x).Sum(v => Math.Max(v - x.Floor, 0))),
        new("below-dropped", "Dimensions below the floor were left out: each of them counts as the floor.", x => Means(x).Sum(v => v > x.Floor ? v : 0)),
    ];

    protected override IEnumerable<(double[][] Rates, double Floor)> Inputs(Random random)
    {
        yield return ([[1, 0, 0.2], [0.5, 0, 0.6]], 0.25);
        yield return ([[0.1, 0.2], [0.3, 0.1], [0.2, 0]], 0.5);
        yield return ([[0.8, 1.2]], 0.25);
        yield return ([[0.1], [0.6], [0.2]], 0.25);
        yield return ([[0.3, 0.7, 0], [0.5, 0.1, 0.02]], 0);
        for (int images = 2; images <= 5; images++)
        {
            double[][] rates = [.. Enumerable.Range(0, images).Select(_ => Row(random))];
            yield return (rates, 0.2 + 0.2 * random.NextDouble());
        }
    }

    protected override object?[] Arguments((double[][] Rates, double Floor) input) => [input.Rates, input.Floor];

    protected override double Truth((double[][] Rates, double Floor) input) => Exact(input);

    protected override string Describe((double[][] Rates, double Floor) input) =>
        $"rates = [{string.Join(", ", input.Rates.Select(Words.Of))}] and floor = {Words.Of(input.Floor)}";

    // Two lively dimensions and two that are nearly dead, in each image another amount.
    private static double[] Row(Random random) =>
        [2 * random.NextDouble(), 0.1 * random.NextDouble(), 0.5 + random.NextDouble(), 0.3 * random.NextDouble()];

    private static double[] Means((double[][] Rates, double Floor) x) => [.. Enumerable.Range(0, x.Rates[0].Length).Select(j => x.Rates.Average(row => row[j]))];

    private static double Exact((double[][] Rates, double Floor) x) => Vae.FreeBits(Means(x), x.Floor);
}
