using Course.Checks;
using Course.Hosting;

namespace Course.Grading;

/// <summary>The time that one exercise may take: some for each request to its runner, and some in all.</summary>
/// <param name="each">For a request.</param>
/// <param name="all">In all.</param>
/// <param name="kills">How often the exercise's runners were killed.</param>
internal sealed class TimeBudget(TimeLimit each, TimeLimit all, Kills kills)
{
    /// <summary>An exercise may take as long as this many of its requests may.</summary>
    private const int RequestsInAll = 5;

    private TimeUse _spent;

    /// <param name="each">For a request; in all there is time for five of them.</param>
    /// <param name="kills">How often the exercise's runners were killed.</param>
    public TimeBudget(TimeLimit each, Kills kills)
        : this(each, InAll(each), kills)
    {
    }

    /// <summary>How long an exercise may take.</summary>
    /// <param name="each">How long each request may.</param>
    public static TimeLimit InAll(TimeLimit each) => RequestsInAll * each;

    /// <summary>Whether there is no time left.</summary>
    public bool IsSpent => (all - _spent).IsSpent;

    /// <summary>What a failure makes of an answer.</summary>
    public static Outcome OutcomeOf(ChildFailure failure) => failure.Kind switch
    {
        ChildFailureKind.TimedOut => Outcome.TimedOut,
        ChildFailureKind.Stalled => Outcome.Stalled,
        _ => Outcome.Failed,
    };

    /// <summary>Sends a request, for as long as there is time.</summary>
    /// <exception cref="ChildKilledException">The runner was killed, and that may not be the answer's doing.</exception>
    /// <returns>Null when the request was finished; else why it could not be, and the session has ended.</returns>
    public async Task<ChildFailure?> SpendAsync(CellSession session, Func<TimeLimit, Task<RequestEnd>> send)
    {
        TimeLimit left = all - _spent;
        if (left.IsSpent)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            return Spent();
        }
        RequestEnd end = await send(TimeLimit.Min(each, left)).ConfigureAwait(false);
        _spent += end.Use;
        if (end.Failure is { Kind: ChildFailureKind.Killed } killed)
            kills.Add(killed.Message);
        bool inTime = end.Failure is { Kind: ChildFailureKind.TimedOut or ChildFailureKind.Stalled };
        return inTime && IsSpent ? Spent() : end.Failure;
    }

    private ChildFailure Spent() => (all - _spent).Processor <= TimeSpan.Zero
        ? new(
            ChildFailureKind.TimedOut,
            $"the exercise used more than {all.Processor.TotalSeconds:0.#} seconds of processor time in all and was stopped")
        : new(ChildFailureKind.Stalled, $"the exercise did not end within {all.Wall.TotalSeconds:0.#} seconds in all and was stopped");
}
