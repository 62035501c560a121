namespace Course.Checks.Chapter04;

/// <summary>04.1: the Gaussian of least forward divergence from a mixture, by its moments.</summary>
internal sealed class MomentMatching : FunctionExercise<Mixture, double[]>
{
    public override string Id => "04.1";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double[], double[]>>(
        "double[] ForwardFit(double[] weights, double[] means, double[] deviations)");

    // Raw second moments are below 150 and variances above 0.2 on these inputs: subtracting the squared mean magnifies the few ulp of
    // either by less than 1e3, to below 1e-12.
    protected override Precision Tolerance => 1e-9;

    protected override IReadOnlyList<Mistake<Mixture, double[]>> Mistakes { get; } =
    [
        new("variance-for-deviation", "The second number is the variance: the standard deviation is asked for.", x => [x.Mean, x.Variance]),
        new("within-only", "This is the spread within the components alone: the distance between their means adds to the variance.",
            x => [x.Mean, Math.Sqrt(Within(x))]),
        new("between-only", "This is the spread of the means alone: each component is spread out itself, and that adds to the variance.",
            x => [x.Mean, Math.Sqrt(x.Variance - Within(x))]),
        new("mean-of-deviations", "The standard deviations were averaged: variances can be averaged, their roots cannot, and the distance between the means is missing.",
            x => [x.Mean, x.Weights.Zip(x.Deviations, (w, d) => w * d).Sum()]),
        new("raw-second-moment", "This is the root of E[X^2]: the variance is what remains of it after the squared mean is subtracted.",
            x => [x.Mean, Math.Sqrt(x.Variance + x.Mean * x.Mean)]),
        new("unweighted", "All components count alike here: each must be weighed with its weight, in the mean and in the variance.",
            x => { Mixture even = x with { Weights = [.. x.Weights.Select(_ => 1.0 / x.Weights.Length)] }; return [even.Mean, Math.Sqrt(even.Variance)]; }),
        new("deviations-not-squared", "The standard deviations were added as if they were variances: square them first.",
            x => [x.Mean, Math.Sqrt(x.Variance - Within(x) + x.Weights.Zip(x.Deviations, (w, d) => w * d).Sum())]),
        new("heaviest-component", "This is the heaviest component: picking one is what the other direction may do, forward covers all of them.",
            x => [x.Means[x.Heaviest], x.Deviations[x.Heaviest]]),
    ];

    protected override IEnumerable<Mixture> Inputs(Random random)
    {
        yield return new([0.5, 0.5], [-2, 2], [1, 1]);
        yield return new([1], [3], [0.5]);
        yield return new([0.2, 0.8], [1, 4], [2, 0.5]);
        yield return new([0.1, 0.3, 0.6], [-5, 0, 2], [0.3, 1.5, 2.5]);
        for (int n = 2; n <= 5; n++)
        {
            yield return new(
                Draw.Distribution(random, n),
                [.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble() - 5)],
                [.. Enumerable.Range(0, n).Select(_ => 0.5 + 2 * random.NextDouble())]);
        }
    }

    protected override object?[] Arguments(Mixture input) => [input.Weights, input.Means, input.Deviations];

    protected override double[] Truth(Mixture input) => [input.Mean, Math.Sqrt(input.Variance)];

    protected override string Describe(Mixture input) =>
        $"weights = {Words.Of(input.Weights)}, means = {Words.Of(input.Means)} and deviations = {Words.Of(input.Deviations)}";

    private static double Within(Mixture x) => x.Weights.Zip(x.Deviations, (w, d) => w * d * d).Sum();
}
