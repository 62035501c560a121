namespace Course.Checks.Chapter11;

/// <summary>11.4: the f that forbids to leave anything out, and allows to invent.</summary>
internal sealed class WhichGenerator : ChoiceExercise
{
    public override string Id => "11.4";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "generatorChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "Its f(0) is infinite and its slope at infinity is zero: it forbids to invent anything and lets whole kinds of findings be left out.",
        ["C"] = "Both of its prices are finite: leaving out a rare finding would cost half its frequency times ln 2, and no more.",
        ["D"] = "Its f(0) is infinite and its slope at infinity is one: one invented image costs everything, a finding that is left out hardly anything.",
    };
}
