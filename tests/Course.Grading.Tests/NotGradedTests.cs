using System.Text.Json.Nodes;
using System.Xml.Linq;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Hosting;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>What the grader itself could not do is neither a pass nor a zero: tried again, not journaled, named, graded later.</summary>
public sealed class NotGradedTests : IDisposable
{
    private const string Right = "// exercise 02.3\nstring supportsChoice = \"C\";";

    private const string Kill = "System.Diagnostics.Process.GetCurrentProcess().Kill();";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;
    private int _started;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A failure of the grader's own, and how often a runner is asked for until it is given up.</summary>
    public static TheoryData<string, int> Failures => new()
    {
        { "the runner is missing", Grader.Attempts },
        { "the runner does not start", Grader.Attempts },
        { "the runner is not ready in time", Grader.Attempts },
        { "there is no room for its folder", Grader.Attempts },
        { "it ends while the libraries load", Grader.Attempts },
        { "the libraries do not load", Grader.Attempts },
        { "the libraries cannot be read", Grader.Attempts },
        { "there is no such check", Grader.Attempts },
        { "the sheet is broken", 0 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task It_is_tried_again_and_then_not_graded(string failure, int asked)
    {
        string id = failure == "there is no such check" ? "99.9" : "02.3";
        string solution = failure == "the sheet is broken" ? "// begin solution (stub: nothing)" : "";
        ClassResult result = await GradeAsync(failure, Sheet(id, solution), ("alice", Right.Replace("02.3", id, StringComparison.Ordinal)));
        Assert.Equal(asked, _started);

        StudentResult alice = result.Students.Single();
        ExerciseResult exercise = alice.Exercises.Single();
        Assert.Equal(Outcome.NotGraded, exercise.Verdict.Outcome);
        Assert.Equal((null, null, null), (exercise.Points, exercise.ComputedPoints, alice.Points));
        Assert.True(alice.NeedsALook);
        Assert.EndsWith(
            "\"Verdicts\":[]}\n",
            await File.ReadAllTextAsync(Path.Combine(_root, "results", Journal.FileName), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        ResultFile[] files = [.. ResultFormats.All.SelectMany(format => format.Write(result))];
        JsonNode json = JsonNode.Parse(Text(files, "grades.json"))!["students"]![0]!;
        JsonNode of = json["exercises"]![0]!;
        Assert.Equal(("notGraded", null, null), (of["outcome"]!.ToString(), of["points"], json["points"]));
        Assert.StartsWith("alice,,3,,", Text(files, "grades.csv").Split("\r\n")[1], StringComparison.Ordinal);
        Assert.Equal("1", XDocument.Parse(Text(files, "grades.xml")).Root!.Element("testsuite")!.Attribute("errors")!.Value);
        Assert.Contains("Not graded.</b>", Text(files, "feedback/alice.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_class_it_costs_nobody_else_and_is_graded_the_next_time()
    {
        ExerciseSheet sheet = Sheet("02.3", "");
        string wrong = Right.Replace("\"C\"", "\"A\"", StringComparison.Ordinal);
        (string, string)[] students = [("alice", $"{Right} // mine"), ("bob", Right), ("carol", wrong)];
        ClassResult first = await GradeAsync("the first runners are not ready in time", sheet, students);
        Assert.Equal([Outcome.NotGraded, Outcome.Correct, Outcome.Wrong], first.Students.Select(s => s.Exercises.Single().Verdict.Outcome));
        Assert.Equal([true, false, false], first.Students.Select(s => s.NeedsALook));

        int before = _started;
        ClassResult second = await GradeAsync("none", sheet, students);
        Assert.Equal(before + 1, _started);
        Assert.Equal([Outcome.Correct, Outcome.Correct, Outcome.Wrong], second.Students.Select(s => s.Exercises.Single().Verdict.Outcome));
        Assert.Equal([3m, 3m, 0m], second.Students.Select(s => s.Points));
    }

    [Fact]
    public async Task A_runner_that_is_ready_the_second_time_grades()
    {
        await using SessionPool sessions = Sessions("the first runner is not ready in time");
        Verdict verdict = await new Grader(sessions, TimeLimit.Of(Patience), new Redaction(_root)).GradeAsync(
            new SubmittedAnswer(new NumberedCode(1, Right), []), "02.3", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((Outcome.Correct, 2), (verdict.Outcome, _started));
    }

    /// <summary>
    /// A process that the system ends ends as one does that ends itself. Here it ends itself, in as many runners as are named.
    /// </summary>
    [Theory]
    [InlineData("the answer's cell", 1, Outcome.Correct, 2)]
    [InlineData("the answer's cell", 2, Outcome.Correct, 3)]
    [InlineData("the answer's cell", 99, Outcome.Failed, 3)]
    [InlineData("the cell above", 1, Outcome.Correct, 2)]
    [InlineData("the cell above", 99, Outcome.Failed, 4)]
    public async Task A_runner_that_is_killed_says_something_only_if_each_is(string where, int kills, Outcome outcome, int started)
    {
        string counter = Path.Combine(_root, "kills");
        string code = $$"""
            if (!System.IO.File.Exists(@"{{counter}}") || new System.IO.FileInfo(@"{{counter}}").Length < {{kills}})
            {
                System.IO.File.AppendAllText(@"{{counter}}", "x");
                {{Kill}}
            }
            string mine = "C";
            """;
        const string Answer = "// exercise 02.3\n";
        SubmittedAnswer answer = where == "the cell above"
            ? new(new NumberedCode(2, $"{Answer}string supportsChoice = mine;"), [new NumberedCode(1, code)])
            : new(new NumberedCode(1, $"{Answer}{code}\nstring supportsChoice = mine;"), []);
        await using SessionPool sessions = Sessions("none");
        Verdict verdict = await new Grader(sessions, TimeLimit.Of(Patience), new Redaction(_root)).GradeAsync(
            answer, "02.3", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((outcome, started), (verdict.Outcome, _started));
        string message = outcome == Outcome.Failed ? "its process was ended (exit code 137)" : "Correct.";
        Assert.Contains(message, verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_kills_its_runner_each_time_has_failed()
    {
        await using SessionPool sessions = Sessions("none");
        string code = $"// exercise 02.1\nstatic double Divergence(double[] p, double[] q) {{ {Kill} return 0; }}";
        Verdict verdict = await new Grader(sessions, TimeLimit.Of(Patience), new Redaction(_root)).GradeAsync(
            new SubmittedAnswer(new NumberedCode(1, code), []), "02.1", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((Outcome.Failed, Grader.Attempts), (verdict.Outcome, _started));
        Assert.Contains("its process was ended (exit code 137)", verdict.Message, StringComparison.Ordinal);
    }

    /// <summary>What cannot be read may hold an answer; what can be read and is no notebook holds none.</summary>
    [Fact]
    public async Task What_this_machine_cannot_read_is_not_graded()
    {
        await WriteAsync(("alice", Right));
        await File.WriteAllTextAsync(Path.Combine(_root, "in", "bob.ipynb"), "{ not json", TestContext.Current.CancellationToken);
        await using FileStream taken = new(Path.Combine(_root, "in", "alice.ipynb"), FileMode.Open, FileAccess.Read, FileShare.None);
        ClassResult result = await GradeAsync("none", Sheet("02.3", ""), []);
        Assert.Equal([Outcome.NotGraded, Outcome.NotAttempted], result.Students.Select(s => s.Exercises.Single().Verdict.Outcome));
    }

    private static ExerciseSheet Sheet(string id, string solution) =>
        new("02-sheet.ipynb", Of(), [new SheetExercise(id, "T", 3, ["a", "b", "c"], (CodeCell)Code(solution), [], [])]);

    private static string Text(ResultFile[] files, string path) => files.Single(f => f.Path == path).Text;

    private async Task<ClassResult> GradeAsync(string failure, ExerciseSheet sheet, params (string Student, string Code)[] answers)
    {
        await WriteAsync(answers);
        await using SessionPool sessions = Sessions(failure);
        var grader = new Grader(sessions, TimeLimit.Of(Patience), new Redaction(_root))
        {
            Setup = failure switch
            {
                "it ends while the libraries load" => () => "Environment.Exit(0);",
                "the libraries do not load" => () => "#r \"/nowhere/RelativeEntropy.dll\"",
                "the libraries cannot be read" => () => throw new InvalidOperationException("the course's libraries cannot be read"),
                _ => () => Kit.Setup,
            },
        };
        var grading = new ClassGrading(grader, [sheet], new Receipt("1", "10", "c", "l", 60, false));
        string results = Directory.CreateDirectory(Path.Combine(_root, "results")).FullName;
        using Journal journal = Journal.Open(results);
        Assignment assignment = grading.Read(ClassFolder.Read(Path.Combine(_root, "in")), ["02"]);
        return await grading.GradeAsync(
            assignment, _ => 7, Adjustments.None, journal, atOnce: 1, cancellation: TestContext.Current.CancellationToken);
    }

    private async Task WriteAsync(params (string Student, string Code)[] answers)
    {
        Directory.CreateDirectory(Path.Combine(_root, "in"));
        foreach ((string student, string code) in answers)
        {
            string json = NotebookFile.ToJson(Of(new CodeCell("a", code, [], null, [])));
            await File.WriteAllTextAsync(Path.Combine(_root, "in", $"{student}.ipynb"), json, TestContext.Current.CancellationToken);
        }
    }

    private SessionPool Sessions(string failure) => new(Compilers.Shared, () =>
    {
        int started = Interlocked.Increment(ref _started);
        string folder = Directory.CreateDirectory(Path.Combine(_root, "work", $"{started}")).FullName;
        ChildOptions options = Kit.OptionsIn(folder);
        switch (failure)
        {
            case "the runner is missing":
                return options with { ProgramFolder = folder };
            case "the runner does not start":
                File.WriteAllText(
                    Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "runner")).FullName, "Course.Runner.dll"), "no program");
                return options with { ProgramFolder = folder };
            case "there is no room for its folder":
                throw new IOException("No space left on device");
            case "the runner is not ready in time":
            case "the first runner is not ready in time" when started == 1:
            case "the first runners are not ready in time" when started <= Grader.Attempts:
                return options with { StartLimit = TimeLimit.Of(TimeSpan.FromMilliseconds(0.2)) };
            default:
                return options;
        }
    }, ahead: 0);
}
