namespace Course.Checks.Chapter09;

/// <summary>09.3: by which loss a student was taught, told from what it writes.</summary>
internal sealed class WhichLoss : ChoiceExercise
{
    public override string Id => "09.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "lossChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "A student that must not leave out what its teacher says covers all of it, and where it is too small it fills the gaps between with nonsense.",
        ["C"] = "At this end of the dial the loss is, up to its scale, the divergence of A: look up what J_w becomes as w goes to 0.",
        ["D"] = "A temperature softens teacher and student alike: it changes how much the small probabilities count, but not which side may be left out.",
    };
}
