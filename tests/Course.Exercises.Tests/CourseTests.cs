using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>What must hold of the course's exercises as they stand.</summary>
public sealed class CourseTests(SharedGrader shared) : IClassFixture<SharedGrader>
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Sheets => [.. CourseFolder.NotebooksIn(Course.Solutions).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task Stubs_are_not_attempted_alternatives_correct_and_wrong_answers_told_what_they_are(string name)
    {
        ExerciseSheet sheet = ExerciseSheet.Read(Path.Combine(Course.Solutions, name));
        var problems = new List<VerifiedFact>();
        await foreach (VerifiedFact fact in new Verification(shared.Grader).VerifyAsync(sheet, TestContext.Current.CancellationToken))
        {
            if (!fact.Holds)
                problems.Add(fact);
        }
        Assert.Empty(problems);
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void The_exercises_are_what_the_solutions_release(string name)
    {
        string released = NotebookFile.ToJson(Releasing.Release(ExerciseSheet.Read(Path.Combine(Course.Solutions, name))));
        Assert.Equal(released, File.ReadAllText(Path.Combine(Course.Exercises, name)));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Released_exercises_read_as_a_sheet_with_the_same_points_and_hints(string name)
    {
        ExerciseSheet solutions = ExerciseSheet.Read(Path.Combine(Course.Solutions, name));
        ExerciseSheet exercises = ExerciseSheet.Read(Path.Combine(Course.Exercises, name));
        Assert.Equal(solutions.Exercises.Select(e => (e.Id, e.Title, e.Points)), exercises.Exercises.Select(e => (e.Id, e.Title, e.Points)));
        Assert.Equal(solutions.Exercises.SelectMany(e => e.Hints), exercises.Exercises.SelectMany(e => e.Hints));
        Assert.All(exercises.Exercises, e => Assert.Empty(e.Alternatives.Concat(e.Wrong)));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task An_exercise_notebook_runs_before_anything_is_filled_in_and_says_not_attempted(string name)
    {
        NotebookRun run = await RunAsync(Path.Combine(Course.Exercises, name));
        Assert.Equal(
            ExerciseSheet.Read(Path.Combine(Course.Exercises, name)).Exercises.Select(e => $"{e.Id} not attempted: Not attempted yet."),
            Verdicts(run));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task In_the_notebook_every_solution_is_told_that_it_is_correct(string name)
    {
        NotebookRun run = await RunAsync(Path.Combine(Course.Solutions, name));
        Assert.Equal(
            ExerciseSheet.Read(Path.Combine(Course.Solutions, name)).Exercises.Select(e => $"{e.Id} correct: Correct."),
            Verdicts(run));
    }

    [Fact]
    public void Every_check_belongs_to_an_exercise_and_every_exercise_has_its_check() =>
        Assert.Equal(
            Checks.Exercises.All.Select(e => e.Id),
            CourseFolder.NotebooksIn(Course.Solutions).SelectMany(path => ExerciseSheet.Read(path).Exercises).Select(e => e.Id));

    private static async Task<NotebookRun> RunAsync(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        await using var pool = new SessionPool(Compilers.Shared, new ChildOptions(folder), ahead: 0);
        var runner = new NotebookRunner(pool, new Redaction(Course.Root), TimeLimit.Of(TimeSpan.FromSeconds(60)));
        NotebookRun run = await runner.RunAsync(NotebookFile.Read(path), folder, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Message);
        return run;
    }

    private static IEnumerable<string> Verdicts(NotebookRun run) =>
        from cell in run.Notebook.CodeCells
        where cell.Source.StartsWith("Check.", StringComparison.Ordinal)
        from output in cell.Outputs.OfType<DataOutput>()
        select output.Data["text/plain"]!.ToString();
}
