using RelativeEntropy;

namespace Course.Checks.Chapter13;

/// <summary>13.4: a compensated sum that is printed with an error, mended.</summary>
internal sealed class MendedSum : FunctionExercise<double[], double>
{
    private const double Roundoff = 1.0 / (1L << 53);

    public override string Id => "13.4";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double>>("double CompensatedSum(double[] terms)");

    public override bool Forbids(string type, string member) => true;

    // To recognise a mistake: it makes the same additions, so it has the same bits. The answer itself is judged by IsRight.
    protected override Precision Tolerance => 1e-15;

    protected override IReadOnlyList<Mistake<double[], double>> Mistakes { get; } =
    [
        new("as-printed", "This is the sum as it is printed: watch c while a small term is added to a large sum. What should it hold?",
            AsPrinted),
        new("plain-sum", "These are the bits of the plain sum: nothing that was rounded off has found its way back into it.",
            terms => Plain(terms)),
        new("kahan", "The order is right now, and a term that is larger than the sum so far still loses it: then it is the sum whose "
            + "lower bits are rounded off, not the term's.", Kahan),
        new("wrong-sign", "What was rounded off is counted with the wrong sign: the error has doubled instead of going away.",
            KahanWithWrongSign),
        new("wrong-sign", "What was rounded off is counted with the wrong sign: the error has doubled instead of going away.",
            terms => Neumaier(terms, sign: -1, looks: true)),
        new("one-case", "The correction is right only while the sum is larger than the term: which of the two loses its lower bits "
            + "depends on "
            + "which is larger.", terms => Neumaier(terms, sign: 1, looks: false)),
        new("in-halves", "This is the sum in halves: it makes fewer roundings and keeps none, so what cancellation uncovers is lost as "
            + "before.",
            terms => InHalves(terms)),
    ];

    protected override IEnumerable<double[]> Inputs(Random random)
    {
        yield return [];
        yield return [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        yield return [1e16, 1, 1, 1, -1e16];
        yield return [1, 1e16, 1, -1e16];
        yield return [0.5, 1e15, 0.125, -1e15, -0.5];
        yield return [.. Enumerable.Repeat(0.1, 1000), -99];
        for (int k = 0; k < 3; k++)
            yield return Cancelling(random);
    }

    protected override object?[] Arguments(double[] input) => [input];

    protected override double Truth(double[] input)
    {
        var sum = new MomentAccumulator();
        sum.Add(input);
        return sum.Sum;
    }

    // A sum made with a carry is within u |s| + ((n - 1) u)^2/(1 - ...)^2 times the sum of magnitudes (Ogita, Rump and Oishi 2005,
    // theorem for Sum2); the statement doubles both.
    protected override bool IsRight(double[] input, double output) =>
        Math.Abs(output - Truth(input)) <= 2 * Roundoff * Math.Abs(Truth(input))
            + 2 * Math.Pow(input.Length * Roundoff, 2) * input.Sum(Math.Abs);

    protected override string Describe(double[] input) => input.Length <= 12
        ? $"terms = {Words.Of(input)}"
        : $"{input.Length} terms, the first of which are {Words.Of(input.Take(5))}";

    // Small terms, and large ones that are taken away again later.
    private static double[] Cancelling(Random random)
    {
        double[] large = [.. Enumerable.Range(0, 40).Select(_ => Large(random))];
        double[] terms = [.. large, .. large.Select(x => -x), .. Enumerable.Range(0, 60).Select(_ => random.NextDouble() - 0.3)];
        random.Shuffle(terms);
        return terms;
    }

    private static double Large(Random random) => Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, 8 + 7 * random.NextDouble()));

    private static double Plain(ReadOnlySpan<double> terms)
    {
        double sum = 0;
        foreach (double x in terms)
            sum += x;
        return sum;
    }

    private static double AsPrinted(double[] terms)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double y = x - c, t = sum + y;
            c = (t - y) - sum;
            sum = t;
        }

        return sum;
    }

    private static double Kahan(double[] terms)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double y = x - c, t = sum + y;
            c = (t - sum) - y;
            sum = t;
        }

        return sum;
    }

    private static double KahanWithWrongSign(double[] terms)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double y = x + c, t = sum + y;
            c = (t - sum) - y;
            sum = t;
        }

        return sum;
    }

    private static double Neumaier(double[] terms, double sign, bool looks)
    {
        double sum = 0, c = 0;
        foreach (double x in terms)
        {
            double t = sum + x;
            c += !looks || Math.Abs(sum) >= Math.Abs(x) ? (sum - t) + x : (x - t) + sum;
            sum = t;
        }

        return sum + sign * c;
    }

    private static double InHalves(ReadOnlySpan<double> terms) => terms.Length <= 1
        ? Plain(terms)
        : InHalves(terms[..(terms.Length / 2)]) + InHalves(terms[(terms.Length / 2)..]);
}
