using RelativeEntropy;

namespace Course.Checks.Chapter09;

/// <summary>09.2: the temperature of soft targets that went through a second softmax.</summary>
internal sealed class LostTemperature : ValueExercise
{
    private const double Temperature = 2.463;
    private static readonly double[] Given = [5, 3, 0, -2];
    private static readonly double[] Stored = Softmax(Softmax(Given, Temperature), 1);

    // What the second softmax was given, up to a constant, and the one constant with which it sums to one.
    private static readonly double[] Logarithms = [.. Stored.Select(v => Math.Log(v))];

    public override string Id => "09.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "lostTemperature");

    // The targets are given to eight places, within 2e-8 of each: that moves the smallest probability by a relative 1e-6, and T by less.
    protected override Precision Tolerance => Precision.SignificantDigits(4);

    protected override double Truth => Temperature;

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes { get; } =
    [
        .. Told("bug-ignored", "These numbers were taken for a softmax of logits over T, which they are not: other classes give another T. "
            + "What happens to them after the first softmax?",
            [.. Quotients(Given, Stored), 1 / Slope(Given, Logarithms), Slope(Logarithms, Given), .. Matches(t => Softmax(Given, t))]),
        .. Told("temperature-outside",
            "This divides the probabilities by T, in the second softmax: the snippet divides the logits, in the first.",
            [.. Quotients(Softmax(Given, 1), Stored), .. Matches(t => Softmax(Softmax(Given, 1), t))]),
        .. Told("temperature-twice", "This divides by T in both softmaxes: in the snippet the second one has no temperature.",
            Matches(t => Softmax(Softmax(Given, t), t))),
        .. Told("constant-forgotten", "The logarithms of a softmax give back its arguments up to a constant that is added to all: "
            + "here the arguments are probabilities, so you know what they sum to.",
            [
                .. Quotients(Given, Logarithms), .. Quotients(Given, Logarithms).Select(t => -t),
                .. Quotients(Given, [.. Logarithms.Select(v => v - Logarithms.Min())]),
            ]),
        ("inverse", "This is the number to multiply the logits with: the temperature divides them.", 1 / Temperature),
        ("squared", "This is T^2: no loss was stored, and nothing here was multiplied by it.", Temperature * Temperature),
        .. Told("wrong-base",
            "A logarithm was taken to another base: a softmax is made of powers of e, and only the natural logarithm undoes it.",
            [
                Temperature * Math.Log(2), Temperature * Math.Log(10), Temperature / Math.Log(2),
                .. Quotients(Given, Undone(2)), .. Quotients(Given, Undone(2)).Select(t => t * Math.Log(2)),
            ]),
    ];

    private static IEnumerable<(string, string, double)> Told(string id, string sentence, IEnumerable<double> values) =>
        values.Where(double.IsNormal).Select(value => (id, sentence, value));

    private static double[] Softmax(double[] logits, double temperature)
    {
        double[] p = new double[logits.Length];
        Logits.Softmax(logits, p, temperature);
        return p;
    }

    // The first softmax, as one finds it who takes logarithms to this base.
    private static double[] Undone(double logBase) =>
        [.. Logarithms.Select(v => (v - Logarithms.Average()) / Math.Log(logBase) + 1.0 / Logarithms.Length)];

    // T from each two classes, if these numbers are in proportion to a softmax of the arguments over T.
    private static IEnumerable<double> Quotients(double[] arguments, double[] numbers) =>
        from i in Enumerable.Range(0, numbers.Length)
        from j in Enumerable.Range(0, i)
        select (arguments[j] - arguments[i]) / Math.Log(numbers[j] / numbers[i]);

    private static double Slope(double[] x, double[] y) =>
        x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum() / x.Sum(a => (a - x.Average()) * (a - x.Average()));

    // T by which answers agree with the stored ones in the largest number, in the entropy, and in the mean of the logits, where the
    // cross-entropy is least.
    private static IEnumerable<double> Matches(Func<double, double[]> answer) =>
        new Func<double[], double>[] { p => -p[0], p => Entropy.Shannon(p), p => -p.Zip(Given, (v, z) => v * z).Sum() }
            .Select(grows => Root(t => grows(answer(t)) - grows(Stored)));

    // Of a growing function of T between 0.05 and 500; NaN where it has none.
    private static double Root(Func<double, double> growing)
    {
        double low = 0.05, high = 500;
        if (!(growing(low) < 0 && growing(high) > 0))
            return double.NaN;
        for (int k = 0; k < 100; k++)
        {
            double middle = (low + high) / 2;
            if (growing(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
