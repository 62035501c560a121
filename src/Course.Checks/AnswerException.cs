namespace Course.Checks;

/// <summary>An answer gave no value, and why.</summary>
/// <param name="outcome">What that makes of the exercise.</param>
/// <param name="message">One sentence for the learner.</param>
public sealed class AnswerException(Outcome outcome, string message) : Exception(message)
{
    private const int LongestMessage = 400;

    /// <summary>What the message of an answer that threw begins with.</summary>
    public const string CodeThrew = "Your code threw ";

    /// <summary>What it makes of the exercise.</summary>
    public Outcome Outcome { get; } = outcome;

    /// <summary>The stub was left as it was.</summary>
    public static AnswerException NotAttempted() => new(Outcome.NotAttempted, "Not attempted yet.");

    /// <summary>The answer threw.</summary>
    /// <param name="type">The exception's type.</param>
    /// <param name="message">Its message.</param>
    public static AnswerException Threw(string type, string message) => type == typeof(NotImplementedException).FullName
        ? NotAttempted()
        : new(Outcome.Failed, $"{CodeThrew}{type[(type.LastIndexOf('.') + 1)..]}: "
            + (message.Length <= LongestMessage ? message : message[..LongestMessage] + "..."));
}
