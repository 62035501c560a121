using Course.Checks;
using Course.Hosting;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// Exercise 02.1 asks for KL in nats: <c>double Divergence(double[] p, double[] q)</c>. Here it gets answers of all sorts.
/// </summary>
public sealed class GraderTests : IAsyncDisposable
{
    private const string Right = """
        // exercise 02.1
        static double Divergence(double[] p, double[] q)
        {
            double sum = 0;
            for (int i = 0; i < p.Length; i++)
                sum += p[i] > 0 ? p[i] * Math.Log(p[i] / q[i]) : 0;
            return sum;
        }
        """;

    /// <summary>For answers that do end: a machine under load may take its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly SessionPool _sessions;

    public GraderTests() => _sessions = new SessionPool(Compilers.Shared, Kit.OptionsIn(_folder), ahead: 0);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_right_answer_is_correct_whatever_stands_around_it()
    {
        Verdict verdict = await GradeAsync(
            Code("this does not compile"),
            Code("double mine = 1;"),
            Code("throw new Exception(\"scratch\");"),
            Code("Check.Exercise(\"02.1\", Divergence)"),
            Code("// exercise 02.9\nwhile (true) { }"),
            Code(Right + "\nmine += 1;"),
            Code("Environment.Exit(0);"));
        Assert.Equal(new Verdict("02.1", Outcome.Correct, "Correct."), verdict);
    }

    [Fact]
    public async Task A_magic_command_is_no_cell_of_the_learners_own()
    {
        Verdict alone = await GradeAsync(Code("// exercise 02.1\nthis does not compile"));
        Verdict below = await GradeAsync(
            Code("#!import interactive.csx"), Code("#!check 02.1"), Code("// exercise 02.1\nthis does not compile"));
        Assert.Equal(alone.Message.Replace("cell 1", "cell 3", StringComparison.Ordinal), below.Message);
    }

    [Theory]
    [InlineData("    throw new NotImplementedException();  // replace this line by your answer\r\n", Outcome.NotAttempted)]
    [InlineData("    return 0;\n", Outcome.NotGraded)]
    public async Task What_learners_are_given_is_not_attempted_and_needs_no_runner(string body, Outcome outcome)
    {
        const string Head = "// exercise 02.1\nstatic double Divergence(double[] p, double[] q)\n{\n";
        CodeCell solution = (CodeCell)Code(
            Head + "    // begin solution (stub: throw new NotImplementedException();)\n    return 0;\n    // end solution\n}");
        var sheet = new ExerciseSheet("sheet", Of(), [new SheetExercise("02.1", "T", 3, ["a", "b", "c"], solution, [], [])]);
        await using var none = new SessionPool(Compilers.Shared, () => throw new InvalidOperationException("there is no runner"), ahead: 0);
        Grade grade = await new Grader(none, TimeLimit.Of(Patience), new Redaction(_folder)).GradeAsync(
            new Submission(Of(Code($"{Head}{body}}}"))), sheet, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(outcome, grade.Exercises.Single().Verdict.Outcome);
    }

    [Fact]
    public async Task The_swapped_direction_is_told_so()
    {
        Verdict verdict = await GradeAsync(
            Code(Right.Replace("(double[] p, double[] q)", "(double[] q, double[] p)", StringComparison.Ordinal)));
        Assert.Equal((Outcome.Wrong, "swapped-direction"), (verdict.Outcome, verdict.Mistake));
    }

    [Theory]
    [InlineData("throw new NotImplementedException();", Outcome.NotAttempted, "Not attempted")]
    [InlineData("throw new InvalidOperationException(\"told\");", Outcome.Failed, "InvalidOperationException: told")]
    [InlineData("while (true) { }", Outcome.TimedOut, "it used more than 3 seconds of processor time")]
    [InlineData("System.Threading.Thread.Sleep(-1); return 0;", Outcome.Stalled, "it did not end within 15 seconds")]
    [InlineData("return Divergence(p, q) + 1;", Outcome.Failed, "it overflowed its stack")]
    [InlineData("Environment.Exit(0); return 0;", Outcome.Failed, "it ended its process")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); return 0;", Outcome.Failed, "its process was ended")]
    [InlineData("while (true) Console.WriteLine(new string('x', 10000));", Outcome.Failed, "it wrote more than 4 MB")]
    [InlineData("var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 26]);", Outcome.Failed, "OutOfMemoryException")]
    [InlineData("return undefined;", Outcome.Failed, "does not compile: cell 1, line 2")]
    [InlineData("p[0] = 0; q[0] = 0; return 0.5;", Outcome.Wrong, "your answer is 0.5")]
    public async Task Whatever_an_answer_does_is_a_verdict(string body, Outcome outcome, string reason)
    {
        Cell cell = Code($"// exercise 02.1\nstatic double Divergence(double[] p, double[] q) {{ {body} }}");
        TimeLimit limit = outcome switch
        {
            Outcome.TimedOut => new TimeLimit(TimeSpan.FromSeconds(3), 5 * Patience),
            Outcome.Stalled => new TimeLimit(Patience, TimeSpan.FromSeconds(15)),
            _ => TimeLimit.Of(Patience),
        };
        Verdict verdict = await GradeAsync(limit, cell);
        Assert.Equal(outcome, verdict.Outcome);
        Assert.Contains(reason, verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static float Divergence(double[] p, double[] q) => 0;", " It declares float Divergence(double[] p, double[] q).")]
    [InlineData("static double Divergence(double[] p) => 0;\nint other = 1;", " It declares double Divergence(double[] p).")]
    [InlineData(
        "static double divergence(double[] p, double[] q) => 0;\nint a = 1;", " It declares double divergence(double[] p, double[] q).")]
    [InlineData("static double KL(double[] p, double[] q) => 0;", " It declares double KL(double[] p, double[] q).")]
    [InlineData("static double KL(double[] p, double[] q) => 0;\nint other = 1;", "")]
    public async Task Another_signature_than_asked_for_is_told_so(string code, string similar)
    {
        Verdict verdict = await GradeAsync(Code("// exercise 02.1\n" + code));
        Assert.Equal(Outcome.Failed, verdict.Outcome);
        Assert.Contains("double Divergence(double[] p, double[] q)", verdict.Message, StringComparison.Ordinal);
        Assert.EndsWith($"must be as asked.{similar}", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_or_doubled_cell_is_named()
    {
        Verdict removed = await GradeAsync(Prose("nothing"));
        Assert.Equal(Outcome.Failed, removed.Outcome);
        Assert.Contains("no cell begins with '// exercise 02.1'", removed.Message, StringComparison.Ordinal);
        Verdict doubled = await GradeAsync(Code(Right), Code("1"), Code(Right));
        Assert.Contains("The cells 1, 3 all begin with", doubled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_that_failed_above_is_mentioned_when_the_answer_needs_it()
    {
        Verdict verdict = await GradeAsync(
            Code("static double Log(double x) => Math.Logarithm(x);"),
            Code("// exercise 02.1\nstatic double Divergence(double[] p, double[] q) => Log(p[0]);"));
        Assert.Equal(Outcome.Failed, verdict.Outcome);
        Assert.Contains("Cell 1 above it failed", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scratch_cell_that_never_ends_costs_nothing() =>
        Assert.Equal(
            Outcome.Correct, (await GradeAsync(TimeSpan.FromSeconds(2), Code("System.Threading.Thread.Sleep(-1);"), Code(Right))).Outcome);

    [Theory]
    [InlineData(
        "System.IO.File.Exists(typeof(RelativeEntropy.Divergence).Assembly.Location.Replace(\"RelativeEntropy\", \"Course.Checks\"))")]
    [InlineData("AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == \"Course.Checks\")")]
    [InlineData(
        "Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(k => "
            + "k.ToUpperInvariant() is \"PATH\" or \"HOME\" or \"USER\" or \"USERNAME\")")]
    public async Task The_learner_s_process_holds_neither_checks_nor_this_process_s_environment(string peek)
    {
        string thrown = $"{peek} ? throw new Exception(\"found\") : throw new Exception(\"nothing there\")";
        Verdict verdict = await GradeAsync(Code($"// exercise 02.1\nstatic double Divergence(double[] p, double[] q) => {thrown};"));
        Assert.Contains("nothing there", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_are_those_of_the_sheet_and_only_for_correct_answers()
    {
        var sheet = new ExerciseSheet("sheet", Of(), [Exercise("02.1", 3), Exercise("02.3", 1)]);
        var submission = new Submission(
            Of(Code(Right.Replace("// exercise 02.1", "// exercise 02.1 (100 points)", StringComparison.Ordinal))));
        Grade grade = await new Grader(_sessions, TimeLimit.Of(Patience), new Redaction(_folder)).GradeAsync(
            submission, sheet, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((3, 4), (grade.Points, grade.MaximumPoints));
        Assert.Equal([Outcome.Correct, Outcome.Failed], grade.Exercises.Select(e => e.Verdict.Outcome));
    }

    [Fact]
    public async Task Each_answer_has_a_runner_of_its_own()
    {
        const string Mark = """
            if (Environment.GetEnvironmentVariable("MARK") is not null)
                throw new Exception("another answer was here");
            Environment.SetEnvironmentVariable("MARK", "mine");

            """;
        int started = 0;
        await using var counted = new SessionPool(Compilers.Shared, Options, ahead: 0);
        var sheet = new ExerciseSheet("sheet", Of(), [Exercise("02.1", 3), Exercise("02.3", 1)]);
        Grade grade = await new Grader(counted, TimeLimit.Of(Patience), new Redaction(_folder)).GradeAsync(
            new Submission(Of(Code($"{Right}\n{Mark}"), Code($"// exercise 02.3\n{Mark}string supportsChoice = \"C\";"))), sheet,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((grade.MaximumPoints, 2), (grade.Points, started));

        ChildOptions Options()
        {
            started++;
            return Kit.OptionsIn(_folder);
        }
    }

    private static SheetExercise Exercise(string id, int points) => new(id, "T", points, ["a", "b", "c"], (CodeCell)Code(""), [], []);

    [Fact]
    public async Task Answers_in_turn_see_nothing_of_each_other_and_survive_one_that_ends_its_runner()
    {
        string[] answers =
        [
            "// exercise 02.1\nstatic double Term(double p, double q) => p > 0 ? p * Math.Log(p / q) : 0;\n"
                + "static double Divergence(double[] p, double[] q) => p.Zip(q, Term).Sum();",
            "// exercise 02.1\nstatic double Divergence(double[] p, double[] q) => p.Zip(q, Term).Sum();",
            "// exercise 02.1\ndouble nothing = 0;",
            "// exercise 02.1\nstatic double Divergence(double[] p, double[] q) { Environment.Exit(0); return 0; }",
            Right,
        ];
        List<Verdict> verdicts = [];
        var grader = new Grader(_sessions, TimeLimit.Of(Patience), new Redaction(_folder));
        await foreach (Verdict verdict in grader.GradeInTurnAsync(
            answers.Select(code => new SubmittedAnswer(new NumberedCode(2, code), [new NumberedCode(1, "double above = 1;")])), "02.1",
            TestContext.Current.CancellationToken))
        {
            verdicts.Add(verdict);
        }
        Assert.Equal([Outcome.Correct, Outcome.Failed, Outcome.Failed, Outcome.Failed, Outcome.Correct], verdicts.Select(v => v.Outcome));
        Assert.Contains("Term", verdicts[1].Message, StringComparison.Ordinal);
        Assert.Contains("There is no double Divergence", verdicts[2].Message, StringComparison.Ordinal);
        Assert.Contains("ended its process", verdicts[3].Message, StringComparison.Ordinal);
    }

    private Task<Verdict> GradeAsync(params Cell[] cells) => GradeAsync(Patience, cells);

    private Task<Verdict> GradeAsync(TimeSpan timeout, params Cell[] cells) => GradeAsync(TimeLimit.Of(timeout), cells);

    private async Task<Verdict> GradeAsync(TimeLimit limit, params Cell[] cells)
    {
        var sheet = new ExerciseSheet("sheet", Of(), [Exercise("02.1", 3)]);
        Grade grade = await new Grader(_sessions, limit, new Redaction(_folder)).GradeAsync(
            new Submission(Of(cells)), sheet, cancellation: TestContext.Current.CancellationToken);
        return grade.Exercises.Single().Verdict;
    }
}
