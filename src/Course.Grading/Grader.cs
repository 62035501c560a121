using System.Globalization;
using System.Runtime.CompilerServices;
using Course.Checks;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>
/// Grades answers. Each runs in a host of its own, which holds the learner's code and the course's libraries, and neither
/// expected values nor checks; what ends that host costs this exercise and no other.
/// </summary>
/// <param name="hosts">Where the hosts come from.</param>
/// <param name="timeout">How long a cell or a call may take; an exercise may take five times as long in all.</param>
/// <param name="redaction">What messages may not show.</param>
public sealed class Grader(HostPool hosts, TimeSpan timeout, Redaction redaction)
{
    // Loading the libraries is no learner's doing.
    private static readonly TimeSpan SetupLimit = TimeSpan.FromSeconds(60);

    // What the grader could not do is tried again: a machine under load, a host that the system ended.
    internal const int Attempts = 3;

    // How many hosts the cells above an answer may end, each of which costs seconds.
    private const int MostEnded = 5;

    private const int LongestMessage = 600;
    private const int LongestCell = 100_000;
    private const int LongestAbove = 1_000_000;

    /// <summary>What loads the course's libraries.</summary>
    internal Func<string> Setup { get; init; } = () => Kit.Setup;

    /// <summary>Grades a submission.</summary>
    /// <param name="submission">What was handed in.</param>
    /// <param name="sheet">The exercises that it answers.</param>
    /// <param name="seed">What hidden inputs are drawn from, from 0 to 2^31 - 1.</param>
    /// <param name="progress">Told each verdict as it comes.</param>
    /// <param name="cancellation">Stops the grading.</param>
    public async Task<Grade> GradeAsync(Submission submission, ExerciseSheet sheet, long seed = Exercise.PublicSeed, IProgress<GradedExercise>? progress = null, CancellationToken cancellation = default)
    {
        var graded = new List<GradedExercise>();
        var skipped = new Dictionary<int, string>();
        foreach (SheetExercise exercise in sheet.Exercises)
        {
            Verdict verdict = await InsistAsync(exercise.Id, kills =>
            {
                SubmittedAnswer answer = submission.Find(exercise.Id);
                if (AnswerCell.IsStub(answer.Answer.Source, exercise.Answer))
                    throw AnswerException.NotAttempted();
                return JudgeAsync(answer, exercise.Id, seed, skipped, kills, cancellation);
            }, cancellation).ConfigureAwait(false);
            graded.Add(new GradedExercise(exercise.Id, exercise.Title, exercise.Points, verdict));
            progress?.Report(graded[^1]);
        }
        return new Grade(graded);
    }

    /// <summary>Grades one answer.</summary>
    public Task<Verdict> GradeAsync(SubmittedAnswer answer, string id, long seed = Exercise.PublicSeed, CancellationToken cancellation = default) =>
        InsistAsync(id, kills => JudgeAsync(answer, id, seed, [], kills, cancellation), cancellation);

    /// <summary>
    /// Grades several answers to one exercise, one after the other in one host that forgets each before the next. Only for the course's own: what an
    /// answer does to its process stays done.
    /// </summary>
    public async IAsyncEnumerable<Verdict> GradeInTurnAsync(
        IEnumerable<SubmittedAnswer> answers, string id, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        HostProcess? host = null;
        Dictionary<int, string> skipped = [];
        try
        {
            foreach (SubmittedAnswer answer in answers)
            {
                yield return await InsistAsync(id, async kills =>
                {
                    var budget = new TimeBudget(timeout, kills);
                    if (host is null or { HasEnded: true } || await host.SendAsync(new ReturnToMark(), timeout, _ => { }, cancellation).ConfigureAwait(false) is not null)
                    {
                        // The first answer, or the one before this one ended the host.
                        host = await PrepareAsync(answer.Above, skipped, budget, cancellation).ConfigureAwait(false);
                        await host.SendAsync(new Mark(), timeout, _ => { }, cancellation).ConfigureAwait(false);
                    }
                    return await JudgeAsync(host, answer, id, Exercise.PublicSeed, skipped, budget, cancellation).ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (host is not null)
                await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <param name="answer">The answer.</param>
    /// <param name="id">The exercise.</param>
    /// <param name="seed">What hidden inputs are drawn from.</param>
    /// <param name="skipped">The submission's cells that are left out, and why; grows as more of them fail.</param>
    /// <param name="kills">How often the exercise's hosts were killed.</param>
    /// <param name="cancellation">Stops the grading.</param>
    private async Task<Verdict> JudgeAsync(
        SubmittedAnswer answer, string id, long seed, Dictionary<int, string> skipped, Kills kills, CancellationToken cancellation)
    {
        SubmittedAnswer read = Bounded(answer, skipped);
        var budget = new TimeBudget(timeout, kills);
        await using HostProcess host = await PrepareAsync(read.Above, skipped, budget, cancellation).ConfigureAwait(false);
        return await JudgeAsync(host, read, id, seed, skipped, budget, cancellation).ConfigureAwait(false);
    }

    /// <summary>As much of an answer as is read: no cell of it is endless, nor are those above it together.</summary>
    /// <exception cref="AnswerException">The answer's own cell is too long.</exception>
    private static SubmittedAnswer Bounded(SubmittedAnswer answer, Dictionary<int, string> skipped)
    {
        if (answer.Answer.Source.Length > LongestCell)
            throw new AnswerException(Outcome.Failed, TooLong(answer.Answer, LongestCell));
        int room = LongestAbove;
        var above = new List<NumberedCode>();
        foreach (NumberedCode cell in answer.Above)
        {
            int most = Math.Min(LongestCell, room);
            if (cell.Source.Length > most)
            {
                skipped.TryAdd(cell.Number, TooLong(cell, most));
                continue;
            }
            room -= cell.Source.Length;
            above.Add(cell);
        }
        return answer with { Above = above };
    }

    private static string TooLong(NumberedCode cell, int most) =>
        $"Cell {cell.Number} is {cell.Source.Length} characters long; at most {most} are read. Keep what the answer needs.";

    /// <summary>Judges an answer in a host in which the cells above it have run.</summary>
    private static async Task<Verdict> JudgeAsync(HostProcess host, SubmittedAnswer answer, string id, long seed, Dictionary<int, string> skipped, TimeBudget budget, CancellationToken cancellation)
    {
        Exercise exercise = Exercises.Find(id);
        if (await RunAsync(host, answer.Answer, budget, cancellation).ConfigureAwait(false) is { } problem)
        {
            string above = string.Concat(skipped.Where(s => s.Key < answer.Answer.Number).Take(1).Select(s => $" (Cell {s.Key} above it was left out: {s.Value})"));
            return problem.Thrown is { } thrown
                ? throw AnswerException.Threw(Cut(thrown.Name), thrown.Message)
                : new Verdict(id, Outcome.Failed, $"{problem.Message}{above}");
        }
        var asked = new HostAnswer(host, exercise.Form, budget, cancellation);
        Verdict verdict = await Task.Run(() => exercise.Check(asked, checked((int)seed)), cancellation).ConfigureAwait(false);
        return LibraryCall.Judge(verdict, answer, exercise);
    }

    /// <summary>
    /// What goes wrong with an answer is its verdict. What goes wrong with the grader says nothing about the answer: it is tried again, and
    /// then the exercise is not graded.
    /// </summary>
    private async Task<Verdict> InsistAsync(string id, Func<Kills, Task<Verdict>> judge, CancellationToken cancellation)
    {
        var kills = new Kills();
        for (int attempt = 1; ; attempt++)
        {
            Verdict verdict = await GuardAsync(id, () => judge(kills), cancellation).ConfigureAwait(false);
            if (verdict.Outcome != Outcome.NotGraded || attempt == Attempts)
                return verdict with { Message = Excerpt.Of(redaction.Apply(Plain(verdict.Message))) };
        }
    }

    private static async Task<Verdict> GuardAsync(string id, Func<Task<Verdict>> judge, CancellationToken cancellation)
    {
        try
        {
            return await judge().ConfigureAwait(false);
        }
        catch (AnswerException e)
        {
            return new Verdict(id, e.Outcome, e.Message);
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            string kind = e is InvalidOperationException ? "" : $"{e.GetType().Name}: ";
            return new Verdict(id, Outcome.NotGraded, $"The grader could not do its work: {kind}{e.Message}");
        }
    }

    /// <summary>A host in which the learner's own cells above the answer have run; those that fail are left out.</summary>
    /// <exception cref="InvalidOperationException">There is no host, or none in which the libraries load.</exception>
    private async Task<HostProcess> PrepareAsync(
        IReadOnlyList<NumberedCode> above, Dictionary<int, string> skipped, TimeBudget budget, CancellationToken cancellation)
    {
        for (int ended = 0; ;)
        {
            HostProcess host = await hosts.TakeAsync().ConfigureAwait(false);
            try
            {
                var setup = new RunCell("setup.csx", Setup(), Portable: false);
                if (await RunAsync(host, setup, new TimeBudget(SetupLimit, new Kills()), cancellation).ConfigureAwait(false) is { } problem)
                    throw new InvalidOperationException($"the course's libraries could not be loaded: {problem.Message}");
                if (await RunAboveAsync(host, above, skipped, budget, cancellation).ConfigureAwait(false))
                    return host;
                if (++ended < MostEnded)
                    continue;
                foreach (NumberedCode cell in above)
                    skipped.TryAdd(cell.Number, $"Cell {cell.Number} did not run: {MostEnded} cells had ended their process before.");
            }
            catch
            {
                await host.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Runs the cells above an answer; one that fails is left out from then on.</summary>
    /// <returns>Whether the answer can run: the host lives on, or there is no time left, as the answer's cell will be told.</returns>
    private static async Task<bool> RunAboveAsync(
        HostProcess host, IReadOnlyList<NumberedCode> above, Dictionary<int, string> skipped, TimeBudget budget,
        CancellationToken cancellation)
    {
        foreach (NumberedCode cell in above.Where(cell => !skipped.ContainsKey(cell.Number)))
        {
            if (await RunAsync(host, cell, budget, cancellation).ConfigureAwait(false) is not { } problem)
                continue;
            skipped.Add(cell.Number, problem.Message);
            if (problem.HostIsGone)
                return budget.IsSpent;
        }
        return true;
    }

    private static Task<Problem?> RunAsync(HostProcess host, NumberedCode cell, TimeBudget budget, CancellationToken cancellation) =>
        RunAsync(host, new RunCell($"cell {cell.Number}", cell.Source, Portable: false), budget, cancellation);

    private static async Task<Problem?> RunAsync(HostProcess host, RunCell cell, TimeBudget budget, CancellationToken cancellation)
    {
        Failed? failed = null;
        HostFailure? failure = await budget.SendAsync(host, cell, e => failed = e as Failed ?? failed, cancellation).ConfigureAwait(false);
        return (failure, failed) switch
        {
            ({ Kind: HostFailureKind.Starved } busy, _) => throw new InvalidOperationException($"{Sentence(cell.Name)}: {busy.Message}"),
            ({ } gone, _) => new Problem($"{Sentence(cell.Name)}: {gone.Message}.", HostIsGone: true),
            (_, { Kind: FailureKind.Exception } thrown) => new Problem($"{Sentence(cell.Name)} threw {Cut(thrown.Name)}: {Cut(thrown.Message)}", Thrown: thrown),
            (_, { } other) => new Problem($"It {Cut(other.Name)}: {Cut(other.Message)}"),
            _ => null,
        };
    }

    private static string Cut(string message) => Excerpt.Of(message, LongestMessage);

    /// <summary>
    /// Text that a learner's process may have written, without what moves a cursor, paints, or turns the direction of writing
    /// (Unicode, general categories Cc and Cf).
    /// </summary>
    private static string Plain(string text) =>
        string.Concat(text.Where(c => c is '\n' or '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Problem(string Message, bool HostIsGone = false, Failed? Thrown = null);
}
