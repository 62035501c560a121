using RelativeEntropy;

namespace Course.Checks.Chapter02;

/// <summary>02.4: three distributions for which the triangle inequality fails.</summary>
internal sealed class TriangleCounterexample : PropertyExercise<double[][]>
{
    // A violation must be above what rounding can feign: D of a few outcomes is right to 4 ulp, and 1e-6 is far above that.
    private const double Margin = 1e-6;

    // The library's own tolerance for a sum of one is 1.5e-8; two distributions closer than that are one.
    private const double Normalised = 1e-8;

    public override string Id => "02.4";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][]>>("double[][] Triangle()");

    protected override IReadOnlyList<Fault<double[][]>> Faults { get; } =
    [
        new("wrong-shape", d =>
            d.Length != 3 ? $"You gave {d.Length} rows: three distributions are asked for, P, Q and R in this order."
            : d.Any(row => row is null || row.Length < 3 || row.Length != d[0].Length) ? "The rows must be of one length, at least three: one probability for each outcome."
            : null),
        new("not-positive", d => FirstRow(d, row => row.Any(v => !(v > 0 && v <= 1))) is { } i
            ? $"Row {i} is {Words.Of(d[i])}: every probability must be above zero, so that the inequality does not fail by an infinity alone."
            : null),
        new("not-normalised", d => FirstRow(d, row => Math.Abs(row.Sum() - 1) > Normalised) is { } i
            ? $"Row {i} sums to {Words.Of(d[i].Sum())}: weights that do not sum to one are no distribution."
            : null),
        new("not-distinct", d => Same(d[0], d[1]) || Same(d[1], d[2]) || Same(d[0], d[2])
            ? "Two of the three are the same distribution, and then the inequality holds: one of its terms is zero, or its left side is."
            : null),
        new("swapped-direction", d => !Violates(d, 0, 1, 2) && Violates(d, 2, 1, 0)
            ? $"{Sides(d)}: that holds. The inequality fails for D(R || P) against D(R || Q) + D(Q || P): the first argument comes first."
            : null),
        new("wrong-middle", d => !Violates(d, 0, 1, 2) && (Violates(d, 0, 2, 1) || Violates(d, 1, 0, 2) || Violates(d, 1, 2, 0) || Violates(d, 2, 0, 1))
            ? $"{Sides(d)}: that holds. Your three do break the inequality, but with another one of them in the middle: Q is the stop on the way from P to R."
            : null),
        new("no-violation", d => !Violates(d, 0, 1, 2)
            ? $"{Sides(d)}: the inequality holds, or fails by less than {Words.Of(Margin)}. Put Q between P and R."
            : null),
    ];

    private static int? FirstRow(double[][] rows, Func<double[], bool> has)
    {
        int i = Array.FindIndex(rows, row => has(row));
        return i < 0 ? null : i;
    }

    private static bool Same(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Max() <= Normalised;

    private static bool Violates(double[][] d, int from, int stop, int to) =>
        Between(d, from, to) > Between(d, from, stop) + Between(d, stop, to) + Margin;

    private static double Between(double[][] d, int p, int q) => Divergence.KullbackLeibler(d[p], d[q]);

    private static string Sides(double[][] d) =>
        $"D(P || R) = {Words.Of(Between(d, 0, 2))}, D(P || Q) + D(Q || R) = {Words.Of(Between(d, 0, 1) + Between(d, 1, 2))}";
}
