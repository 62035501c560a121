using System.Text.Json;
using Course.Checks;
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

    // By Python: int.from_bytes(hashlib.sha256(b"7\nada").digest()[:8], "big", signed=True)
    [Theory]
    [InlineData(7, "ada", 3535107755181192155L)]
    [InlineData(7, "grace", 1386508950064284724L)]
    [InlineData(8, "ada", -7275358212607312425L)]
    [InlineData(7, "Ärøskøbing", 8225151464321024526L)]
    public void A_student_s_seed_is_given_by_the_class_s_seed_and_the_name(long classSeed, string student, long seed) =>
        Assert.Equal(seed, HiddenSeed.Of(classSeed, student));

    [Fact]
    public void The_fixed_seed_is_the_one_that_the_course_was_always_verified_with() => Assert.Equal(2002, HiddenSeed.Folded(Grader.Seed));

    [Fact]
    public void Two_students_are_asked_different_things_and_one_the_same_again()
    {
        string ada = Asked(HiddenSeed.Of(7, "ada")), grace = Asked(HiddenSeed.Of(7, "grace"));
        Assert.NotEqual(ada, grace);
        Assert.Equal(ada, Asked(HiddenSeed.Of(7, "ada")));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task Every_solution_is_correct_whatever_the_seed(string name)
    {
        ExerciseSheet sheet = ExerciseSheet.Read(Path.Combine(Course.Solutions, name));
        // One host for all exercises and seeds, so that the processor time of one answer is not its limit.
        HostOptions options = Kit.OptionsIn(_folder) with { Limits = new Dictionary<ResourceLimit, long>() };
        await using HostProcess host = await HostProcess.StartAsync(options, TestContext.Current.CancellationToken);
        await RunAsync(host, Kit.Setup);
        foreach (CodeCell cell in sheet.Notebook.CodeCells.Where(cell => cell.HasCode && !AnswerCell.IsImport(cell) && !AnswerCell.IsCheck(cell)))
        {
            await RunAsync(host, cell.Source);
            if (AnswerCell.IdOf(cell) is not { } id)
                continue;
            Exercise exercise = Checks.Exercises.Find(id);
            for (int k = 0; k < Seeds; k++)
            {
                int seed = HiddenSeed.Folded(HiddenSeed.Of(k, name));
                var answer = new HostAnswer(host, exercise.Form, new TimeBudget(Patience), TestContext.Current.CancellationToken);
                Verdict verdict = await Task.Run(() => exercise.Check(answer, seed), TestContext.Current.CancellationToken);
                Assert.True(verdict.Outcome == Outcome.Correct, $"{id}, seed {seed}: {verdict.Message}");
            }
        }
    }

    private static async Task RunAsync(HostProcess host, string code)
    {
        Failed? failed = null;
        HostFailure? failure = await host.SendAsync(new RunCell("cell", code, Portable: false), Patience, e => failed = e as Failed ?? failed, TestContext.Current.CancellationToken);
        Assert.Null(failure);
        Assert.True(failed is null, failed?.Message);
    }

    private static string Asked(long seed)
    {
        var listener = new Listener();
        Checks.Exercises.Find("02.1").Check(listener, HiddenSeed.Folded(seed));
        return string.Join('\n', listener.Asked);
    }

    /// <summary>An answer that notes what it is asked.</summary>
    private sealed class Listener : IAnswer
    {
        public List<string> Asked { get; } = [];

        public T? Call<T>(params object?[] arguments)
        {
            Asked.Add(JsonSerializer.Serialize(arguments, MessageChannel.Json));
            return default;
        }
    }
}
