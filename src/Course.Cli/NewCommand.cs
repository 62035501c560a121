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
        chapter.CompletionSources.Add(_ => Names.Chapters());
        Option<ExerciseKind> kind = Options.Word(
            "--kind", ExerciseKind.Function, "What the answer is: function, value, choice or property.");
        Option<int> points = Options.Number("--points", usual: 2, most: 100, "What it is worth.");
        var exercise = new Command("exercise", "Add an exercise to a chapter: cells in its notebook of solutions, and a check.")
        {
            chapter, title, kind, points,
        };
        exercise.SetAction(parsed => Guard.Run(
            () => Run(parsed.GetValue(chapter)!, parsed.GetValue(title)!, parsed.GetValue(kind), parsed.GetValue(points))));
        return new Command("new", "For authors: begin something new.") { exercise };
    }

    private static int Run(string chapter, string title, ExerciseKind kind, int points)
    {
        try
        {
            CourseFolder course = Guard.Course();
            (string id, IReadOnlyList<string> files) = new NewExercise(course).Write(ExerciseId.ChapterOf(chapter), title, kind, points);
            Console.WriteLine($"Exercise {id} is begun in:");
            foreach (string file in files)
                Console.WriteLine($"  {CourseFolder.Shown(file)}");
            Console.WriteLine("It is a small exercise that works; replace what it asks, and every TODO. Then:");
            Console.WriteLine($"  {OverviewCommand.Written(course, $"verify {id}")}");
            Console.WriteLine($"  {OverviewCommand.Written(course, "release")}");
            return ExitCode.Ok;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
