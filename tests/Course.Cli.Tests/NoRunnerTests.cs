using System.Text.Json.Nodes;

namespace Course.Cli.Tests;

/// <summary>The command on a machine on which no runner can be started.</summary>
public sealed class NoRunnerTests : IDisposable
{
    private const string Notebook = """
        {"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],"source":"6 * 7"}],
        "metadata":{},"nbformat":4,"nbformat_minor":5}
        """;

    private readonly TemporaryCourse _course;
    private readonly string _program = Directory.CreateTempSubdirectory("course-test-").FullName;

    /// <summary>The command as it was built, but for the compiler and the runner.</summary>
    public NoRunnerTests()
    {
        string kit = Path.Combine(AppContext.BaseDirectory, "kit");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory).Concat(Directory.EnumerateFiles(kit)))
        {
            string copy = Path.Combine(_program, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        _course = new TemporaryCourse { Program = Path.Combine(_program, "course.dll") };
    }

    public void Dispose()
    {
        _course.Dispose();
        Directory.Delete(_program, recursive: true);
    }

    [Fact]
    public async Task A_class_is_not_graded_and_given_no_zeros_and_is_graded_when_there_is_one()
    {
        _course.Answer(_course.At("class/alice.ipynb"), "string who = \"B\";");
        _course.Answer(_course.At("class/bob.ipynb"), "string who = \"A\";");
        (int code, string output) = await _course.RunAsync("grade", "class");
        Assert.Equal(1, code);
        foreach (string student in new[] { "alice", "bob" })
        {
            string named = $"{student}: 00.2 not graded: The grader could not do its work: the runner is missing";
            Assert.Contains(named, output, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("\"Outcome\"", await ReadAsync("grades/journal.jsonl"), StringComparison.Ordinal);
        Assert.All((await ReadAsync("grades/grades.csv")).Split("\r\n")[1..^1],
            row => Assert.Matches("^(alice|bob),,1,,\"00.2 not graded: ", row));

        using var working = new TemporaryCourse();
        Directory.Move(_course.At("class"), working.At("class"));
        Directory.Move(_course.At("grades"), working.At("grades"));
        (code, output) = await working.RunAsync("grade", "class");
        Assert.Equal(0, code);
        Assert.Contains("2 notebooks, 0 of them graded before", output, StringComparison.Ordinal);
        string json = await File.ReadAllTextAsync(working.At("grades/grades.json"), TestContext.Current.CancellationToken);
        Assert.Equal([1m, 0m], JsonNode.Parse(json)!["students"]!.AsArray().Select(s => s!["points"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task A_learner_is_told_that_it_is_no_fault_of_the_answer_and_keeps_what_is_done()
    {
        Directory.CreateDirectory(_course.At(".course"));
        const string Done = """{ "00.2": { "Outcome": "Correct", "Hints": 1 } }""";
        await File.WriteAllTextAsync(_course.At(".course/progress.json"), Done, TestContext.Current.CancellationToken);
        _course.Answer(_course.Exercise, "string who = \"A\";");
        (int code, string output) = await _course.RunAsync("grade", "--out", "mine");
        Assert.Equal(1, code);
        Assert.Contains("0 of 1 points so far; not graded: 00.2. Try again", output, StringComparison.Ordinal);
        Assert.Contains("you,,1,,\"00.2 not graded: ", await ReadAsync("mine/grades.csv"), StringComparison.Ordinal);
        Assert.Equal(JsonNode.Parse(Done)!.ToJsonString(), JsonNode.Parse(await ReadAsync(".course/progress.json"))!.ToJsonString());
    }

    /// <summary>A pipe is a socket, whose path may be some hundred bytes long.</summary>
    [Fact]
    public async Task Where_no_pipe_can_be_made_nothing_is_graded_either()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no place in the file system there");
        using var course = new TemporaryCourse();
        course.TemporaryFolder = Directory.CreateDirectory(course.At(new string('t', 150))).FullName;
        course.Answer(course.Exercise, "string who = \"A\";");
        (int code, string output) = await course.RunAsync("grade");
        Assert.Equal(1, code);
        Assert.Contains("not graded: 00.2. Try again", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_names_each_notebook_and_goes_on()
    {
        foreach (string name in new[] { "01-first", "02-second" })
            await File.WriteAllTextAsync(_course.At($"notebooks/{name}.ipynb"), Notebook, TestContext.Current.CancellationToken);
        (int code, string output) = await _course.RunAsync("run");
        Assert.Equal(1, code);
        foreach (string name in new[] { "01-first", "02-second" })
        {
            Assert.Contains($"{name} failed", output, StringComparison.Ordinal);
            Assert.Contains($"{name}: not executed: the runner is missing", output, StringComparison.Ordinal);
        }
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_course.At(name), TestContext.Current.CancellationToken);
}
