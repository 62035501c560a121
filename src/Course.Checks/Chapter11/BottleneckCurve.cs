using RelativeEntropy;

namespace Course.Checks.Chapter11;

/// <summary>11.5: the information bottleneck's curve, traced by annealing.</summary>
internal sealed class BottleneckCurve : FunctionExercise<BottleneckCurve.Case, double[]>
{
    /// <summary>One input: a source, its rows and columns in one order or in the other, which changes nothing.</summary>
    public sealed record Case(int Source, bool RowsReversed, bool ColumnsReversed)
    {
        public double[] Betas => Sources[Source].Betas;

        public double[][] Joint => [.. Ordered(Sources[Source].Joint, RowsReversed).Select(row => Ordered(row, ColumnsReversed))];

        private static T[] Ordered<T>(T[] items, bool reversed) => reversed ? [.. Enumerable.Reverse(items)] : [.. items];
    }

    public override string Id => "11.5";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[], double[]>>("double[] BottleneckCurve(double[][] joint, double[] betas)");

    // No beta here is within a tenth of one at which values of T split, so that an encoder whose rows move by 1e-10 in a step is within
    // 1e-8 of the end; both informations are smooth there.
    protected override Precision Tolerance => Precision.Absolute(1e-5);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("nothing-learned", "All informations are zero: an encoder that ignores x stays as it is, whatever beta. Start from one that does not.",
            x => [.. x.Betas.SelectMany(_ => new double[] { 0, 0 })]),
        new("bits-for-nats", "The informations are in bits: nats are asked for.", x => [.. Curve(x).Select(v => v / Math.Log(2))]),
        new("wrong-order", "For each beta I(T;Y) comes first here: I(T;X) is asked for first.", x => [.. Curve(x).Chunk(2).SelectMany(pair => pair.Reverse())]),
        new("blocks", "All I(T;X) come first here, then all I(T;Y): for each beta the two belong together.",
            x => [.. Curve(x).Where((_, i) => i % 2 == 0), .. Curve(x).Where((_, i) => i % 2 == 1)]),
        new("beta-on-the-rate", "The price stands at the wrong information: beta multiplies I(T;Y), and in the exponent the divergence.", x => x.Source == OfAFunction ? null : Inverted.Value[x.Source]),
        new("everything-kept", "Every x kept a value of T of its own: this is the encoder one starts from at large beta, at the end it must be that of the price.",
            x => [.. x.Betas.SelectMany(_ => Kept(Sources[x.Source].Joint))]),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("zero-log-zero", "Right but where a cell of the table is zero: there the result is zero or not a number. A y that an x never brings about contributes nothing "
            + "to its divergence.",
            (x, given) => x.Joint.Any(row => row.Contains(0)) && (given.Any(double.IsNaN) || given.All(v => v == 0))),
        new("impossible", "No encoder has these two informations: the functional is below its least value. Either I(T;X) comes out too small, or I(T;Y) too large.",
            (x, given) => Excess(x, given).Min() < -1e-5),
        new("not-converged", "The functional is nearly at its least value, and the informations are not there yet: iterate until the encoder stands still.",
            (x, given) => Excess(x, given).All(e => Math.Abs(e) <= 1e-5)),
        new("not-least", "Another encoder has a lower I(T;X) - beta I(T;Y). Either the iteration ended too early, or it ended in a bad place: "
            + "begin at a large beta with T = X, and come down in steps.",
            (x, given) => Excess(x, given).Min() >= -1e-5),
    ];

    // Where Y is a function of X, and the price effectively below one, it depends on the start whether an iteration stays at the corner.
    private const int OfAFunction = 2;

    /// <summary>Tables p(x, y), and prices away from those at which the encoder changes its number of values.</summary>
    internal static IReadOnlyList<(double[][] Joint, double[] Betas)> Sources { get; } =
    [
        ([[0.45, 0.05], [0.1, 0.4]], [10, 0.3, 3]),
        ([.. new[] { 0.05, 0.15, 0.4, 0.7, 0.95 }.Select(p => new[] { p / 5, (1 - p) / 5 })], [1.5, 4, 12]),
        ([[0.2, 0, 0], [0.2, 0, 0], [0.1, 0, 0], [0, 0.2, 0], [0, 0.1, 0], [0, 0, 0.2]], [1.5, 2, 6]),
        ([[0.891, 0.099], [0.001, 0.009]], [1.5, 5, 9]),
        ([[0.20, 0.04, 0.01], [0.15, 0.07, 0.03], [0.02, 0.2, 0.03], [0.01, 0.03, 0.21]], [1.2, 3, 8]),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        for (int source = 0; source < Sources.Count; source++)
        {
            yield return new(source, RowsReversed: false, ColumnsReversed: false);
            yield return new(source, RowsReversed: true, ColumnsReversed: random.Next(2) == 0);
        }
    }

    protected override object?[] Arguments(Case input) => [input.Joint, input.Betas];

    protected override double[] Truth(Case input) => Curve(input);

    protected override string Describe(Case input) => $"joint = [{string.Join(", ", input.Joint.Select(Words.Of))}] and betas = {Words.Of(input.Betas)}";

    private static readonly Lazy<double[][]> Curves = new(() => [.. Sources.Select(s => Traced(s.Joint, s.Betas))]);

    private static readonly Lazy<double[][]> Inverted = new(() => [.. Sources.Select(s => Traced(s.Joint, [.. s.Betas.Select(b => 1 / b)]))]);

    private static double[] Curve(Case x) => Curves.Value[x.Source];

    // By how much the functional exceeds its least value, for each beta.
    private static double[] Excess(Case x, double[] given) =>
        [.. x.Betas.Select((beta, k) => given[2 * k] - beta * given[2 * k + 1] - (Curve(x)[2 * k] - beta * Curve(x)[2 * k + 1]))];

    private static double[] Traced(double[][] joint, double[] betas) =>
        [.. betas.Select(beta => Best(joint, beta)).SelectMany(p => new[] { p.Rate, p.Relevance })];

    /// <summary>The best of annealing from a large beta downwards and of some random starts.</summary>
    internal static BottleneckPoint Best(double[][] joint, double beta)
    {
        int n = joint.Length;
        double[] flat = [.. joint.SelectMany(row => row)], encoder = [.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 1 : 0)];
        for (double price = Math.Max(beta, 100); price > beta; price *= 0.8)
            InformationBottleneck.Solve(flat, joint[0].Length, n, price, encoder, 1e-12, 2000);
        BottleneckPoint best = InformationBottleneck.Solve(flat, joint[0].Length, n, beta, encoder, 1e-20, 20_000);
        for (int seed = 1; seed <= 4; seed++)
        {
            InformationBottleneck.RandomEncoder(n, seed, encoder);
            BottleneckPoint other = InformationBottleneck.Solve(flat, joint[0].Length, n, beta, encoder, 1e-20, 20_000);
            if (other.Functional < best.Functional - 1e-9)
                best = other;
        }

        return best;
    }

    private static double[] Kept(double[][] joint) =>
        [Entropy.Shannon([.. joint.Select(row => row.Sum())]), Information.Mutual([.. joint.SelectMany(row => row)], joint[0].Length)];
}
