namespace Course.Checks.Chapter02;

/// <summary>02.5: of all distributions with a given mean, the one nearest to q in D(P || Q) (Csiszar 1975).</summary>
internal sealed class InformationProjection : FunctionExercise<InformationProjection.Case, double[]>
{
    /// <summary>One input: a distribution q of outcomes that have values, and the mean asked for.</summary>
    public sealed record Case(double[] Q, double[] Values, double Mean)
    {
        public double Least => Values.Where((_, i) => Q[i] > 0).Min();

        public double Greatest => Values.Where((_, i) => Q[i] > 0).Max();

        public bool IsAtEnd => Mean == Least || Mean == Greatest;
    }

    public override string Id => "02.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>("double[] Project(double[] q, double[] values, double mean)");

    // A mean that is off by d moves p_i by p_i |v_i - mean| d / Var <= R d / Var, R the range of the values. The statement asks for
    // d <= 1e-12 R, which is checked beside this; on these inputs Var >= 1e-3 R^2, so p is right to 1e-9 of one.
    protected override Precision Tolerance => 1e-8;

    protected override double Floor => 1;

    // Of the range; the mean of at most six centred values is rounded to 1e-15 of it.
    private const double LargestMiss = 1e-12;

    protected override bool IsRight(Case input, double[]? output) => base.IsRight(input, output)
        && Math.Abs(Miss(input, output!)) <= LargestMiss * (input.Values.Max() - input.Values.Min())
        && output!.Zip(input.Q).All(pair => pair.Second > 0 || pair.First == 0);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("swapped-direction", "This minimises D(Q || P): the distribution that is looked for stands first, in D(P || Q).", Inside(Reverse)),
        new("forgot-q", "This is the distribution of largest entropy with that mean: q has to weigh the exponentials.",
            x => x.Q.Contains(0) || x.IsAtEnd ? null : Tilted([.. x.Q.Select(_ => 1.0 / x.Q.Length)], x.Values, x.Mean)),
        new("sign", "The tilt goes the wrong way: with this multiplier the mean moves from q's to the other side. Look at the sign in the exponent.",
            Inside(x => Exponential(x.Q, x.Values, -Multiplier(x.Q, x.Values, x.Mean)))),
        new("linear-tilt", "This is a linear tilt, the projection in the chi-squared sense: D(P || Q) leads to an exponential one, which never turns negative.", Inside(Linear)),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("end-of-range", "With the mean at the end of the range no finite multiplier reaches it: all mass goes to the outcomes there, in proportion to q.",
            (x, _) => x.IsAtEnd),
        new("overflow", "Exponentials overflowed: take the largest exponent out before you exponentiate.", (_, p) => p.Any(v => !double.IsFinite(v))),
        new("not-normalised", "Your result does not sum to one.", (_, p) => Math.Abs(p.Sum() - 1) > 1e-6),
        new("not-converged", "This is q tilted exponentially, as it should be, but with a multiplier that misses the mean: search in a bracket that grows until it holds the root, and do not stop early.",
            (x, p) => x.IsAtEnd || (IsTilt(x, p) && Math.Abs(Miss(x, p)) > LargestMiss * (x.Values.Max() - x.Values.Min()))),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        double[] die = [.. Enumerable.Repeat(1.0 / 6, 6)];
        yield return new(die, [1, 2, 3, 4, 5, 6], 4.5);
        yield return new([0.5, 0.3, 0.2], [0, 1, 2], 0.7);
        yield return new([0.5, 0, 0.3, 0.2], [-1, 5, 0, 2], 1.25);
        yield return new([0.2, 0.3, 0.5], [1, 3, 3], 3);
        yield return new([0.2, 0.3, 0.5], [10_000, 10_001, 10_003], 10_002.5);
        yield return new([0.7, 0.2, 0.1], [0, 1e-6, 4e-6], 3.5e-6);
        yield return new([0.1, 0.6, 0.3], [0, 1000, 2500], 150);
        for (int n = 3; n <= 6; n++)
        {
            // Values at least 0.1 apart of a range near n, and a mean from the middle half of the range.
            double[] q = Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.1)]);
            double[] values = [.. Enumerable.Range(0, n).Select(i => i + 0.9 * random.NextDouble())];
            yield return new(q, values, values[0] + (values[^1] - values[0]) * (0.25 + 0.5 * random.NextDouble()));
        }
    }

    protected override object?[] Arguments(Case input) => [input.Q, input.Values, input.Mean];

    protected override double[] Truth(Case input) => Tilted(input.Q, input.Values, input.Mean);

    protected override string Describe(Case input) =>
        $"q = {Words.Of(input.Q)}, values = {Words.Of(input.Values)} and mean = {Words.Of(input.Mean)}";

    private static Func<Case, double[]?> Inside(Func<Case, double[]> gives) => x => x.IsAtEnd ? null : gives(x);

    private static double Miss(Case x, double[] p) => Mean([.. x.Values.Select(v => v - x.Mean)], p);

    private static double Mean(double[] values, double[] p) => values.Zip(p, (v, w) => v * w).Sum();

    private static double[] Tilted(double[] q, double[] values, double mean)
    {
        double[] end = [.. q.Zip(values, (w, v) => v == mean ? w : 0)];
        var x = new Case(q, values, mean);
        return x.IsAtEnd ? Draw.Normalised(end) : Exponential(q, values, Multiplier(q, values, mean));
    }

    private static double[] Exponential(double[] q, double[] values, double multiplier)
    {
        double largest = values.Where((_, i) => q[i] > 0).Max(v => multiplier * v);
        return Draw.Normalised([.. q.Zip(values, (w, v) => w > 0 ? w * Math.Exp(multiplier * v - largest) : 0)]);
    }

    // The mean grows with the multiplier: a bracket around zero is doubled until it holds the root, then halved until it cannot be.
    private static double Multiplier(double[] q, double[] values, double mean)
    {
        double[] centred = [.. values.Select(v => v - mean)];
        double Excess(double multiplier) => Mean(centred, Exponential(q, centred, multiplier));
        double reach = 1 / centred.Where((_, i) => q[i] > 0).Max(Math.Abs);
        while (Excess(-reach) > 0 || Excess(reach) < 0)
            reach *= 2;
        return Root(Excess, -reach, reach);
    }

    // Stationarity of sum q ln(q/p) under both constraints: p_i = q_i / (1 + b (v_i - mean)), b the root of a decreasing function.
    private static double[] Reverse(Case x)
    {
        double[] centred = [.. x.Values.Select(v => v - x.Mean)];
        double Excess(double b) => -x.Q.Zip(centred, (w, v) => w * v / (1 + b * v)).Sum();
        double root = Root(Excess, -1 / (x.Greatest - x.Mean), 1 / (x.Mean - x.Least));
        return Draw.Normalised([.. x.Q.Zip(centred, (w, v) => w / (1 + root * v))]);
    }

    private static double[] Linear(Case x)
    {
        double mean = Mean(x.Values, x.Q);
        double variance = Mean([.. x.Values.Select(v => (v - mean) * (v - mean))], x.Q);
        return [.. x.Q.Zip(x.Values, (w, v) => w * (1 + (x.Mean - mean) * (v - mean) / variance))];
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

    private static bool IsTilt(Case x, double[] p)
    {
        (double Value, double LogRatio)[] points =
            [.. from i in Enumerable.Range(0, p.Length) where x.Q[i] > 0 && p[i] > 0 orderby x.Values[i] select (x.Values[i], Math.Log(p[i] / x.Q[i]))];
        if (points.Length < 2 || p.Zip(x.Q, (a, b) => b == 0 && a != 0).Any(outside => outside))
            return false;
        double slope = (points[^1].LogRatio - points[0].LogRatio) / (points[^1].Value - points[0].Value);
        return points.All(o => Math.Abs(o.LogRatio - points[0].LogRatio - slope * (o.Value - points[0].Value)) < 1e-6);
    }
}
