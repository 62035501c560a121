using System.Text;
using Course.Checks;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// Texts at which a reader could overflow the stack, or work for hours, in the process that grades everybody. Today's machines read them in
/// a second; the deadline tells that from hours.
/// </summary>
public sealed class HostileTextTests : IAsyncDisposable
{
    private const int Deep = 100_000;
    private const int Long = 1_000_000;
    private const string Right = "// exercise 02.3\nstring supportsChoice = \"C\";";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["nested interpolation"] = $"#if NEVER\n{Repeat("$\"{", Deep)}\n#endif",
        ["nested interpolation that ends"] = $"#if NEVER\n{Repeat("$\"{", Deep)}1{Repeat("}\"", Deep)}\n#endif",
        ["nested verbatim interpolation"] = Repeat("$@\"{", Deep),
        ["nested raw interpolation"] = Repeat("$\"\"\"{", Deep),
        ["dollars"] = Repeat("$", Long),
        ["at signs"] = Repeat("@", Long),
        ["dollars and at signs"] = Repeat("$@", Long / 2),
        ["quotes"] = Repeat("\"", Long),
        ["an odd number of quotes"] = Repeat("\"", Long + 1),
        ["quotes in a verbatim string"] = "@" + Repeat("\"", Long),
        ["quotes in a raw string"] = Repeat("\"", Long / 2) + "x" + Repeat("\"", (Long / 2) - 1) + "x",
        ["raw strings"] = Repeat("\"\"\"x", Long / 4),
        ["braces"] = Repeat("{", Long),
        ["braces in an interpolated string"] = "$\"" + Repeat("{", Long),
        ["braces in a raw interpolated string"] = "$$$\"\"\"" + Repeat("{{x", Long / 3),
        ["closing braces"] = Repeat("}", Long),
        ["brackets"] = Repeat("(", Long),
        ["single quotes"] = Repeat("'", Long),
        ["backslashes in a string"] = "\"" + Repeat("\\", Long),
        ["slashes"] = Repeat("/", Long),
        ["comments that do not end"] = Repeat("/*", Long / 2),
        ["usings"] = Repeat("using ", Long / 6),
        ["names"] = Repeat("a ", Long / 2),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private int _started;

    public static TheoryData<string> Names => [.. Texts.Keys];

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reading_an_answer_takes_no_stack_and_no_hours(string name)
    {
        string text = Texts[name];
        var answer = new SubmittedAnswer(new NumberedCode(2, text), [new NumberedCode(1, text)]);
        await Task.Run(() => LibraryCall.In(answer).Count()).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cells_that_use_each_other_are_read_once_each()
    {
        // The worst order: each leads to the one before it.
        const int Cells = 20_000;
        NumberedCode[] above = [.. Enumerable.Range(0, Cells).Select(Declaring)];
        var answer = new SubmittedAnswer(new NumberedCode(Cells + 1, $"double answer = a{Cells - 1};"), above);
        var calls = await Task.Run(() => LibraryCall.In(answer).ToList()).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal([("Entropy", "Shannon")], calls);

        static NumberedCode Declaring(int i) =>
            new(i + 1, i == 0 ? "double a0 = Entropy.Shannon([1]);" : $"double a{i} = a{i - 1};");
    }

    [Fact]
    public async Task An_answer_s_cell_that_is_too_long_has_failed_and_says_so()
    {
        await using HostPool none = new(() => throw new InvalidOperationException("there is no host"), ahead: 0);
        Verdict verdict = await GradeAsync(none, Code($"{Right} // {Repeat("x", Long)}"));
        Assert.Equal(Outcome.Failed, verdict.Outcome);
        Assert.Matches("^Cell 1 is 10000[0-9]+ characters long; at most 100000 are read", verdict.Message);
    }

    [Fact]
    public async Task A_cell_above_that_is_too_long_is_left_out()
    {
        await using HostPool hosts = Hosts();
        Assert.Equal(Outcome.Correct, (await GradeAsync(hosts, Code($"// {Repeat("x", Long)}"), Code(Right))).Outcome);
        Cell tooLong = Code($"string mine = \"C\"; // {Repeat("x", Long)}");
        Verdict needed = await GradeAsync(hosts, tooLong, Code("// exercise 02.3\nstring supportsChoice = mine;"));
        Assert.Equal(Outcome.Failed, needed.Outcome);
        Assert.Contains("(Cell 1 above it was left out: Cell 1 is 1000", needed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_above_can_end_only_so_many_hosts()
    {
        await using HostPool hosts = Hosts();
        Cell[] ending = [.. Enumerable.Repeat(0, 40).Select(_ => Code("Environment.Exit(0);"))];
        Assert.Equal(Outcome.Correct, (await GradeAsync(hosts, [.. ending, Code(Right)])).Outcome);
        Assert.InRange(_started, 1, 6);
    }

    [Theory]
    [InlineData("string supportsChoice = new string('x', 3_000_000);", Outcome.Wrong)]
    [InlineData("static string F() => throw new Exception(new string('x', 10_000_000));\nstring supportsChoice = F();", Outcome.Failed)]
    public async Task An_answer_of_megabytes_is_an_excerpt_in_the_verdict(string code, Outcome outcome)
    {
        await using HostPool hosts = Hosts();
        Verdict verdict = await GradeAsync(hosts, Code($"// exercise 02.3\n{code}"));
        Assert.Equal(outcome, verdict.Outcome);
        Assert.InRange(verdict.Message.Length, 100, Excerpt.Longest + 200);
    }

    [Fact]
    public async Task A_letter_among_millions_of_signs_is_read()
    {
        await using HostPool hosts = Hosts();
        const string Code = "string supportsChoice = new string('!', 2_000_000) + \"C\" + new string('.', 2_000_000);";
        Task<Verdict> grading = GradeAsync(hosts, Notebooks.Code($"// exercise 02.3\n{Code}"));
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

    private HostPool Hosts() => new(() =>
    {
        Interlocked.Increment(ref _started);
        return Kit.OptionsIn(_folder);
    }, ahead: 0);

    private async Task<Verdict> GradeAsync(HostPool hosts, params Cell[] cells)
    {
        var sheet = new ExerciseSheet("sheet", Of(), [new SheetExercise("02.3", "T", 1, ["a", "b", "c"], (CodeCell)Code(""), [], [])]);
        var grader = new Grader(hosts, TimeSpan.FromSeconds(60), new Redaction(_folder));
        Grade grade = await grader.GradeAsync(new Submission(Of(cells)), sheet, cancellation: TestContext.Current.CancellationToken);
        return grade.Exercises.Single().Verdict;
    }
}
