namespace Course.Checks.Chapter00;

/// <summary>00.2: which argument is the truth.</summary>
internal sealed class WhoIsWho : ChoiceExercise
{
    public override string Id => "00.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "who");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "Here the average is taken over what the service says: the days come from the truth, and what the average is taken under stands first.",
        ["C"] = "One user pays one price: the average is taken under what really happens, not half the time under what was said.",
        ["D"] = "A difference of probabilities does not know that a surprise grows as the believed probability falls towards zero.",
    };
}
