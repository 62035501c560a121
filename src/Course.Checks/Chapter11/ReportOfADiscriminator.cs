namespace Course.Checks.Chapter11;

/// <summary>11.3: the Jensen-Shannon divergence that a discriminator's outputs prove, from a report that has it wrong.</summary>
internal sealed class ReportOfADiscriminator : FunctionExercise<(double[] Real, double[] Made), double>
{
    public override string Id => "11.3";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double>>("double JensenShannonBound(double[] real, double[] made)");

    // A sum of at most 8 terms, each right to a few units in its last place, and the difference from ln 2: below 20 u of the larger of the
    // sum and one, u = 1.1e-16.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<(double[] Real, double[] Made), double>> Mistakes { get; } =
    [
        new("as-published", "This is the report as it stands: give it outputs of +30 and -30 and follow them through both steps.", x => Math.Log(2) - Loss(Squashed(x))),
        new("sigmoid-twice", "The loss with logits gets probabilities: it applies the sigmoid itself, so the outputs go in as they are.", x => Math.Log(2) - Loss(Squashed(x)) / 2),
        new("half-forgotten", "The loss is the sum of two means, and was taken off ln 2 whole: the sum is 2 ln 2 - 2 JS at best.", x => Math.Log(2) - Loss(x)),
        new("twice", "This is twice the bound: the loss of the best discriminator is 2 ln 2 - 2 JS.", x => 2 * Math.Log(2) - Loss(x)),
        new("ln4-forgotten", "This is the discriminator's value alone: the constant is missing that makes it zero for samples that cannot be told apart.", x => -Loss(x)),
        new("ln4-forgotten", "This is half of the discriminator's value: the constant is missing that makes it zero for samples that cannot be told apart.", x => -Loss(x) / 2),
        new("sign", "The sign is wrong: a smaller loss proves a larger divergence.", x => Loss(x) / 2 - Math.Log(2)),
        new("bits-for-nats", "The bound is in bits: nats are asked for.", x => (Math.Log(2) - Loss(x) / 2) / Math.Log(2)),
        new("pooled", "Real and generated samples were pooled in one mean: if there are more of one kind, average each kind by itself.",
            x => Math.Log(2) - (x.Real.Sum(v => Softplus(-v)) + x.Made.Sum(Softplus)) / (x.Real.Length + x.Made.Length)),
        new("labels-swapped", "The labels are exchanged: the discriminator's output is large where it takes a sample for real.", x => Math.Log(2) - Loss((x.Made, x.Real)) / 2),
        new("cut-at-zero", "A negative bound was raised to zero: it proves nothing, but it is what these outputs say. Return it as it is.", x => Math.Max(0, Truth(x.Real, x.Made))),
    ];

    protected override IReadOnlyList<Symptom<(double[] Real, double[] Made), double>> Symptoms { get; } =
    [
        new("overflow", "Right but for outputs of several hundred, where an exponential is infinite, or a probability is rounded to 0 or 1: "
            + "write ln(1 + e^v) as max(v, 0) + ln(1 + e^-|v|).",
            (x, _) => x.Real.Concat(x.Made).Any(v => Math.Abs(v) > 30)),
    ];

    protected override IEnumerable<(double[] Real, double[] Made)> Inputs(Random random)
    {
        yield return ([0, 0], [0, 0]);
        yield return ([2, 1, 0.5], [-1, -2, 0.25]);
        yield return ([1.5, 0.5, -0.25, 2], [-0.5, -1]);
        yield return ([-1, -2], [1, 3]);
        yield return ([30, 20], [-25, -40]);
        yield return ([800, 750], [-900, -800]);
        yield return ([-800, 3], [0.5, 750]);
        for (int n = 2; n <= 5; n++)
            yield return (Outputs(random, n, 1), Outputs(random, 7 - n, -1));
    }

    protected override object?[] Arguments((double[] Real, double[] Made) input) => [input.Real, input.Made];

    protected override double Truth((double[] Real, double[] Made) input) => Truth(input.Real, input.Made);

    protected override string Describe((double[] Real, double[] Made) input) => $"real = {Words.Of(input.Real)} and made = {Words.Of(input.Made)}";

    private static double Truth(double[] real, double[] made) => Math.Log(2) - Loss((real, made)) / 2;

    private static double Loss((double[] Real, double[] Made) x) => x.Real.Average(v => Softplus(-v)) + x.Made.Average(Softplus);

    private static (double[] Real, double[] Made) Squashed((double[] Real, double[] Made) x) => ([.. x.Real.Select(Sigmoid)], [.. x.Made.Select(Sigmoid)]);

    private static double Softplus(double v) => Math.Max(v, 0) + Math.Log(1 + Math.Exp(-Math.Abs(v)));

    private static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));

    private static double[] Outputs(Random random, int n, double middle) => [.. Enumerable.Range(0, n).Select(_ => middle + 4 * random.NextDouble() - 2)];
}
