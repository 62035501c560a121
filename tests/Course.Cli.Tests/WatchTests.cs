using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Cli.Tests;

/// <summary>Checking on save.</summary>
public sealed class WatchTests : IDisposable
{
    // What waits for a sentence that is never said would wait for ever.
    private const int Hung = 600_000;

    private readonly TemporaryCourse _course = new();

    public void Dispose() => _course.Dispose();

    [Fact(Timeout = Hung)]
    public async Task Answers_are_checked_when_they_are_saved_whatever_state_they_are_saved_in()
    {
        await using var sessions = new SessionPool(Compilers.Shared, Kit.OptionsIn(_course.Course.Root), ahead: 0);
        var said = new List<string>();

        // Each step waits for what it waits for to be said, then does something, as a learner would.
        Queue<(string WaitFor, Func<char?> Do)> steps = new(
        [
            ("Next: 00.2", () => 'h'),
            ("Hint 1 of 3 for 00.2", () => 'h'),
            ("Hint 2 of 3 for 00.2", () => Save("{ half a noteb")),
            ("cannot be read now", () => Answer("System.Threading.Thread.Sleep(-1);")),
            ("00.2 stalled: Cell", () => Answer("string who = \"?\";")),
            ("00.2 wrong: '?' is not one of the letters", () => Answer("string who = \"B\";")),
            ("Every exercise here is solved", () => 'q'),
        ]);
        var watch = new Watch(
            _course.Course, [_course.Exercise],
            new Grader(sessions, TimeLimit.Of(TimeSpan.FromSeconds(2)), new Redaction(_course.Course.Root)), said.Add);
        bool Is(string awaited) => said.Any(line => line.Contains(awaited, StringComparison.Ordinal));
        await watch.RunAsync(
            () => steps.TryPeek(out var step) && Is(step.WaitFor) ? steps.Dequeue().Do() : null, TestContext.Current.CancellationToken);
        Assert.Empty(steps);
        Assert.Contains("00.2 correct: Correct.", said);
        LearnerProgress progress = LearnerProgress.Load(_course.Course);
        SheetExercise exercise = Sheets.Of(_course.Course)[0].Exercises[0];
        Assert.Equal((true, 2), (progress.IsDone(exercise), progress.HintsOf(exercise)));

        char? Answer(string code)
        {
            _course.Answer(_course.Exercise, code);
            return null;
        }

        char? Save(string text)
        {
            File.WriteAllText(_course.Exercise, text);
            return null;
        }
    }

    [Fact(Timeout = Hung)]
    public async Task What_could_not_be_checked_is_said_to_be_no_fault_of_the_answer_and_is_checked_the_next_time()
    {
        int started = 0;
        await using var sessions = new SessionPool(Compilers.Shared,
            () => ++started > 3 ? Kit.OptionsIn(_course.Course.Root) : throw new IOException("No space left on device"), ahead: 0);
        var said = new List<string>();
        Queue<(string WaitFor, string? Answer)> steps = new(
            [("Next: 00.2", "\"B\""), ("Save it again", "\"\" + \"B\""), ("Every exercise here is solved", null)]);
        var grader = new Grader(sessions, TimeLimit.Of(TimeSpan.FromSeconds(20)), new Redaction(_course.Course.Root));
        var watch = new Watch(_course.Course, [_course.Exercise], grader, said.Add);
        await watch.RunAsync(Next, TestContext.Current.CancellationToken);
        Assert.Empty(steps);
        Assert.Contains("00.2 not graded: The grader could not do its work: IOException: No space left on device", said);

        char? Next()
        {
            if (!steps.TryPeek(out var step) || !said.Any(line => line.Contains(step.WaitFor, StringComparison.Ordinal)))
                return null;
            steps.Dequeue();
            if (step.Answer is null)
                return 'q';
            _course.Answer(_course.Exercise, $"string who = {step.Answer};");
            return null;
        }
    }

    /// <summary>One stalls the first time alone, as where the machine was busy; the other one each time.</summary>
    [Fact(Timeout = Hung)]
    public async Task What_stalls_is_tried_once_more_after_all_others()
    {
        using var course = new TemporaryCourse("123");
        string begun = course.At("begun");
        const string Never = "System.Threading.Thread.Sleep(-1);";
        var codes = new Dictionary<string, string>
        {
            ["00.1"] = $$"""
                if (!System.IO.File.Exists(@"{{begun}}"))
                {
                    System.IO.File.WriteAllText(@"{{begun}}", "");
                    {{Never}}
                }
                double? surprise = 3;
                """,
            ["00.2"] = Never,
            ["00.3"] = "static double EvenBelief(string[] words) => Divergence.KullbackLeibler("
                + "words.GroupBy(w => w).Select(g => g.Count() / (double)words.Length).ToArray(), "
                + "words.Distinct().Select(_ => 1.0 / words.Distinct().Count()).ToArray());",
        };
        var limit = new TimeLimit(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));
        await using var sessions = new SessionPool(Compilers.Shared, Kit.OptionsIn(course.Course.Root), ahead: 0);
        var said = new List<string>();
        var watch = new Watch(course.Course, [course.Exercise], new Grader(sessions, limit, new Redaction(course.Course.Root)), said.Add);
        await watch.RunAsync(Next, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "checking 00.1 ...", "00.1 did not end in time", "checking 00.2 ...", "00.2 did not end in time",
                "checking 00.3 ...", "00.3 correct", "checking 00.1 ...", "00.1 correct", "checking 00.2 ...", "00.2 stalled",
            ],
            said[1..^1].Select(line => line.Split(':')[0]));

        char? Next()
        {
            if (said.Count == 1)
                course.Answer(course.Exercise, codes);
            return said.Any(line => line.StartsWith("00.2 stalled", StringComparison.Ordinal)) ? 'q' : null;
        }
    }

    [Fact]
    public async Task Without_a_terminal_it_says_so_and_ends_when_it_is_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no interrupt signal to send to another process");
        using System.Diagnostics.Process process = _course.Start("watch");
        Assert.Contains(
            "there are no keys", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
    }
}
