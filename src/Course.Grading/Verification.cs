using Course.Checks;

namespace Course.Grading;

/// <summary>One thing that must hold of an exercise, and whether it does.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Statement">What must hold.</param>
/// <param name="Problem">Why it does not, or null.</param>
/// <param name="Of">What it is about.</param>
public sealed record VerifiedFact(string Exercise, string Statement, string? Problem, FactKind Of = FactKind.Form)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Problem is null;
}

/// <summary>What a fact about an exercise is about.</summary>
public enum FactKind
{
    /// <summary>How the exercise is written down.</summary>
    Form,

    /// <summary>The unfilled answer.</summary>
    Stub,

    /// <summary>The solution, or an alternative to it.</summary>
    RightAnswer,

    /// <summary>A typical wrong answer.</summary>
    WrongAnswer,
}

/// <summary>
/// Checks the course's own exercises: the stub is not attempted, the solution and the alternatives are correct, and each
/// typical wrong answer is given its own diagnosis.
/// </summary>
/// <param name="grader">What grades the answers.</param>
public sealed class Verification(Grader grader)
{
    /// <summary>The fewest alternative right answers that an exercise must have.</summary>
    public const int FewestAlternatives = 2;

    /// <summary>How many facts a sheet has.</summary>
    public static int Count(ExerciseSheet sheet) => sheet.Exercises.Sum(e => 5 + e.Alternatives.Count + e.Wrong.Count);

    /// <summary>Verifies a sheet of solutions.</summary>
    public async IAsyncEnumerable<VerifiedFact> VerifyAsync(ExerciseSheet sheet, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var submission = new Submission(sheet.Notebook);
        foreach (SheetExercise exercise in sheet.Exercises)
        {
            if (Incomplete(exercise) is { } incomplete)
            {
                yield return new VerifiedFact(exercise.Id, "is complete", incomplete);
                continue;
            }
            yield return new VerifiedFact(exercise.Id, "has no TODO left in it", sheet.HasToDo(exercise.Id) ? "there is one in the notebook" : null);
            yield return new VerifiedFact(exercise.Id, $"has at least {FewestAlternatives} alternative answers",
                exercise.Alternatives.Count >= FewestAlternatives ? null : $"it has {exercise.Alternatives.Count}");
            yield return new VerifiedFact(exercise.Id, "lists every wrong answer that its check recognises", Unlisted(exercise));
            SubmittedAnswer solution = submission.Find(exercise.Id);
            Case[] cases = [.. Cases(exercise)];
            var answers = cases.Select(c => solution with { Answer = solution.Answer with { Source = c.Code } });
            int k = 0;
            await foreach (Verdict verdict in grader.GradeInTurnAsync(answers, exercise.Id, cancellation).ConfigureAwait(false))
            {
                Case expected = cases[k++];
                bool holds = verdict.Outcome == expected.Outcome && verdict.Mistake == expected.Mistake;
                yield return new VerifiedFact(exercise.Id, expected.Statement, holds ? null : $"{verdict.OutcomeText}{(verdict.Mistake is null ? "" : $" ({verdict.Mistake})")}: {verdict.Message}", expected.Of);
            }
        }
    }

    private static string? Incomplete(SheetExercise exercise)
    {
        if (Exercises.All.All(e => e.Id != exercise.Id))
            return "it has no check";
        try
        {
            AnswerCell.Stub(exercise.Answer.Source);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static string? Unlisted(SheetExercise exercise)
    {
        string[] unlisted = [.. Exercises.Find(exercise.Id).Recognised.Except(exercise.Wrong.Select(w => w.Name))];
        return unlisted is [] ? null : $"not listed: {string.Join(", ", unlisted)}";
    }

    private static IEnumerable<Case> Cases(SheetExercise exercise) =>
    [
        new("the stub is not attempted", AnswerCell.Stub(exercise.Answer.Source), Outcome.NotAttempted, FactKind.Stub),
        new("the solution is correct", exercise.Answer.Source, Outcome.Correct, FactKind.RightAnswer),
        .. exercise.Alternatives.Select(a => new Case($"the alternative '{a.Name}' is correct", a.Code, Outcome.Correct, FactKind.RightAnswer)),
        .. exercise.Wrong.Select(w => new Case($"the wrong answer '{w.Name}' is told so", w.Code, Outcome.Wrong, FactKind.WrongAnswer, w.Name)),
    ];

    private sealed record Case(string Statement, string Code, Outcome Outcome, FactKind Of, string? Mistake = null);
}
