namespace Course.Checks;

/// <summary>An exercise whose answer is a number.</summary>
public abstract class ValueExercise : Exercise
{
    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => Mistakes.Select(m => m.Id);

    /// <summary>The right value.</summary>
    protected abstract double Truth { get; }

    /// <inheritdoc/>
    public override Precision? Stated => Tolerance.Words is null ? null : Tolerance;

    /// <summary>
    /// How near to the truth a right answer is: as the statement asks; or a relative error, with its derivation beside it.
    /// </summary>
    protected abstract Precision Tolerance { get; }

    /// <summary>The typical wrong answers: id, what to tell the learner, the value.</summary>
    protected abstract IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes { get; }

    /// <inheritdoc/>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        double given = answer.Call<double?>() ?? throw AnswerException.NotAttempted();
        if (Deviation.IsWithin(given, Truth, Tolerance))
            return Correct();
        foreach ((string id, string sentence, double value) in Mistakes)
        {
            if (Deviation.IsWithin(given, value, Tolerance))
                return Wrong(sentence, id);
        }
        return Wrong($"Your answer is {Deviation.Describe(given, Truth)}.");
    }
}
