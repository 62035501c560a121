using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Course.Cli.Tests;

/// <summary>Grading a class on the command line.</summary>
public sealed class ClassTests : IDisposable
{
    private readonly TemporaryCourse _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_grader_that_is_killed_goes_on_where_it_was_and_its_results_have_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the signal is sent with kill");
        string[] letters = ["A", "B", "C", "D", "?", "a"];
        for (int i = 0; i < letters.Length; i++)
            _course.Answer(_course.At($"class/student-{i}/answer.ipynb"), $"string who = \"{letters[i]}\";");
        File.WriteAllText(_course.At("class/broken.ipynb"), "{ not json");

        Assert.Equal(1, (await _course.RunAsync("grade", "class", "--out", "undisturbed", "--seed", "s")).Code);

        using (Process grader = _course.Start("grade", "class", "--out", "killed", "--seed", "s"))
        {
            while (!grader.HasExited && !(File.Exists(_course.At("killed/journal.jsonl")) && new FileInfo(_course.At("killed/journal.jsonl")).Length > 0))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            using Process kill = Process.Start("kill", ["-KILL", $"{grader.Id}"]);
            await grader.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        string[] before = await File.ReadAllLinesAsync(_course.At("killed/journal.jsonl"), TestContext.Current.CancellationToken);
        (int code, string output) = await _course.RunAsync("grade", "class", "--out", "killed", "--seed", "s");
        Assert.Equal(1, code);
        Assert.Contains($"{letters.Length} notebooks, {before.Length} of them graded before", output, StringComparison.Ordinal);
        Assert.Equal(Results("undisturbed"), Results("killed"));

        string[] after = await File.ReadAllLinesAsync(_course.At("killed/journal.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(before, after.Take(before.Length));
        Assert.Equal(letters.Length, after.Distinct().Count());

        // Regraded with an adjustment: nothing is graded anew, and only the adjusted points differ.
        File.WriteAllText(_course.At("killed/adjustments.csv"), "student,exercise,points,reason\nstudent-4,00.2,0.5,said why\n");
        (_, output) = await _course.RunAsync("grade", "class", "--out", "killed", "--seed", "s");
        Assert.Contains($"{letters.Length} notebooks, {letters.Length} of them graded before", output, StringComparison.Ordinal);
        JsonNode student = JsonNode.Parse(await File.ReadAllTextAsync(_course.At("killed/grades.json"), TestContext.Current.CancellationToken))!["students"]![5]!;
        Assert.Equal(("student-4", 0.5m), (student["student"]!.ToString(), student["points"]!.GetValue<decimal>()));
        Assert.Equal("said why", student["exercises"]![0]!["adjustment"]!["reason"]!.ToString());
        Assert.Equal("student,exercise,points,reason\nstudent-4,00.2,0.5,said why\n", await File.ReadAllTextAsync(_course.At("killed/adjustments.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_be_graded_as_asked_is_said_before_the_work()
    {
        Directory.CreateDirectory(_course.At("none"));
        _course.Answer(_course.At("class/alice.ipynb"), "string who = \"A\";");
        Directory.CreateDirectory(_course.At("out"));
        File.WriteAllText(_course.At("out/adjustments.csv"), "student,exercise,points,reason\nalcie,0.2,1,r\n");
        foreach ((string said, string[] arguments) in new (string, string[])[]
        {
            ("there is no submission in 'none'", ["none"]),
            ("'class' is a folder of submissions: name it alone", ["class", "exercises"]),
            ("the results would be written among the submissions", ["class", "--out", "class/grades"]),
            ("there is no chapter '77' with exercises. There are: 00", ["class", "--chapter", "77"]),
            ("there is no chapter '77' with exercises. There are: 00", ["--chapter", "0,77", "class"]),
            ("adjustments.csv: line 2: there is no student 'alcie'. Did you mean 'alice'?", ["class", "--out", "out"]),
        })
        {
            (int code, string output) = await _course.RunAsync(["grade", .. arguments]);
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.Equal(2, code);
        }
    }

    /// <summary>Every file of results, name and content, but for the journal, whose lines come in the order in which the work was done.</summary>
    private IEnumerable<string> Results(string folder) => Directory.EnumerateFiles(_course.At(folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "journal.jsonl")
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(_course.At(folder), file)}\n{System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))}");
}
