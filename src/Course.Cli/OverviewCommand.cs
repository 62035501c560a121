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
        foreach (ChapterProgress chapter in ChapterProgress.Of(course, sheets, progress))
        {
            table.AddRow(
                Markup.Escape(chapter.Title),
                File.Exists(Page(course, chapter.Path)) ? "[green]yes[/]" : "[dim]not yet[/]",
                $"{chapter.Done} of {chapter.Exercises}",
                $"{chapter.Points} of {chapter.MaximumPoints}");
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
        if (progress.Next(sheets) is not var (sheet, exercise))
            return ["Next: nothing. Every exercise is solved."];
        string file = CourseFolder.Shown(Path.Combine(course.Exercises, Path.GetFileName(sheet.Path)));
        string verb = progress.OutcomeOf(exercise).Rule().Kind == OutcomeKind.Wrong ? "mend" : "solve";
        return
        [
            $"Next: {verb} exercise {exercise.Id} ({exercise.Title}) in {file}",
            $"  check it:  {Command(course, $"grade {file}")}",
            $"  as you save it:  {Command(course, "watch")}",
            $"  a hint:    {Command(course, $"hint {exercise.Id}")}",
        ];
    }

    private static string Command(CourseFolder course, string arguments) =>
        Directory.Exists(Path.Combine(course.Root, Project)) ? $"dotnet run --project {CourseFolder.Shown(Path.Combine(course.Root, Project))} -- {arguments}" : $"course {arguments}";

    private static string Page(CourseFolder course, string path) =>
        Path.Combine(course.Root, "out", Path.GetFileNameWithoutExtension(path) + ".html");
}
