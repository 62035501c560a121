namespace Course.Checks.Chapter01;

/// <summary>01.3: which lengths a Huffman code can have.</summary>
internal sealed class PossibleLengths : ChoiceExercise
{
    public override string Id => "01.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "huffmanChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "These words need more of the line than there is: add up the powers of one half.",
        ["C"] = "A word of one digit takes half of the line: add up what the others take.",
        ["D"] = "A prefix code with these lengths exists, but it leaves space unused: some word could be shorter, so it is not the best code for any source.",
    };
}
