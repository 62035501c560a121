namespace Course.Checks.Chapter10;

/// <summary>10.4: which samples of a batch have a gradient under PPO's clip (Schulman et al. 2017, equation 7).</summary>
internal sealed class SamplesThatPull : FunctionExercise<SamplesThatPull.Batch, double[]>
{
    /// <summary>One input: the ratio and the advantage of each sample, and the clip.</summary>
    public sealed record Batch(double[] Ratios, double[] Advantages, double Clip);

    public override string Id => "10.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>(
            "double[] Pulling(double[] ratios, double[] advantages, double clip)");

    // A right answer is made of zeros and ones. The clips are multiples of 1/16 and the ratios of 1/32, so that 1 - clip, 1 + clip and
    // what stands at them are exact.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1;

    // Of most there are two: one that also forgets that an advantage of zero has no gradient.
    protected override IReadOnlyList<Mistake<Batch, double[]>> Mistakes { get; } =
    [
        .. Told("inverted",
            "These marks are the other way round: they stand at the samples that the clip has cut, and those that still pull are asked.",
            (r, a, c) => !Pulls(r, a, c), (r, a, c) => a != 0 && !Pulls(r, a, c)),
        .. Told("clip-ignored",
            "The argument clip plays no part: 0.2 is its usual value, not its only one.",
            (r, a, _) => Pulls(r, a, 0.2), (r, a, _) => a == 0 ? r >= 0.8 : Pulls(r, a, 0.2)),
        .. Told("zero-advantage",
            "A sample with advantage zero is marked: its objective is zero at every ratio, and so is its gradient.",
            (r, a, c) => a == 0 || Pulls(r, a, c), (r, a, c) => a == 0 ? r <= 1 + c : Pulls(r, a, c),
            (r, a, c) => a == 0 ? r >= 1 - c : Pulls(r, a, c)),
        .. Told("border",
            "A ratio exactly at the end of the clip is taken for cut: there the two terms are equal, and the statement "
            + "counts such a sample as pulling.",
            (r, a, c) => a > 0 ? r < 1 + c : a < 0 && r > 1 - c, (r, a, c) => Pulls(r, a, c) && Math.Abs(r - 1) != c),
        .. Told("no-clip",
            "Nothing is cut here: a good action that already became much more likely earns nothing more, and a bad one "
            + "that became much less likely neither.",
            (_, a, _) => a != 0, (_, _, _) => true),
        .. Told("both-sides",
            "All ratios outside the clip are dropped here: where the ratio moved in the wrong direction, the minimum keeps "
            + "the unclipped term, so that the policy is brought back.",
            (r, a, c) => a != 0 && Math.Abs(r - 1) <= c, (r, _, c) => Math.Abs(r - 1) <= c),
        .. Told("swapped-sides",
            "The wrong samples are cut: these are the ones whose ratio moved against the advantage. For each sign, ask "
            + "once more which of the two terms is the smaller.",
            (r, a, c) => a > 0 ? r >= 1 - c : a < 0 && r <= 1 + c, (r, a, c) => a > 0 ? r >= 1 - c : r <= 1 + c),
        .. Told("ignores-sign",
            "The side that is cut does not depend on the sign of the advantage here: for a bad action it is the other one "
            + "than for a good action.",
            (r, a, c) => a != 0 && r <= 1 + c, (r, a, c) => a != 0 && r >= 1 - c, (r, _, c) => r <= 1 + c, (r, _, c) => r >= 1 - c),
        .. Told("good-only",
            "Only good actions are cut here: a bad action that already became much less likely has no gradient either.",
            (r, a, c) => a < 0 || Pulls(r, a, c), (r, a, c) => a <= 0 || Pulls(r, a, c)),
        .. Told("bad-actions-dropped",
            "Bad actions never pull here: a negative advantage has a gradient as well, away from the action.",
            (r, a, c) => a > 0 && Pulls(r, a, c)),
        .. Told("log-bounds",
            "The clip is laid around the logarithm of the ratio here: it is the ratio itself that must stay between 1 - c and 1 + c.",
            (r, a, c) => a > 0 ? Math.Log(r) <= c : a < 0 && Math.Log(r) >= -c, (r, a, c) => a > 0 ? Math.Log(r) <= c : Math.Log(r) >= -c),
        .. Told("unmoved",
            "A ratio of exactly one is taken for no gradient: the objective is flat only beyond the clip, and in the first "
            + "step on a batch every ratio is one.",
            (r, a, c) => r != 1 && Pulls(r, a, c)),
        new("slopes", "These are slopes: asked is a one where there is a slope, and a zero where there is none.",
            x => [.. x.Ratios.Zip(x.Advantages, (r, a) => Pulls(r, a, x.Clip) ? a : 0)]),
        new("slopes", "These are slopes: asked is a one where there is a slope, and a zero where there is none.",
            x => [.. x.Ratios.Zip(x.Advantages, (r, a) => Pulls(r, a, x.Clip) ? r * a : 0)]),
    ];

    protected override IReadOnlyList<Symptom<Batch, double[]>> Symptoms { get; } =
    [
        new("not-marks", "Your result holds numbers other than 0 and 1.", (_, marks) => marks.Any(m => m is not (0 or 1))),
    ];

    protected override IEnumerable<Batch> Inputs(Random random)
    {
        // Inside, at both ends, beyond both ends: for a good action, a bad one and one that is neither.
        double[] ratios = [0.5, 0.75, 0.875, 1, 1.125, 1.25, 2];
        double[] Seven(double advantage) => [.. ratios.Select(_ => advantage)];
        yield return new([.. ratios, .. ratios, .. ratios], [.. Seven(2), .. Seven(-2), .. Seven(0)], 0.25);
        yield return new([], [], 0.25);
        yield return new([1, 1, 1], [1, -1, 0], 0.5);

        // Between 0.8 and 1.2, and outside them, while the clip is another; and between exp(-c) and 1 - c, 1 + c and exp(c).
        yield return new([0.84375, 1.15625], [-1, 1], 0.125);
        yield return new([0.75, 1.25], [-1, 1], 0.375);
        yield return new([0.53125, 1.5625], [-1, 1], 0.5);
        for (int n = 4; n <= 12; n += 4)
        {
            double clip = random.Next(2, 9) / 16.0;
            double[] drawn = [.. Enumerable.Range(0, n).Select(_ => random.Next(8, 65) / 32.0)];
            yield return new(drawn, [.. drawn.Select(_ => (random.Next(2) == 0 ? -1 : 1) * (0.5 + random.NextDouble()))], clip);
        }
    }

    protected override object?[] Arguments(Batch input) => [input.Ratios, input.Advantages, input.Clip];

    protected override double[] Truth(Batch input) => Marks(Pulls)(input);

    protected override IEnumerable<Batch> Simpler(Batch input) =>
        input.Ratios.Select((r, i) => new Batch([r], [input.Advantages[i]], input.Clip));

    protected override string Describe(Batch input) =>
        $"ratios = {Words.Of(input.Ratios)}, advantages = {Words.Of(input.Advantages)} and clip = {Words.Of(input.Clip)}";

    private static IEnumerable<Mistake<Batch, double[]>> Told(
        string id, string sentence, params Func<double, double, double, bool>[] pulls) =>
        pulls.Select(p => new Mistake<Batch, double[]>(id, sentence, Marks(p)));

    private static Func<Batch, double[]> Marks(Func<double, double, double, bool> pulls) =>
        x => [.. x.Ratios.Zip(x.Advantages, (r, a) => pulls(r, a, x.Clip) ? 1.0 : 0)];

    private static bool Pulls(double ratio, double advantage, double clip) =>
        advantage > 0 ? ratio <= 1 + clip : advantage < 0 && ratio >= 1 - clip;
}
