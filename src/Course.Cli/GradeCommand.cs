using System.CommandLine;
using Course.Checks;
using Course.Grading;
using Course.Notebooks;
using Spectre.Console;

namespace Course.Cli;

/// <summary><c>course grade</c>: checks the answers in exercise notebooks.</summary>
internal static class GradeCommand
{
    internal const int AnswerSeconds = 20;

    public static Command Create()
    {
        Argument<string[]> notebooks = Options.Notebooks("Filled-in exercise notebooks or folders of them; exercises/ where none is named.");
        Option<int> timeout = Options.Timeout(AnswerSeconds, "How long a cell or a call of an answer may take.");
        var output = new Option<string?>("--out") { Description = "Also write the grades there, as grades.json.", HelpName = "DIR" };
        var isolate = new Option<bool>("--isolate") { Description = "Run each answer in namespaces of its own (Linux): no network, no other process, no file but what it needs. Refuses where the system does not allow it." };
        var command = new Command("grade", "Check the answers in exercise notebooks: points, and for a wrong answer which mistake it was.") { notebooks, timeout, output, isolate };
        command.SetAction(parsed => Guard.RunAsync(cancellation => RunAsync(
            parsed.GetValue(notebooks)!, TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(output), parsed.GetValue(isolate), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string[] given, TimeSpan timeout, string? output, bool isolate, CancellationToken cancellation)
    {
        CourseFolder course = Guard.Course();
        IReadOnlyList<string> paths = Guard.Files(given.Length > 0 ? given : [course.Exercises]);
        if (paths.Count == 0)
            throw new UsageException("there is no notebook to grade");
        IReadOnlyList<ExerciseSheet> sheets = Sheets.Of(course);
        output = output is null ? null : Guard.OutputFolder(output);

        using var workspace = new Workspace();
        Isolation? isolation = isolate ? await IsolateAsync(course, cancellation) : null;
        await using var hosts = new HostPool(() => Kit.OptionsIn(workspace.NewFolder(), isolation));
        var grader = new Grader(hosts, timeout, new Redaction(course.Root));
        var graded = new List<GradedFile>();
        await Bars.ForEachAsync(paths, CourseFolder.Shown, async (path, bar) =>
        {
            GradedFile file = await GradeAsync(path, sheets, grader, bar, cancellation);
            graded.Add(file);
            return file.Grade is { } grade ? $"{grade.Points} of {grade.MaximumPoints} points" : "[red]not graded[/]";
        });

        foreach (GradedFile file in graded)
            Show(file);
        if (output is not null)
        {
            string file = Path.Combine(output, "grades.json");
            AtomicFile.Write(file, GradeFile.ToJson(graded));
            Console.WriteLine($"Grades: {CourseFolder.Shown(file)}");
        }
        Remember(course, graded.Where(f => Path.GetDirectoryName(f.Path) == course.Exercises));
        return ExitCode.Of(graded.All(f => f.IsComplete));
    }

    /// <summary>Isolates the answers, and says what that was seen to mean here.</summary>
    private static async Task<Isolation> IsolateAsync(CourseFolder course, CancellationToken cancellation)
    {
        Isolation isolation = await Kit.IsolateAsync(course, cancellation);
        Console.WriteLine("Isolated, as seen from inside:");
        foreach (string enforced in isolation.Enforced)
            Console.WriteLine($"- {enforced}");
        return isolation;
    }

    /// <summary>Notes the learner's own results. Grades do not depend on it, so trouble with the file is only said.</summary>
    private static void Remember(CourseFolder course, IEnumerable<GradedFile> own)
    {
        try
        {
            GradedExercise[] graded = [.. own.SelectMany(f => f.Grade?.Exercises ?? [])];
            if (graded.Length > 0)
                LearnerProgress.Load(course).With(graded).Save();
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Terminal.Error($"your progress was not saved: {e.Message}");
        }
    }

    private static async Task<GradedFile> GradeAsync(string path, IReadOnlyList<ExerciseSheet> sheets, Grader grader, Bar bar, CancellationToken cancellation)
    {
        try
        {
            Notebook notebook = NotebookFile.Read(path);
            ExerciseSheet sheet = Sheets.For(notebook, path, sheets);
            Grade grade = await grader.GradeAsync(new Submission(notebook), sheet, progress: new ExerciseProgress(bar, sheet.Exercises.Count), cancellation: cancellation);
            return new GradedFile(path, grade, null);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return new GradedFile(path, null, e.Message);
        }
    }

    private static void Show(GradedFile file)
    {
        if (file.Grade is not { } grade)
        {
            Terminal.Error(file.Problem!);
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(CourseFolder.Shown(file.Path)))
            .AddColumn("exercise").AddColumn(new TableColumn("points").RightAligned()).AddColumn("result").AddColumn("");
        foreach (GradedExercise e in grade.Exercises)
            table.AddRow(Markup.Escape($"{e.Id} {e.Title}"), $"{e.Points} / {e.MaximumPoints}", $"[{Colour(e.Verdict.Outcome)}]{e.Verdict.OutcomeText}[/]", e.Verdict.Outcome is Outcome.Wrong or Outcome.Failed ? Markup.Escape(Terminal.Plain(e.Verdict.Message)) : "");
        Terminal.Out.Write(table);
        Console.WriteLine($"{grade.Points} of {grade.MaximumPoints} points");
    }

    internal static string Colour(Outcome outcome) => outcome switch
    {
        Outcome.Correct => "green",
        Outcome.NotAttempted => "dim",
        _ => "red",
    };

    private sealed class ExerciseProgress(Bar bar, int of) : IProgress<GradedExercise>
    {
        private int _done;

        public void Report(GradedExercise graded) => bar.Set(++_done, of);
    }
}
