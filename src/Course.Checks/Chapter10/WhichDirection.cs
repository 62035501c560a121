namespace Course.Checks.Chapter10;

/// <summary>10.3: which divergence a mean of log-ratios estimates.</summary>
internal sealed class WhichDirection : ChoiceExercise
{
    public override string Id => "10.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "directionChoice");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "A name decides nothing: ask which policy the samples come from, and which one stands above the fraction bar.",
        ["C"] = "A divergence is a mean over samples from its first argument, so samples are enough: nobody has to list all answers.",
        ["D"] = "Turning the sign of the log-ratio does not turn the divergence round: for that the samples would have to come from the other policy.",
    };
}
