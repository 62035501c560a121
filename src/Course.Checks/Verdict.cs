using System.Net;

namespace Course.Checks;

/// <summary>What came of an exercise. <see cref="OutcomeRule"/> says what follows from it.</summary>
public enum Outcome
{
    /// <summary>The answer is right.</summary>
    Correct,

    /// <summary>The answer is wrong.</summary>
    Wrong,

    /// <summary>The stub was left as it was.</summary>
    NotAttempted,

    /// <summary>The answer could not be judged: it threw, did not compile, ended its process, or its cell is missing.</summary>
    Failed,

    /// <summary>The answer used up its processor time.</summary>
    TimedOut,

    /// <summary>The answer did not end within the wall limit, and used little processor time: it waited, or the machine did.</summary>
    Stalled,

    /// <summary>The grader could not do its work, so this says nothing about the answer: whoever grades has to look.</summary>
    NotGraded,

    /// <summary>Grading ended twice while the submission was being graded, so it is not begun a third time.</summary>
    LeftOut,
}

/// <summary>The verdict on one exercise, in the words that the notebook and the command line share.</summary>
/// <param name="Exercise">The exercise's id.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">One sentence for the learner.</param>
/// <param name="Mistake">The typical mistake's id, where one was recognised.</param>
[TypeFormatterSource(typeof(VerdictFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Verdict(string Exercise, Outcome Outcome, string Message, string? Mistake = null)
{
    /// <summary>The outcome in two words at most.</summary>
    public string OutcomeText => Outcome.Rule().Text;

    /// <summary>The verdict as a line of text.</summary>
    public override string ToString() => $"{Exercise} {OutcomeText}: {Message}";

    /// <summary>The verdict as HTML, which notebook hosts show.</summary>
    public string ToHtml()
    {
        (string colour, string sign) = Outcome.Rule().Kind switch
        {
            OutcomeKind.Right => ("#009e73", "&#10003;"),
            OutcomeKind.Open => ("#7f7f7f", "&#9675;"),
            _ => ("#d55e00", "&#10007;"),
        };
        return $"""<div style="border-left:4px solid {colour};padding:.3em .8em"><b>{sign} {Exercise} {OutcomeText}</b> {WebUtility.HtmlEncode(Message)}</div>""";
    }
}
