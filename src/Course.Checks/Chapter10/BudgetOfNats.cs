using RelativeEntropy;

namespace Course.Checks.Chapter10;

/// <summary>10.5: the distribution of the largest mean reward within a divergence of a reference: an exponential tilt.</summary>
internal sealed class BudgetOfNats : FunctionExercise<BudgetOfNats.Case, double[]>
{
    /// <summary>One input: a reference, the rewards of its outcomes, and the nats that may be spent.</summary>
    public sealed record Case(double[] Reference, double[] Rewards, double Budget)
    {
        public double Greatest => Rewards.Where((_, i) => Reference[i] > 0).Max();

        public double Least => Rewards.Where((_, i) => Reference[i] > 0).Min();

        /// <summary>What it costs to give the best outcomes all mass.</summary>
        public double Dearest => -Math.Log(Reference.Where((_, i) => Rewards[i] == Greatest).Sum());

        /// <summary>Nothing to spend, nothing to gain, or more than can be spent.</summary>
        public bool IsAtEnd => Budget == 0 || Least == Greatest || Budget >= Dearest;
    }

    public override string Id => "10.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>("double[] Spend(double[] reference, double[] rewards, double budget)");

    // Asked to 1e-10. A divergence that is off by e moves the multiplier l by e/(l Var) and p_i by p_i |r_i - mean| e/(l Var) <=
    // R e/(l Var), R the range of the rewards. On these inputs l Var >= 1e-2 R, and a divergence is right to 1e-15,
    // so that the search can be right to 1e-13.
    protected override Precision Tolerance => Precision.Absolute(1e-10);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("swapped-direction", "The divergence is taken the wrong way round: the budget limits D(P || reference), so the distribution that is looked for stands first.", Inside(Reverse)),
        new("forgot-reference", "The reference does not weigh the exponentials: this is nearest to the uniform distribution.",
            x => x.IsAtEnd || x.Reference.Contains(0) ? null : Spent(new([.. x.Reference.Select(_ => 1.0 / x.Reference.Length)], x.Rewards, x.Budget))),
        new("sign", "The tilt goes the wrong way: outcomes of small reward gained probability.", Inside(x => Tilted(x, -Multiplier(x with { Rewards = [.. x.Rewards.Select(r => -r)] })))),
        new("budget-as-penalty", "The budget was used as the penalty beta: beta is the price of a nat, and has to be searched for until the divergence is the budget.", Inside(x => Tilted(x, 1 / x.Budget))),
        new("budget-as-multiplier", "The budget was used as the multiplier of the rewards: the multiplier has to be searched for until the divergence is the budget.", Inside(x => Tilted(x, x.Budget))),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("end-of-range", "With more nats than can be spent, or none, or nothing to gain, there is no multiplier to find: all mass goes to the best outcomes in proportion to the reference, or stays where it is.",
            (x, _) => x.IsAtEnd),
        new("overflow", "Exponentials overflowed: take the largest exponent out before you exponentiate.", (_, p) => p.Any(v => !double.IsFinite(v))),
        new("not-normalised", "Your result does not sum to one.", (_, p) => Math.Abs(p.Sum() - 1) > 1e-6),
        new("overspent", "Your result costs more nats than the budget.", (x, p) => Cost(x, p) > x.Budget + Spare),
        new("not-spent", "Your result does not spend the whole budget: as long as nats are left, a steeper tilt earns more.",
            (x, p) => Cost(x, p) < x.Budget - Spare),
        new("not-a-tilt", "The budget is spent, but not on a tilt: ln(p/reference) must be a straight line over the rewards, "
            + "so that no other distribution of the same cost earns more.",
            (x, p) => Math.Abs(Cost(x, p) - x.Budget) <= Spare),
    ];

    // A tilt whose probabilities are off by 1e-10 costs at least 1e-12 too much or too little: l Var >= 1e-2 R again.
    private const double Spare = 1e-12;

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([0.5, 0.5], [1, 0], 0.1);
        yield return new([0.5, 0.3, 0.2], [0, 1, 2], 0.25);
        yield return new([0.5, 0, 0.3, 0.2], [-1, 5, 0, 2], 0.5);
        yield return new([0.5, 0, 0.5], [0, 5, 1], 1);
        yield return new([0.5, 0, 0.5], [2, 7, 2], 1);
        yield return new([0.2, 0.3, 0.5], [3, 3, 1], 2);
        yield return new([0.2, 0.3, 0.5], [1, 2, 3], 0);
        yield return new([0.2, 0.3, 0.5], [4, 4, 4], 1);
        yield return new([0.25, 0.25, 0.5], [10_000, 10_001, 10_003], 0.2);
        yield return new([0.1, 0.6, 0.3], [0, 1000, 2500], 0.7);
        yield return new([0.6, 0.3, 0.1], [0, 1e-6, 4e-6], 0.4);
        for (int n = 3; n <= 6; n++)
        {
            // Rewards at least 0.1 apart, a reference without small masses, and from a tenth to two thirds of what can be spent.
            double[] reference = Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.1)]);
            double[] rewards = [.. Enumerable.Range(0, n).Select(i => i + 0.9 * random.NextDouble())];
            yield return new(reference, rewards, -Math.Log(reference[^1]) * (0.1 + 0.57 * random.NextDouble()));
        }
    }

    protected override object?[] Arguments(Case input) => [input.Reference, input.Rewards, input.Budget];

    protected override double[] Truth(Case input) => Spent(input);

    protected override string Describe(Case input) =>
        $"reference = {Words.Of(input.Reference)}, rewards = {Words.Of(input.Rewards)} and budget = {Words.Of(input.Budget)}";

    private static Func<Case, double[]?> Inside(Func<Case, double[]> gives) => x => x.IsAtEnd ? null : gives(x);

    private static double Cost(Case x, double[] p) =>
        p.All(v => v >= 0) ? Divergence.KullbackLeibler(Draw.Normalised(p), x.Reference) : double.NaN;

    private static double[] Spent(Case x) =>
        x.Budget == 0 || x.Least == x.Greatest ? x.Reference
        : x.Budget >= x.Dearest ? Draw.Normalised([.. x.Reference.Select((v, i) => x.Rewards[i] == x.Greatest ? v : 0)])
        : Tilted(x, Multiplier(x));

    private static double[] Tilted(Case x, double multiplier)
    {
        double greatest = x.Rewards.Where((_, i) => x.Reference[i] > 0).Max(r => multiplier * r);
        return Draw.Normalised([.. x.Reference.Zip(x.Rewards, (v, r) => v > 0 ? v * Math.Exp(multiplier * r - greatest) : 0)]);
    }

    // The cost grows with the multiplier, from 0 to the dearest.
    private static double Multiplier(Case x)
    {
        var centred = x with { Rewards = [.. x.Rewards.Select(r => r - x.Greatest)] };
        double Missing(double multiplier) => Divergence.KullbackLeibler(Tilted(centred, multiplier), x.Reference) - x.Budget;
        double reach = 1 / (x.Greatest - x.Least);
        while (Missing(reach) < 0 && reach < 1e30)
            reach *= 2;
        return Root(Missing, 0, reach);
    }

    // Stationarity of the mean reward with D(reference || P) fixed: p_i proportional to reference_i / (k - r_i), k above the greatest reward; the divergence falls with k.
    private static double[] Reverse(Case x)
    {
        double range = x.Greatest - x.Least;
        double[] Of(double inverse) => Draw.Normalised([.. x.Reference.Zip(x.Rewards, (v, r) => v == 0 ? 0 : v / (1 / inverse + (x.Greatest - r) / range))]);
        double Missing(double inverse) => Divergence.KullbackLeibler(x.Reference, Of(inverse)) - x.Budget;
        double reach = 1;
        while (Missing(reach) < 0 && reach < 1e30)
            reach *= 2;
        return Of(Root(Missing, 0, reach));
    }

    private static double Root(Func<double, double> increasing, double low, double high)
    {
        for (double middle = low + (high - low) / 2; low < middle && middle < high; middle = low + (high - low) / 2)
        {
            if (increasing(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
