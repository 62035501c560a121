using System.Text;
using Course.Checks;
using Course.Hosting;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// Texts that are long, or make something long: the process that grades everybody reads no more of them than it can bear.
/// </summary>
public sealed class HostileTextTests : IAsyncDisposable
{
    private const int Long = 1_000_000;
    private const string Right = "// exercise 02.3\nstring supportsChoice = \"C\";";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private int _started;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_answer_s_cell_that_is_too_long_has_failed_and_says_so()
    {
        await using SessionPool none = new(Compilers.Shared, () => throw new InvalidOperationException("there is no runner"), ahead: 0);
        Verdict verdict = await GradeAsync(none, Code($"{Right} // {Repeat("x", Long)}"));
        Assert.Equal(Outcome.Failed, verdict.Outcome);
        Assert.Matches("^Cell 1 is 10000[0-9]+ characters long; at most 100000 are read", verdict.Message);
    }

    [Fact]
    public async Task A_cell_above_that_is_too_long_is_left_out()
    {
        await using SessionPool sessions = Sessions();
        Assert.Equal(Outcome.Correct, (await GradeAsync(sessions, Code($"// {Repeat("x", Long)}"), Code(Right))).Outcome);
        Cell tooLong = Code($"string mine = \"C\"; // {Repeat("x", Long)}");
        Verdict needed = await GradeAsync(sessions, tooLong, Code("// exercise 02.3\nstring supportsChoice = mine;"));
        Assert.Equal(Outcome.Failed, needed.Outcome);
        Assert.Contains("(Cell 1 above it failed: Cell 1 is 1000", needed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_above_can_end_only_so_many_runners()
    {
        await using SessionPool sessions = Sessions();
        Cell[] ending = [.. Enumerable.Repeat(0, 40).Select(_ => Code("Environment.Exit(0);"))];
        Assert.Equal(Outcome.Correct, (await GradeAsync(sessions, [.. ending, Code(Right)])).Outcome);
        Assert.InRange(_started, 1, 6);
    }

    [Theory]
    [InlineData("string supportsChoice = new string('x', 3_000_000);", Outcome.Wrong)]
    [InlineData("static string F() => throw new Exception(new string('x', 10_000_000));\nstring supportsChoice = F();", Outcome.Failed)]
    public async Task An_answer_of_megabytes_is_an_excerpt_in_the_verdict(string code, Outcome outcome)
    {
        await using SessionPool sessions = Sessions();
        Verdict verdict = await GradeAsync(sessions, Code($"// exercise 02.3\n{code}"));
        Assert.Equal(outcome, verdict.Outcome);
        Assert.InRange(verdict.Message.Length, 100, Excerpt.Longest + 200);
    }

    [Fact]
    public async Task A_letter_among_millions_of_signs_is_read()
    {
        await using SessionPool sessions = Sessions();
        const string Code = "string supportsChoice = new string('!', 2_000_000) + \"C\" + new string('.', 2_000_000);";
        Task<Verdict> grading = GradeAsync(sessions, Notebooks.Code($"// exercise 02.3\n{Code}"));
        Assert.Equal(Outcome.Correct, (await grading.WaitAsync(Deadline, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public void An_excerpt_says_how_much_it_leaves_out_and_what()
    {
        Assert.Equal("short", Excerpt.Of("short"));
        string a = Excerpt.Of(Repeat("x", 3_000_000)), b = Excerpt.Of(Repeat("x", 2_999_999) + "y");
        Assert.EndsWith("... (cut here: 2000 of 3000000 characters; SHA-256 of all: e55b8bdf621ddaa8)", a, StringComparison.Ordinal);
        Assert.NotEqual(a, b);
        Assert.Equal(a.Length, b.Length);
        Assert.DoesNotContain('\ud83c', Excerpt.Of("x🎓", longest: 2));
    }

    [Theory]
    [InlineData("{\"cells\":[{\"cell_type\":\"VERY\"}],\"nbformat\":4}")]
    [InlineData("{\"cells\":[],\"VERY\":1,\"VERY\":2,\"nbformat\":4}")]
    [InlineData("{\"cells\":[],\"nbformat\":\"VERY\"}")]
    [InlineData("{\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[{\"output_type\":\"VERY\"}]}],\"nbformat\":4}")]
    public void What_a_broken_notebook_holds_is_not_copied_into_the_results(string json)
    {
        string path = Path.Combine(_folder, "n.ipynb");
        File.WriteAllText(path, json.Replace("VERY", Repeat("very", Long), StringComparison.Ordinal));
        Classroom.HandedInNotebook notebook = Classroom.HandedInNotebook.Read(path, "n.ipynb", []);
        Assert.InRange(notebook.Problem!.Length, 10, 1000);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private SessionPool Sessions() => new(Compilers.Shared, () =>
    {
        Interlocked.Increment(ref _started);
        return Kit.OptionsIn(_folder);
    }, ahead: 0);

    private async Task<Verdict> GradeAsync(SessionPool sessions, params Cell[] cells)
    {
        var sheet = new ExerciseSheet("sheet", Of(), [new SheetExercise("02.3", "T", 1, ["a", "b", "c"], (CodeCell)Code(""), [], [])]);
        var grader = new Grader(sessions, TimeLimit.Of(TimeSpan.FromSeconds(60)), new Redaction(_folder));
        Grade grade = await grader.GradeAsync(new Submission(Of(cells)), sheet, cancellation: TestContext.Current.CancellationToken);
        return grade.Exercises.Single().Verdict;
    }
}
