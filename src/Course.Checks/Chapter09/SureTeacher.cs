using RelativeEntropy;

namespace Course.Checks.Chapter09;

/// <summary>09.4: TCKD and NCKD, also where the teacher is all but sure (Zhao et al. 2022).</summary>
internal sealed class SureTeacher : FunctionExercise<SureTeacher.Case, double[]>
{
    /// <summary>One input: the two sets of logits, the true class, and the temperature.</summary>
    public sealed record Case(double[] Teacher, double[] Student, int Label, double Temperature);

    private delegate double[] Softener(double[] logits, double temperature);

    public override string Id => "09.4";

    public override bool Forbids(string type, string member) =>
        type == nameof(Distillation) && member.StartsWith(nameof(Distillation.Decoupled), StringComparison.Ordinal);

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], int, double, double[]>>("double[] Decouple(double[] teacher, double[] student, int label, double temperature)");

    // Each probability has a relative error of at most (2|z|/T + n + 4) u, u = 1.1e-16: below 2e-14 for |z|/T up to 50, and so has 1 - p_t
    // as a sum. TCKD and NCKD are sums of terms below 100 in size whose logarithms err by as much: far below the 1e-9 that is asked.
    protected override Precision Tolerance => Precision.Relative(1e-9);

    protected override double Floor => 0.05;

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("others-not-normalised", "The other classes were not divided by their sum: NCKD compares two distributions among them.",
            x => [Target(x, Softmax), Plain(x)]),
        new("others-weighed", "NCKD is still multiplied by 1 - p_t: without that weight, it is the divergence of the two distributions among the others.",
            x => [Target(x, Softmax), Softmax(x.Teacher, x.Temperature).Where((_, i) => i != x.Label).Sum() * Others(x)]),
        new("coin-cut-short", "TCKD is the divergence of two coins, and a coin has two sides: the term of 'not the true class' is missing.",
            x => [Head(x), Others(x)]),
        new("times-temperature-squared", "Both parts are multiplied by T^2: the loss has that factor, the parts do not.",
            x => [.. Both(x).Select(v => v * x.Temperature * x.Temperature)]),
        new("temperature-not-applied", "The softmaxes were taken at temperature 1: both sets of logits are to be divided by T first.",
            x => Both(x with { Temperature = 1 })),
        new("swapped-direction", "Both parts are relative to the teacher: the teacher is the first argument of the divergence, the student the second.",
            x => Both(x with { Teacher = x.Student, Student = x.Teacher })),
        new("parts-exchanged", "The parts stand in the wrong order: TCKD first, then NCKD.",
            x => [Others(x), Target(x, Softmax)]),
        new("true-class-kept", "The second part is the divergence among all classes: the true class has to be left out of it.",
            x => [Target(x, Softmax), Logits.KullbackLeibler(x.Teacher, x.Student, x.Temperature)]),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("cancellation", "Where a network is all but sure, a difference from one has no digits left, "
            + "neither 1 - p_t nor one less the others: add up the probabilities that are asked for.",
            (x, y) => IsSure(x) && y.Any(v => !double.IsFinite(v))),
        new("sure-network", "Wrong only where a network is all but sure. Either a small constant keeps the logarithm finite there, "
            + "or a probability was computed as a difference from one.",
            (x, _) => IsSure(x)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([3, 1, 0, -1], [1, 2, 0, 0], 0, 1);
        yield return new([3, 1, 0, -1], [1, 2, 0, 0], 2, 4);
        yield return new([45, 2, 0, 1], [3, 0, 2, 1], 0, 1);
        yield return new([1, 0, 3], [2, 50, 0], 1, 1);
        yield return new([1, 0, 3], [0, 50, 2], 0, 1);
        yield return new([0, 48, 1], [1, 0, 2], 0, 1);
        yield return new([50, -50, -49], [-50, 50, 49], 0, 1);
        for (int n = 3; n <= 6; n++)
            yield return new(Draws(random, n), Draws(random, n), random.Next(n), 1.5 + 4 * random.NextDouble());
    }

    protected override object?[] Arguments(Case input) => [input.Teacher, input.Student, input.Label, input.Temperature];

    protected override double[] Truth(Case input) => Both(input);

    protected override string Describe(Case input) =>
        $"teacher = {Words.Of(input.Teacher)}, student = {Words.Of(input.Student)}, label = {input.Label} and temperature = {Words.Of(input.Temperature)}";

    private static double[] Draws(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => 8 * random.NextDouble() - 4)];

    private static double[] Softmax(double[] logits, double temperature)
    {
        double[] p = new double[logits.Length];
        Logits.Softmax(logits, p, temperature);
        return p;
    }

    private static bool IsSure(Case x) =>
        new[] { x.Teacher, x.Student }.Any(logits => Sureness(logits, x) is < 1e-12 or > 1 - 1e-12);

    private static double Sureness(double[] logits, Case x) => Softmax(logits, x.Temperature)[x.Label];

    private static double[] Both(Case x) => [Target(x, Softmax), Others(x)];

    private static double Target(Case x, Softener softmax)
    {
        double[] p = softmax(x.Teacher, x.Temperature), q = softmax(x.Student, x.Temperature);
        double[] Coin(double[] all) => [all[x.Label], all.Where((_, i) => i != x.Label).Sum()];
        return Measures.KullbackLeibler(Coin(p), Coin(q));
    }

    private static double Others(Case x) =>
        Logits.KullbackLeibler([.. x.Teacher.Where((_, i) => i != x.Label)], [.. x.Student.Where((_, i) => i != x.Label)], x.Temperature);

    private static double Plain(Case x)
    {
        double[] Rest(double[] logits) => [.. Softmax(logits, x.Temperature).Where((_, i) => i != x.Label)];
        return Measures.LogRatioSum(Rest(x.Teacher), Rest(x.Student));
    }

    private static double Head(Case x) => Terms.RelativeEntropy(Sureness(x.Teacher, x), Sureness(x.Student, x));
}
