using RelativeEntropy;

namespace Course.Checks.Chapter13;

/// <summary>13.5: a divergence over shards whose bits depend neither on the order of the shards nor on where they are cut.</summary>
internal sealed class OrderFree : FunctionExercise<(double[][] P, double[][] Q), double>
{
    private const string Order = "order-of-shards", Cuts = "depends-on-cuts";

    public override string Id => "13.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[][], double>>("double ShardedDivergence(double[][] p, double[][] q)");

    public override bool Forbids(string type, string member) => true;

    public override IEnumerable<string> Recognised => base.Recognised.Append(Order).Append(Cuts);

    // The plain terms of 40 outcomes have a condition number below 200 on these inputs: a few u = 1.1e-16 in each make 1e-13 in any order.
    protected override Precision Tolerance => Precision.Relative(1e-9);

    protected override IReadOnlyList<Mistake<(double[][] P, double[][] Q), double>> Mistakes { get; } =
    [
        new("swapped-direction", "The direction is swapped: this is the divergence of q from p.",
            x => Divergence.KullbackLeibler(All(x.Q), All(x.P))),
        new("bits-for-nats", "These are bits: asked are nats, the unit of Math.Log.",
            x => Divergence.KullbackLeibler(All(x.P), All(x.Q), LogBase.Bits)),
        new("mean-of-shards", "Each shard was normalised and the divergences averaged: a shard alone is no distribution, and what matters "
            + "between shards is lost.", x => OfNormalised(x).Average()),
        new("mean-of-shards", "Each shard was normalised and the divergences added: a shard alone is no distribution, and what matters "
            + "between shards is lost.", x => OfNormalised(x).Sum()),
        new("mean-of-shards", "The sums of the shards were averaged: the divergence is their sum.",
            x => Divergence.KullbackLeibler(All(x.P), All(x.Q)) / x.P.Length),
    ];

    protected override IReadOnlyList<Symptom<(double[][] P, double[][] Q), double>> Symptoms { get; } =
    [
        new("empty-shard", "Not a number, where a shard is empty: it must contribute nothing.",
            (x, given) => x.P.Any(shard => shard.Length == 0) && double.IsNaN(given)),
        new("zero-log-zero", "Not a number, where an outcome has p = 0: in floating point 0 times an infinity is NaN, and it must "
            + "contribute 0.",
            (x, given) => All(x.P).Contains(0) && double.IsNaN(given)),
        new("infinity-hidden", "An outcome has p > 0 and q = 0: the divergence is +infinity, and nothing may hide that.",
            (x, given) => double.IsPositiveInfinity(Divergence.KullbackLeibler(All(x.P), All(x.Q))) && double.IsFinite(given)),
    ];

    protected override IEnumerable<(double[][] P, double[][] Q)> Inputs(Random random)
    {
        yield return ([[0.5, 0.25], [0.25]], [[0.25, 0.25], [0.5]]);
        yield return ([[0.75], [0.25]], [[0.5], [0.5]]);
        yield return ([[0.5], [0, 0.5]], [[0.25], [0.25, 0.5]]);
        yield return ([[0.5, 0.5], [0]], [[0.75, 0.25], [0]]);
        yield return ([[0.5], [0.5]], [[1], [0]]);
        for (int k = 0; k < 4; k++)
            yield return Cut(Outcomes(random, 40), [random.Next(1, 20), random.Next(20, 39)]);
        yield return ([[], [0.5, 0.25], [], [0.25]], [[], [0.25, 0.25], [], [0.5]]);
    }

    protected override object?[] Arguments((double[][] P, double[][] Q) input) => [input.P, input.Q];

    protected override double Truth((double[][] P, double[][] Q) input) => Divergence.KullbackLeibler(All(input.P), All(input.Q));

    protected override string Describe((double[][] P, double[][] Q) input) => All(input.P).Length <= 8
        ? $"p = {Shards(input.P)} and q = {Shards(input.Q)}"
        : $"{input.P.Length} shards with {string.Join(", ", input.P.Select(shard => shard.Length))} outcomes";

    /// <summary>As for every function; then the same outcomes once more in other orders and cuts, where the bits must stay.</summary>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        Verdict verdict = base.Judge(answer, random);
        if (verdict.Outcome != Outcome.Correct)
            return verdict;
        for (int k = 0; k < 3; k++)
        {
            (double P, double Q)[] outcomes = Outcomes(random, 600);
            int[] cuts = [100, 150, 340, 340, 520];
            var reference = Cut(outcomes, cuts);
            double bits = Call(answer, reference);
            for (int permutation = 0; permutation < 4; permutation++)
            {
                int[] order = [.. Enumerable.Range(0, reference.P.Length)];
                random.Shuffle(order);
                if (!bits.Equals(Call(answer, ([.. order.Select(i => reference.P[i])], [.. order.Select(i => reference.Q[i])]))))
                {
                    return Wrong(
                        "The values are right, and the last bits change with the order of the shards: somewhere sums are rounded in "
                            + "that order.",
                        Order);
                }
            }

            foreach (int[] other in (int[][])[[], [300], [1, 2, 599], [77, 154, 231, 308, 385, 462, 539]])
            {
                if (!bits.Equals(Call(answer, Cut(outcomes, other))))
                {
                    return Wrong(
                        "The order of the shards changes nothing, but where they are cut does: their sums were rounded before they were "
                            + "put in order.",
                        Cuts);
                }
            }
        }

        return verdict;
    }

    private static double Call(IAnswer answer, (double[][] P, double[][] Q) x) => answer.Call<double>(x.P, x.Q);

    // q within 20 percent of p, both sum to one: a divergence near 0.007, and terms of both signs.
    private static (double P, double Q)[] Outcomes(Random random, int count)
    {
        double[] p = Draw.Distribution(random, count);
        double[] q = Draw.Normalised([.. p.Select(x => x * (0.8 + 0.4 * random.NextDouble()))]);
        return [.. p.Zip(q)];
    }

    private static (double[][] P, double[][] Q) Cut((double P, double Q)[] outcomes, int[] cuts)
    {
        int[] bounds = [0, .. cuts, outcomes.Length];
        var shards = bounds.Zip(bounds.Skip(1), (from, to) => outcomes[from..to]).ToList();
        return ([.. shards.Select(s => s.Select(o => o.P).ToArray())], [.. shards.Select(s => s.Select(o => o.Q).ToArray())]);
    }

    private static double[] All(double[][] shards) => [.. shards.SelectMany(shard => shard)];

    private static IEnumerable<double> OfNormalised((double[][] P, double[][] Q) x) => x.P.Zip(x.Q)
        .Where(shard => shard.First.Sum() > 0)
        .Select(shard => shard.Second.Sum() > 0
            ? Proportions.KullbackLeibler(shard.First, shard.Second)
            : double.PositiveInfinity);

    private static string Shards(double[][] shards) => $"[{string.Join(", ", shards.Select(Words.Of))}]";
}
