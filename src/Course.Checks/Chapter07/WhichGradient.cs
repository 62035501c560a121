namespace Course.Checks.Chapter07;

/// <summary>07.2: which divergence a step on k3 descends.</summary>
internal sealed class WhichGradient : ChoiceExercise
{
    public override string Id => "07.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "gradientChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] =
            "That is what the loss estimates. Its derivative with the samples held fixed does not see that the policy also decides "
            + "where samples fall.",
        ["C"] =
            "That is k1, whose derivative is the score. The derivative of k3 has a second part, -ref/policy times the score, and its "
            + "mean is not zero.",
        ["D"] = "That is what k3 gives in the reward, its value times the score. Here k3 itself is differentiated.",
    };
}
