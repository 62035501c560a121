namespace Course.Checks.Chapter10;

/// <summary>10.4: the derivative of PPO's clipped objective by the ratio (Schulman et al. 2017, equation 7).</summary>
internal sealed class ClipSlope : FunctionExercise<(double Ratio, double Advantage, double Clip), double>
{
    public override string Id => "10.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double, double, double, double>>("double ClipSlope(double ratio, double advantage, double clip)");

    // A right answer is the advantage or 0, both exactly; a difference quotient of the objective over 1e-6 is right to 1e-9, and no input
    // is within 0.009 of a corner. Every mistake is off by 0.1 on one input at least.
    protected override Precision Tolerance => 1e-6;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<(double Ratio, double Advantage, double Clip), double>> Mistakes { get; } =
    [
        new("clip-ignored", "The argument clip plays no part: 0.2 is its usual value, not its only one.",
            x => IsCut(x with { Clip = 0.2 }) ? 0 : x.Advantage),
        new("no-clip", "Nothing is cut here: a good action that already became much more likely earns nothing more, and a bad one that became much less likely neither.",
            x => x.Advantage),
        new("both-sides", "Both sides are cut here: where the ratio moved in the wrong direction, the minimum keeps the unclipped term, so that the policy is brought back.",
            x => IsOutside(x) ? 0 : x.Advantage),
        new("wrong-sides", "The wrong sides are cut: this is the slope of the larger of the two terms, and PPO takes the smaller.",
            x => IsOutside(x) && !IsCut(x) ? 0 : x.Advantage),
        new("ignores-sign", "The cut does not depend on the sign of the advantage here: for a bad action the flat side is the other one.",
            x => x.Ratio > 1 + x.Clip ? 0 : x.Advantage),
        new("by-log-ratio", "This is the derivative by the logarithm of the ratio: it has one factor too many.",
            x => IsCut(x) ? 0 : x.Ratio * x.Advantage),
        new("objective", "This is the objective itself: its slope by the ratio is asked.",
            x => Math.Min(x.Ratio * x.Advantage, Math.Clamp(x.Ratio, 1 - x.Clip, 1 + x.Clip) * x.Advantage)),
        new("sign", "This is the slope of a loss: the objective is to be increased, and its own slope is asked.",
            x => IsCut(x) ? 0 : -x.Advantage),
    ];

    protected override IEnumerable<(double Ratio, double Advantage, double Clip)> Inputs(Random random)
    {
        foreach (double advantage in new[] { 2.0, -2, 0 })
        {
            foreach (double ratio in new[] { 0.5, 0.79, 0.81, 1, 1.19, 1.21, 3 })
                yield return (ratio, advantage, 0.2);
        }

        // Each side of each corner, near it and farther away, for each sign of the advantage.
        foreach (double within in new[] { 0.3, 0.9, 1.1, 1.6 })
        {
            foreach (double side in new[] { -1, 1 })
            {
                double clip = 0.1 + 0.4 * random.NextDouble(), size = 0.5 + random.NextDouble();
                yield return (1 + side * within * clip, size, clip);
                yield return (1 + side * within * clip, -size, clip);
            }
        }

        yield return (0.85, -1, 0.1);
        yield return (1.15, 1, 0.1);
        yield return (0.75, -1, 0.4);
        yield return (1.25, 1, 0.4);
    }

    protected override object?[] Arguments((double Ratio, double Advantage, double Clip) input) => [input.Ratio, input.Advantage, input.Clip];

    protected override double Truth((double Ratio, double Advantage, double Clip) input) => IsCut(input) ? 0 : input.Advantage;

    protected override string Describe((double Ratio, double Advantage, double Clip) input) =>
        $"ratio = {Words.Of(input.Ratio)}, advantage = {Words.Of(input.Advantage)} and clip = {Words.Of(input.Clip)}";

    private static bool IsOutside((double Ratio, double Advantage, double Clip) x) => x.Ratio > 1 + x.Clip || x.Ratio < 1 - x.Clip;

    private static bool IsCut((double Ratio, double Advantage, double Clip) x) =>
        x.Advantage > 0 ? x.Ratio > 1 + x.Clip : x.Advantage < 0 && x.Ratio < 1 - x.Clip;
}
