using Course.Checks;
using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Interactive.Tests;

/// <summary>What the magic commands say.</summary>
[Collection("kernel")]
public sealed class CommandTests : IAsyncLifetime
{
    private const string Head = "static double Divergence(double[] p, double[] q)";

    private const string Right = Head + " { double sum = 0; for (int i = 0; i < p.Length; i++) sum += p[i] > 0 ? p[i] * Math.Log(p[i] / q[i]) : 0; return sum; }";

    private readonly NotebookSession _session = new();

    public async ValueTask InitializeAsync() => await _session.LoadAsync();

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Right)]
    [InlineData(Head + " => 0;")]
    [InlineData("static double Divergence(double[] q, double[] p) { double sum = 0; for (int i = 0; i < p.Length; i++) sum += p[i] > 0 ? p[i] * Math.Log(p[i] / q[i]) : 0; return sum; }")]
    [InlineData(Head + " => throw new NotImplementedException();")]
    [InlineData(Head + " => throw new InvalidOperationException(\"told\");")]
    [InlineData("double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);")]
    public async Task Check_says_what_the_command_line_says(string answer)
    {
        Verdict expected = await GradeAsync(answer);
        Assert.Empty(await _session.RunAsync($"#r \"{typeof(RelativeEntropy.Divergence).Assembly.Location}\"\n{answer}", "text/html"));
        Assert.Equal([expected.ToHtml()], await _session.RunAsync("#!check 02.1", "text/html"));
        Assert.Equal([expected.ToHtml()], await _session.RunAsync("#!check 2.1", "text/html"));
    }

    [Fact]
    public async Task An_answer_in_a_variable_is_checked_as_it_stands()
    {
        await _session.RunAsync("double? surprise = null;", "text/html");
        Assert.Contains("not attempted", Assert.Single(await _session.RunAsync("#!check 00.1", "text/html")), StringComparison.Ordinal);
        await _session.RunAsync("surprise = 0.125;", "text/html");
        Assert.Equal([Check.Exercise("00.1", 0.125).ToHtml()], await _session.RunAsync("#!check 00.1", "text/html"));
    }

    [Fact]
    public async Task Check_leaves_the_session_as_it_is()
    {
        await _session.RunAsync(Right, "text/html");
        await _session.RunAsync("#!check 02.1", "text/html");
        Assert.Equal(["0"], await _session.RunAsync("Divergence([1.0], [1.0]).ToString()", "text/plain"));
    }

    [Theory]
    [InlineData("1 + 1")]
    [InlineData("double Divergence(double[] p) => 0;")]
    public async Task An_answer_that_is_not_in_the_session_is_asked_for(string cell)
    {
        await _session.RunAsync(cell, "text/html");
        Assert.Contains("There is no double Divergence(double[] p, double[] q) in this session", Assert.Single(await _session.RunAsync("#!check 02.1", "text/html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_before_any_cell_asks_for_the_answer() =>
        Assert.Contains("in this session", Assert.Single(await _session.RunAsync("#!check 02.1", "text/html")), StringComparison.Ordinal);

    [Fact]
    public async Task Solved_exercises_count_in_progress_and_in_the_learners_own_file()
    {
        IReadOnlyList<string> before = await _session.RunAsync("#!progress", "text/markdown");
        Assert.Contains("Next: exercise **00.1", Assert.Single(before), StringComparison.Ordinal);
        await _session.RunAsync(Right, "text/html");
        await _session.RunAsync("#!check 02.1", "text/html");
        Assert.Contains("1 of 5", Assert.Single(await _session.RunAsync("#!progress", "text/html")), StringComparison.Ordinal);
        var course = new CourseFolder(_session.Root);
        Assert.True(LearnerProgress.Load(course).IsDone(Sheets.Of(course).SelectMany(s => s.Exercises).Single(e => e.Id == "02.1")));
    }

    [Fact]
    public async Task Each_hint_adds_the_next_as_the_author_wrote_it()
    {
        SheetExercise exercise = Sheets.Of(new CourseFolder(_session.Root)).SelectMany(s => s.Exercises).Single(e => e.Id == "02.1");
        for (int count = 1; count <= exercise.Hints.Count; count++)
        {
            string shown = Assert.Single(await _session.RunAsync("#!hint 02.1", "text/markdown"));
            Assert.All(exercise.Hints.Take(count), hint => Assert.Contains(hint, shown, StringComparison.Ordinal));
            Assert.All(exercise.Hints.Skip(count), hint => Assert.DoesNotContain(hint, shown, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("#!check 99.1")]
    [InlineData("#!hint 99.1")]
    public async Task An_unknown_exercise_is_answered_with_those_that_there_are(string command)
    {
        string problem = Assert.Single(await _session.RunAsync(command, "text/html"));
        Assert.StartsWith("there is no exercise '99.1'. There are: 00.1,", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", problem, StringComparison.Ordinal);
    }

    /// <summary>The verdict of <c>course grade</c>.</summary>
    private async Task<Verdict> GradeAsync(string answer)
    {
        CodeCell cell = new("answer", $"// exercise 02.1\n{answer}", [], null, []);
        await using var sessions = new SessionPool(Compilers.Shared, Kit.OptionsIn(_session.Root), ahead: 0);
        return await new Grader(sessions, TimeLimit.Of(TimeSpan.FromSeconds(60)), new Redaction(_session.Root))
            .GradeAsync(new Submission(new Notebook([cell], [])).Find("02.1"), "02.1", cancellation: TestContext.Current.CancellationToken);
    }
}
