namespace Course.Checks.Chapter04;

/// <summary>04.1: a mixture of two Gaussians whose forward fit has its mean where the mixture is least.</summary>
internal sealed class MeanInTheValley : PropertyExercise<double[][]>
{
    private const double LeastHeavier = 0.6;

    private const double Depth = 0.5;

    // A weight written with eight decimals may be off by this.
    private const double Normalised = 1e-8;

    // In units of the distance of the means, and of sigma. The least point is found to 1e-12 of the former, the moments to a few ulp.
    private const double Valley = 1e-4;
    private const double Fit = 1e-6;

    // The largest mean, up and down, and the largest deviation.
    private const double Farthest = 100;
    private const double LeastDeviation = 0.01;

    // Bounds that an answer may reach: a sum of decimals can miss one by rounding.
    private const double Rounding = 1e-12;

    public override string Id => "04.1";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][]>>("double[][] MeanInTheValley()");

    protected override IReadOnlyList<Fault<double[][]>> Faults { get; } =
    [
        new("wrong-shape", d =>
            d.Length != 4 ? $"You gave {d.Length} rows: four are asked for, the weights, the means, the standard deviations, and the fit."
            : d.Any(row => row is null || row.Length != 2)
                ? "Each row must have two numbers: one for each component, and the fit's mean and standard deviation."
            : null),
        new("out-of-range", d =>
            d[1].Any(m => !(Math.Abs(m) <= Farthest))
                ? $"The means are {Words.Of(d[1])}: they must lie between {Words.Of(-Farthest)} and {Words.Of(Farthest)}."
            : d[2].Any(s => !(s >= LeastDeviation * (1 - Rounding) && s <= Farthest))
                ? $"The standard deviations are {Words.Of(d[2])}: they must lie between {Words.Of(LeastDeviation)} and {Words.Of(Farthest)}."
            : null),
        new("not-normalised", d => d[0].Any(w => !(w > 0 && w < 1)) || Math.Abs(d[0].Sum() - 1) > Normalised
            ? $"The weights are {Words.Of(d[0])}: they must be above zero and sum to one."
            : null),
        new("equal-weights", d => d[0].Max() < LeastHeavier * (1 - Rounding)
            ? $"The heavier weight is {Words.Of(d[0].Max())}: it must be at least "
                + $"{Words.Of(LeastHeavier)}, so that symmetry does not do the work."
            : null),
        new("one-mode", d => Least(Of(d)) is null
            ? "Between the two means p has no valley: put the components farther apart, or make them narrower."
            : null),
        new("shallow", d => Of(d) is var p && p.LogDensity(Least(p)!.Value).Value is var bottom
            && d[1].Any(m => bottom > p.LogDensity(m).Value + Math.Log(Depth) + Rounding)
            ? "The valley is not deep enough: its lowest point must have at most half of the density at each of the two means."
            : null),
        new("variances-given", d => !IsInTheValley(Of(d)) && IsInTheValley(Of(d) with { Deviations = [.. d[2].Select(Math.Sqrt)] })
            ? "It would hold if the third row were variances: it holds the standard deviations."
            : null),
        new("weights-swapped", d => !IsInTheValley(Of(d)) && IsInTheValley(Of(d) with { Weights = [d[0][1], d[0][0]] })
            ? "It would hold with the two weights exchanged: the first belongs to the first mean."
            : null),
        new("unweighted", d => !IsInTheValley(Of(d)) && IsInTheValley(Of(d), d[1].Average())
            ? "The middle between the two means is where p is least. The fit's mean is elsewhere: it is the weighted mean of the means."
            : null),
        new("off-the-valley", d => Of(d) is var p && !IsInTheValley(p)
            ? "At the mean of P its density is not least: "
                + $"to the {(p.Mean < Least(p) ? "right" : "left")} of it lies the bottom of the valley. "
                + "Change a weight, a deviation or a distance."
            : null),
        new("not-the-mean", d => !IsNear(d[3][0], Of(d).Mean, d)
            ? "The mixture is right. The first number of the last row is not the mean of its forward fit."
            : null),
        new("variance-for-deviation", d => IsNear(d[3][1], Of(d).Variance, d) && !IsFit(d)
            ? "The mixture is right. The last number is the variance: the standard deviation is asked for."
            : null),
        new("within-only", d => IsNear(d[3][1], Math.Sqrt(Within(d)), d) && !IsFit(d)
            ? "The mixture is right. The last number is the spread within the "
                + "components alone: the distance between their means adds to the variance."
            : null),
        new("between-only", d => IsNear(d[3][1], Math.Sqrt(Of(d).Variance - Within(d)), d) && !IsFit(d)
            ? "The mixture is right. The last number is the spread of the means alone: "
                + "each component is spread out itself, and that adds to the variance."
            : null),
        new("raw-second-moment", d => IsNear(d[3][1], Math.Sqrt(Of(d).Variance + Of(d).Mean * Of(d).Mean), d) && !IsFit(d)
            ? "The mixture is right. The last number is the root of E[X^2]: the "
                + "variance is what remains of it after the squared mean is subtracted."
            : null),
        new("not-the-fit", d => !IsFit(d)
            ? "The mixture is right. The last number is not the standard deviation of its forward fit: match the second moment."
            : null),
    ];

    private static Mixture Of(double[][] d) => new(d[0], d[1], d[2]);

    private static double Within(double[][] d) => d[0].Zip(d[2], (w, s) => w * s * s).Sum();

    private static bool IsFit(double[][] d) => IsNear(d[3][1], Math.Sqrt(Of(d).Variance), d);

    private static bool IsNear(double given, double value, double[][] d) => Math.Abs(given - value) <= Fit * Math.Sqrt(Of(d).Variance);

    private static bool IsInTheValley(Mixture p) => IsInTheValley(p, p.Mean);

    private static bool IsInTheValley(Mixture p, double x) =>
        Least(p) is { } least && Math.Abs(x - least) <= Valley * Math.Abs(p.Means[0] - p.Means[1]) * (1 + Rounding);

    /// <summary>Where p is least between the two means; null where that is at one of them.</summary>
    private static double? Least(Mixture p)
    {
        const int Steps = 4000;
        double low = p.Means.Min(), step = (p.Means.Max() - low) / Steps;
        int least = Enumerable.Range(0, Steps + 1).MinBy(k => p.LogDensity(low + k * step).Value);
        if (least is 0 or Steps)
            return null;
        (double left, double right) = (low + (least - 1) * step, low + (least + 1) * step);
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (left + right) / 2;
            if (p.LogDensity(middle).Slope < 0)
                left = middle;
            else
                right = middle;
        }
        return (left + right) / 2;
    }
}
