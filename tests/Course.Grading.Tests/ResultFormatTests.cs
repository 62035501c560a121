using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>The forms of results, on a class in which names and messages try to be more than text.</summary>
public sealed class ResultFormatTests
{
    private const string Nasty = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> \u0001\u001b[2J\ud800 \"quoted\", &amp;";
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly SheetExercise First = new(
        "02.1", "The <b>divergence</b>", 3, ["a", "b", "c"], (CodeCell)Notebooks.Code(""), [], []);
    private static readonly SheetExercise Second = First with { Id = "02.2", Title = "Bits", Points = 2 };
    private static readonly ExerciseSheet Sheet = new("02-gibbs.ipynb", Notebooks.Of(Notebooks.Prose("# Exercises 02")), [First, Second]);

    private static readonly ClassResult Result = new(
        new Receipt("0.1.0", "10.0.0", Hash, Hash, 20, false),
        [Sheet],
        [
            new StudentResult(Nasty, 7, [new NotebookReceipt($"{Nasty}/a.ipynb", null, null, null)],
                [Of(First, Outcome.NotAttempted, ""), Of(Second, Outcome.NotGraded, Nasty)], [PlainText.Of(Nasty)]),
            new StudentResult("alice", 5, [new NotebookReceipt("alice.ipynb", Hash, "02-gibbs", Hash)],
                [
                    Of(First, Outcome.Wrong, PlainText.Of(Nasty), "swapped-direction") with
                    {
                        Adjustment = new Adjustment(1.50m, "=well explained"),
                    },
                    Of(Second, Outcome.Correct, "Correct."),
                ],
                []),
        ]);

    private static ExerciseResult Of(SheetExercise exercise, Outcome outcome, string message, string? mistake = null) =>
        new(exercise.Id, exercise.Title, exercise.Points, new Verdict(exercise.Id, outcome, PlainText.Of(message), mistake), null);

    private static string Text(IResultFormat format, int file = 0) => format.Write(Result).ElementAt(file).Text;

    [Fact]
    public void Json_is_what_its_schema_says()
    {
        string schema = Path.Combine(CourseFolder.Find(AppContext.BaseDirectory)!.Root, "docs", "grades.schema.json");
        Assert.Empty(new JsonSchema(schema).Problems(JsonNode.Parse(Text(new JsonGrades()))));
    }

    [Fact]
    public void The_schema_refuses_what_it_does_not_say()
    {
        var schema = new JsonSchema(Path.Combine(CourseFolder.Find(AppContext.BaseDirectory)!.Root, "docs", "grades.schema.json"));
        JsonNode grades = JsonNode.Parse(Text(new JsonGrades()))!;
        grades["schemaVersion"] = JsonGrades.SchemaVersion + 1;
        grades["receipt"]!.AsObject().Remove("checks");
        grades["students"]![0]!["points"] = "3";
        grades["students"]![1]!["exercises"]![0]!["outcome"] = "excellent";
        grades["students"]![1]!["exercises"]![0]!["adjustment"]!["points"] = -1;
        Assert.Equal(
            [
                "$.receipt lacks checks",
                $"$.schemaVersion is {JsonGrades.SchemaVersion + 1}",
                "$.students[0].points is of type string",
                "$.students[1].exercises[0].adjustment is none of what it may be",
                "$.students[1].exercises[0].outcome is \"excellent\"",
            ],
            schema.Problems(grades).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Points_count_adjustments_and_computed_points_stay_beside_them()
    {
        JsonNode alice = JsonNode.Parse(Text(new JsonGrades()))!["students"]![1]!;
        Assert.Equal((3.5m, 5), (alice["points"]!.GetValue<decimal>(), alice["maximumPoints"]!.GetValue<int>()));
        Assert.Equal(
            (1.5m, 0),
            (alice["exercises"]![0]!["points"]!.GetValue<decimal>(), alice["exercises"]![0]!["computedPoints"]!.GetValue<int>()));
    }

    [Fact]
    public void The_gradebook_holds_no_formula_and_reads_back()
    {
        string csv = Text(new CsvGradebook());
        Assert.Equal(["student,points,maximum,02.1,02.2,needs a look"], csv.Split("\r\n").Take(1));
        var rows = Csv.Read(csv).Skip(1).Select(row => row.Fields).ToList();
        Assert.StartsWith("'=cmd", rows[0][0], StringComparison.Ordinal);
        Assert.Equal(["alice", "3.5", "5", "1.5", "2", ""], rows[1]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData(" @SUM(A1)", "\"' @SUM(A1)\"")]
    [InlineData("-5", "\"'-5\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("\t=1", "\"' =1\"")]
    [InlineData("\uff1d1", "\"'\uff1d1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("a\nb", "a b")]
    [InlineData("a;b", "\"a;b\"")]
    public void A_field_is_text_to_a_spreadsheet(string text, string field) => Assert.Equal(field, Csv.Field(text));

    [Fact]
    public void The_report_for_build_servers_counts_rightly()
    {
        XElement[] suites = [.. XDocument.Parse(Text(new JUnitReport())).Root!.Elements("testsuite")];
        Assert.Equal(["2", "0", "1", "1"], new[] { "tests", "failures", "errors", "skipped" }.Select(a => suites[0].Attribute(a)!.Value));
        Assert.Equal(["2", "1", "0", "0"], new[] { "tests", "failures", "errors", "skipped" }.Select(a => suites[1].Attribute(a)!.Value));
        Assert.Equal("swapped-direction", suites[1].Element("testcase")!.Element("failure")!.Attribute("type")!.Value);
    }

    [Fact]
    public void A_page_escapes_all_that_comes_from_students_and_forbids_itself_to_run_anything()
    {
        string page = Text(new FeedbackPages());
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>divergence", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Contains("from 0 to 1.5: =well explained", Text(new FeedbackPages(), 1), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_graded_is_a_zero_in_no_form()
    {
        JsonNode json = JsonNode.Parse(Text(new JsonGrades()))!["students"]![0]!;
        Assert.Null(json["points"]);
        JsonNode second = json["exercises"]![1]!;
        Assert.Equal(("notGraded", null, null), (second["outcome"]!.ToString(), second["points"], second["computedPoints"]));
        IReadOnlyList<string> row = Csv.Read(Text(new CsvGradebook())).ElementAt(1).Fields;
        Assert.Equal(("", "5", "0", ""), (row[1], row[2], row[3], row[4]));
        Assert.Contains("02.2 not graded: ", row[5], StringComparison.Ordinal);
        XElement notGraded = XDocument.Parse(Text(new JUnitReport())).Root!.Elements("testsuite").First().Elements("testcase").Last();
        Assert.NotNull(notGraded.Element("error"));
        string page = Text(new FeedbackPages());
        Assert.Contains("<strong>–</strong> of 5 points", page, StringComparison.Ordinal);
        Assert.Contains("Not graded.</b>", page, StringComparison.Ordinal);
        Assert.Contains("– / 2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<meter", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("José Núñez", "José Núñez")]
    [InlineData("a/b", "a_b-")]
    [InlineData("..", "-")]
    [InlineData("a:b?", "a_b_-")]
    [InlineData("NUL", "NUL_-")]
    [InlineData("com1.ipynb", "com1.ipynb_-")]
    public void A_page_is_named_after_its_student_as_far_as_files_can_be(string student, string start) =>
        Assert.StartsWith(start, FeedbackPages.FileNames([student])[student], StringComparison.Ordinal);

    /// <summary>Ids that are long, in letters of several bytes, cut alike, or alike where capital and small letters are the same.</summary>
    public static TheoryData<string[]> Ids => new()
    {
        new string[] { new('x', 250) },
        new string[] { new('x', 255), new string('x', 254) + "y", new('x', 253) },
        new string[] { new('語', 85), new string('語', 84) + "y" },
        new string[] { string.Concat(Enumerable.Repeat("🎓", 60)), string.Concat(Enumerable.Repeat("🎓", 59)) },
        new string[] { "alice", "Alice", "ALICE", "bob" },
        new string[] { "a/b", "a:b", "a_b", "a?b" },
        new string[] { "a/b", FeedbackPages.FileNames(["a/b"])["a/b"], FeedbackPages.FileNames(["a/b"])["a/b"].ToUpperInvariant() },
        new string[] { "a", "a.", "a ", "a. ." },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_student_has_a_page_that_can_be_written_with_all_of_the_id_in_it(string[] students)
    {
        string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
        try
        {
            var result = Result with { Students = [.. students.Select(s => Result.Students[1] with { Student = s })] };
            ResultFile[] files = [.. new FeedbackPages().Write(result)];
            foreach (ResultFile file in files)
                AtomicFile.Write(Path.Combine(folder, file.Path), file.Text);
            Assert.Distinct(files.Select(f => f.Path.ToUpperInvariant()));
            Assert.All(files, f => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Path.GetFileName(f.Path)), 6, 150));
            Assert.All(students.Zip(files),
                page => Assert.Contains($"<h1>{WebUtility.HtmlEncode(page.First)}</h1>", page.Second.Text, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
