using System.CommandLine;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course new exercise</c>: scaffolds an exercise.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var chapter = new Argument<string>("CHAPTER") { Description = "The chapter's number, as in 02." };
        var title = new Argument<string>("TITLE") { Description = "The exercise's title; its answer and its check are named after it." };
        var kind = new Option<ExerciseKind>("--kind") { Description = "What the answer is: function, value, choice or property.", DefaultValueFactory = _ => ExerciseKind.Function, HelpName = "KIND" };
        var points = new Option<int>("--points") { Description = "What it is worth.", DefaultValueFactory = _ => 2, HelpName = "N" };
        var exercise = new Command("exercise", "Add an exercise to a chapter: cells in its notebook of solutions, and a check.") { chapter, title, kind, points };
        exercise.SetAction(parsed => Guard.Run(() => Run(parsed.GetValue(chapter)!, parsed.GetValue(title)!, parsed.GetValue(kind), parsed.GetValue(points))));
        return new Command("new", "For authors: begin something new.") { exercise };
    }

    private static int Run(string chapter, string title, ExerciseKind kind, int points)
    {
        if (points is < 1 or > 100)
            throw new UsageException("--points must be from 1 to 100");
        try
        {
            (string id, IReadOnlyList<string> files) = new NewExercise(Guard.Course()).Write(chapter.PadLeft(2, '0'), title, kind, points);
            Console.WriteLine($"Exercise {id} is begun in:");
            foreach (string file in files)
                Console.WriteLine($"  {CourseFolder.Shown(file)}");
            Console.WriteLine("It is a small exercise that works; replace what it asks, and every TODO. Then: dotnet build; course verify; course release");
            return ExitCode.Ok;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
