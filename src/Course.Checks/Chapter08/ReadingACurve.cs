namespace Course.Checks.Chapter08;

/// <summary>08.3: what a rising bound says about q while the model is trained.</summary>
internal sealed class ReadingACurve : ChoiceExercise
{
    public override string Id => "08.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "curveChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "That the gain of the bound is a loss of divergence holds for a fixed model only: between the two epochs the evidence moved as well.",
        ["C"] = "A maximum over q would do that for a fixed model, but the decoder is trained by the same bound, and the posterior moves with it.",
        ["D"] = "The posterior itself is not needed: two of the three terms of the identity are given for each epoch, and they leave one number.",
    };
}
