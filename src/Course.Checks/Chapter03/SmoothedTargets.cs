using RelativeEntropy;

namespace Course.Checks.Chapter03;

/// <summary>03.4: the gradient of the cross-entropy with label smoothing, by the logits (Szegedy et al. 2016).</summary>
internal sealed class SmoothedTargets : FunctionExercise<(double[] Logits, int Label, double Smoothing), double[]>
{
    public override string Id => "03.4";

    public override bool Forbids(string type, string member) => member.Contains("Gradient", StringComparison.Ordinal);

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], int, double, double[]>>("double[] SmoothedGradient(double[] logits, int label, double smoothing)");

    // A softmax of at most 8 logits is right to about 10 ulp of one, and so is its difference from the target.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<(double[] Logits, int Label, double Smoothing), double[]>> Mistakes { get; } =
    [
        new("overflow", "Math.Exp overflowed: take the largest logit out of all of them before you exponentiate.",
            x => Gradient(Shifted(x.Logits, 0), i => Target(x, i))),
        .. from shift in new Func<double[], double>[] { z => z.Average(), z => z[0], z => z.Min(), z => z[^1] }
           select new Mistake<(double[] Logits, int Label, double Smoothing), double[]>("wrong-shift",
               "Math.Exp overflowed, for another number than the largest logit was taken out: "
               + "only with the largest no exponential is above one.",
               x => Gradient(Shifted(x.Logits, shift(x.Logits)), i => Target(x, i))),
        new("sign", "The sign is the wrong way round: the gradient points to where the loss grows, prediction minus target.",
            x => [.. Gradient(Softmax(x.Logits), i => Target(x, i)).Select(v => -v)]),
        new("no-smoothing", "The target is one-hot here: the smoothing has no effect.", x => Gradient(Softmax(x.Logits), i => i == x.Label ? 1 : 0)),
        new("spread-over-others", "The smoothing went to the other labels only: it is mixed with the uniform distribution over all labels, the right one included.",
            x => Gradient(Softmax(x.Logits), i => i == x.Label ? 1 - x.Smoothing : x.Smoothing / (x.Logits.Length - 1))),
        new("smoothing-not-divided", "Each label was given the whole smoothing: the uniform distribution gives each its share, so that the targets sum to one.",
            x => Gradient(Softmax(x.Logits), i => (i == x.Label ? 1 - x.Smoothing : 0) + x.Smoothing)),
        new("label-only", "The smoothed share of the other labels is missing: their target is not zero.", x => Gradient(Softmax(x.Logits), i => i == x.Label ? Target(x, i) : 0)),
        new("prediction-only", "This is the softmax: the target has to be subtracted from it.", x => Softmax(x.Logits)),
        new("target-only", "This is the target: the gradient is the softmax minus the target.", x => [.. x.Logits.Select((_, i) => Target(x, i))]),
        new("logits-for-probabilities", "The target was subtracted from the logits: make them probabilities first.", x => Gradient(x.Logits, i => Target(x, i))),
    ];

    protected override IReadOnlyList<Symptom<(double[] Logits, int Label, double Smoothing), double[]>> Symptoms { get; } =
    [
        new("not-zero-sum", "The elements of this gradient do not sum to zero, but prediction and target both sum to one.", (_, g) => Math.Abs(g.Sum()) > 1e-6),
    ];

    protected override IEnumerable<(double[] Logits, int Label, double Smoothing)> Inputs(Random random)
    {
        yield return ([0, 0], 0, 0.1);
        yield return ([1, 2, 3], 0, 0.1);
        yield return ([1, 2, 3], 2, 0);
        yield return ([1, 2, 3], 1, 1);
        yield return ([1000, 0, 999], 1, 0.2);
        yield return ([0, 1000], 0, 0.1);
        yield return ([-1000, 1000], 1, 0.1);
        yield return ([1000, -1000], 1, 0.1);
        yield return ([-1000, -1000.5], 1, 0.05);
        for (int n = 2; n <= 8; n++)
            yield return ([.. Enumerable.Range(0, n).Select(_ => 6 * random.NextDouble() - 3)], random.Next(n), random.NextDouble());
    }

    protected override object?[] Arguments((double[] Logits, int Label, double Smoothing) input) => [input.Logits, input.Label, input.Smoothing];

    protected override double[] Truth((double[] Logits, int Label, double Smoothing) input) =>
        Gradient(Softmax(input.Logits), i => Target(input, i));

    protected override string Describe((double[] Logits, int Label, double Smoothing) input) =>
        $"logits = {Words.Of(input.Logits)}, label = {input.Label} and smoothing = {Words.Of(input.Smoothing)}";

    private static double Target((double[] Logits, int Label, double Smoothing) x, int i) =>
        (i == x.Label ? 1 - x.Smoothing : 0) + x.Smoothing / x.Logits.Length;

    private static double[] Gradient(double[] prediction, Func<int, double> target) => [.. prediction.Select((q, i) => q - target(i))];

    private static double[] Softmax(double[] logits)
    {
        var q = new double[logits.Length];
        Logits.Softmax(logits, q);
        return q;
    }

    private static double[] Shifted(double[] logits, double shift) =>
        [.. logits.Select(v => Math.Exp(v - shift) / logits.Sum(other => Math.Exp(other - shift)))];
}
