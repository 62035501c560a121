using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Course.Cli.Tests;

/// <summary>Grading a class on the command line.</summary>
public sealed class ClassTests : IDisposable
{
    private readonly TemporaryCourse _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_grader_that_is_killed_twice_goes_on_where_it_was_and_its_results_have_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the signal is sent with kill");
        string[] letters = ["A", "B", "C", "D", "?", "a"];
        for (int i = 0; i < letters.Length; i++)
            _course.Answer(_course.At($"class/student-{i}/answer.ipynb"), $"string who = \"{letters[i]}\";");
        File.WriteAllText(_course.At("class/broken.ipynb"), "{ not json");

        Assert.Equal(1, (await _course.RunAsync("grade", "class", "--out", "undisturbed", "--seed", "s")).Code);

        string[] before = [];
        for (int death = 0; death < 2; death++)
        {
            long bytes = Length() + Random.Shared.Next(1, 1200);
            using Process grader = _course.Start("grade", "class", "--out", "killed", "--seed", "s");
            while (!grader.HasExited && Length() < bytes)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            using Process kill = Process.Start("kill", ["-KILL", $"{grader.Id}"]);
            await grader.WaitForExitAsync(TestContext.Current.CancellationToken);
            string[] now = await JournalAsync();
            Assert.Equal(before, now.Take(before.Length));
            before = now;
        }
        (int code, string output) = await _course.RunAsync("grade", "class", "--out", "killed", "--seed", "s");
        Assert.Equal(1, code);
        Assert.Contains($"{letters.Length} notebooks, {Graded(before)} of them graded before", output, StringComparison.Ordinal);

        // Both may have come while the same notebook was alone.
        foreach (string leftOut in await LeftOutAsync())
            await _course.RunAsync("grade", "class", "--out", "killed", "--seed", "s", "--again", leftOut);
        Assert.Equal(Results("undisturbed"), Results("killed"));

        string[] after = await JournalAsync();
        Assert.Equal(before, after.Take(before.Length));
        Assert.Equal(letters.Length, Graded(after));

        // Regraded with an adjustment: nothing is graded anew, and only the adjusted points differ.
        File.WriteAllText(_course.At("killed/adjustments.csv"), "student,exercise,points,reason\nstudent-4,00.2,0.5,said why\n");
        (_, output) = await _course.RunAsync("grade", "class", "--out", "killed", "--seed", "s");
        Assert.Contains($"{letters.Length} notebooks, {letters.Length} of them graded before", output, StringComparison.Ordinal);
        JsonNode student = JsonNode.Parse(
            await File.ReadAllTextAsync(_course.At("killed/grades.json"), TestContext.Current.CancellationToken))!["students"]![5]!;
        Assert.Equal(("student-4", 0.5m), (student["student"]!.ToString(), student["points"]!.GetValue<decimal>()));
        Assert.Equal("said why", student["exercises"]![0]!["adjustment"]!["reason"]!.ToString());
        Assert.Equal(
            "student,exercise,points,reason\nstudent-4,00.2,0.5,said why\n",
            await File.ReadAllTextAsync(_course.At("killed/adjustments.csv"), TestContext.Current.CancellationToken));
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
            (
                "'zoe' cannot be graded again: there is no student 'zoe'. There are: alice. Name a student, an exercise or both",
                ["class", "--again", "zoe"]),
            (
                "'alice/00.9' cannot be graded again: there is no exercise '00.9' among those graded: 00.2.",
                ["class", "--again", "alice/00.9"]),
            ("there is no chapter '77' with exercises. There are: 00", ["--chapter", "0,77", "class"]),
            ("adjustments.csv: line 2: there is no student 'alcie'. Did you mean 'alice'?", ["class", "--out", "out"]),
        })
        {
            (int code, string output) = await _course.RunAsync(["grade", .. arguments]);
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.Equal(2, code);
        }
    }

    /// <summary>Two lines that say "begun" and none that says how it ended are what two graders leave that died at the notebook.</summary>
    [Fact]
    public async Task A_notebook_at_which_two_graders_died_is_left_out_until_it_is_graded_again()
    {
        _course.Answer(_course.At("class/alice.ipynb"), "string who = \"A\";");
        _course.Answer(_course.At("class/bob.ipynb"), "string who = \"B\";");
        string[] grade = ["grade", "class", "--out", "killed", "--seed", "s"];
        Assert.Equal(0, (await _course.RunAsync(grade)).Code);
        string[] undisturbed = [.. Results("killed")];
        await _course.RunAsync([.. grade, "--again", "alice"]);
        string begun = (await JournalAsync()).Last(line => line.Contains("Begun", StringComparison.Ordinal));
        await File.AppendAllTextAsync(
            Journal, $"{begun.Replace("\"Note\":\"Begun\"", "\"Verdicts\":[]", StringComparison.Ordinal)}\n{begun}\n{begun}\n",
            TestContext.Current.CancellationToken);

        (int code, string output) = await _course.RunAsync(grade);
        Assert.Equal(1, code);
        Assert.Contains(
            "alice: 00.2 left out: Grading ended twice while this was being graded. To try again: course grade CLASS --again alice", output,
            StringComparison.Ordinal);
        Assert.Contains("2 notebooks, 1 of them graded before", output, StringComparison.Ordinal);
        Assert.Equal(["alice"], await LeftOutAsync());
        Assert.Equal(0, (await _course.RunAsync([.. grade, "--again", "alice/0.2"])).Code);
        Assert.Equal(undisturbed, Results("killed"));
    }

    [Fact]
    public async Task Nothing_of_a_learners_own_can_be_graded_again()
    {
        (int code, string output) = await _course.RunAsync("grade", "--again", "00.2");
        Assert.Equal(2, code);
        Assert.Contains(
            "--again is for a class: your own notebooks are graded anew each time. Leave it out", output, StringComparison.Ordinal);
    }

    private string Journal => _course.At("killed/journal.jsonl");

    private long Length() => File.Exists(Journal) ? new FileInfo(Journal).Length : 0;

    private Task<string[]> JournalAsync() => File.ReadAllLinesAsync(Journal, TestContext.Current.CancellationToken);

    private static int Graded(string[] journal) =>
        journal.Where(line => line.Contains("\"Outcome\"", StringComparison.Ordinal) && line.EndsWith('}')).Distinct().Count();

    private async Task<string[]> LeftOutAsync()
    {
        JsonNode grades = JsonNode.Parse(
            await File.ReadAllTextAsync(_course.At("killed/grades.json"), TestContext.Current.CancellationToken))!;
        bool IsLeftOut(JsonNode? student) => student!["exercises"]!.AsArray().Any(e => e!["outcome"]!.ToString() == "leftOut");
        return [.. grades["students"]!.AsArray().Where(IsLeftOut).Select(s => s!["student"]!.ToString())];
    }

    /// <summary>
    /// Every file of results, name and content, but for the journal, whose lines come in the order in which the work was done.
    /// </summary>
    private IEnumerable<string> Results(string folder) => Directory.EnumerateFiles(_course.At(folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "journal.jsonl")
        .Order(StringComparer.Ordinal)
        .Select(
            file => $"{Path.GetRelativePath(_course.At(folder), file)}\n{System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))}");
}
