using RelativeEntropy;

namespace Course.Checks.Chapter03;

/// <summary>03.5: the temperature of least mean cross-entropy (Guo et al. 2017).</summary>
internal sealed class BestTemperature : FunctionExercise<BestTemperature.Case, double>
{
    /// <summary>One input: the logits of some examples, and their labels.</summary>
    public sealed record Case(double[][] Logits, int[] Labels)
    {
        // The derivative of the summed loss by b = 1/T: the mean of the logits under the softmax, less the label's logit. It grows with b.
        public double Slope(double b) => Logits.Zip(Labels, (z, y) => Softmax(z, b).Zip(z, (q, v) => q * (v - z[y])).Sum()).Sum();

        // The labels are no better than chance: no temperature is too high. All have the largest logit: none is too low.
        public bool IsHopeless => Slope(0) >= 0;

        public bool IsPerfect => Logits.Zip(Labels, (z, y) => z.Max() - z[y]).Sum() == 0;

        public bool IsAtEnd => IsHopeless || IsPerfect;
    }

    public override string Id => "03.5";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], int[], double>>("double Temperature(double[][] logits, int[] labels)");

    // A search that compares losses stops about sqrt(2u) = 1.5e-8 beside the minimum, more where it is flat: on these inputs the
    // curvature of the mean loss in ln T is above 0.01 and the loss below 2, so within sqrt(4 u / 0.01), 2e-7, and that suffices.
    protected override Precision Tolerance => Precision.SignificantDigits(5);

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("inverse", "This is the number to multiply the logits with: the temperature divides them.", x => 1 / Best(x)),
        new("inverse", "This is the number to multiply the logits with: the temperature divides them.", x => x.IsAtEnd ? Best(x) : 1 / Best(x)),
        new("untouched", "This is 1 for every input: nothing was fitted.", _ => 1),
        .. from ends in new[] { (0.1, 10.0), (0.01, 100), (0.05, 20), (0.001, 1000), (0.05, 10), (0.01, 10), (0.1, 100), (0.5, 5) }
           select new Mistake<Case, double>("bounded",
               "The search has fixed ends, and the best temperature may lie beyond them: let the bracket grow until it holds the minimum.",
               x => Math.Clamp(Best(x), ends.Item1, ends.Item2)),
        new("confidence-matched", "At this temperature the mean confidence equals the share of right choices: that is another condition than the least cross-entropy.",
            x => x.IsAtEnd ? Best(x) : Matched(x)),
        new("squared-error", "This minimises the squared error of the probabilities: the cross-entropy is asked for.", x => x.IsAtEnd ? Best(x) : OfSquaredError(x)),
    ];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("overflow", "Your result is not a number: either an exponential overflowed, and the largest logit has to be taken out first, "
            + "or an infinite bracket was halved.",
            (x, t) => double.IsNaN(t) && !x.IsAtEnd),
        new("ends", "Where every label has the largest logit, no temperature above 0 is the best, and where the labels are no better than chance no finite one is: the statement says what to return.",
            (x, _) => x.IsAtEnd),
        new("not-converged", "This is near the best temperature and not at it: search longer, or for the zero of the derivative.",
            (x, t) => x.IsAtEnd || Math.Abs(t / Best(x) - 1) < 0.05),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([[2, 0], [2, 0], [2, 0], [2, 0]], [0, 0, 0, 1]);
        yield return new([[3, 1, 0], [0, 2, 1]], [0, 1]);
        yield return new([[3, 1, 0], [0, 2, 1], [1, 0, 4]], [2, 0, 1]);
        yield return new([[5000, 0], [5000, 0], [5000, 0], [0, 5000]], [0, 0, 1, 1]);
        foreach (double scale in new[] { 0.001, 0.3, 1, 3, 40, 2000 })
            yield return Drawn(random, scale);
    }

    protected override object?[] Arguments(Case input) => [input.Logits, input.Labels];

    protected override double Truth(Case input) => Best(input);

    protected override string Describe(Case input) => input.Logits.Length <= 4
        ? $"logits = [{string.Join(", ", input.Logits.Select(z => Words.Of(z)))}] and labels = [{string.Join(", ", input.Labels)}]"
        : $"{input.Logits.Length} examples, the first with logits {Words.Of(input.Logits[0])} and label {input.Labels[0]}";

    // Logits of three labels, labels drawn from their softmax, and then the logits scaled: the best temperature is near the scale.
    private static Case Drawn(Random random, double scale)
    {
        double[][] logits = [.. Enumerable.Range(0, 150).Select(_ => Enumerable.Range(0, 3).Select(_ => 6 * random.NextDouble()).ToArray())];
        int[] labels = [.. logits.Select(z => Pick(random, Softmax(z, 1)))];
        return new([.. logits.Select(z => z.Select(v => v * scale).ToArray())], labels);
    }

    private static int Pick(Random random, double[] p)
    {
        double place = random.NextDouble();
        return place < p[0] ? 0 : place < p[0] + p[1] ? 1 : 2;
    }

    private static double[] Softmax(double[] logits, double b)
    {
        double[] scaled = [.. logits.Select(v => v * b)];
        Logits.Softmax(scaled, scaled);
        return scaled;
    }

    private static double Best(Case x) => x.IsPerfect ? 0 : x.IsHopeless ? double.PositiveInfinity : 1 / Root(x.Slope, Unit(x));

    private static double Matched(Case x)
    {
        double right = x.Logits.Zip(x.Labels, (z, y) => z[y] == z.Max() ? 1.0 : 0).Average();
        return 1 / Root(b => x.Logits.Average(z => Softmax(z, b).Max()) - right, Unit(x));
    }

    private static double OfSquaredError(Case x)
    {
        double Error(double logOfB) => x.Logits.Zip(x.Labels,
            (z, y) => Softmax(z, Math.Exp(logOfB)).Select((q, i) => Math.Pow(q - (i == y ? 1 : 0), 2)).Sum()).Sum();
        double low = Math.Log(Unit(x)) - 10, high = low + 20, ratio = (Math.Sqrt(5) - 1) / 2;
        for (int k = 0; k < 80; k++)
        {
            double a = high - ratio * (high - low), b = low + ratio * (high - low);
            if (Error(a) < Error(b))
                high = b;
            else
                low = a;
        }
        return Math.Exp(-low);
    }

    // One over the size of the logits: where b begins to matter.
    private static double Unit(Case x) => 1 / x.Logits.Max(z => z.Max() - z.Min());

    private static double Root(Func<double, double> increasing, double unit)
    {
        double low = 0, high = unit;
        while (increasing(high) < 0 && high < 1e6 * unit)
            (low, high) = (high, 2 * high);
        for (int k = 0; k < 100; k++)
        {
            double middle = low + (high - low) / 2;
            if (increasing(middle) < 0)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
}
