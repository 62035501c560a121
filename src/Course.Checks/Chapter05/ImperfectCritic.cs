namespace Course.Checks.Chapter05;

/// <summary>05.3: what a critic proves that is not the best one.</summary>
internal sealed class ImperfectCritic : ChoiceExercise
{
    public override string Id => "05.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "criticChoice");

    protected override string Right => "D";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "The bound was derived for any function T, not for the best one: training makes it tight, and it holds before.",
        ["B"] = "Look at the step from the supremum to a chosen T(x): replacing the best slope by another one can only make the sum smaller.",
        ["C"] = "The value equals the divergence only if T is f'(p/q), and nothing says that training got that far.",
    };
}
