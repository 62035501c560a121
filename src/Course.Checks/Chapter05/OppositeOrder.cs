using RelativeEntropy;

namespace Course.Checks.Chapter05;

/// <summary>05.4: two pairs of distributions that total variation and KL order oppositely.</summary>
internal sealed class OppositeOrder : PropertyExercise<double[][]>
{
    // Both rulers are right to a few ulp of themselves: differences of at least LeastVariation lose three digits of sixteen, and KL none. A
    // factor of two that holds but for rounding is one.
    private const double Rounding = 1e-12;

    private const double Least = 0.01;

    private const double LeastVariation = 0.001;

    // A row written with eight decimals may be off by this; what is compared is the row divided by its sum.
    private const double Normalised = 1e-8;

    public override string Id => "05.4";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][]>>("double[][] OppositeOrder()");

    protected override IReadOnlyList<Fault<double[][]>> Faults { get; } =
    [
        new("wrong-shape", d =>
            d.Length != 4 ? $"You gave {d.Length} rows: four distributions are asked for, P, Q, R and S in this order."
            : d.Any(row => row is null || row.Length < 2 || row.Length != d[0].Length) ? "The rows must be of one length, at least two: one probability for each outcome."
            : null),
        new("too-small", d => FirstRow(d, row => row.Any(v => !(v >= Least * (1 - Rounding) && v <= 1))) is { } i
            ? $"Row {i} is {Words.Of(d[i])}: every probability must be at least {Words.Of(Least)}, and none is above one."
            : null),
        new("not-normalised", d => FirstRow(d, row => Math.Abs(row.Sum() - 1) > Normalised) is { } i
            ? $"Row {i} sums to {Words.Of(d[i].Sum())}: weights that do not sum to one are no distribution."
            : null),
        new("too-close", d => Variation(d, 0, 1) < LeastVariation * (1 - Rounding) || Variation(d, 2, 3) < LeastVariation * (1 - Rounding)
            ? $"{Sides(d)}: two distributions of a pair must be at least {Words.Of(LeastVariation)} apart in total variation. "
                + "Nothing can be told from two that are equal."
            : null),
        new("swapped-pairs", d => !Holds(d, 0, 1, 2, 3) && Holds(d, 2, 3, 0, 1)
            ? $"{Sides(d)}: the two pairs have changed places. Total variation should find the first pair farther apart, KL the second."
            : null),
        new("swapped-direction", d => !Holds(d, 0, 1, 2, 3) && (Holds(d, 0, 1, 3, 2) || Holds(d, 1, 0, 2, 3) || Holds(d, 1, 0, 3, 2))
            ? $"{Sides(d)}: it would hold with the two distributions of a pair exchanged. The divergences asked for are D(P || Q) and D(R || S)."
            : null),
        new("variation", d => !IsTwice(Variation(d, 0, 1), Variation(d, 2, 3))
            ? $"{Sides(d)}: the first total variation must be at least twice the second. Bring R and S closer together, at an outcome that is rare under S."
            : null),
        new("divergence", d => !Holds(d, 0, 1, 2, 3)
            ? $"{Sides(d)}: the second divergence must be at least twice the first. Keep the ratios p/q of the first pair near one, and let one ratio of the second pair be large."
            : null),
    ];

    private static int? FirstRow(double[][] rows, Func<double[], bool> has)
    {
        int i = Array.FindIndex(rows, row => has(row));
        return i < 0 ? null : i;
    }

    private static bool Holds(double[][] d, int p, int q, int r, int s) =>
        IsTwice(Variation(d, p, q), Variation(d, r, s)) && IsTwice(Between(d, r, s), Between(d, p, q));

    private static bool IsTwice(double larger, double smaller) => larger >= 2 * smaller * (1 - Rounding);

    private static double Between(double[][] d, int p, int q) => Divergence.KullbackLeibler(Draw.Normalised(d[p]), Draw.Normalised(d[q]));

    private static double Variation(double[][] d, int p, int q) => Divergence.TotalVariation(Draw.Normalised(d[p]), Draw.Normalised(d[q]));

    private static string Sides(double[][] d) =>
        $"TV(P, Q) = {Words.Of(Variation(d, 0, 1))}, TV(R, S) = {Words.Of(Variation(d, 2, 3))}, " +
        $"D(P || Q) = {Words.Of(Between(d, 0, 1))}, D(R || S) = {Words.Of(Between(d, 2, 3))}";
}
