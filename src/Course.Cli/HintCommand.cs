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
        var command = new Command("hint", "Show a hint for an exercise: the weakest first, one more each time.") { id };
        command.SetAction(parsed => Guard.Run(() => Run(parsed.GetValue(id)!)));
        return command;
    }

    private static int Run(string id)
    {
        CourseFolder course = Guard.Course();
        SheetExercise[] exercises = [.. Sheets.Of(course).SelectMany(s => s.Exercises)];
        SheetExercise exercise = exercises.FirstOrDefault(e => e.Id == id)
            ?? throw new UsageException($"there is no exercise '{id}'. There are: {string.Join(", ", exercises.Select(e => e.Id))}");
        LearnerProgress progress = LearnerProgress.Load(course).WithHint(exercise);
        for (int i = 0; i < progress.HintsOf(exercise); i++)
            Console.WriteLine($"Hint {i + 1} of {exercise.Hints.Count} for {exercise.Id} {exercise.Title}:\n{exercise.Hints[i]}\n");
        progress.Save();
        return ExitCode.Ok;
    }
}
