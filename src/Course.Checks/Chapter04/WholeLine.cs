namespace Course.Checks.Chapter04;

/// <summary>04.2: the reverse divergence of a Gaussian from two bumps, integrated over the whole line.</summary>
internal sealed class WholeLine : FunctionExercise<WholeLine.Case, double>
{
    /// <summary>One input: the Gaussian's mean and standard deviation, and half the distance between the bumps.</summary>
    public sealed record Case(double Mu, double Sigma, double M);

    public override string Id => "04.2";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double, double, double, double>>("double ReverseDivergence(double mu, double sigma, double m)");

    // The rule of the chapter errs by exp(-64 pi^2 / (m sigma)) <= 2e-14 for m sigma <= 20, and rounds to 1e-13.
    protected override Precision Tolerance => Precision.Relative(1e-9);

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(P || Q): the Gaussian Q draws the outcomes here, and its density weighs the logarithm.",
            x => Bumps(x).Forward(x.Mu, x.Sigma)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats.", x => Exact(x) / Math.Log(2)),
        new("sign", "The sign is the wrong way round: a divergence is never negative.", x => -Exact(x)),
        new("missing-half", "The two bumps of p have a weight of one half each: without it p integrates to two.", x => Exact(x) - Math.Log(2)),
        new("cross-entropy", "This is -E[ln p] under Q: the part E[ln q], the negative entropy of Q, is missing.",
            x => Exact(x) + Math.Log(x.Sigma) + Math.Log(2 * Math.PI * Math.E) / 2),
        new("deviation-for-variance", "Sigma was taken for a variance: it is the standard deviation of Q.", x => Exact(x with { Sigma = Math.Sqrt(x.Sigma) })),
        new("full-separation", "The bumps are too close: they lie at -m and m, so the distance between them is 2m.", x => Exact(x with { M = x.M / 2 })),
    ];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("underflow", "Somewhere p underflows to zero, and its logarithm to minus infinity: take the logarithm of p on paper, not of the number.",
            (x, d) => !double.IsFinite(d) && Density(x, x.Mu + Reach * x.Sigma) * Density(x, x.Mu - Reach * x.Sigma) == 0),
        .. from end in new[] { 5.0, 6, 7, 8, 10, 12, 15, 20, 30, 40, 50 }
           select new Symptom<Case, double>("truncated-interval",
               "This is what an integral between fixed ends gives: it runs over the whole line, and what the ends cut off is missing.",
               (x, d) => Explains(x, d, Between(x, -end, end))),
        .. from length in new[] { 1, 0.5, 0.25, 0.2, 0.125, 0.1, 0.0625 }
           select new Symptom<Case, double>("too-coarse",
               "The steps of the rule are too long where Q is wide and the bumps are far apart: ln p bends sharply there. "
               + "Halve them until the digits stay.",
               (x, d) => Explains(x, d, Sum(x, -Reach, length, (int)(2 * Reach / length)))),
        new("fixed-steps", "The result is off for a narrow Q alone: either the steps of the rule do not shrink with sigma, "
            + "or z is found as a difference that loses its digits.",
            (x, d) => double.IsFinite(d) && x.Sigma < 0.1),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new(0, 1, 0);
        yield return new(0, 2, 2);
        yield return new(2, 1, 2);
        yield return new(-4, 1, 4);
        yield return new(0.5, 5, 4);
        yield return new(-1, 1e-3, 3);
        yield return new(45, 0.5, 2);
        yield return new(50, 5, 4);
        yield return new(-50, 1e-3, 4);
        yield return new(0, 1e-3, 0);
        for (int i = 0; i < 4; i++)
            yield return new(6 * random.NextDouble() - 3, 0.3 + 3 * random.NextDouble(), 0.5 + 3 * random.NextDouble());
    }

    protected override object?[] Arguments(Case input) => [input.Mu, input.Sigma, input.M];

    protected override double Truth(Case input) => Exact(input);

    protected override string Describe(Case input) =>
        $"mu = {Words.Of(input.Mu)}, sigma = {Words.Of(input.Sigma)} and m = {Words.Of(input.M)}";

    private static Mixture Bumps(Case x) => new([0.5, 0.5], [-x.M, x.M], [1, 1]);

    private static double Exact(Case x) => Bumps(x).Reverse(x.Mu, x.Sigma);

    private const double Reach = 10;

    /// <summary>The density of the bumps as a number, which may underflow.</summary>
    private static double Density(Case x, double at) => Math.Exp(-(at - x.M) * (at - x.M) / 2) + Math.Exp(-(at + x.M) * (at + x.M) / 2);

    /// <summary>Whether a value accounts for the error of an answer, to a hundredth of it.</summary>
    private static bool Explains(Case x, double answer, double value) =>
        double.IsFinite(answer) && Math.Abs(answer - value) <= 0.01 * Math.Abs(answer - Exact(x));

    /// <summary>The integral between two ends, by midpoints.</summary>
    private static double Between(Case x, double low, double high)
    {
        double from = Math.Max(-Reach, (low - x.Mu) / x.Sigma), to = Math.Min(Reach, (high - x.Mu) / x.Sigma);
        const int Steps = 20_000;
        double length = (to - from) / Steps;
        return from >= to ? 0 : Sum(x, from + length / 2, length, Steps - 1);
    }

    /// <summary>The sum over equal steps of z, with x = mu + sigma z.</summary>
    private static double Sum(Case x, double first, double length, int steps)
    {
        Mixture p = Bumps(x);
        double sum = 0;
        for (int k = 0; k <= steps; k++)
        {
            double z = first + k * length, logQ = -z * z / 2 - Math.Log(2 * Math.PI) / 2;
            sum += length * Math.Exp(logQ) * (logQ - Math.Log(x.Sigma) - p.LogDensity(x.Mu + x.Sigma * z).Value);
        }
        return sum;
    }
}
