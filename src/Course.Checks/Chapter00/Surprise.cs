namespace Course.Checks.Chapter00;

/// <summary>00.1: the surprise of an outcome, in bits.</summary>
internal sealed class Surprise : ValueExercise
{
    public override string Id => "00.1";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "surprise");

    protected override double Truth => 3;

    // The value is whole; a logarithm and a quotient err by a few units in the last place.
    protected override Precision Tolerance => 1e-12;

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes { get; } =
    [
        ("probability-itself", "This is the probability itself: its surprise is minus its logarithm.", 0.125),
        ("nats-for-bits", "This is the surprise in nats: bits are asked for, so the logarithm has base two.", Math.Log(8)),
        ("sign", "The sign is missing: the logarithm of a probability is negative, and a surprise is not.", -3),
        ("number-of-outcomes", "This is how many such outcomes there would be: bits count how often one has to halve them.", 8),
    ];
}
