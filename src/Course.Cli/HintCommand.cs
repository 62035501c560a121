using System.CommandLine;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course hint</c>: the next hint for an exercise.</summary>
internal static class HintCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("EXERCISE") { Description = "The exercise, as in 02.1." };
        id.CompletionSources.Add(_ => Names.Exercises());
        var command = new Command("hint", "Show a hint for an exercise: the weakest first, one more each time.") { id };
        command.SetAction(parsed => Guard.Run(() => Run(parsed.GetValue(id)!)));
        return command;
    }

    private static int Run(string id)
    {
        CourseFolder course = Guard.Course();
        SheetExercise[] exercises = [.. Sheets.Of(course).SelectMany(s => s.Exercises)];
        SheetExercise exercise = exercises.FirstOrDefault(e => e.Id == ExerciseId.Of(id))
            ?? throw new UsageException(ExerciseId.Unknown(id, [.. exercises.Select(e => e.Id)]));
        LearnerProgress progress = LearnerProgress.Load(course).WithHint(exercise);
        foreach (string hint in Hints(exercise, progress.HintsOf(exercise)))
            Console.WriteLine($"{hint}\n");
        progress.Save();
        return ExitCode.Ok;
    }

    /// <summary>The first hints, to be read in a terminal.</summary>
    public static IEnumerable<string> Hints(SheetExercise exercise, int count) =>
        exercise.Hints.Take(count).Select(
            (hint, i) => $"Hint {i + 1} of {exercise.Hints.Count} for {exercise.Id} {PlainTex.Of(exercise.Title)}:\n{PlainTex.Of(hint)}");
}
