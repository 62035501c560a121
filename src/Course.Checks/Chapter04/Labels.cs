namespace Course.Checks.Chapter04;

/// <summary>04.3: which method goes in which direction, and what it does to zeros.</summary>
internal sealed class Labels : ChoiceExercise
{
    public override string Id => "04.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "labelsChoice");

    protected override string Right => "C";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "These are the swapped labels: to have to cover all of P means to avoid zeros, and variational inference has no draws from P to average over.",
        ["B"] = "Moments of P are averages over P: ask which direction averages over P.",
        ["D"] = "The data come from P, not from the model: ask which of the two draws the outcomes that the log-likelihood is averaged over.",
    };
}
