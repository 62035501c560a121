using System.CommandLine;
using System.Diagnostics;
using Course.Checks;
using Course.Grading;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course grade</c>: checks the answers in exercise notebooks, a learner's own or a class's.</summary>
internal static class GradeCommand
{
    public static Command Create()
    {
        Argument<string[]> given = new("NOTEBOOK|CLASS")
        {
            Description = "Filled-in exercise notebooks, exercises/ where none is named; "
                + "or a folder with one folder or notebook for each student of a class.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<Duration> timeout = Options.Timeout(Grader.UsualSeconds, "How long a cell or a call of an answer may take.");
        var output = new Option<string?>("--out")
        {
            Description = "Where to write grades.json, grades.csv, grades.xml and feedback/; for a class grades/ by default.",
            HelpName = "DIR",
        };
        var chapters = new Option<string[]>("--chapter")
        {
            Description = "For a class: the chapters to grade, as in 2 or 02,03; all that anyone answered where none is named.",
            HelpName = "NN",
            AllowMultipleArgumentsPerToken = true,
        };
        given.CompletionSources.Add(_ => Names.Notebooks());
        chapters.CompletionSources.Add(_ => Names.Chapters());
        var seed = new Option<string?>("--seed")
        {
            Description = "For a class: what hidden inputs are drawn from, for each student anew; "
                + "kept in the folder of results, and drawn at random at first.",
            HelpName = "TEXT",
        };
        var again = new Option<string[]>("--again")
        {
            Description =
                "For a class: what to grade anew although it was graded before: a student, an exercise, or both, as in alice/02.5.",
            HelpName = "WHAT",
        };
        var isolate = new Option<bool>("--isolate")
        {
            Description = "Run each answer in namespaces of its own (Linux): no network, no other process, no file but what it needs. "
                + "Refuses where the system does not allow it.",
        };
        var command = new Command("grade",
            """
            Check the answers in exercise notebooks: points, and for a wrong answer which mistake it was.
            For a class the exit code is 0 when everything handed in was graded, and 1 when something needs a look.
            """)
        { given, timeout, output, chapters, seed, again, isolate };
        command.SetAction(parsed => Guard.RunAsync(cancellation =>
        {
            ChapterList list = ChapterList.Of(parsed.GetValue(chapters) ?? []);
            return RunAsync(
                [.. parsed.GetValue(given)!, .. list.Others], parsed.GetValue(timeout).Span, parsed.GetValue(output), list.Chapters,
                parsed.GetValue(seed), parsed.GetValue(again) ?? [], parsed.GetValue(isolate), cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] given, TimeSpan timeout, string? output, IReadOnlyList<string> chapters, string? seed, string[] again, bool isolate,
        CancellationToken cancellation)
    {
        CourseFolder course = Guard.Course();
        string? group = given.FirstOrDefault(path => Directory.Exists(path) && !IsOfTheCourse(path, course));
        if (group is not null && given.Length > 1)
            throw new UsageException($"'{group}' is a folder of submissions: name it alone");
        if (group is null && again.Length > 0)
            throw new UsageException("--again is for a class: your own notebooks are graded anew each time. Leave it out");
        using var workspace = new Workspace();
        Isolation? isolation = isolate ? await IsolateAsync(course, cancellation) : null;
        int atOnce = Environment.ProcessorCount;
        await using var compilers = new CompilerPool(workspace.NewFolder(), isolation);
        var limit = TimeLimit.Of(timeout);
        await using var sessions = new SessionPool(compilers, () => Kit.OptionsIn(workspace.NewFolder(), isolation, limit), ahead: atOnce);
        var grader = new Grader(sessions, limit, new Redaction(course.Root));
        var grading = new ClassGrading(grader, Sheets.Of(course), Receipt.Of(timeout, isolate));
        return group is null
            ? await GradeOwnAsync(course, given, output, grading, sessions, atOnce, cancellation)
            : await GradeClassAsync(group, output ?? "grades", chapters, seed, again, grading, sessions, atOnce, cancellation);
    }

    private static bool IsOfTheCourse(string folder, CourseFolder course) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) is var full && (full == course.Exercises || full == course.Solutions);

    private static async Task<int> GradeOwnAsync(
        CourseFolder course, string[] given, string? output, ClassGrading grading, SessionPool sessions, int atOnce,
        CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = Guard.Files(given.Length > 0 ? given : [course.Exercises]);
        if (paths.Count == 0)
            throw new UsageException("there is no notebook to grade");
        output = output is null ? null : Guard.OutputFolder(output);
        var own = new HandedIn("you", Environment.CurrentDirectory, paths, []);
        Assignment assignment = grading.Read([own], []);
        sessions.Expected = assignment.Attempts;
        ClassResult result = null!;
        await Bars.CountAsync("grading", assignment.Exercises, async count => result = await grading.GradeAsync(
            assignment, _ => Exercise.PublicSeed, Adjustments.None, journal: null, atOnce, progress: new Steps(count),
            cancellation: cancellation));
        StudentResult you = result.Students.Single();
        Remember(course, result, own);
        GradeTables.ShowOwn(result);
        foreach (string problem in you.Problems)
            Terminal.Error(problem);
        if (output is not null)
            Write(result, output);
        return ExitCode.Of(you.Problems.Count == 0 && you.Points == you.MaximumPoints);
    }

    private static async Task<int> GradeClassAsync(
        string folder, string output, IReadOnlyList<string> chapters, string? seed, string[] again, ClassGrading grading,
        SessionPool sessions, int atOnce, CancellationToken cancellation)
    {
        if (!Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(output)).StartsWith("..", StringComparison.Ordinal))
            throw new UsageException($"the results would be written among the submissions, to '{output}'. Name another folder with --out");
        IReadOnlyList<HandedIn> students = ClassFolder.Read(folder);
        if (students.Count == 0)
            throw new UsageException($"there is no submission in '{folder}': it must hold one folder or notebook for each student");
        string results = Guard.OutputFolder(output);
        Assignment assignment;
        Adjustments adjustments;
        Again anew;
        try
        {
            assignment = grading.Read(students, chapters);
            sessions.Expected = assignment.Attempts;
            adjustments = Adjustments.Read(
                Path.Combine(results, Adjustments.FileName), assignment.Students, assignment.Sheets.SelectMany(s => s.Exercises));
            anew = Again.Read(again, assignment);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(e.Message);
        }
        using Journal journal = Journal.Open(results);
        var watch = Stopwatch.StartNew();
        ClassSeed from = ClassSeed.In(results, seed);
        ClassResult result = null!;
        Steps steps = null!;
        await Bars.CountAsync($"{students.Count} students", assignment.Exercises, async count => result = await grading.GradeAsync(
            assignment, from.Of, adjustments, journal, atOnce, anew, steps = new Steps(count), cancellation));
        GradeTables.ShowClass(result);
        foreach (string open in result.Students.SelectMany(s => s.Unsettled, (s, open) => $"{s.Student}: {open}"))
            Terminal.Error(open);
        if (journal.Problem is { } problem)
        {
            string file = $"{CourseFolder.Shown(results)}/{Journal.FileName}";
            Terminal.Error($"{file} could not be written: {problem}. What it does not hold will be graded again.");
        }
        Write(result, results);
        Console.WriteLine($"{steps.Notebooks} notebooks, {steps.Known} of them graded before; {watch.Elapsed.TotalSeconds:0} seconds");
        string byHand = Path.Combine(results, Adjustments.FileName);
        if (!File.Exists(byHand))
            AtomicFile.Write(byHand, Adjustments.Header + "\n");
        return ExitCode.Of(journal.Problem is null && result.Students.All(s => !s.NeedsALook));
    }

    private static void Write(ClassResult result, string folder)
    {
        ResultFile[] files = [.. ResultFormats.All.SelectMany(format => format.Write(result))];
        foreach (ResultFile file in files)
            AtomicFile.Write(Path.Combine(folder, file.Path), file.Text);
        string pages = files.Count(f => f.Path.Contains('/', StringComparison.Ordinal)) is 1 ? "a page" : "pages";
        string named = string.Join(", ", files.Select(f => f.Path).Where(p => !p.Contains('/', StringComparison.Ordinal)));
        Console.WriteLine($"Grades: {CourseFolder.Shown(folder)}/ ({named}, and {pages} of feedback in feedback/)");
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
    private static void Remember(CourseFolder course, ClassResult result, HandedIn own)
    {
        StudentResult you = result.Students.Single();
        bool IsHis(NotebookReceipt notebook) =>
            own.Notebooks.Any(path => own.Shown(path) == notebook.File && Path.GetDirectoryName(path) == course.Exercises);
        HashSet<string?> mine = [.. you.Notebooks.Where(IsHis).Select(n => n.Answers)];
        IEnumerable<string> ids = result.Sheets.Where(s => mine.Contains(Path.GetFileNameWithoutExtension(s.Path)))
            .SelectMany(s => s.Exercises).Select(e => e.Id);
        Verdict[] verdicts = [.. you.Exercises.IntersectBy(ids, e => e.Id).Select(e => e.Verdict)];
        Learner.Remember(course, progress => progress.With(verdicts));
    }

    private sealed class Steps(Count count) : IProgress<GradingStep>
    {
        private readonly Lock _lock = new();

        public int Notebooks { get; private set; }

        public int Known { get; private set; }

        public void Report(GradingStep step)
        {
            lock (_lock)
            {
                count.Add(step.Exercises);
                if (!step.IsLast)
                    return;
                Notebooks++;
                Known += step.FromJournal ? 1 : 0;
                count.Say($"{step.File}{(step.FromJournal ? " (graded before)" : "")}");
            }
        }
    }
}
