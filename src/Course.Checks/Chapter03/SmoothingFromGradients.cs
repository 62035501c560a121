using RelativeEntropy;

namespace Course.Checks.Chapter03;

/// <summary>03.4: the smoothing and its convention, from gradients of two models (Szegedy et al. 2016 spread it over all labels).</summary>
internal sealed class SmoothingFromGradients : FunctionExercise<SmoothingFromGradients.Case, double[]>
{
    /// <summary>One input: the gradients of two models, and how they came about.</summary>
    public sealed record Case(double[][] Small, double[][] Large, double Smoothing, bool IsOverAll)
    {
        public int Labels => Small[0].Length;

        public int SpreadOver => IsOverAll ? Labels : Labels - 1;
    }

    public override string Id => "03.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[][], double[]>>("double[] WhichSmoothing(double[][] small, double[][] large)");

    // A step is a difference of numbers of at most one, each rounded a few times: right to 1e-15, and so is the smoothing. In the wrong
    // convention the two models differ by at least smoothing / K^2, which is above 1e-5 for every input.
    protected override Precision Tolerance => Precision.Absolute(1e-9);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("convention-swapped",
            "This is the convention in which the two models have different smoothings: they were trained with the same.",
            x => Taken(x, !x.IsOverAll, Step)),
        new("number-swapped", "The smoothing is right, but the number of labels is that of the other convention.",
            x => [x.Smoothing, x.IsOverAll ? x.Labels - 1 : x.Labels]),
        new("number-of-the-large", "The second number belongs to the other model: it is asked for the model of `small`.",
            x => [x.Smoothing, x.IsOverAll ? x.Large[0].Length : x.Large[0].Length - 1]),
        new("always-all",
            "This takes the smoothing to be spread over all labels: one model "
                + "alone fits both conventions, so compare with the second model.",
            x => Taken(x, isOverAll: true, Step)),
        new("always-others",
            "This takes the smoothing to be spread over the other labels: one "
                + "model alone fits both conventions, so compare with the second model.",
            x => Taken(x, isOverAll: false, Step)),
        new("one-minus-epsilon", "The first number is one minus the smoothing.", x => [1 - x.Smoothing, x.SpreadOver]),
        new("step-itself",
            "The first number is the step from one target to another: the smoothing is what the step lacks to one, or a part of that.",
            x => [Step(x.Small), x.SpreadOver]),
        new("share-for-smoothing", "The first number is what one label gets of the smoothing: the whole of it is asked for.",
            x => [x.Smoothing / x.SpreadOver, x.SpreadOver]),
        new("prediction-kept", "The prediction is still in this: only in the difference of the two rows does it cancel.",
            x => Fitted(x, rows => rows[0].Max() - rows[0].Min())),
        new("step-counted-twice", "The rows differ at two places, each time by the whole step: adding both up counts it twice.",
            x => Fitted(x, rows => rows[0].Zip(rows[1], (a, b) => Math.Abs(a - b)).Sum())),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        foreach (bool isOverAll in new[] { true, false })
        {
            yield return Drawn([0, 0], [0, 0, 0], 0.1, isOverAll, random);
            yield return Drawn([0, 0, 0, 0], new double[10], 0.25, isOverAll, random);
            yield return Drawn([1000, 0, -1000], [0, 1000, -1000, 500], 0.4, isOverAll, random);
            yield return Drawn(Scores(9, random), Scores(10, random), 0.01, isOverAll, random);
        }
        for (int n = 2; n <= 7; n++)
        {
            double[] small = Scores(n, random), large = Scores(random.Next(n + 1, n + 10), random);
            yield return Drawn(small, large, 0.05 + 0.3 * random.NextDouble(), random.Next(2) == 0, random);
        }
    }

    protected override object?[] Arguments(Case input) => [input.Small, input.Large];

    protected override double[] Truth(Case input) => [input.Smoothing, input.SpreadOver];

    protected override string Describe(Case input) =>
        $"gradients of {input.Labels} and {input.Large[0].Length} labels, "
        + $"small = [{Words.Of(input.Small[0])}, {Words.Of(input.Small[1])}],";

    private static double[] Scores(int labels, Random random) => [.. Enumerable.Range(0, labels).Select(_ => 8 * random.NextDouble() - 4)];

    private static Case Drawn(double[] small, double[] large, double smoothing, bool isOverAll, Random random) =>
        new(Gradients(small, smoothing, isOverAll, random), Gradients(large, smoothing, isOverAll, random), smoothing, isOverAll);

    private static double[][] Gradients(double[] logits, double smoothing, bool isOverAll, Random random)
    {
        int labels = logits.Length, first = random.Next(labels), second = (first + random.Next(1, labels)) % labels;
        double share = smoothing / (isOverAll ? labels : labels - 1);
        double[] q = new double[labels];
        Logits.Softmax(logits, q);
        double[] For(int label) => [.. q.Select((v, i) => v - (i != label ? share : isOverAll ? 1 - smoothing + share : 1 - smoothing))];
        return [For(first), For(second)];
    }

    private static double Step(double[][] rows) => rows[0].Zip(rows[1], (a, b) => a - b).Max();

    // What one finds who takes a convention for granted.
    private static double[] Taken(Case x, bool isOverAll, Func<double[][], double> step) =>
        [Smoothing(x.Small, isOverAll, step), isOverAll ? x.Labels : x.Labels - 1];

    // What one finds who compares the two models, by some step.
    private static double[] Fitted(Case x, Func<double[][], double> step)
    {
        double Differ(bool isOverAll) => Math.Abs(Smoothing(x.Small, isOverAll, step) - Smoothing(x.Large, isOverAll, step));
        return Taken(x, Differ(true) < Differ(false), step);
    }

    private static double Smoothing(double[][] rows, bool isOverAll, Func<double[][], double> step) =>
        (1 - step(rows)) * (isOverAll ? 1 : (rows[0].Length - 1.0) / rows[0].Length);
}
