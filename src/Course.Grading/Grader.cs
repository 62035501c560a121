using System.Globalization;
using System.Runtime.CompilerServices;
using Course.Checks;
using Course.Hosting;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>
/// Grades answers. Each runs in a runner of its own, which holds the learner's code and the course's libraries, and neither
/// expected values nor checks; what ends that runner costs this exercise and no other.
/// </summary>
/// <param name="sessions">Where the sessions come from.</param>
/// <param name="limit">How long a cell or a call may take; an exercise may take five times as long in all.</param>
/// <param name="redaction">What messages may not show.</param>
public sealed class Grader(SessionPool sessions, TimeLimit limit, Redaction redaction)
{
    /// <summary>How many seconds a cell or a call may take where nothing else is asked for.</summary>
    public const int UsualSeconds = 20;

    /// <summary>That many seconds, as a limit.</summary>
    public static TimeLimit UsualLimit { get; } = TimeLimit.Of(TimeSpan.FromSeconds(UsualSeconds));

    // Loading the libraries is no learner's doing.
    internal static readonly TimeLimit SetupLimit = TimeLimit.Of(TimeSpan.FromSeconds(60));

    // What the grader could not do is tried again: a machine under load, a runner that the system ended.
    internal const int Attempts = 3;

    // How many runners the cells above an answer may end, each of which costs seconds.
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
    public async Task<Grade> GradeAsync(
        Submission submission, ExerciseSheet sheet, long seed = Exercise.PublicSeed, IProgress<GradedExercise>? progress = null,
        CancellationToken cancellation = default)
    {
        var graded = new List<GradedExercise>();
        var failed = new Dictionary<int, AboveFailure>();
        foreach (SheetExercise exercise in sheet.Exercises)
        {
            Verdict verdict = await InsistAsync(exercise.Id, kills =>
            {
                SubmittedAnswer answer = submission.Find(exercise.Id);
                if (AnswerCell.IsStub(answer.Answer.Source, exercise.Answer))
                    throw AnswerException.NotAttempted();
                return JudgeAsync(answer, exercise.Id, seed, failed, kills, cancellation);
            }, cancellation).ConfigureAwait(false);
            graded.Add(new GradedExercise(exercise.Id, exercise.Title, exercise.Points, verdict));
            progress?.Report(graded[^1]);
        }
        return new Grade(graded);
    }

    /// <summary>Grades one answer.</summary>
    public Task<Verdict> GradeAsync(
        SubmittedAnswer answer, string id, long seed = Exercise.PublicSeed, CancellationToken cancellation = default) =>
        InsistAsync(id, kills => JudgeAsync(answer, id, seed, [], kills, cancellation), cancellation);

    /// <summary>
    /// Grades several answers to one exercise, one after the other in one session that goes back before each to the cells above. Only for
    /// the course's own: what an answer does to its process stays done.
    /// </summary>
    public async IAsyncEnumerable<Verdict> GradeInTurnAsync(
        IEnumerable<SubmittedAnswer> answers, string id, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        CellSession? session = null;
        CellChain? above = null;
        Dictionary<int, AboveFailure> failed = [];
        try
        {
            foreach (SubmittedAnswer answer in answers)
            {
                yield return await InsistAsync(id, async kills =>
                {
                    var budget = new TimeBudget(limit, kills);
                    if (session is null or { HasEnded: true })
                    {
                        // The first answer, or the one before this one ended the runner.
                        session = await PrepareAsync(answer.Above, failed, budget, cancellation).ConfigureAwait(false);
                        above = session.Cells;
                    }
                    session.Cells = above;
                    return await JudgeAsync(session, answer, id, Exercise.PublicSeed, failed, budget, cancellation).ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (session is not null)
                await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <param name="answer">The answer.</param>
    /// <param name="id">The exercise.</param>
    /// <param name="seed">What hidden inputs are drawn from.</param>
    /// <param name="failed">The submission's cells that failed above an answer; grows as more of them do.</param>
    /// <param name="kills">How often the exercise's runners were killed.</param>
    /// <param name="cancellation">Stops the grading.</param>
    private async Task<Verdict> JudgeAsync(
        SubmittedAnswer answer, string id, long seed, Dictionary<int, AboveFailure> failed, Kills kills, CancellationToken cancellation)
    {
        SubmittedAnswer read = Bounded(answer, failed);
        var budget = new TimeBudget(limit, kills);
        await using CellSession session = await PrepareAsync(read.Above, failed, budget, cancellation).ConfigureAwait(false);
        return await JudgeAsync(session, read, id, seed, failed, budget, cancellation).ConfigureAwait(false);
    }

    /// <summary>As much of an answer as is read: no cell of it is endless, nor are those above it together.</summary>
    /// <exception cref="AnswerException">The answer's own cell is too long.</exception>
    private static SubmittedAnswer Bounded(SubmittedAnswer answer, Dictionary<int, AboveFailure> failed)
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
                failed.TryAdd(cell.Number, new AboveFailure(TooLong(cell, most), IsLeftOut: true));
                continue;
            }
            room -= cell.Source.Length;
            above.Add(cell);
        }
        return answer with { Above = above };
    }

    private static string TooLong(NumberedCode cell, int most) =>
        $"Cell {cell.Number} is {cell.Source.Length} characters long; at most {most} are read. Keep what the answer needs.";

    /// <summary>Judges an answer in a session in which the cells above it have run.</summary>
    private static async Task<Verdict> JudgeAsync(
        CellSession session, SubmittedAnswer answer, string id, long seed, Dictionary<int, AboveFailure> failed, TimeBudget budget,
        CancellationToken cancellation)
    {
        Exercise exercise = Exercises.Find(id);
        if (await RunAsync(session, answer.Answer, budget, cancellation).ConfigureAwait(false) is { } problem)
        {
            string above = string.Concat(
                failed.Where(f => f.Key < answer.Answer.Number).Take(1).Select(f => $" (Cell {f.Key} above it failed: {f.Value.Message})"));
            return problem.Thrown is { } thrown
                ? throw AnswerException.Threw(Cut(thrown.Name), thrown.Message)
                : new Verdict(id, problem.Outcome, $"{problem.Message}{above}");
        }
        var asked = new SessionAnswer(session, exercise.Form, budget, cancellation);
        Verdict verdict = await Task.Run(() => exercise.Check(asked, checked((int)seed)), cancellation).ConfigureAwait(false);
        return verdict.Outcome == Outcome.Correct
            ? await ByHandAsync(verdict, exercise, asked, session, cancellation).ConfigureAwait(false)
            : verdict;
    }

    /// <summary>
    /// The verdict "correct", or another for an answer that calls what the exercise says to write, as its compiled code shows.
    /// </summary>
    private static async Task<Verdict> ByHandAsync(
        Verdict verdict, Exercise exercise, SessionAnswer answer, CellSession session, CancellationToken cancellation)
    {
        IReadOnlyList<Compiled> cells = await session.CompiledAsync(answer.Function, cancellation).ConfigureAwait(false);
        CellAssembly[] assemblies = [.. cells.Select(cell => CellAssembly.FromImage([.. cell.Assembly]))];
        LibraryCall[] forbidden =
            [.. LibraryCalls.From(assemblies[0], assemblies[1..]).Where(call => exercise.Forbids(call.Type, call.Member)).Take(1)];
        return forbidden is [var found] ? exercise.NotByHand($"{found}") : verdict;
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

    /// <summary>A session in which the learner's own cells above the answer have run, as far as they do.</summary>
    /// <exception cref="InvalidOperationException">There is no runner, or none in which the libraries load.</exception>
    private async Task<CellSession> PrepareAsync(
        IReadOnlyList<NumberedCode> above, Dictionary<int, AboveFailure> failed, TimeBudget budget, CancellationToken cancellation)
    {
        for (int ended = 0; ;)
        {
            CellSession session = await sessions.TakeAsync().ConfigureAwait(false);
            try
            {
                CellText setup = CellText.Setup("setup.csx", Setup());
                var unbounded = new TimeBudget(SetupLimit, new Kills());
                if (await RunAsync(session, setup, unbounded, cancellation).ConfigureAwait(false) is { } problem)
                    throw new InvalidOperationException($"the course's libraries could not be loaded: {problem.Message}");
                if (await RunAboveAsync(session, above, failed, budget, cancellation).ConfigureAwait(false))
                    return session;
                if (++ended < MostEnded)
                    continue;
                foreach (NumberedCode cell in above)
                {
                    string message = $"Cell {cell.Number} did not run: {MostEnded} cells had ended their process before.";
                    failed.TryAdd(cell.Number, new AboveFailure(message, IsLeftOut: true));
                }
            }
            catch
            {
                await session.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Runs the cells above an answer; one that ends its process is left out from then on.</summary>
    /// <returns>Whether the answer can run: the runner lives on, or there is no time left, as the answer's cell will be told.</returns>
    private static async Task<bool> RunAboveAsync(
        CellSession session, IReadOnlyList<NumberedCode> above, Dictionary<int, AboveFailure> failed, TimeBudget budget,
        CancellationToken cancellation)
    {
        foreach (NumberedCode cell in above.Where(cell => !(failed.TryGetValue(cell.Number, out AboveFailure before) && before.IsLeftOut)))
        {
            if (await RunAsync(session, cell, budget, cancellation).ConfigureAwait(false) is not { } problem)
                continue;
            failed[cell.Number] = new AboveFailure(problem.Message, session.HasEnded);
            if (session.HasEnded)
                return budget.IsSpent;
        }
        return true;
    }

    private static Task<Problem?> RunAsync(CellSession session, NumberedCode cell, TimeBudget budget, CancellationToken cancellation) =>
        RunAsync(session, new CellText($"cell {cell.Number}", cell.Source, portable: false), budget, cancellation);

    private static async Task<Problem?> RunAsync(CellSession session, CellText cell, TimeBudget budget, CancellationToken cancellation)
    {
        Failed? told = null;
        ChildFailure? failure = await budget.SpendAsync(
            session, limit => session.RunAsync(cell, limit, e => told = e as Failed ?? told, cancellation)).ConfigureAwait(false);
        return (failure, told) switch
        {
            ({ } gone, _) => new Problem($"{Sentence(cell.Name)}: {gone.Message}.", TimeBudget.OutcomeOf(gone)),
            (_, { Kind: FailureKind.Exception } thrown) =>
                new Problem($"{Sentence(cell.Name)} threw {Cut(thrown.Name)}: {Cut(thrown.Message)}", Outcome.Failed, thrown),
            (_, { } other) => new Problem($"It {Cut(other.Name)}: {Cut(other.Message)}", Outcome.Failed),
            _ => null,
        };
    }

    private static string Cut(string message) => Excerpt.Of(message, LongestMessage);

    /// <summary>
    /// Text that a learner's process may have written, without what moves a cursor, paints, or turns the direction of writing
    /// (Unicode, general categories Cc and Cf).
    /// </summary>
    private static string Plain(string text) =>
        string.Concat(
            text.Where(c => c is '\n' or '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>Why a cell above an answer did not do what it should.</summary>
    /// <param name="Message">In words.</param>
    /// <param name="IsLeftOut">Whether it is run no more.</param>
    private readonly record struct AboveFailure(string Message, bool IsLeftOut);

    private sealed record Problem(string Message, Outcome Outcome, Failed? Thrown = null);
}
