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

    private const int Attempts = 3;
    private const int LongestMessage = 600;

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
            Verdict verdict;
            try
            {
                SubmittedAnswer answer = submission.Find(exercise.Id);
                verdict = AnswerCell.IsStub(answer.Answer.Source, exercise.Answer)
                    ? throw AnswerException.NotAttempted()
                    : await GradeAsync(answer, exercise.Id, seed, skipped, cancellation).ConfigureAwait(false);
            }
            catch (AnswerException e)
            {
                verdict = new Verdict(exercise.Id, e.Outcome, e.Message);
            }
            graded.Add(new GradedExercise(exercise.Id, exercise.Title, exercise.Points, verdict));
            progress?.Report(graded[^1]);
        }
        return new Grade(graded);
    }

    /// <summary>Grades one answer.</summary>
    public Task<Verdict> GradeAsync(SubmittedAnswer answer, string id, long seed = Exercise.PublicSeed, CancellationToken cancellation = default) =>
        GradeAsync(answer, id, seed, [], cancellation);

    /// <param name="answer">The answer.</param>
    /// <param name="id">The exercise.</param>
    /// <param name="seed">What hidden inputs are drawn from.</param>
    /// <param name="skipped">The submission's cells that are left out, and why; grows as more of them fail.</param>
    /// <param name="cancellation">Stops the grading.</param>
    private async Task<Verdict> GradeAsync(SubmittedAnswer answer, string id, long seed, Dictionary<int, string> skipped, CancellationToken cancellation)
    {
        Verdict verdict = await JudgeAsync(answer, id, seed, skipped, cancellation).ConfigureAwait(false);
        return Shown(verdict);
    }

    private Verdict Shown(Verdict verdict) => verdict with { Message = redaction.Apply(Plain(verdict.Message)) };

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
                var budget = new TimeBudget(timeout);
                Verdict verdict = await GuardAsync(id, async () =>
                {
                    if (host is null or { HasEnded: true } || await host.SendAsync(new ReturnToMark(), timeout, _ => { }, cancellation).ConfigureAwait(false) is not null)
                    {
                        // The first answer, or the one before this one ended the host.
                        host = await PrepareAsync(answer.Above, skipped, budget, cancellation).ConfigureAwait(false);
                        await host.SendAsync(new Mark(), timeout, _ => { }, cancellation).ConfigureAwait(false);
                    }
                    return await JudgeAsync(host, answer, id, Exercise.PublicSeed, skipped, budget, cancellation).ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
                yield return Shown(verdict);
            }
        }
        finally
        {
            if (host is not null)
                await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<Verdict> JudgeAsync(SubmittedAnswer answer, string id, long seed, Dictionary<int, string> skipped, CancellationToken cancellation) => GuardAsync(id, async () =>
    {
        var budget = new TimeBudget(timeout);
        await using HostProcess host = await PrepareAsync(answer.Above, skipped, budget, cancellation).ConfigureAwait(false);
        return await JudgeAsync(host, answer, id, seed, skipped, budget, cancellation).ConfigureAwait(false);
    }, cancellation);

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
        Verdict verdict = await Task.Run(() => exercise.Check(new HostAnswer(host, exercise.Form, budget, cancellation), checked((int)seed)), cancellation).ConfigureAwait(false);
        return LibraryCall.Judge(verdict, answer, exercise);
    }

    /// <summary>What goes wrong with an answer, or with its host, is its verdict.</summary>
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
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // No host, or no such check: this exercise is lost, the others are not.
            cancellation.ThrowIfCancellationRequested();
            return new Verdict(id, Outcome.Failed, $"It could not be graded: {e.Message}");
        }
    }

    /// <summary>A host in which the learner's own cells above the answer have run; those that fail are left out.</summary>
    private async Task<HostProcess> PrepareAsync(IReadOnlyList<NumberedCode> above, Dictionary<int, string> skipped, TimeBudget budget, CancellationToken cancellation)
    {
        for (int lost = 0; ;)
        {
            HostProcess host;
            try
            {
                host = await hosts.TakeAsync().ConfigureAwait(false);
            }
            catch (InvalidOperationException) when (++lost < Attempts)
            {
                // A machine under load, or a host that its system ended: no learner's doing.
                continue;
            }
            if (await RunAsync(host, new RunCell("setup.csx", Kit.Setup, Portable: false), new TimeBudget(SetupLimit), cancellation).ConfigureAwait(false) is { } setup)
            {
                await host.DisposeAsync().ConfigureAwait(false);
                if (setup.HostIsGone && ++lost < Attempts)
                    continue;
                throw new InvalidOperationException($"the course's libraries could not be loaded: {setup.Message}");
            }
            bool gone = false;
            foreach (NumberedCode cell in above.Where(cell => !skipped.ContainsKey(cell.Number)))
            {
                if (await RunAsync(host, cell, budget, cancellation).ConfigureAwait(false) is not { } problem)
                    continue;
                skipped.Add(cell.Number, problem.Message);
                gone = problem.HostIsGone;
                if (gone)
                    break;
            }
            if (!gone)
                return host;
        }
    }

    private static Task<Problem?> RunAsync(HostProcess host, NumberedCode cell, TimeBudget budget, CancellationToken cancellation) =>
        RunAsync(host, new RunCell($"cell {cell.Number}", cell.Source, Portable: false), budget, cancellation);

    private static async Task<Problem?> RunAsync(HostProcess host, RunCell cell, TimeBudget budget, CancellationToken cancellation)
    {
        Failed? failed = null;
        HostFailure? failure = await budget.SendAsync(host, cell, e => failed = e as Failed ?? failed, cancellation).ConfigureAwait(false);
        return (failure, failed) switch
        {
            ({ } gone, _) => new Problem($"{Sentence(cell.Name)}: {gone.Message}.", HostIsGone: true),
            (_, { Kind: FailureKind.Exception } thrown) => new Problem($"{Sentence(cell.Name)} threw {Cut(thrown.Name)}: {Cut(thrown.Message)}", Thrown: thrown),
            (_, { } other) => new Problem($"It {Cut(other.Name)}: {Cut(other.Message)}"),
            _ => null,
        };
    }

    private static string Cut(string message) => message.Length <= LongestMessage ? message : message[..LongestMessage] + "...";

    /// <summary>
    /// Text that a learner's process may have written, without what moves a cursor, paints, or turns the direction of writing
    /// (Unicode, general categories Cc and Cf).
    /// </summary>
    private static string Plain(string text) =>
        string.Concat(text.Where(c => c is '\n' or '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Problem(string Message, bool HostIsGone = false, Failed? Thrown = null);
}
