namespace Course.Checks.Chapter07;

/// <summary>07.4: the smallest batch with which InfoNCE can report an information.</summary>
internal sealed class SmallestBatch : ValueExercise
{
    private const double Information = 7.3;

    public override string Id => "07.4";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "smallestBatch");

    // Whole numbers of four digits; what rounding does to one that was computed is far below this.
    protected override Precision Tolerance => 1e-9;

    protected override double Truth => Math.Ceiling(Math.Exp(Information));

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("rounded-down", "With one pair more it could: the ceiling of this batch is still below the information.",
            Math.Floor(Math.Exp(Information))),
        ("not-whole", "A batch is a whole number of pairs.", Math.Exp(Information)),
        ("information",
            "This is the information itself. The ceiling is the logarithm of the batch, so the batch is an exponential.", Information),
        ("information",
            "This is the information itself, rounded. The ceiling is the logarithm of the batch, so the batch is an exponential.",
            Math.Ceiling(Information)),
        ("two-for-e", "This is a power of two: the information is given in nats, and the ceiling is a natural logarithm.",
            Math.Ceiling(Math.Pow(2, Information))),
        ("ten-for-e", "This is a power of ten: the ceiling is a natural logarithm.", Math.Ceiling(Math.Pow(10, Information))),
        ("square", "This is the square of what is needed: e^(2 I) is the second moment that NWJ pays for. InfoNCE has no score above ln N.",
            Math.Ceiling(Math.Exp(2 * Information))),
        ("scores", "This counts the scores, N times N: asked is the number of pairs, N.", Math.Pow(Truth, 2)),
        ("logarithm", "This is the logarithm of the information: the batch's logarithm must reach it.", Math.Log(Information)),
    ];
}
