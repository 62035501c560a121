using RelativeEntropy;

namespace Course.Checks.Chapter09;

/// <summary>09.1: the gradient of T^2 KL(p || q) by the student's logits.</summary>
internal sealed class SoftTargetGradient : FunctionExercise<SoftTargetGradient.Case, double[]>
{
    /// <summary>One input: the two sets of logits, and the temperature.</summary>
    public sealed record Case(double[] Teacher, double[] Student, double Temperature);

    public override string Id => "09.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], double[], double, double[]>>("double[] SoftGradient(double[] teacher, double[] student, double temperature)");

    // T (q_i - p_i): each probability errs by at most (|z_i|/T + n + 4) u, u = 1.1e-16, which is below 2e-13 for logits up to 1200 in size; the difference of the two
    // by 4e-13, and T by which it is multiplied is at most 20. On these inputs the largest component is above 1e-3.
    protected override Precision Tolerance => 1e-8;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("no-temperature-squared", "The factor T^2 is missing: this is the gradient of the divergence alone, and it fades as T grows.",
            x => Difference(x, Softmax, 1 / x.Temperature)),
        new("chain-rule-forgotten", "This is T^2 (q - p): the logits are divided by T before the softmax, and the chain rule brings that division into the gradient.",
            x => Difference(x, Softmax, x.Temperature * x.Temperature)),
        new("difference-alone", "This is q - p: of T^2 and of the division of the logits by T one power of T is left over.",
            x => Difference(x, Softmax, 1)),
        new("sign", "This points away from the teacher: it is minus the gradient. A student that follows minus the gradient must gain what it says too rarely.",
            x => Difference(x, Softmax, -x.Temperature)),
        new("reverse-divergence", "This is the gradient of T^2 D(q || p): the teacher weighs the terms, so it is the first argument.",
            x => HasZero(x) ? null : Reverse(x)),
        new("by-the-teacher", "This is the gradient by the teacher's logits: the teacher is held fixed, and the student moves.",
            x => HasZero(x) ? null : ByTeacher(x)),
        new("temperature-not-applied", "The softmaxes were taken at temperature 1: both sets of logits are to be divided by T first.",
            x => Difference(x, (logits, _) => Softmax(logits, 1), x.Temperature)),
        new("one-side-softened", "Only one of the two was softened: teacher and student are compared at the same temperature.",
            x => Combine(Softmax(x.Student, 1), Softmax(x.Teacher, x.Temperature), x.Temperature)),
        new("one-side-softened", "Only one of the two was softened: teacher and student are compared at the same temperature.",
            x => Combine(Softmax(x.Student, x.Temperature), Softmax(x.Teacher, 1), x.Temperature)),
        new("multiplied-by-temperature", "The logits were multiplied by T: that sharpens the answers, and a high temperature must soften them.",
            x => Difference(x, (logits, t) => Softmax(logits, 1 / t), x.Temperature)),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("overflow", "Exponentials overflowed, or all of them underflowed: take the largest logit out before you exponentiate, "
            + "that one and no other.",
            (_, g) => g.Any(v => !double.IsFinite(v))),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([2, 1, 0], [0, 0, 0], 1);
        yield return new([2, 1, 0], [0, 1, 0.5], 4);
        yield return new([1200, 1198, 900], [1000, 1001, 1002], 1.5);
        yield return new([0, 1000], [1000, 0], 1);
        yield return new([-1000, 0], [0.5, 0.2], 1);
        yield return new([0, 0, 0, 1200], [1200, 0, 0, 0], 1);
        yield return new([-1200, -1198, -1190], [-1190, -1200, -1191], 1);
        yield return new([-3, 5, 0.5, 1], [-1, 2, 0, 4], 0.5);
        for (int n = 2; n <= 6; n++)
            yield return new(Logits(random, n), Logits(random, n), 1.5 + 10 * random.NextDouble());
    }

    protected override object?[] Arguments(Case input) => [input.Teacher, input.Student, input.Temperature];

    protected override double[] Truth(Case input)
    {
        double[] gradient = new double[input.Student.Length];
        Distillation.SoftTargetsGradient(input.Teacher, input.Student, input.Temperature, gradient);
        return gradient;
    }

    protected override string Describe(Case input) =>
        $"teacher = {Words.Of(input.Teacher)}, student = {Words.Of(input.Student)} and temperature = {Words.Of(input.Temperature)}";

    private static double[] Logits(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => 12 * random.NextDouble() - 6)];

    private static double[] Softmax(double[] logits, double temperature)
    {
        double[] p = new double[logits.Length];
        RelativeEntropy.Logits.Softmax(logits, p, temperature);
        return p;
    }

    // A logarithm of such a probability may be anything.
    private static bool HasZero(Case x) => Softmax(x.Teacher, x.Temperature).Contains(0) || Softmax(x.Student, x.Temperature).Contains(0);

    private static double[] Difference(Case x, Func<double[], double, double[]> softmax, double factor) =>
        Combine(softmax(x.Student, x.Temperature), softmax(x.Teacher, x.Temperature), factor);

    private static double[] Combine(double[] q, double[] p, double factor) => [.. q.Zip(p, (a, b) => factor * (a - b))];

    private static double[] Reverse(Case x)
    {
        double[] gradient = new double[x.Student.Length];
        Distillation.ReverseSoftTargetsGradient(x.Teacher, x.Student, x.Temperature, gradient);
        return gradient;
    }

    private static double[] ByTeacher(Case x)
    {
        double[] gradient = new double[x.Teacher.Length];
        RelativeEntropy.Logits.KullbackLeiblerGradient(x.Teacher, x.Student, gradient, default, x.Temperature);
        return [.. gradient.Select(g => g * x.Temperature * x.Temperature)];
    }
}
