using Course.Checks;
using Course.Grading;
using Course.Notebooks;
using Spectre.Console;

namespace Course.Cli;

/// <summary><c>course</c>: how far the learner is, and what comes next.</summary>
internal static class OverviewCommand
{
    private const string Project = "src/Course.Cli";

    public static int Run()
    {
        CourseFolder course = Guard.Course();
        LearnerProgress progress = LearnerProgress.Load(course);
        IReadOnlyList<ExerciseSheet> sheets = Sheets.Of(course);
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("chapter").AddColumn("executed").AddColumn(new TableColumn("exercises").RightAligned()).AddColumn(new TableColumn("points").RightAligned());
        foreach (string path in course.Chapters)
        {
            ExerciseSheet? sheet = sheets.FirstOrDefault(s => Path.GetFileName(s.Path) == Path.GetFileName(path));
            SheetExercise[] exercises = [.. sheet?.Exercises ?? []];
            SheetExercise[] done = [.. exercises.Where(progress.IsDone)];
            table.AddRow(
                Markup.Escape(NotebookFile.TitleOf(path) ?? Path.GetFileNameWithoutExtension(path)),
                File.Exists(Page(course, path)) ? "[green]yes[/]" : "[dim]not yet[/]",
                $"{done.Length} of {exercises.Length}",
                $"{done.Sum(e => e.Points)} of {exercises.Sum(e => e.Points)}");
        }
        Terminal.Out.Write(table);
        foreach (string line in Next(course, sheets, progress))
            Console.WriteLine(line);
        Terminal.Out.MarkupLine("[dim]All commands: --help[/]");
        return ExitCode.Ok;
    }

    private static IEnumerable<string> Next(CourseFolder course, IReadOnlyList<ExerciseSheet> sheets, LearnerProgress progress)
    {
        if (course.Chapters.FirstOrDefault(path => !File.Exists(Page(course, path))) is { } unread)
            return [$"Next: read {CourseFolder.Shown(unread)} in your editor, or as a page:", $"  {Command(course, "run")}"];
        foreach (ExerciseSheet sheet in sheets)
        {
            if (sheet.Exercises.FirstOrDefault(e => !progress.IsDone(e)) is not { } exercise)
                continue;
            string file = CourseFolder.Shown(Path.Combine(course.Exercises, Path.GetFileName(sheet.Path)));
            string verb = progress.OutcomeOf(exercise) is Outcome.Wrong or Outcome.Failed ? "mend" : "solve";
            return
            [
                $"Next: {verb} exercise {exercise.Id} ({exercise.Title}) in {file}",
                $"  check it:  {Command(course, $"grade {file}")}",
                $"  as you save it:  {Command(course, "watch")}",
                $"  a hint:    {Command(course, $"hint {exercise.Id}")}",
            ];
        }
        return ["Next: nothing. Every exercise is solved."];
    }

    private static string Command(CourseFolder course, string arguments) =>
        Directory.Exists(Path.Combine(course.Root, Project)) ? $"dotnet run --project {CourseFolder.Shown(Path.Combine(course.Root, Project))} -- {arguments}" : $"course {arguments}";

    private static string Page(CourseFolder course, string path) =>
        Path.Combine(course.Root, "out", Path.GetFileNameWithoutExtension(path) + ".html");
}
