using RelativeEntropy;

namespace Course.Checks.Chapter12;

/// <summary>12.2: the divergence of an encoder from the standard normal, patch by patch, weighted by relevance.</summary>
internal sealed class WeighedPatches : FunctionExercise<WeighedPatches.Case, double>
{
    /// <summary>One input: means and log-variances, one row per patch, and the relevance of the patches.</summary>
    public sealed record Case(double[][] Mean, double[][] LogVariance, double[] Relevance);

    public override string Id => "12.2";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][], double[][], double[], double>>(
        "double PatchLoss(double[][] mean, double[][] logVariance, double[] relevance)");

    public override bool Forbids(string type, string member) => true;

    // An element's term is at most 20 and right to 4 u of its parts, u = 1.1e-16; at most 52 of them are added.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("not-divided",
            "The weighted sum is not divided by the sum of the relevances: in another unit of relevance it would be another number.",
            x => Weighted(x, Kl) * x.Relevance.Sum()),
        new("divided-by-the-patches", "The weighted sum is divided by the number of patches: it must be by the sum of the relevances.",
            x => Weighted(x, Kl) * x.Relevance.Sum() / x.Relevance.Length),
        new("mean-over-elements",
            "Within a patch the divergences of the elements were averaged: independent elements add up.",
            x => Weighted(x, Kl) / x.Mean[0].Length),
        new("unweighted",
            "All patches count alike here: the relevance is not used.",
            x => Range(x).Average(k => Kl(x.Mean[k], x.LogVariance[k]))),
        new("sum-over-patches",
            "The patches were summed and not weighed: the result must be a mean, weighted by relevance.",
            x => Range(x).Sum(k => Kl(x.Mean[k], x.LogVariance[k]))),
        new("half-forgotten", "The factor one half of the closed form is missing.", x => 2 * Weighted(x, Kl)),
        new("negative", "The sign is the wrong way round: a divergence is never negative.", x => -Weighted(x, Kl)),
        new("swapped-direction", "This is the divergence of the standard normal from the encoder: the encoder's distribution stands first.",
            x => Weighted(x, (m, l) => Elements(m, l, (mean, log) => ((1 + mean * mean) * Math.Exp(-log) - 1 + log) / 2))),
        new("log-deviation", "The log-variances were taken for logarithms of standard deviations.",
            x => Weighted(x, (m, l) => Kl(m, [.. l.Select(v => 2 * v)]))),
        new("mean-not-squared", "The means enter without their square.",
            x => Weighted(x, (m, l) => Elements(m, l, (mean, log) => (Math.Exp(log) - 1 - log + mean) / 2))),
    ];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("zero-times-infinity",
            "A patch of relevance zero counts for nothing, also where its divergence is infinite: zero times infinity is NaN in "
                + "floating point.",
            (x, given) => double.IsNaN(given)
                && Range(x).Any(k => x.Relevance[k] == 0 && double.IsInfinity(Kl(x.Mean[k], x.LogVariance[k])))),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([[1, 0], [0, 0.5]], [[0, 0], [-1, 0.5]], [1, 3]);
        yield return new([[0.3, -0.4, 2]], [[-0.5, 0.2, 0.1]], [2]);
        yield return new([[0, 0], [0, 0]], [[0, 0], [0, 0]], [0.5, 0.5]);
        yield return new([[1, -1], [2, 0.1]], [[0.3, 0.1], [800, 0]], [4, 0]);
        for (int patches = 2; patches <= 4; patches++)
        {
            yield return new(
                [.. Enumerable.Range(0, patches).Select(_ => Numbers(random, 13, 2))],
                [.. Enumerable.Range(0, patches).Select(_ => Numbers(random, 13, 1.5))],
                [.. Enumerable.Range(0, patches).Select(_ => 0.2 + 3 * random.NextDouble())]);
        }
    }

    protected override object?[] Arguments(Case input) => [input.Mean, input.LogVariance, input.Relevance];

    protected override double Truth(Case input) => Weighted(input, Kl);

    protected override string Describe(Case input) =>
        $"mean = [{string.Join(", ", input.Mean.Select(Words.Of))}], "
        + $"logVariance = [{string.Join(", ", input.LogVariance.Select(Words.Of))}] and relevance = {Words.Of(input.Relevance)}";

    private static IEnumerable<int> Range(Case x) => Enumerable.Range(0, x.Relevance.Length);

    private static double[] Numbers(Random random, int count, double size) =>
        [.. Enumerable.Range(0, count).Select(_ => size * (2 * random.NextDouble() - 1))];

    private static double Weighted(Case x, Func<double[], double[], double> ofPatch) =>
        Range(x).Where(k => x.Relevance[k] > 0).Sum(k => x.Relevance[k] * ofPatch(x.Mean[k], x.LogVariance[k])) / x.Relevance.Sum();

    private static double Kl(double[] mean, double[] logVariance) => DiagonalGaussian.KullbackLeiblerToStandard(mean, logVariance);

    private static double Elements(double[] mean, double[] logVariance, Func<double, double, double> term) =>
        mean.Zip(logVariance, term).Sum();
}
