namespace Course.Checks.Chapter06;

/// <summary>06.3: what a change of units does to KL and to the Wasserstein distance.</summary>
internal sealed class ChangeOfUnits : ChoiceExercise
{
    public override string Id => "06.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "unitsChoice");

    protected override string Right => "A";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["B"] = "One of the two is a length: ask how far the mass travels, measured in the new unit.",
        ["C"] = "The divergence has no unit: the squared shift and the variance that it is divided by change by the same factor.",
        ["D"] = "A density is divided by 1000, and its entropy changes: but the divergence has two densities in a ratio.",
    };
}
