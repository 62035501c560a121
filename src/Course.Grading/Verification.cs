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

    /// <summary>An answer that breaks one demand of the statement.</summary>
    Demand,

    /// <summary>An answer that does not look at an argument.</summary>
    IgnoredArgument,

    /// <summary>What the last hint says, taken literally.</summary>
    LastHint,
}

/// <summary>
/// Checks the course's own exercises: the stub is not attempted; the solution, the alternatives and what the last hint says are correct;
/// each typical wrong answer is given its own diagnosis; and what breaks a demand of the statement or does not look at an argument is
/// refused.
/// </summary>
/// <param name="grader">What grades the answers.</param>
public sealed class Verification(Grader grader)
{
    /// <summary>The fewest alternative right answers that an exercise must have.</summary>
    public const int FewestAlternatives = 2;

    /// <summary>The demand that is broken by a right answer which calls what its statement says to write.</summary>
    public const string NotTheLibrary = "not the library";

    /// <summary>How many facts a sheet has.</summary>
    public static int Count(ExerciseSheet sheet) =>
        sheet.Exercises.Sum(e => Incomplete(e) is null ? Form(sheet, e).Count() + Cases(e).Count() : 1);

    /// <summary>Verifies a sheet of solutions.</summary>
    public async IAsyncEnumerable<VerifiedFact> VerifyAsync(
        ExerciseSheet sheet, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var submission = new Submission(sheet.Notebook);
        foreach (SheetExercise exercise in sheet.Exercises)
        {
            if (Incomplete(exercise) is { } incomplete)
            {
                yield return new VerifiedFact(exercise.Id, "is complete", incomplete);
                continue;
            }
            foreach (VerifiedFact fact in Form(sheet, exercise))
                yield return fact;
            SubmittedAnswer solution = submission.Find(exercise.Id);
            ILookup<string, Case> cases = Cases(exercise).ToLookup(c => c.Code);
            string[] codes = [.. cases.Select(c => c.Key)];
            var answers = codes.Select(code => solution with { Answer = solution.Answer with { Source = code } });
            int k = 0;
            await foreach (Verdict verdict in grader.GradeInTurnAsync(answers, exercise.Id, cancellation).ConfigureAwait(false))
            {
                foreach (Case expected in cases[codes[k++]])
                    yield return new(exercise.Id, expected.Statement, expected.IsMetBy(verdict) ? null : Told(verdict), expected.Of);
            }
        }
    }

    private static string Told(Verdict verdict) =>
        $"{verdict.OutcomeText}{(verdict.Mistake is null ? "" : $" ({verdict.Mistake})")}: {verdict.Message}";

    private static IEnumerable<VerifiedFact> Form(ExerciseSheet sheet, SheetExercise exercise) =>
    [
        new(exercise.Id, "has no TODO left in it", sheet.HasToDo(exercise.Id) ? "there is one in the notebook" : null),
        new(exercise.Id, $"has at least {FewestAlternatives} alternative answers",
            exercise.Alternatives.Count >= FewestAlternatives ? null : $"it has {exercise.Alternatives.Count}"),
        new(exercise.Id, "lists every wrong answer that its check recognises", Unlisted(exercise)),
        new(exercise.Id, "lists an answer that breaks each demand of its statement", exercise.Demands.Count > 0 ? null : "it has none"),
        new(exercise.Id, "lists an answer that ignores each argument", NotIgnored(exercise)),
        new(exercise.Id, "has an answer written from its last hint", exercise.LastHint.Count > 0 ? null : "it has none"),
    ];

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

    private static string? NotIgnored(SheetExercise exercise)
    {
        IReadOnlyList<string> parameters = Exercises.Find(exercise.Id).Form.Parameters;
        string[] ignored = [.. exercise.Ignores.Select(i => i.Name)];
        return parameters.Except(ignored).ToArray() is { Length: > 0 } missing ? $"not ignored: {string.Join(", ", missing)}"
            : ignored.Except(parameters).ToArray() is { Length: > 0 } unknown ? $"no parameters: {string.Join(", ", unknown)}"
            : null;
    }

    private static IEnumerable<Case> Cases(SheetExercise exercise) =>
    [
        new("the stub is not attempted", AnswerCell.Stub(exercise.Answer.Source), FactKind.Stub, v => v.Outcome == Outcome.NotAttempted),
        Right("the solution is correct", exercise.Answer.Source, FactKind.RightAnswer),
        .. exercise.Alternatives.Select(a => Right($"the alternative '{a.Name}' is correct", a.Code, FactKind.RightAnswer)),
        .. exercise.LastHint.Select(h => Right($"the last hint, taken as '{h.Name}', is correct", h.Code, FactKind.LastHint)),
        .. exercise.Wrong.Select(w => new Case($"the wrong answer '{w.Name}' is told so", w.Code, FactKind.WrongAnswer,
            v => v.Outcome == Outcome.Wrong && v.Mistake == w.Name)),
        .. exercise.Demands.Where(d => d.Name != NotTheLibrary)
            .Select(d => Refused($"an answer that breaks '{d.Name}' is refused", d.Code, FactKind.Demand)),
        .. exercise.Demands.Where(d => d.Name == NotTheLibrary)
            .Select(d => new Case("an answer that calls the library is told so", d.Code, FactKind.Demand,
                v => v.Outcome == Outcome.Wrong && v.Mistake == Exercise.LibraryCall)),
        .. exercise.Ignores.Select(i => Refused($"an answer that ignores '{i.Name}' is refused", i.Code, FactKind.IgnoredArgument)),
    ];

    private static Case Right(string statement, string code, FactKind of) => new(statement, code, of, v => v.Outcome == Outcome.Correct);

    // An answer that does not compile breaks no demand: it must run, and be told that it is wrong or throw.
    private static Case Refused(string statement, string code, FactKind of) => new(statement, code, of, v =>
        v.Outcome == Outcome.Wrong
        || (v.Outcome == Outcome.Failed && v.Message.Contains(AnswerException.CodeThrew, StringComparison.Ordinal)));

    private sealed record Case(string Statement, string Code, FactKind Of, Predicate<Verdict> IsMetBy);
}
