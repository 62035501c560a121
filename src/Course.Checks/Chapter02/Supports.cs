namespace Course.Checks.Chapter02;

/// <summary>02.3: what zeros on either side do.</summary>
internal sealed class Supports : ChoiceExercise
{
    public override string Id => "02.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "supportsChoice");

    protected override string Right => "C";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "Proportional is not equal: Jensen's step is tight here, but the probabilities of Q on the support of P do not sum to one, and the second step loses.",
        ["B"] = "The infinite case is the other one: only outcomes that the first argument can produce are weighed, and the third outcome never comes from P.",
        ["D"] = "The ratios agree on the first two outcomes only: ask what happens to someone who believes P when the third outcome comes from Q.",
    };
}
