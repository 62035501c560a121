using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>What follows from each outcome: one table in the code, the same in the docs, and all that results say goes by it.</summary>
public sealed class OutcomeTests
{
    private static readonly string Docs = Path.Combine(CourseFolder.Find(AppContext.BaseDirectory)!.Root, "docs");

    /// <summary>Every outcome, how the report for build servers calls it, and how the feedback does.</summary>
    public static TheoryData<Outcome, string?, string> Outcomes => new()
    {
        { Outcome.Correct, null, "Correct" },
        { Outcome.Wrong, "failure", "Wrong" },
        { Outcome.Failed, "failure", "Failed" },
        { Outcome.NotAttempted, "skipped", "Not attempted" },
        { Outcome.TimedOut, "failure", "Timed out" },
        { Outcome.Stalled, "failure", "Stalled" },
        { Outcome.NotGraded, "error", "Not graded" },
        { Outcome.LeftOut, "error", "Left out" },
    };

    [Fact]
    public void The_docs_show_the_table_of_the_code()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Docs, "grading-a-class.md"));
        string[][] rows =
        [
            .. lines.SkipWhile(line => line != "### Outcomes").SkipWhile(line => !line.StartsWith('|'))
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        Assert.Equal(["outcome", "what it says", "points", "in the journal", "needs a look", "exit code"], rows[0]);
        Assert.Equal(
            OutcomeRule.All.Select(
                rule => string.Join(" | ", rule.Text, Points(rule), YesNo(rule.IsKept), YesNo(rule.NeedsALook), rule.NeedsALook ? 1 : 0)),
            rows.Skip(2).Select(row => string.Join(" | ", row.Where((_, column) => column != 1))));
    }

    [Fact]
    public void Every_outcome_stands_in_the_table_once() =>
        Assert.Equal(Enum.GetValues<Outcome>().Order(), OutcomeRule.All.Select(rule => rule.Outcome).Order());

    [Fact]
    public void The_schema_of_the_grades_names_every_outcome()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Docs, "grades.schema.json")))!;
        Assert.Equal(
            OutcomeRule.All.Select(rule => JsonNamingPolicy.CamelCase.ConvertName($"{rule.Outcome}")),
            schema["$defs"]!["exercise"]!["properties"]!["outcome"]!["enum"]!.AsArray().Select(value => value!.ToString()));
        Assert.Equal(JsonGrades.SchemaVersion, schema["properties"]!["schemaVersion"]!["const"]!.GetValue<int>());
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Every_form_of_results_goes_by_the_table(Outcome outcome, string? element, string shown)
    {
        using var made = new StubbedClass("alice") { Outcomes = (_, id, _) => id == "02.1" ? outcome : Outcome.Correct };
        using var file = new MemoryStream();
        using var journal = new Journal(file);
        ClassResult result = await made.GradeAsync(journal);
        StudentResult alice = result.Students.Single();
        OutcomeRule rule = outcome.Rule();
        int? points = Points(rule) switch { "all" => 3, "0" => 0, _ => null };

        Assert.Equal((points, points + 3), (alice.Exercises[0].Points, alice.Points));
        Assert.Equal(rule.NeedsALook, alice.NeedsALook);
        Assert.Equal(rule.NeedsALook ? [$"02.1 {rule.Text}: It is {rule.Text}."] : [], alice.LooksNeeded);

        ResultFile[] files = [.. ResultFormats.All.SelectMany(format => format.Write(result))];
        JsonNode json = JsonNode.Parse(Text(files, "grades.json"))!;
        Assert.Empty(new JsonSchema(Path.Combine(Docs, "grades.schema.json")).Problems(json));
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName($"{outcome}"), json["students"]![0]!["exercises"]![0]!["outcome"]!.ToString());
        Assert.Equal(rule.NeedsALook, json["students"]![0]!["needsALook"]!.GetValue<bool>());
        Assert.StartsWith($"alice,{points + 3},6,{points},3,", Text(files, "grades.csv").Split("\r\n")[1], StringComparison.Ordinal);
        XElement first = XDocument.Parse(Text(files, "grades.xml")).Root!.Element("testsuite")!.Elements("testcase").First();
        Assert.Equal(element, first.Elements().SingleOrDefault()?.Name.LocalName);
        Assert.Contains($"<b>{shown}.</b>", Text(files, "feedback/alice.html"), StringComparison.Ordinal);

        // What is not kept is graded again the next time, and nothing else is.
        await made.GradeAsync(journal);
        Assert.Equal(rule.IsKept ? [] : outcome == Outcome.Stalled ? ["alice 02.1 *", "alice 02.1 *"] : ["alice 02.1 *"], made.Graded);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task An_adjustment_settles_every_look(Outcome outcome, string? element, string shown)
    {
        using var made = new StubbedClass("alice") { Outcomes = (_, id, _) => id == "02.1" ? outcome : Outcome.Correct };
        string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
        string path = Path.Combine(folder, Adjustments.FileName);
        await File.WriteAllTextAsync(
            path, $"{Adjustments.Header}\nalice,02.1,1.5,{shown} {element}\n", TestContext.Current.CancellationToken);
        Adjustments adjustments = Adjustments.Read(path, ["alice"], StubbedClass.Sheet.Exercises);
        Directory.Delete(folder, recursive: true);
        StudentResult alice = (await made.GradeAsync(journal: null, adjustments: adjustments)).Students.Single();
        Assert.Equal((4.5m, false), (alice.Points, alice.NeedsALook));
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void A_learners_progress_keeps_what_a_journal_keeps(Outcome outcome, string? element, string shown)
    {
        var course = new CourseFolder(Path.Combine(Path.GetTempPath(), $"course-test-{shown}-{element}"));
        Outcome before = outcome == Outcome.Correct ? Outcome.Wrong : Outcome.Correct;
        LearnerProgress progress = LearnerProgress.Load(course).With([new Verdict("02.1", before, "")])
            .With([new Verdict("02.1", outcome, "")]);
        Assert.Equal(outcome.Rule().IsKept ? outcome : before, progress.OutcomeOf(StubbedClass.Sheet.Exercises[0]));
    }

    private static string Points(OutcomeRule rule) => rule.Points(3) switch { 3 => "all", 0 => "0", _ => "none yet" };

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Text(ResultFile[] files, string path) => files.Single(f => f.Path == path).Text;
}
