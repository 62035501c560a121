namespace Course.Checks;

/// <summary>An exercise whose answer is one of several letters.</summary>
public abstract class ChoiceExercise : Exercise
{
    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => WhyNot.Keys.Select(MistakeId);

    /// <summary>The right letter.</summary>
    protected abstract string Right { get; }

    /// <summary>Why each other letter is wrong, in a sentence.</summary>
    protected abstract IReadOnlyDictionary<string, string> WhyNot { get; }

    /// <inheritdoc/>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        string written = answer.Call<string>() ?? throw AnswerException.NotAttempted(), given = Letter(written);
        if (given == Right)
            return Correct();
        return WhyNot.TryGetValue(given, out string? why)
            ? Wrong(why, MistakeId(given))
            : Wrong($"'{written.Trim()}' is not one of the letters {string.Join(", ", Letters)}.");
    }

    private IEnumerable<string> Letters => WhyNot.Keys.Append(Right).Order(StringComparer.Ordinal);

    /// <summary>The letter as the statement may have it, without what people write around it: <c>C.</c>, <c>(c)</c>, <c> c) </c>.</summary>
    private static string Letter(string given)
    {
        int start = 0, end = given.Length;
        while (start < end && !char.IsLetterOrDigit(given[start]))
            start++;
        while (start < end && !char.IsLetterOrDigit(given[end - 1]))
            end--;
        return given[start..end].ToUpperInvariant();
    }

    private static string MistakeId(string letter) => $"chose-{letter}";
}
