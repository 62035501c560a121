namespace Course.Checks.Chapter12;

/// <summary>12.4: a budget of whole tokens, given out so that the relevance-weighted information is largest.</summary>
internal sealed class WholeTokens : FunctionExercise<WholeTokens.Case, double[]>
{
    /// <summary>One input: the relevance of the patches, the number of tokens, and how informative one is.</summary>
    public sealed record Case(double[] Relevance, int Budget, double Rate);

    public override string Id => "12.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], int, double, double[]>>("double[] Allocate(double[] relevance, int budget, double rate)");

    // Whole numbers are compared here; whether an allocation is among the best is asked of its worth, in IsRight.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("not-whole", "These are the fractions of water-filling: a token is spent or not.", Water),
        new("rounded", "The amounts of water-filling were rounded one by one: their sum then misses the budget, upwards or downwards.",
            x => [.. Water(x).Select(t => Math.Round(t))]),
        new("rounded-shares",
            "The tokens are the shares of relevance, rounded one by one: that misses the budget, and it is not the best even where "
                + "it meets it.",
            x => [.. x.Relevance.Select(r => Math.Round(x.Budget * r))]),
        new("shares",
            "Here the tokens follow the shares of relevance: that is the best for a logarithmic gain, and this one levels off differently.",
            x => Repaired([.. x.Relevance.Select(r => x.Budget * r)], x.Budget)),
        new("repaired",
            "Water-filling was rounded down, and the rest given to the largest remainders: that meets the budget and misses the "
                + "best now and then.",
            x => Repaired(Water(x), x.Budget)),
        new("one-patch",
            "All tokens went to the most relevant patch: each further one is worth less there, and soon another patch is the better place.",
            x => [.. x.Relevance.Select((_, i) => i == Array.IndexOf(x.Relevance, x.Relevance.Max()) ? (double)x.Budget : 0)]),
        new("rate-ignored",
            "The rate is not used: with tokens that say more, more patches are worth one.",
            x => Greedy(x with { Rate = 1 })),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("over-budget", "More tokens were given out than there are.", (x, given) => given.Sum() > x.Budget + 0.5),
        new("tokens-left",
            "Not all tokens were given out: a further one is always worth something.",
            (x, given) => given.Sum() < x.Budget - 0.5),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([0.6, 0.4], 3, 1);
        yield return new([0.5, 0.3, 0.2], 10, 0.25);
        yield return new([0.7, 0, 0.3], 4, 2);
        yield return new([1], 5, 1);
        yield return new([0.1, 0.6, 0.3], 0, 1);
        yield return new([0.48, 0.47, 0.05], 2, 0.05);
        yield return new([0.4, 0.4, 0.2], 3, 1);

        // Rounded one by one, the first spends four tokens and the second one; repaired, both are worth less than the best.
        yield return new([0.48, 0.27, 0.25], 3, 2);
        yield return new([0.57, 0.28, 0.15], 2, 2);
        for (int n = 4; n <= 9; n++)
            yield return new(Draw.Distribution(random, n), 3 * n, 0.1 + 0.5 * random.NextDouble());
        yield return new(Draw.Distribution(random, 24), 300, 4);
        yield return new(Draw.Distribution(random, 12), 40, 20);
    }

    protected override object?[] Arguments(Case input) => [input.Relevance, input.Budget, input.Rate];

    protected override double[] Truth(Case input) => Greedy(input);

    // Several allocations may be equally good: any of the best is right, rounding in the worth of two aside.
    protected override bool IsRight(Case input, double[]? output) =>
        output is not null && output.Length == input.Relevance.Length && output.All(n => n >= 0 && n == Math.Floor(n))
        && output.Sum() == input.Budget && Worth(input, output) >= Worth(input, Greedy(input)) - 1e-12;

    protected override string Describe(Case input) =>
        $"relevance = {Words.Of(input.Relevance)}, budget = {input.Budget} and rate = {Words.Of(input.Rate)}";

    private static double Worth(Case x, double[] tokens) => x.Relevance.Zip(tokens, (r, n) => r * Math.Log(1 + x.Rate * n) / 2).Sum();

    private static double[] Greedy(Case x)
    {
        double[] tokens = new double[x.Relevance.Length];
        for (int spent = 0; spent < x.Budget; spent++)
            tokens[Enumerable.Range(0, tokens.Length).MaxBy(i => x.Relevance[i] * Math.Log(1 + x.Rate / (1 + x.Rate * tokens[i])))]++;
        return tokens;
    }

    private static double[] Water(Case x)
    {
        double[] sorted = [.. x.Relevance.OrderDescending()];
        double sum = 0, level = 0;
        for (int n = 1; n <= sorted.Length && (n == 1 || sorted[n - 1] / level > 1 / x.Rate); n++)
        {
            sum += sorted[n - 1];
            level = sum / (x.Budget + n / x.Rate);
        }

        return [.. x.Relevance.Select(r => Math.Max(0, r / level - 1 / x.Rate))];
    }

    private static double[] Repaired(double[] amounts, int budget)
    {
        double[] tokens = [.. amounts.Select(Math.Floor)];
        int left = (int)Math.Round(budget - tokens.Sum());
        foreach (int i in Enumerable.Range(0, tokens.Length).OrderByDescending(i => amounts[i] - tokens[i]).Take(left))
            tokens[i]++;
        return tokens;
    }
}
