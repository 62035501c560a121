using RelativeEntropy;

namespace Course.Checks.Chapter02;

/// <summary>02.2: a joint distribution with the marginals of another one, at a given divergence from it.</summary>
internal sealed class SameMarginals : PropertyExercise<double[][]>
{
    private const double Bill = 0.5;

    // A bill is a sum of six terms below one: right to 1e-15, and so are marginals. Both bounds leave room for decimals that are
    // written down.
    private const double BillTolerance = 1e-6;
    private const double MarginalTolerance = 1e-9;

    // A total that is off by this is no rounding of three marginals.
    private const double Rounding = 1e-12;

    private static readonly double[][] P = [[0.3, 0.2, 0.1], [0.05, 0.05, 0.3]];

    public override string Id => "02.2";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][]>>("double[][] SameMarginals()");

    protected override IReadOnlyList<Fault<double[][]>> Faults { get; } =
    [
        new("transposed", q => q.Length == 3 && q.All(row => row is { Length: 2 })
            ? "You gave three rows of two: the rows are dry and wet, and the columns are the three ways to come."
            : null),
        new("wrong-shape", q => q.Length != 2 || q.Any(row => row is not { Length: 3 })
            ? "The table must have two rows of three: dry and wet, each on foot, by bicycle and by bus."
            : null),
        new("not-positive", q => Array.FindIndex(q, row => row.Any(v => !(v > 0 && double.IsFinite(v)))) is >= 0 and var i
            ? $"Row {i} is {Words.Of(q[i])}: every probability must be above zero. A step that is too long makes one negative."
            : null),
        new("conditionals", q => q.All(row => IsNear(row.Sum(), 1))
            ? "Each row sums to one: these are the conditional distributions of Y. In a joint table all six numbers sum to one."
            : null),
        new("rows-only", q => HasRows(q) && !HasColumns(q)
            ? $"The rows sum to what they must, and the columns sum to {Words.Of(Columns(q))}: "
                + "what is added in one row must be taken away in the other."
            : null),
        new("columns-only", q => HasColumns(q) && !HasRows(q)
            ? $"The columns sum to what they must, and the rows sum to {Words.Of(Rows(q))}: "
                + "what is added at one place must be taken away in the same row."
            : null),
        new("other-marginals", q => !HasRows(q) || !HasColumns(q)
            ? $"The rows sum to {Words.Of(Rows(q))} and the columns to {Words.Of(Columns(q))}: both must be as in P."
            : null),
        new("itself", q => IsEqual(q, P) ? "This is P itself: being right costs nothing." : null),
        new("product", q => IsEqual(q, Product)
            ? "This is the product of the marginals: it costs the mutual information "
                + "of X and Y, which is less than half a nat here. Go on beyond it."
            : null),
        new("bits-for-nats", q => IsTheBill(Cost(P, q) / Math.Log(2))
            ? "This costs half a bit a day: the bill is half a nat."
            : null),
        new("swapped-direction", q => !IsTheBill(Cost(P, q)) && IsTheBill(Cost(q, P))
            ? "Here D(Q || P) is half a nat: the reports come from P, so P stands first."
            : null),
        new("unweighted", q => !IsTheBill(Cost(P, q)) && IsTheBill(P.Zip(q, Conditional).Sum())
            ? "The divergences of the two rows add up to half a nat as they are: each is paid only when its weather comes."
            : null),
        new("another-bill", q => !IsTheBill(Cost(P, q))
            ? $"The marginals are right, and the bill is too {(Cost(P, q) < Bill ? "small" : "large")}: "
                + $"it must be half a nat within {Words.Of(BillTolerance)}."
            : null),
    ];

    private static double[] Rows(double[][] q) => [.. q.Select(row => row.Sum())];

    private static double[] Columns(double[][] q) => [.. Enumerable.Range(0, 3).Select(y => q.Sum(row => row[y]))];

    private static double[][] Product => [.. Rows(P).Select(x => Columns(P).Select(y => x * y).ToArray())];

    private static bool HasRows(double[][] q) => Rows(q).Zip(Rows(P)).All(pair => IsNear(pair.First, pair.Second));

    private static bool HasColumns(double[][] q) => Columns(q).Zip(Columns(P)).All(pair => IsNear(pair.First, pair.Second));

    private static bool IsNear(double sum, double value) => Math.Abs(sum - value) <= MarginalTolerance + Rounding;

    private static bool IsEqual(double[][] q, double[][] other) =>
        q.Zip(other).All(rows => rows.First.Zip(rows.Second).All(pair => IsNear(pair.First, pair.Second)));

    private static bool IsTheBill(double cost) => Math.Abs(cost - Bill) <= BillTolerance + Rounding;

    private static double Cost(double[][] p, double[][] q) =>
        Divergence.KullbackLeibler([.. p.SelectMany(row => row)], [.. q.SelectMany(row => row)]);

    private static double Conditional(double[] p, double[] q) => Divergence.KullbackLeibler(Draw.Normalised(p), Draw.Normalised(q));
}
