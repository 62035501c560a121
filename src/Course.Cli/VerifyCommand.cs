using System.CommandLine;
using Course.Grading;
using Course.Hosting;
using Course.Notebooks;
using Spectre.Console;

namespace Course.Cli;

/// <summary><c>course verify</c>: checks the course's own exercises.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("EXERCISE")
        {
            Description = "The exercises, as in 02.1, or 02 for a chapter; all of them if none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ids.CompletionSources.Add(_ => Names.Chapters().Concat(Names.Exercises()));
        var command = new Command("verify", "For authors: stubs must score nothing; solutions, alternatives and last hints everything; "
            + "each wrong answer its own diagnosis; a broken demand or an ignored argument no points.") { ids };
        command.SetAction((parsed, _) => Guard.RunAsync(cancellation => RunAsync(parsed.GetValue(ids)!, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string[] ids, CancellationToken cancellation)
    {
        CourseFolder course = Guard.Course();
        ExerciseSheet[] sheets = [.. CourseFolder.NotebooksIn(course.Solutions).Select(ExerciseSheet.Read)];
        if (sheets.Length == 0)
            throw new UsageException($"there are no solutions in '{CourseFolder.Shown(course.Solutions)}'");
        if (ids.Length > 0)
            sheets = Named(sheets, ids);
        using var workspace = new Workspace();
        await using var compilers = new CompilerPool(workspace.NewFolder());
        await using var sessions = new SessionPool(compilers, () => Kit.OptionsIn(workspace.NewFolder()));
        var verification = new Verification(new Grader(sessions, Grader.UsualLimit, new Redaction(course.Root)));
        var facts = new List<VerifiedFact>();
        await Bars.ForEachAsync(sheets, sheet => Path.GetFileName(sheet.Path), atOnce: 1, async (sheet, bar) =>
        {
            int of = Verification.Count(sheet), done = 0, holding = 0;
            await foreach (VerifiedFact fact in verification.VerifyAsync(sheet, cancellation))
            {
                facts.Add(fact);
                holding += fact.Holds ? 1 : 0;
                bar.Set(++done, of);
            }
            return $"{holding} of {of}";
        });
        foreach (VerifiedFact fact in facts.Where(f => !f.Holds))
            Terminal.Error($"{fact.Exercise}: {fact.Statement}: {fact.Problem}");
        Console.WriteLine($"{sheets.Sum(s => s.Exercises.Count)} exercises, {facts.Count(f => f.Holds)} of {facts.Count} statements hold.");
        Console.WriteLine($"Wrong answers recognised: {Share(FactKind.WrongAnswer)}. Right answers given all points: "
            + $"{Share(FactKind.RightAnswer)}; last hints: {Share(FactKind.LastHint)}.");
        Console.WriteLine($"Refused for a broken demand: {Share(FactKind.Demand)}; for an ignored argument: "
            + $"{Share(FactKind.IgnoredArgument)}.");
        return ExitCode.Of(facts.All(f => f.Holds));

        string Share(FactKind kind)
        {
            VerifiedFact[] some = [.. facts.Where(f => f.Of == kind)];
            int holding = some.Count(f => f.Holds);
            return some.Length == 0 ? "none listed" : $"{holding} of {some.Length} ({(double)holding / some.Length:0.#%})";
        }
    }

    /// <summary>The sheets that hold what is named, each with that alone.</summary>
    private static ExerciseSheet[] Named(ExerciseSheet[] sheets, string[] ids)
    {
        foreach (string id in ids)
        {
            if (!sheets.Any(sheet => sheet.Exercises.Any(exercise => IsMeant(id, exercise))))
                throw new UsageException(ExerciseId.Unknown(id, [.. sheets.SelectMany(s => s.Exercises).Select(e => e.Id)]));
        }

        return
        [
            .. sheets.Select(sheet => sheet with { Exercises = [.. sheet.Exercises.Where(e => ids.Any(id => IsMeant(id, e)))] })
                .Where(sheet => sheet.Exercises.Count > 0),
        ];
    }

    private static bool IsMeant(string id, SheetExercise exercise) =>
        exercise.Id == ExerciseId.Of(id) || exercise.Id.StartsWith($"{ExerciseId.ChapterOf(id)}.", StringComparison.Ordinal);
}
