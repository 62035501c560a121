using RelativeEntropy;

namespace Course.Checks.Chapter08;

/// <summary>08.5: coordinate ascent on a Boltzmann machine: the best bound on ln Z over products, and its means.</summary>
internal sealed class MeanFieldOfUnits : FunctionExercise<(double[][] Coupling, double[] Field), double[]>
{
    public override string Id => "08.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[], double[]>>("double[] MeanFieldBound(double[][] coupling, double[] field)");

    // The couplings of a unit sum to 0.9 at most, so a sweep brings the means to a fraction of 0.9 or less of their distance from the one
    // fixed point. Means that moved by at most 1e-12 in it are then within 0.9/(1 - 0.9) 1e-12 = 9e-12, and the bound, flat there,
    // is right to rounding.
    protected override Precision Tolerance => Precision.Absolute(1e-11);

    protected override IReadOnlyList<Mistake<(double[][] Coupling, double[] Field), double[]>> Mistakes { get; } =
    [
        new("pairs-twice", "The means are right, the bound counts every pair twice: in the sum over all i and j each pair appears two times, which is what the one half is for.",
            x => Result(x, Solve(x, 1), pairs: 1, entropy: 1)),
        new("no-entropy", "The means are right, the bound lacks the entropy of q.", x => Result(x, Solve(x, 1), pairs: 0.5, entropy: 0)),
        new("bits-for-nats", "The means are right, but the entropy of q is in bits.", x => Result(x, Solve(x, 1), pairs: 0.5, entropy: 1 / Math.Log(2))),
        new("negative", "This is minus the bound, the free energy: asked is the bound itself.", x => Negated(Result(x, Solve(x, 1), pairs: 0.5, entropy: 1))),
        new("half-coupling", "The update uses half of each coupling: differentiate the bound, and the one half goes away, because each pair appears two times.",
            x => Result(x, Solve(x, 0.5), pairs: 0.5, entropy: 1)),
        new("double-coupling", "The update uses each coupling twice: the sum over the neighbours of a unit contains each of them once.",
            x => Result(x, Solve(x, 2), pairs: 0.5, entropy: 1)),
        new("independent", "The couplings have no part in the means: each unit sees its field and its neighbours' means.", x => Result(x, [.. x.Field.Select(Math.Tanh)], pairs: 0.5, entropy: 1)),
        new("one-sweep", "These are the means after one sweep from zero: they have changed since. Either no second sweep was made, "
            + "or a unit sees only those before it.",
            x => Result(x, Sweep(x, new double[x.Field.Length], 1), pairs: 0.5, entropy: 1)),
        new("zero-one-units", "The units are -1 and +1 here: the logistic function belongs to units of 0 and 1.", x => Result(x, Logistic(x), pairs: 0.5, entropy: 1)),
    ];

    protected override IReadOnlyList<Symptom<(double[][] Coupling, double[] Field), double[]>> Symptoms { get; } =
    [
        new("not-converged", "These are the means after some sweeps from zero, but no fixed point yet: a sweep still moves them. "
            + "Go on until it moves none by more than 1e-12.",
            (x, given) => IsOnTheWay(x, given[1..])),
        new("no-fixed-point", "A sweep moves these means: they are no fixed point of the update. Either the sweeps ended too early, "
            + "or they followed another update.",
            (x, given) => !(Move(x, given[1..]) <= 1e-11)),
    ];

    protected override IEnumerable<(double[][] Coupling, double[] Field)> Inputs(Random random)
    {
        yield return ([[0, 0.5], [0.5, 0]], [0.3, -0.1]);
        yield return ([[0, 0.4, 0], [0.4, 0, -0.4], [0, -0.4, 0]], [0.2, 0.5, 0]);
        yield return ([[0]], [0.7]);
        yield return ([[0, 0.85], [0.85, 0]], [0.05, 0.05]);
        for (int n = 3; n <= 6; n++)
        {
            double[][] coupling = [.. Enumerable.Range(0, n).Select(_ => new double[n])];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                    coupling[i][j] = coupling[j][i] = (random.NextDouble() < 0.5 ? -1 : 1) * (0.4 + 0.5 * random.NextDouble()) / (n - 1);
            }

            yield return (coupling, [.. Enumerable.Range(0, n).Select(_ => 2 * random.NextDouble() - 0.7)]);
        }
    }

    protected override object?[] Arguments((double[][] Coupling, double[] Field) input) => [input.Coupling, input.Field];

    protected override double[] Truth((double[][] Coupling, double[] Field) input) => Result(input, Solve(input, 1), pairs: 0.5, entropy: 1);

    protected override string Describe((double[][] Coupling, double[] Field) input) =>
        $"coupling = [{string.Join(", ", input.Coupling.Select(Words.Of))}] and field = {Words.Of(input.Field)}";

    private static double[] Result((double[][] Coupling, double[] Field) x, double[] means, double pairs, double entropy)
    {
        double bound = 0;
        for (int i = 0; i < means.Length; i++)
        {
            bound += means[i] * (x.Field[i] + pairs * Neighbours(x, means, i));
            bound += entropy * (Terms.Entropy((1 + means[i]) / 2) + Terms.Entropy((1 - means[i]) / 2));
        }

        return [bound, .. means];
    }

    private static double[] Negated(double[] result) => [-result[0], .. result[1..]];

    private static double Neighbours((double[][] Coupling, double[] Field) x, double[] means, int i) => x.Coupling[i].Zip(means, (c, m) => c * m).Sum();

    // Whether one comes by these means on the way from zero to the fixed point, unit after unit or all at once.
    private static bool IsOnTheWay((double[][] Coupling, double[] Field) x, double[] means)
    {
        if (Distance(means, Solve(x, 1)) <= 1e-11)
            return false;
        double[] inTurn = new double[means.Length], atOnce = new double[means.Length];
        for (int sweep = 0; sweep < 2000; sweep++)
        {
            if (Distance(means, inTurn) <= 1e-13 || Distance(means, atOnce) <= 1e-13)
                return true;
            double[] before = atOnce;
            inTurn = Sweep(x, inTurn, 1);
            atOnce = [.. x.Field.Select((h, i) => Math.Tanh(h + Neighbours(x, before, i)))];
        }

        return false;
    }

    private static double Move((double[][] Coupling, double[] Field) x, double[] means) => Distance(Sweep(x, means, 1), means);

    private static double Distance(double[] a, double[] b) => a.Zip(b, (v, w) => Math.Abs(v - w)).Max();

    // Doubled couplings may be no contraction: 2000 sweeps end at one of their fixed points all the same, since sweeps never lower a bound.
    private static double[] Solve((double[][] Coupling, double[] Field) x, double strength)
    {
        double[] means = new double[x.Field.Length];
        for (int sweep = 0; sweep < 2000; sweep++)
            means = Sweep(x, means, strength);
        return means;
    }

    private static double[] Sweep((double[][] Coupling, double[] Field) x, double[] start, double strength)
    {
        double[] means = [.. start];
        for (int i = 0; i < means.Length; i++)
            means[i] = Math.Tanh(x.Field[i] + strength * Neighbours(x, means, i));
        return means;
    }

    private static double[] Logistic((double[][] Coupling, double[] Field) x)
    {
        double[] means = new double[x.Field.Length];
        for (int sweep = 0; sweep < 2000; sweep++)
        {
            for (int i = 0; i < means.Length; i++)
                means[i] = 1 / (1 + Math.Exp(-x.Field[i] - Neighbours(x, means, i)));
        }

        return means;
    }
}
