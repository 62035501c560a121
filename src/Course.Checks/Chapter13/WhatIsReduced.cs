namespace Course.Checks.Chapter13;

/// <summary>13.3: what must be all-reduced where a vocabulary is spread over machines.</summary>
internal sealed class WhatIsReduced : ChoiceExercise
{
    public override string Id => "13.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "reduceChoice");

    protected override string Right => "D";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "A softmax over a part is normalised by the part alone: such divergences compare the shapes within the parts and say "
            + "nothing about the masses between them.",
        ["B"] = "Without the maximum the exponentials overflow: in float32 from logits of 89 on, whatever is done afterwards.",
        ["C"] = "Each rank's sums are in units of e to its own maximum: an all-reduce adds the numbers as they are, and units that "
            + "differ do not add.",
        ["E"] = "This gives the right answer and carries all logits: there is a way with five numbers per row.",
    };
}
