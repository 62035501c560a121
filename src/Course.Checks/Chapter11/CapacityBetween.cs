namespace Course.Checks.Chapter11;

/// <summary>11.2: two numbers between which the capacity lies, from one input distribution.</summary>
internal sealed class CapacityBetween : FunctionExercise<Channel, double[]>
{
    public override string Id => "11.2";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[], double[]>>("double[] CapacityBetween(double[][] channel, double[] input)");

    // As for the step: sums of at most 5 terms of magnitude below 4, an absolute error below 1e-14 at values of the order of 0.1.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1e-2;

    protected override IReadOnlyList<Mistake<Channel, double[]>> Mistakes { get; } =
    [
        new("mean-for-largest", "Both numbers are the mean of the distances: the mean is the lower bound, and the upper one is the largest distance.",
            x => [Mean(x), Mean(x)]),
        new("unused-left-out", "The upper bound looks only at inputs that are used: one that is not used may be the better for it, and the capacity counts it.",
            x => [Mean(x), x.Distances.Where((_, i) => x.Input[i] > 0).Max()]),
        new("bits-for-nats", "Both numbers are in bits: nats are asked for.", x => [Mean(x) / Math.Log(2), x.Distances.Max() / Math.Log(2)]),
        new("swapped-direction", "These are distances D(output || row): the row comes first.",
            x => [x.Input.Zip(x.ReversedDistances, (p, d) => p == 0 ? 0 : p * d).Sum(), x.ReversedDistances.Max()]),
        new("wrong-order", "The upper bound comes first here: the lower one is asked for first.", x => [x.Distances.Max(), Mean(x)]),
        new("plain-mean", "The lower bound weighs all inputs alike: weigh each distance by the probability of its input.", x => [x.Distances.Average(), x.Distances.Max()]),
        new("least-for-mean", "The lower bound is the least distance: that one proves nothing. The mean, weighted by the input, is what this input reaches.",
            x => [x.Distances.Min(), x.Distances.Max()]),
        new("uniform-output", "The output was taken as the plain mean of the rows: weigh each row by the probability of its input.", Uniform),
        new("weighted-largest", "The upper bound is the largest of p(x) D(x): the distances count as they are.",
            x => [Mean(x), x.Input.Zip(x.Distances, (p, d) => p == 0 ? 0 : p * d).Max()]),
    ];

    protected override IReadOnlyList<Symptom<Channel, double[]>> Symptoms { get; } =
    [
        new("zero-log-zero", "Right but where the channel has a zero, and not a number there: an output that a row never gives contributes nothing to its distance.",
            (x, y) => y.Any(double.IsNaN) && x.Rows.Any(row => row.Contains(0))),
        new("infinity-hidden", "Finite where an unused input alone reaches an output: its distance is infinite, and so is the upper bound.",
            (x, y) => double.IsInfinity(x.Distances.Max()) && double.IsFinite(y[1])),
    ];

    protected override IEnumerable<Channel> Inputs(Random random) =>
        [.. Channel.Edges(), new([[0.5, 0.5, 0], [0.2, 0.8, 0], [0.1, 0.1, 0.8]], [0.5, 0.5, 0]), .. Channel.Drawn(random)];

    protected override object?[] Arguments(Channel input) => input.Arguments;

    protected override double[] Truth(Channel input) => [Mean(input), input.Distances.Max()];

    protected override IEnumerable<Channel> Simpler(Channel input) => input.Simpler();

    protected override string Describe(Channel input) => input.Describe();

    private static double Mean(Channel x) => x.Input.Zip(x.Distances, (p, d) => p == 0 ? 0 : p * d).Sum();

    private static double[] Uniform(Channel x)
    {
        double[] plain = x.OutputOf([.. x.Input.Select(_ => 1.0 / x.Input.Length)]);
        double[] distances = [.. x.Rows.Select(row => Channel.Sum(row, plain))];
        return [x.Input.Zip(distances, (p, d) => p * d).Sum(), distances.Max()];
    }
}
