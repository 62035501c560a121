using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// A class of everything that people hand in. The environment variable COURSE_CLASS says how many students; every night it is 200.
/// </summary>
public sealed class ClassGradingTests : IAsyncDisposable
{
    private const int FewStudents = 9;
    private const int FewExercises = 2;

    private static readonly int? Students = int.TryParse(Environment.GetEnvironmentVariable("COURSE_CLASS"), out int students)
        ? students
        : null;
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly SessionPool _sessions;
    private int _folders;

    public ClassGradingTests() =>
        _sessions = new SessionPool(
            Compilers.Shared, () => Kit.OptionsIn(Folder($"work/{Interlocked.Increment(ref _folders)}")),
            ahead: Environment.ProcessorCount);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Every_student_of_a_generated_class_gets_what_is_due()
    {
        IReadOnlyList<ExerciseSheet> sheets = Sheets.Of(Course);
        if (Students is null)
            sheets = [.. sheets.Take(2).Select(sheet => sheet with { Exercises = [.. sheet.Exercises.Take(FewExercises)] })];
        var expected = GeneratedClass.Write(Folder("in"), sheets, Students ?? FewStudents, seed: 2002);
        // What sleeps is waited for, five times as long, and twice.
        var timeout = TimeSpan.FromSeconds(Students is null ? 3 : 20);
        var grading = new ClassGrading(
            new Grader(_sessions, TimeLimit.Of(timeout), new Redaction(Course.Root)), sheets, Receipt.Of(timeout, isolated: false));
        var watch = Stopwatch.StartNew();
        ClassResult result = await GradeAsync(grading, ClassFolder.Read(Folder("in")), Environment.ProcessorCount);
        TestContext.Current.TestOutputHelper?.WriteLine($"a class of {result.Students.Count}: {watch.Elapsed.TotalMinutes:0.0} minutes");

        var given = result.Students.SelectMany(s => s.Exercises, (s, e) => (s.Student, Exercise: e))
            .ToDictionary(g => (g.Student, g.Exercise.Id), g => g.Exercise);
        Assert.Equal(
            expected.Expected.Select(e => $"{e.Student} {e.Exercise} {e.Outcome} {e.Mistake}"),
            expected.Expected.Select(e => (e, Given: given[(e.Student, e.Exercise)].Verdict))
                .Select(p => $"{p.e.Student} {p.e.Exercise} {p.Given.Outcome} {p.Given.Mistake}"));
        Assert.All(given.Values.Where(e => e.Verdict.Outcome != Outcome.Correct), e => Assert.Equal(0, e.Points));
        Assert.Equal(expected.ToLookAt, result.Students.Where(s => s.NeedsALook).Select(s => s.Student));
        Assert.Equal(Students ?? FewStudents, result.Students.Count);

        foreach (ResultFile file in ResultFormats.All.SelectMany(format => format.Write(result)))
            Check(file);
        if (Students is not null)
            await MeasureAsync(grading, expected);
    }

    /// <summary>
    /// Says how long an honest submission takes, one at a time, once runners wait. Said, not demanded: the machine may be busy.
    /// </summary>
    private async Task MeasureAsync(ClassGrading grading, GeneratedClass made)
    {
        var seconds = new List<double>();
        foreach (HandedIn one in ClassFolder.Read(Folder("in")).Where(s => made.Honest.Contains(s.Student)).Take(21))
        {
            var watch = Stopwatch.StartNew();
            await GradeAsync(grading, [one], atOnce: 1);
            seconds.Add(watch.Elapsed.TotalSeconds);
        }
        seconds.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"median time of an honest submission: {seconds[seconds.Count / 2]:0.0} s, from {seconds[0]:0.0} to {seconds[^1]:0.0} s");
    }

    private static Task<ClassResult> GradeAsync(ClassGrading grading, IReadOnlyList<HandedIn> students, int atOnce) => grading.GradeAsync(
        grading.Read(students, []), new ClassSeed("test").Of, Adjustments.None, journal: null, atOnce,
        cancellation: TestContext.Current.CancellationToken);

    private static void Check(ResultFile file)
    {
        switch (Path.GetExtension(file.Path))
        {
            case ".json":
                Assert.Empty(new JsonSchema(Path.Combine(Course.Root, "docs", "grades.schema.json")).Problems(JsonNode.Parse(file.Text)));
                break;
            case ".xml":
                XDocument.Parse(file.Text);
                break;
            case ".csv":
                Assert.DoesNotMatch(@"(?m)(^|,)""?[=+\-@]", file.Text);
                break;
            default:
                Assert.DoesNotContain("<script", file.Text, StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
}
