using Course.Checks;
using Course.Grading.Classroom;
using Course.Hosting;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading.Tests;

/// <summary>Hidden inputs are drawn from a seed of each student's.</summary>
public sealed class SeedTests : IDisposable
{
    /// <summary>How many seeds each solution is tried on; <c>GRADING_SEEDS</c> says another number.</summary>
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("GRADING_SEEDS"), out int seeds) ? seeds : 20;

    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public static TheoryData<string> Sheets => [.. CourseFolder.NotebooksIn(Course.Solutions).Select(path => Path.GetFileName(path))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // By Python: int.from_bytes(hashlib.sha256(b"7\nada").digest()[:4], "big") >> 1
    [Theory]
    [InlineData("7", "ada", 411540707)]
    [InlineData("7", "grace", 161410885)]
    [InlineData("8", "ada", 1300520480)]
    [InlineData("7", "Ärøskøbing", 957533654)]
    public void A_student_s_seed_is_given_by_the_class_s_seed_and_the_name(string classSeed, string student, long seed) =>
        Assert.Equal(seed, new ClassSeed(classSeed).Of(student));

    [Fact]
    public void Two_students_are_asked_different_things_and_one_the_same_again()
    {
        var seed = new ClassSeed("7");
        string ada = Asked(seed.Of("ada")), grace = Asked(seed.Of("grace"));
        Assert.NotEqual(ada, grace);
        Assert.Equal(ada, Asked(seed.Of("ada")));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task Every_solution_is_correct_whatever_the_seed(string name)
    {
        ExerciseSheet sheet = ExerciseSheet.Read(Path.Combine(Course.Solutions, name));
        // One runner for all exercises and seeds, so that the processor time of one answer is not its limit.
        ChildOptions options = Kit.OptionsIn(_folder) with { Limits = new Dictionary<ResourceLimit, long>() };
        await using CellSession session = await new SessionPool(Compilers.Shared, options, ahead: 0).TakeAsync();
        await RunAsync(session, CellText.Setup("setup.csx", Kit.Setup));
        bool IsCode(CodeCell cell) => cell.HasCode && !AnswerCell.IsDirective(cell) && !AnswerCell.IsCheck(cell);
        foreach (CodeCell cell in sheet.Notebook.CodeCells.Where(IsCode))
        {
            await RunAsync(session, new CellText("cell", cell.Source, portable: false));
            if (AnswerCell.IdOf(cell) is not { } id)
                continue;
            Exercise exercise = Checks.Exercises.Find(id);
            for (int k = 0; k < Seeds; k++)
            {
                int seed = (int)new ClassSeed($"{k}").Of(name);
                var answer = new SessionAnswer(
                    session, exercise.Form, new TimeBudget(TimeLimit.Of(Patience), new Kills()), TestContext.Current.CancellationToken);
                Verdict verdict = await Task.Run(() => exercise.Check(answer, seed), TestContext.Current.CancellationToken);
                Assert.True(verdict.Outcome == Outcome.Correct, $"{id}, seed {seed}: {verdict.Message}");
            }
        }
    }

    private static async Task RunAsync(CellSession session, CellText cell)
    {
        Failed? failed = null;
        RequestEnd end = await session.RunAsync(
            cell, TimeLimit.Of(Patience), e => failed = e as Failed ?? failed, TestContext.Current.CancellationToken);
        Assert.Null(end.Failure);
        Assert.True(failed is null, failed?.Message);
    }

    private static string Asked(long seed)
    {
        var listener = new Listener();
        Checks.Exercises.Find("02.1").Check(listener, (int)seed);
        return string.Join('\n', listener.Asked);
    }

    /// <summary>An answer that notes what it is asked.</summary>
    private sealed class Listener : IAnswer
    {
        public List<string> Asked { get; } = [];

        public T? Call<T>(params object?[] arguments)
        {
            Asked.Add(string.Join(' ', arguments.Select(a => Values.ToJson(a, a!.GetType()))));
            return default;
        }

        public T? After<T>(T argument) => argument;
    }
}
