namespace Course.Checks.Chapter10;

/// <summary>10.1: the gradient of the mean reward of a softmax policy by its logits.</summary>
internal sealed class PolicyGradientByHand : FunctionExercise<(double[] Logits, double[] Rewards), double[]>
{
    public override string Id => "10.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double[]>>("double[] PolicyGradient(double[] logits, double[] rewards)");

    // With rewards below R = 1e3 the mean errs by at most (n + 4) u R, u = 1.1e-16, and so does r_j - J: for n <= 6 below 2e-12.
    // Relative to max(gradient, Floor) that is below 2e-9. Every mistake is off by more than 1e-3 on one input at least.
    protected override Precision Tolerance => 1e-8;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<(double[] Logits, double[] Rewards), double[]>> Mistakes { get; } =
    [
        new("sign", "The sign is the wrong way round: the mean reward is to be raised, so an action that pays more than the average must become more likely.",
            x => Each(x, (p, r, mean) => -p * (r - mean))),
        new("no-baseline", "This is pi_j r_j: when one logit rises, the other probabilities fall, and what they earned has to be subtracted.",
            x => Each(x, (p, r, _) => p * r)),
        new("diagonal-only", "Only the derivative of pi_j by its own logit was used: every other probability depends on that logit, too.",
            x => Each(x, (p, r, _) => p * (1 - p) * r)),
        new("unweighted-baseline", "The average that is subtracted gives each action the same weight: it has to be the average under the policy.",
            x => Each(x, (p, r, _) => p * (r - x.Rewards.Average()))),
        new("natural-gradient", "The factor pi_j is missing: this is the natural gradient, not the gradient.",
            x => Each(x, (_, r, mean) => r - mean)),
    ];

    protected override IReadOnlyList<Symptom<(double[] Logits, double[] Rewards), double[]>> Symptoms { get; } =
    [
        new("overflow", "Exponentials overflowed, or all of them underflowed: subtract the largest logit from all before you exponentiate, "
            + "that one and no other.",
            (_, g) => g.Any(v => !double.IsFinite(v))),
    ];

    protected override IEnumerable<(double[] Logits, double[] Rewards)> Inputs(Random random)
    {
        yield return ([0, 0], [1, 0]);
        yield return ([0.5, 0.2, -0.4], [1, 2, 4]);
        yield return ([1, 2, 3], [7, 7, 7]);
        yield return ([0.3, -0.7, 0.1], [101, 102, 104]);
        yield return ([1000, 999, 998], [3, -1, 2]);
        yield return ([0, 1000], [1, 2]);
        yield return ([1000, 0], [1, 2]);
        yield return ([-1000, 0], [3, -1]);
        yield return ([0, 0, 0, 2000], [1, 2, 3, 4]);
        yield return ([-2000, -1999, -1998], [3, -1, 2]);
        for (int n = 2; n <= 6; n++)
            yield return (Numbers(n), Numbers(n));

        double[] Numbers(int n) => [.. Enumerable.Range(0, n).Select(_ => 4 * random.NextDouble() - 2)];
    }

    protected override object?[] Arguments((double[] Logits, double[] Rewards) input) => [input.Logits, input.Rewards];

    protected override double[] Truth((double[] Logits, double[] Rewards) input) => Each(input, (p, r, mean) => p * (r - mean));

    protected override string Describe((double[] Logits, double[] Rewards) input) => $"logits = {Words.Of(input.Logits)} and rewards = {Words.Of(input.Rewards)}";

    private static double[] Each((double[] Logits, double[] Rewards) x, Func<double, double, double, double> component)
    {
        double greatest = x.Logits.Max();
        double[] p = Draw.Normalised([.. x.Logits.Select(z => Math.Exp(z - greatest))]);
        double mean = p.Zip(x.Rewards, (w, r) => w * r).Sum();
        return [.. p.Zip(x.Rewards, (w, r) => component(w, r, mean))];
    }
}
