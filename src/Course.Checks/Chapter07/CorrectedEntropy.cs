using RelativeEntropy;

namespace Course.Checks.Chapter07;

/// <summary>07.3: the entropy of counts, corrected by Miller and Madow.</summary>
internal sealed class CorrectedEntropy : FunctionExercise<int[], double>
{
    public override string Id => "07.3";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<int[], double>>("double CorrectedEntropy(int[] counts)");

    // A sum of at most 12 non-negative terms and one quotient: 30 u, u = 1.1e-16, of the result in any order. Every mistake
    // is off by 1e-4 or more.
    protected override Precision Tolerance => 1e-12;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<int[], double>> Mistakes { get; } =
    [
        new("no-correction", "Nothing was added: this is the plug-in entropy. (A division of whole numbers gives 0 here: write 2.0 for 2.)",
            x => PlugInOf(x)),
        new("k-for-k-minus-one", "The correction has K for K - 1: one outcome alone has entropy 0, and needs none.",
            x => PlugInOf(x) + Seen(x) / (2.0 * x.Sum())),
        new("empty-outcomes", "Outcomes that were never seen were counted: K is the number of outcomes seen.",
            x => PlugInOf(x) + (x.Length - 1) / (2.0 * x.Sum())),
        new("subtracted", "The correction has the wrong sign: frequencies look more orderly than the truth, so their entropy is too small.",
            x => PlugInOf(x) - Correction(x)),
        new("half-forgotten", "The correction is twice as large as it should be: it is (K - 1)/2N.", x => PlugInOf(x) + 2 * Correction(x)),
        new("outcomes-for-observations", "The correction is divided by the number of outcomes: N is the number of observations.",
            x => PlugInOf(x) + (Seen(x) - 1) / (2.0 * x.Length)),
        new("bits-for-nats", "These are bits: asked are nats.", x => (PlugInOf(x) + Correction(x)) / Math.Log(2)),
        new("mixed-units", "The entropy is in bits and the correction in nats.", x => PlugInOf(x) / Math.Log(2) + Correction(x)),
        new("correction-alone", "This is the correction alone: add it to the entropy of the frequencies.", Correction),
        new("negative", "The entropy of the frequencies has the wrong sign.", x => -PlugInOf(x) + Correction(x)),
    ];

    protected override IReadOnlyList<Symptom<int[], double>> Symptoms { get; } =
    [
        new("zero-log-zero",
            "An outcome that was never seen gives NaN: in floating point 0 times an infinity is NaN, and it must contribute 0.",
            (x, given) => x.Contains(0) && double.IsNaN(given)),
    ];

    protected override IEnumerable<int[]> Inputs(Random random)
    {
        yield return [3, 1];
        yield return [5];
        yield return [0, 4, 0];
        yield return [10, 0, 5, 5];
        yield return [1, 1, 1, 1, 1, 1];
        yield return [300, 200, 100];
        for (int n = 3; n <= 12; n += 3)
            yield return [.. Enumerable.Range(0, n).Select(i => i == 0 ? 2 : random.Next(0, 9))];
    }

    protected override object?[] Arguments(int[] input) => [input];

    protected override double Truth(int[] input) => PlugIn.Entropy(input, PlugInCorrection.MillerMadow).Value;

    protected override string Describe(int[] input) => $"counts = [{string.Join(", ", input)}]";

    private static double PlugInOf(int[] x) => PlugIn.Entropy(x).Value;

    private static int Seen(int[] x) => x.Count(v => v > 0);

    private static double Correction(int[] x) => (Seen(x) - 1) / (2.0 * x.Sum());
}
