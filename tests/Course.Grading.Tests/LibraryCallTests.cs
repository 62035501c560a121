using Course.Checks;
using Course.Hosting;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>Exercise 02.1 says to write the sum; what its answer's compiled code calls is told, however the text hides it.</summary>
public sealed class LibraryCallTests : IAsyncDisposable
{
    private const string ByHand = """
        static double Divergence(double[] p, double[] q)
        {
            double sum = 0;
            for (int i = 0; i < p.Length; i++)
                sum += p[i] > 0 ? p[i] * Math.Log(p[i] / q[i]) : 0;
            return sum;
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly SessionPool _sessions;

    public LibraryCallTests() => _sessions = new SessionPool(Compilers.Shared, Kit.OptionsIn(_folder), ahead: 0);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("static double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);")]
    [InlineData(
        "#region \"\nstatic double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);\n#endregion")]
    [InlineData(
        "#if NEVER\n/*\n#endif\nstatic double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);\n"
            + "#if NEVER\n*/\n#endif")]
    [InlineData("static double Divergence(double[] p, double[] q) => RelativeEntropy.\\u0044ivergence.Kullback\\u004ceibler(p, q);")]
    [InlineData("using D = RelativeEntropy.Divergence;\nstatic double Divergence(double[] p, double[] q) => D.KullbackLeibler(p, q);")]
    [InlineData("using static RelativeEntropy.Divergence;\nstatic double Divergence(double[] p, double[] q) => KullbackLeibler(p, q);")]
    [InlineData(
        "static readonly Func<double[], double[], double> f = (p, q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);\n"
            + "static double Divergence(double[] p, double[] q) => f(p, q);")]
    public async Task A_call_is_found_however_it_is_written(string code) => Told(await GradeAsync(Code($"// exercise 02.1\n{code}")));

    [Fact]
    public async Task A_call_in_a_helper_above_is_found() => Told(await GradeAsync(
        Code("static double Core(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);"),
        Code("// exercise 02.1\nstatic double Divergence(double[] p, double[] q) => Core(p, q);")));

    [Theory]
    [InlineData("string name = nameof(RelativeEntropy.Divergence.KullbackLeibler);")]
    [InlineData(
        "Console.WriteLine(RelativeEntropy.Divergence.KullbackLeibler([0.5, 0.5], [0.5, 0.5]) - Divergence([0.5, 0.5], [0.5, 0.5]));")]
    [InlineData("// RelativeEntropy.Divergence.KullbackLeibler(p, q)")]
    public async Task A_comparison_beside_the_answer_is_no_call_of_it(string beside) =>
        Assert.Equal(Outcome.Correct, (await GradeAsync(Code($"// exercise 02.1\n{ByHand}\n{beside}"))).Outcome);

    [Fact]
    public async Task A_call_in_a_scratch_cell_is_no_call_of_the_answer() => Assert.Equal(Outcome.Correct, (await GradeAsync(
        Code("double known = RelativeEntropy.Divergence.KullbackLeibler([0.5, 0.5], [0.5, 0.5]);"),
        Code($"// exercise 02.1\n{ByHand}"))).Outcome);

    [Fact]
    public async Task A_wrong_answer_is_told_its_mistake_and_not_its_call()
    {
        Verdict verdict = await GradeAsync(Code("// exercise 02.1\n"
            + "static double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(q, p);"));
        Assert.Equal((Outcome.Wrong, "swapped-direction"), (verdict.Outcome, verdict.Mistake));
    }

    private static void Told(Verdict verdict)
    {
        Assert.Equal((Outcome.Wrong, Exercise.LibraryCall), (verdict.Outcome, verdict.Mistake));
        Assert.Contains("calls Divergence.KullbackLeibler of the course's library", verdict.Message, StringComparison.Ordinal);
    }

    private async Task<Verdict> GradeAsync(params Cell[] cells)
    {
        var grader = new Grader(_sessions, TimeLimit.Of(TimeSpan.FromSeconds(60)), new Redaction(_folder));
        return await grader.GradeAsync(new Submission(Of(cells)).Find("02.1"), "02.1", cancellation: TestContext.Current.CancellationToken);
    }
}
