namespace Course.Checks.Chapter06;

/// <summary>06.2: the bugs of three KL terms, from what they print; the answer prints the same for inputs that it has not seen.</summary>
internal sealed class ThreeBoxes : FunctionExercise<(double[] Mean, double[] LogVariance), double[]>
{
    private const string NoBug = "the formula without a bug";

    public override string Id => "06.2";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double[]>>("double[] ThreeBoxes(double[] mean, double[] logVariance)");

    // Sums of at most 24 terms below 25, half of which a few u = 1.1e-16 each can shift: right to 1e-13, and 1e-10 of the floor is 1e-12. Every
    // mistake is off by more than 1e-3 on one input at least.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1e-2;

    protected override IReadOnlyList<Mistake<(double[] Mean, double[] LogVariance), double[]>> Mistakes { get; } =
    [
        new("no-bugs", "These are three right KL terms. Asked is what the boxes print, each with its bug.", x => [Term(x), Term(x), Term(x)]),
        new("wrong-order", "Each bug is found, but the boxes have changed places: first A, then B, then C.", x => [BoxA(x), BoxC(x), BoxB(x)]),
        new("wrong-order", "Each bug is found, but the boxes have changed places: first A, then B, then C.", x => [BoxB(x), BoxA(x), BoxC(x)]),
        new("wrong-order", "Each bug is found, but the boxes have changed places: first A, then B, then C.", x => [BoxB(x), BoxC(x), BoxA(x)]),
        new("wrong-order", "Each bug is found, but the boxes have changed places: first A, then B, then C.", x => [BoxC(x), BoxA(x), BoxB(x)]),
        new("wrong-order", "Each bug is found, but the boxes have changed places: first A, then B, then C.", x => [BoxC(x), BoxB(x), BoxA(x)]),
        new("bits-for-nats", "Each bug is found, but these are bits: the boxes print nats.",
            x => [BoxA(x) / Math.Log(2), BoxB(x) / Math.Log(2), BoxC(x) / Math.Log(2)]),
    ];

    // Which box was taken for what; the others may be anything. Of two wrong boxes the first is named.
    protected override IReadOnlyList<Symptom<(double[] Mean, double[] LogVariance), double[]>> Symptoms { get; } =
    [
        Taken("a-no-bug", 0, NoBug, "Line 3 of the table has no mean, and A prints six times too much there.", Term),
        Taken("a-half-of-it", 0, "a doubled logarithm beside a right exponential", "Lines 3 and 4 speak against it.",
            x => Sum(x, (m, l) => Math.Exp(l) + m * m - 1 - 2 * l) / 2),
        Taken("a-half-of-it", 0, "a doubled exponent beside a right logarithm", "Lines 3 and 4 speak against it.",
            x => Sum(x, (m, l) => Math.Exp(2 * l) + m * m - 1 - l) / 2),
        Taken("a-deviation-for-variance", 0, "a standard deviation where a variance belongs", "That bug makes the exponent smaller: look at line 3, where A prints too much.",
            x => Sum(x, (m, l) => Math.Exp(l / 2) + m * m - 1 - l) / 2),
        Taken("b-no-bug", 1, NoBug, "B is right in the lines of one dimension, and in no other.", Term),
        Taken("b-half-twice", 1, "a factor 1/2 too many", "Lines 1 to 5 forbid that: with one dimension B is right.", x => Term(x) / 2),
        Taken("b-half-twice", 1, "a factor 1/2 too many wherever there are several dimensions", "That fits two dimensions. Look at the line of three.",
            x => x.Mean.Length > 1 ? Term(x) / 2 : Term(x)),
        Taken("c-no-bug", 2, NoBug, "C is right wherever the log-variances are zero, and in no other line.", Term),
        Taken("c-sign", 2, "a wrong sign of the logarithm alone", "Then line 3 would be larger than the right value, and C prints less.",
            x => Sum(x, (m, l) => Math.Exp(l) + m * m - 1 + l) / 2),
        Taken("c-precision", 2, "a log-variance read as a log-precision", "That fits all lines in which the mean or the log-variance is zero. Look at line 5, which has both.",
            x => Sum(x, (m, l) => Math.Exp(-l) + m * m - 1 + l) / 2),
    ];

    protected override IEnumerable<(double[] Mean, double[] LogVariance)> Inputs(Random random)
    {
        yield return ([0], [0]);
        yield return ([1], [0]);
        yield return ([0], [1]);
        yield return ([0], [-1]);
        yield return ([2], [-1]);
        yield return ([1, 0], [0, 0]);
        yield return ([0.5, -1, 2], [1, -1, 0.5]);
        for (int d = 1; d <= 6; d++)
            yield return (Uniform(random, d, 2), Uniform(random, d, 1.5));
    }

    protected override object?[] Arguments((double[] Mean, double[] LogVariance) input) => [input.Mean, input.LogVariance];

    protected override double[] Truth((double[] Mean, double[] LogVariance) input) => [BoxA(input), BoxB(input), BoxC(input)];

    protected override string Describe((double[] Mean, double[] LogVariance) input) =>
        $"mean = {Words.Of(input.Mean)} and logVariance = {Words.Of(input.LogVariance)}";

    // The log-variance is taken for the logarithm of a standard deviation.
    private static double BoxA((double[] Mean, double[] LogVariance) x) => Sum(x, (m, l) => Math.Exp(2 * l) + m * m - 1 - 2 * l) / 2;

    // The mean over the dimensions in the place of their sum.
    private static double BoxB((double[] Mean, double[] LogVariance) x) => Term(x) / x.Mean.Length;

    // The divergence of the prior from the encoder's distribution.
    private static double BoxC((double[] Mean, double[] LogVariance) x) => Sum(x, (m, l) => (1 + m * m) / Math.Exp(l) - 1 + l) / 2;

    private static double Term((double[] Mean, double[] LogVariance) x) => Sum(x, (m, l) => Math.Exp(l) + m * m - 1 - l) / 2;

    private static double Sum((double[] Mean, double[] LogVariance) x, Func<double, double, double> of) => x.Mean.Zip(x.LogVariance, of).Sum();

    private static Symptom<(double[] Mean, double[] LogVariance), double[]> Taken(
        string id, int box, string what, string look, Func<(double[] Mean, double[] LogVariance), double> gives) =>
        new(id, $"Box {"ABC"[box]} was taken for {what}. {look}", (x, given) => Math.Abs(given[box] - gives(x)) <= 1e-9 * Math.Max(1, Math.Abs(gives(x))));

    private static double[] Uniform(Random random, int count, double most) =>
        [.. Enumerable.Range(0, count).Select(_ => most * (2 * random.NextDouble() - 1))];
}
