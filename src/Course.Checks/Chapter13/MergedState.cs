using RelativeEntropy;

namespace Course.Checks.Chapter13;

/// <summary>13.1: two log-sum-exp states, each a maximum, a sum and a weighted sum, merged into one.</summary>
internal sealed class MergedState : FunctionExercise<(double[] Left, double[] Right), double[]>
{
    private const double None = double.NegativeInfinity;

    public override string Id => "13.1";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double[]>>("double[] Merge(double[] left, double[] right)");

    // Two products and a sum: a few u = 1.1e-16 of the terms, and the truth below goes through logarithms of up to 1000, 1e-13 more. The
    // largest of three numbers, the maximum, is what errors are relative to; every mistake moves a sum by more than 1e-6 of it.
    protected override Precision Tolerance => 1e-10;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<(double[] Left, double[] Right), double[]>> Mistakes { get; } =
    [
        new("not-rescaled", "The sums were added as they are: each is in units of e to its own maximum, so bring both to the common one "
            + "first.",
            x => [Top(x), x.Left[1] + x.Right[1], x.Left[2] + x.Right[2]]),
        new("weighted-not-rescaled", "The sum is right, and the weighted sum was added as it is: it is in units of e to its own "
            + "maximum, too.",
            x => [Top(x), Exact(x)[1], x.Left[2] + x.Right[2]]),
        new("sum-not-rescaled", "The weighted sum is right, and the sum was added as it is: it is in units of e to its own maximum, too.",
            x => [Top(x), x.Left[1] + x.Right[1], Exact(x)[2]]),
        new("upside-down", "The factors are upside down: with the smaller unit e^m of its side a sum shrinks when it is written in the "
            + "larger one.",
            x => IsEmpty(x.Left) || IsEmpty(x.Right) ? null : Rescaled(x, Top(x), inverse: true)),
        new("left-maximum", "The result is in units of the left maximum: where the right one is larger it may overflow, so take the "
            + "larger of both.",
            x => IsEmpty(x.Left) ? null : Rescaled(x, x.Left[0], inverse: false)),
        new("right-maximum", "The result is in units of the right maximum: where the left one is larger it may overflow, so take the "
            + "larger of both.",
            x => IsEmpty(x.Right) ? null : Rescaled(x, x.Right[0], inverse: false)),
        new("smaller-maximum", "The result is in units of the smaller maximum: take the larger, so that no exponential is above one.",
            x => IsEmpty(x.Left) || IsEmpty(x.Right) ? null : Rescaled(x, Math.Min(x.Left[0], x.Right[0]), inverse: false)),
        new("maxima-added", "The maxima were added: the maximum of both shards is the larger one.",
            x => IsEmpty(x.Left) || IsEmpty(x.Right) ? null : [x.Left[0] + x.Right[0], .. Exact(x)[1..]]),
        new("averaged", "The sums were averaged: the state of both shards has the sums of both.",
            x => [Top(x), Exact(x)[1] / 2, Exact(x)[2] / 2]),
    ];

    protected override IReadOnlyList<Symptom<(double[] Left, double[] Right), double[]>> Symptoms { get; } =
    [
        new("nan-of-nothing", "Not a number, where both shards are empty: -infinity less -infinity is NaN. Two empty states are an "
            + "empty state.",
            (x, given) => IsEmpty(x.Left) && IsEmpty(x.Right) && given.Any(double.IsNaN)),
        new("nan-of-empty", "Not a number, where a shard is empty: its maximum is -infinity, and it must change nothing.",
            (x, given) => (IsEmpty(x.Left) || IsEmpty(x.Right)) && given.Any(double.IsNaN)),
        new("overflow", "An exponential overflowed or vanished: the sums were brought to the unit 1. Only differences of maxima are "
            + "small enough.",
            (x, given) => Math.Abs(Top(x)) > 700 && double.IsFinite(Top(x)) && given[1..].Any(v => !double.IsFinite(v) || v == 0)),
    ];

    protected override IEnumerable<(double[] Left, double[] Right)> Inputs(Random random)
    {
        yield return ([2, 1.5, 0.3], [1, 2.25, -0.5]);
        yield return ([-1, 2.25, -0.5], [0.5, 1.5, 0.75]);
        yield return ([3, 1.25, 0.5], [3, 2.5, 0.25]);
        yield return ([805, 1.5, 2], [803, 3, -4]);
        yield return ([-1003, 4, 1], [-1001, 2, 3]);
        yield return ([1000, 2, 0.5], [-1000, 3, 7]);
        yield return ([1.5, 2, 0.5], [None, 0, 0]);
        yield return ([None, 0, 0], [-2.5, 3, -1]);
        yield return ([None, 0, 0], [None, 0, 0]);
        for (int k = 0; k < 5; k++)
            yield return (State(random), State(random));
    }

    protected override object?[] Arguments((double[] Left, double[] Right) input) => [input.Left, input.Right];

    protected override double[] Truth((double[] Left, double[] Right) input) => Exact(input);

    protected override string Describe((double[] Left, double[] Right) input) =>
        $"left = {Words.Of(input.Left)} and right = {Words.Of(input.Right)}";

    private static double[] State(Random random) =>
        [8 * random.NextDouble() - 4, 1 + 3 * random.NextDouble(), 4 * random.NextDouble() - 2];

    private static bool IsEmpty(double[] state) => double.IsNegativeInfinity(state[0]);

    private static double Top((double[] Left, double[] Right) x) => Math.Max(x.Left[0], x.Right[0]);

    // By the whole log-sum-exp of each side and of both: the merged weighted mean is that of the two, weighed by their shares.
    private static double[] Exact((double[] Left, double[] Right) x)
    {
        double[][] states = [.. new[] { x.Left, x.Right }.Where(s => !IsEmpty(s))];
        if (states.Length == 0)
            return [None, 0, 0];
        double[] wholes = [.. states.Select(s => s[0] + Math.Log(s[1]))];
        double whole = Logits.LogSumExp(wholes), sum = Math.Exp(whole - Top(x));
        return [Top(x), sum, sum * states.Zip(wholes, (s, w) => Math.Exp(w - whole) * s[2] / s[1]).Sum()];
    }

    private static double[] Rescaled((double[] Left, double[] Right) x, double unit, bool inverse)
    {
        double sign = inverse ? -1 : 1, f = Math.Exp(sign * (x.Left[0] - unit)), g = Math.Exp(sign * (x.Right[0] - unit));
        return [unit, x.Left[1] * f + x.Right[1] * g, x.Left[2] * f + x.Right[2] * g];
    }
}
