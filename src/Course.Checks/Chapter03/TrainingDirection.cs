namespace Course.Checks.Chapter03;

/// <summary>03.3: which divergence a training loop minimises.</summary>
internal sealed class TrainingDirection : ChoiceExercise
{
    public override string Id => "03.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "klDirection");

    protected override string Right => "B";

    protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["A"] = "That would need the student's logarithms as the input and the teacher's probabilities as the target: look at which network stands where.",
        ["C"] = "The input is what kl_div wants, logarithms of probabilities: the number is a divergence, the question is which.",
        ["D"] = "The order of the arguments is not only a matter of sign or size: the two directions have different minima where the student cannot copy the teacher.",
    };
}
