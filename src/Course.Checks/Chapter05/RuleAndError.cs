using RelativeEntropy;

namespace Course.Checks.Chapter05;

/// <summary>05.2: the rule of least error when one of two sources is likelier beforehand, and its error.</summary>
internal sealed class RuleAndError : FunctionExercise<RuleAndError.Case, double[]>
{
    /// <summary>One input: the readings of a healthy and of a faulty machine, and the probability that it is healthy.</summary>
    public sealed record Case(double[] P, double[] Q, double Prior)
    {
        public IEnumerable<(double Healthy, double Faulty)> Joint => P.Zip(Q, (p, q) => (Prior * p, (1 - Prior) * q));

        public double[] Best => [.. Joint.Select(x => Says(x.Healthy >= x.Faulty))];

        public double ErrorOf(IEnumerable<double> rule) => Joint.Zip(rule, (x, says) => says == 1 ? x.Faulty : x.Healthy).Sum();

        // Both products are right to an ulp of numbers of at most one: what is nearer than this is equal on paper.
        public bool IsEven(int reading) => Joint.ElementAt(reading) is var (healthy, faulty) && Math.Abs(healthy - faulty) <= 1e-12;
    }

    public override string Id => "05.2";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>("double[] BestAlarm(double[] p, double[] q, double prior)");

    // The error is a sum of at most six products that are not above one, or one minus such a sum: right to 1e-15, relative to one.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("rule-swapped",
            "The rule is the wrong way round: 1 stands for healthy, and 0 for faulty.",
            x => Of(x, x.Best.Select(v => 1 - v), Least(x))),
        new("prior-ignored",
            "This takes both states as equally likely beforehand: weigh each distribution with the probability of its state.",
            x => Of(x, Likelier(x), (1 - Divergence.TotalVariation(x.P, x.Q)) / 2)),
        new("likelihood-rule", "This rule answers with the larger likelihood: it does not use that one state is more frequent.",
            x => Of(x, Likelier(x), x.ErrorOf(Likelier(x)))),
        new("error-of-equal-priors",
            "The rule is right, and its error is that for two states that are "
                + "equally likely beforehand: weigh each distribution before you compare.",
            x => Of(x, x.Best, (1 - Divergence.TotalVariation(x.P, x.Q)) / 2)),
        new("probability-correct",
            "The rule is right, and the last number is how often it answers rightly: the question is how often it errs.",
            x => Of(x, x.Best, 1 - Least(x))),
        new("not-halved",
            "The rule is right, and the last number is twice its error: one minus the sum of the absolute differences has to be halved.",
            x => Of(x, x.Best, 2 * Least(x))),
        new("unweighted",
            "The rule is right, and its two error probabilities were added as they are: each is paid only when its state occurs.",
            x => Of(x, x.Best, x.Best.Select((says, i) => says == 1 ? x.Q[i] : x.P[i]).Sum())),
        .. from state in new[] { 0, 1 }
           select new Mistake<Case, double[]>("one-kind",
               "The rule is right, and only one of the two ways to err was counted: "
                   + "a healthy machine can be called faulty, and a faulty one healthy.",
               x => Of(x, x.Best, x.Joint.Zip(x.Best, (both, says) => says != state ? 0 : says == 1 ? both.Faulty : both.Healthy).Sum())),
        .. from distance in Distances
           select new Mistake<Case, double[]>("distance",
               "The rule is right, and the last number is a distance: it grows with what the rule can do, and the error falls.",
               x => Of(x, x.Best, distance(x))),
        new("prior-swapped", "The prior was taken for that of a faulty machine: it is the probability of a healthy one.",
            x => Of(x, (x with { Prior = 1 - x.Prior }).Best, Least(x with { Prior = 1 - x.Prior }))),
        .. from isHealthy in new Func<double, bool>[] { prior => prior > 0.5, prior => prior >= 0.5 }
           select new Mistake<Case, double[]>("prior-only", "This rule never looks at the reading. The reading can only help.",
               x => Of(x, x.P.Select(_ => Says(isHealthy(x.Prior))), Math.Min(x.Prior, 1 - x.Prior))),
    ];

    // The total variation, and the same of the weighed distributions, halved and not.
    private static readonly Func<Case, double>[] Distances =
        [x => Divergence.TotalVariation(x.P, x.Q), x => 0.5 - Least(x), x => 1 - 2 * Least(x)];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("not-a-rule",
            "A rule says 1 or 0 for each reading, and nothing between or beside them.",
            (_, y) => y.SkipLast(1).Any(v => v is not (0 or 1))),
        new("not-the-best", "The last number is the error of your rule, and there is a rule that errs less often.",
            (x, y) => !y.SkipLast(1).SequenceEqual(x.Best) && Math.Abs(y[^1] - x.ErrorOf(y)) <= 1e-9),
        new("not-its-error",
            "The rule is the best one. The last number is not how often it errs.",
            (x, y) => y.SkipLast(1).SequenceEqual(x.Best)),
    ];

    protected override Verdict Judge(IAnswer answer, Random random) => base.Judge(new Settled(answer), random);

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([0.6, 0.25, 0.1, 0.05], [0.1, 0.2, 0.3, 0.4], 0.8);
        yield return new([0.5, 0.5], [0.25, 0.75], 0.5);
        yield return new([0.9, 0.1], [0.2, 0.8], 0.05);
        yield return new([0.2, 0.8], [0.7, 0.3], 0.95);
        yield return new([1, 0], [0, 1], 0.3);
        yield return new([0.5, 0.5, 0], [0, 0.25, 0.75], 0.6);
        yield return new([0.1, 0.9], [0.4, 0.6], 0.8);
        yield return new([0.3, 0.7, 0], [0.6, 0.4, 0], 0.4);
        for (int n = 2; n <= 6; n++)
            yield return new(Draw.Distribution(random, n), Draw.Distribution(random, n), 0.1 + 0.8 * random.NextDouble());
    }

    protected override object?[] Arguments(Case input) => [input.P, input.Q, input.Prior];

    protected override double[] Truth(Case input) => Of(input, input.Best, Least(input));

    protected override string Describe(Case input) =>
        $"p = {Words.Of(input.P)}, q = {Words.Of(input.Q)} and prior = {Words.Of(input.Prior)}";

    private static double Says(bool healthy) => healthy ? 1 : 0;

    private static double Least(Case x) => x.Joint.Sum(both => Math.Min(both.Healthy, both.Faulty));

    private static double[] Likelier(Case x) => [.. x.P.Zip(x.Q, (p, q) => Says(p > q))];

    private static double[] Of(Case x, IEnumerable<double> rule, double error) => Settle(x, [.. rule, error]);

    // Where both answers are equally good, either is the rule's.
    private static double[] Settle(Case x, double[] answer) =>
        answer.Length != x.P.Length + 1
            ? answer
            : [.. answer.Select((v, i) => i < x.P.Length && v is 0 or 1 && x.IsEven(i) ? x.Best[i] : v)];

    private sealed class Settled(IAnswer answer) : IAnswer
    {
        public T? Call<T>(params object?[] arguments)
        {
            T? given = answer.Call<T>(arguments);
            return given is double[] numbers && arguments is [double[] p, double[] q, double prior]
                ? (T)(object)Settle(new(p, q, prior), numbers)
                : given;
        }

        public T? After<T>(T argument) => answer.After(argument);
    }
}
