namespace Course.Checks.Chapter05;

/// <summary>05.2: the least probability of an error when one of two sources is likelier beforehand.</summary>
internal sealed class BestTest : ValueExercise
{
    private const double Healthy = 0.8;
    private static readonly double[] P = [0.6, 0.25, 0.1, 0.05];
    private static readonly double[] Q = [0.1, 0.2, 0.3, 0.4];

    public override string Id => "05.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "leastError");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Weighed(Math.Min);

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("equal-priors", "This takes both states as equally likely beforehand: weigh each distribution with the probability of its state.", (1 - Variation) / 2),
        ("sum-of-errors", "This is 1 - TV, the sum of the two error probabilities: an error happens with the average of the two, weighed with how often each state occurs.", 1 - Variation),
        ("total-variation", "This is the total variation: it says how much the test can do, not how often it errs.", Variation),
        ("probability-correct", "This is the probability of a right answer: the question is how often the rule errs.", Weighed(Math.Max)),
        ("likelihood-rule", "This is the error of the rule that answers with the larger likelihood: it does not use that one state is more frequent.",
            P.Zip(Q, (p, q) => p > q ? (1 - Healthy) * q : Healthy * p).Sum()),
        ("prior-only", "This is the error of one who never looks at the reading: the reading can only help.", 1 - Healthy),
        ("unweighted", "The rule is right, but its two error probabilities were added as they are: each is paid only when its state occurs.",
            P.Zip(Q, (p, q) => Healthy * p > (1 - Healthy) * q ? q : p).Sum()),
    ];

    private static double Variation => P.Zip(Q, (p, q) => Math.Abs(p - q)).Sum() / 2;

    private static double Weighed(Func<double, double, double> choose) => P.Zip(Q, (p, q) => choose(Healthy * p, (1 - Healthy) * q)).Sum();
}
