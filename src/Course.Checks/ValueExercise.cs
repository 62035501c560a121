namespace Course.Checks;

/// <summary>An exercise whose answer is a number.</summary>
public abstract class ValueExercise : Exercise
{
    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => Mistakes.Select(m => m.Id);

    /// <summary>The right value.</summary>
    protected abstract double Truth { get; }

    /// <summary>The largest relative error of a right answer.</summary>
    protected abstract double Tolerance { get; }

    /// <summary>The typical wrong answers: id, what to tell the learner, the value.</summary>
    protected abstract IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes { get; }

    /// <inheritdoc/>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        double given = answer.Call<double?>() ?? throw AnswerException.NotAttempted();
        if (Deviation.Between(given, Truth) <= Tolerance)
            return Correct();
        foreach ((string id, string sentence, double value) in Mistakes)
        {
            if (Deviation.Between(given, value) <= Tolerance)
                return Wrong(sentence, id);
        }
        return Wrong($"Your answer is {Deviation.Describe(given, Truth)}.");
    }
}
