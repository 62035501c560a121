namespace Course.Checks.Chapter11;

/// <summary>11.1: one step of Blahut and Arimoto's iteration.</summary>
internal sealed class BlahutArimotoStep : FunctionExercise<Channel, double[]>
{
    public override string Id => "11.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[][], double[], double[]>>("double[] BlahutArimotoStep(double[][] channel, double[] input)");

    // A distance is a sum of at most 4 terms of magnitude below 4: an absolute error below 40 u, u = 1.1e-16, which is a relative one of its
    // exponential. The sum of all weights adds as much: below 1e-14.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<Channel, double[]>> Mistakes { get; } =
    [
        new("not-normalised", "The weights p(x) e^D(x) are right, and they do not sum to one yet: divide by their sum.", x => Weights(x, x.Distances)),
        new("input-forgotten", "The exponentials alone were normalised: each of them multiplies the probability that its input had.",
            x => Draw.Normalised([.. x.Distances.Select(Math.Exp)])),
        new("sign", "The exponent has the wrong sign: an input that is far from the output is to be used more, not less.",
            x => Step(x, [.. x.Distances.Select(d => -d)])),
        new("bits-and-e", "The distances are in bits, but the base of the power is e: take nats, or a power of two.", x => Step(x, Scaled(x, 1 / Math.Log(2)))),
        new("nats-and-two", "The distances are in nats, but the base of the power is two: take bits, or a power of e.", x => Step(x, Scaled(x, Math.Log(2)))),
        new("distance-for-exponential", "The probabilities were multiplied by the distances themselves: multiply by their exponentials.",
            x => Draw.Normalised([.. x.Input.Zip(x.Distances, (p, d) => p * d)])),
        new("swapped-direction", "This is D(output || row) in the exponent: the row comes first.", x => Step(x, x.ReversedDistances)),
        new("uniform-output", "The output was taken as the plain mean of the rows: weigh each row by the probability of its input.", x => Step(x,
            [.. x.Rows.Select(row => Channel.Sum(row, x.OutputOf([.. x.Input.Select(_ => 1.0 / x.Input.Length)])))])),
        new("rows-for-columns", "Rows and columns of the channel were exchanged: row x is the distribution of the output when x is sent.",
            x => x.Rows.Length == x.Rows[0].Length ? Step(x, Transposed(x)) : null),
        new("unchanged", "The input distribution came back as it was.", x => x.Input),
    ];

    protected override IReadOnlyList<Symptom<Channel, double[]>> Symptoms { get; } =
    [
        new("zero-log-zero", "Right but where the channel has a zero, and not a number there: an output that a row never gives contributes nothing to its distance.",
            (x, y) => y.Any(double.IsNaN) && x.Rows.Any(row => row.Contains(0))),
        new("not-a-distribution", "The result does not sum to one.", (_, y) => !(Math.Abs(y.Sum() - 1) < 1e-9)),
    ];

    protected override IEnumerable<Channel> Inputs(Random random) => Channel.Edges().Concat(Channel.Drawn(random));

    protected override object?[] Arguments(Channel input) => input.Arguments;

    protected override double[] Truth(Channel input) => Step(input, input.Distances);

    protected override IEnumerable<Channel> Simpler(Channel input) => input.Simpler();

    protected override string Describe(Channel input) => input.Describe();

    private static double[] Weights(Channel x, double[] distances) => [.. x.Input.Zip(distances, (p, d) => p == 0 ? 0 : p * Math.Exp(d))];

    private static double[] Step(Channel x, double[] distances) => Draw.Normalised(Weights(x, distances));

    private static double[] Scaled(Channel x, double factor) => [.. x.Distances.Select(d => factor * d)];

    // What a program gets that reads channel[y][x]: columns that are no distributions, and plain p log(p/q) of them.
    private static double[] Transposed(Channel x)
    {
        double[][] columns = [.. x.Rows.Select((_, i) => (double[])[.. x.Rows.Select(row => row[i])])];
        double[] output = [.. columns.Select((_, y) => x.Input.Select((p, i) => p * columns[i][y]).Sum())];
        return [.. columns.Select(column => column.Zip(output, (p, q) => p == 0 ? 0 : p * Math.Log(p / q)).Sum())];
    }
}
