using System.Collections.Concurrent;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>A class whose answers say themselves what comes of them, so that its grading runs no code.</summary>
internal sealed class StubbedClass : IDisposable
{
    public static readonly ExerciseSheet Sheet = new("02-sheet.ipynb", Of(), [Exercise("02.1"), Exercise("02.2")]);

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly ConcurrentDictionary<(string Student, string Exercise), int> _asked = new();
    private int _inFlight;

    /// <summary>A class in which both exercises of everybody are right.</summary>
    public StubbedClass(params string[] students)
    {
        foreach (string student in students)
        {
            string json = NotebookFile.ToJson(
                Of([.. Sheet.Exercises.Select(e => new CodeCell(e.Id[^1..], $"// exercise {e.Id}\n{student}", [], null, []))]));
            File.WriteAllText(Path.Combine(_root, $"{student}.ipynb"), json);
        }
    }

    /// <summary>What comes of an exercise of a student, asked for the nth time.</summary>
    public Func<string, string, int, Outcome> Outcomes { get; set; } = (_, _, _) => Outcome.Correct;

    /// <summary>What happens while a student's notebook is being graded.</summary>
    public Func<string, CancellationToken, Task> Meanwhile { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What was graded, in order: the student and the exercises, with a star where nothing else was in flight.</summary>
    public ConcurrentQueue<string> Graded { get; } = [];

    public Assignment Read() => Grading.Read(ClassFolder.Read(_root), ["02"]);

    public async Task<ClassResult> GradeAsync(
        Journal? journal, string[]? again = null, Adjustments? adjustments = null, int atOnce = 2, IProgress<GradingStep>? progress = null,
        CancellationTokenSource? stop = null)
    {
        Graded.Clear();
        _asked.Clear();
        Assignment assignment = Read();
        return await Grading.GradeAsync(
            assignment, student => student[0], adjustments ?? Adjustments.None, journal, atOnce, Again.Read(again ?? [], assignment),
            progress,
            stop?.Token ?? TestContext.Current.CancellationToken);
    }

    /// <summary>The outcomes of a student's exercises.</summary>
    public static IEnumerable<Outcome> OutcomesOf(ClassResult result, string student) =>
        result.Students.Single(s => s.Student == student).Exercises.Select(e => e.Verdict.Outcome);

    /// <summary>Every file of results.</summary>
    public static IEnumerable<string> Files(ClassResult result) =>
        ResultFormats.All.SelectMany(format => format.Write(result)).Select(file => $"{file.Path}\n{file.Text}");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ClassGrading Grading => new(GradeAsync, [Sheet], new Receipt("1", "10", new string('c', 64), new string('d', 64), 20, false));

    private async Task<Grade> GradeAsync(
        Submission submission, ExerciseSheet sheet, long seed, IProgress<GradedExercise>? progress, CancellationToken cancellation)
    {
        string student = submission.Find("02.1").Answer.Source.Split('\n')[1];
        bool alone = Interlocked.Increment(ref _inFlight) == 1;
        try
        {
            await Meanwhile(student, cancellation);
            alone &= Volatile.Read(ref _inFlight) == 1;
            Graded.Enqueue($"{student} {string.Join(' ', sheet.Exercises.Select(e => e.Id))}{(alone ? " *" : "")}");
            var grades = new List<GradedExercise>();
            foreach (SheetExercise exercise in sheet.Exercises)
            {
                Outcome outcome = Outcomes(student, exercise.Id, _asked.AddOrUpdate((student, exercise.Id), 1, (_, n) => n + 1));
                var verdict = new Verdict(exercise.Id, outcome, $"It is {outcome.Rule().Text}.");
                grades.Add(new GradedExercise(exercise.Id, exercise.Title, exercise.Points, verdict));
                progress?.Report(grades[^1]);
            }
            return new Grade(grades);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static SheetExercise Exercise(string id) => new(id, "T", 3, ["a", "b", "c"], (CodeCell)Code(""), [], []);
}
