using System.Diagnostics;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>The time that one exercise may take: some for each request to its host, and some in all.</summary>
/// <param name="each">For a request.</param>
/// <param name="all">In all.</param>
/// <param name="kills">How often the exercise's hosts were killed.</param>
internal sealed class TimeBudget(TimeSpan each, TimeSpan all, Kills kills)
{
    /// <summary>An exercise may take as long as this many of its requests may.</summary>
    private const int RequestsInAll = 5;

    /// <summary>For how long the machine may keep the exercise waiting for a processor: more says nothing about the answer.</summary>
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);

    private TimeSpan _spent;
    private TimeSpan _waited;

    /// <param name="each">For a request; in all there is time for five of them.</param>
    /// <param name="kills">How often the exercise's hosts were killed.</param>
    public TimeBudget(TimeSpan each, Kills kills)
        : this(each, RequestsInAll * each, kills)
    {
    }

    /// <summary>Whether there is no time left.</summary>
    public bool IsSpent => _spent >= all;

    /// <summary>Sends a request, for as long as there is time. What the machine kept the host waiting does not count.</summary>
    /// <exception cref="HostKilledException">The host was killed, and that may not be the answer's doing.</exception>
    /// <returns>Null when the request was finished; else why it could not be, and the host is gone.</returns>
    public async Task<HostFailure?> SendAsync(HostProcess host, Request request, Action<HostEvent> happened, CancellationToken cancellation)
    {
        TimeSpan left = all - _spent, before = host.Waited;
        if (IsSpent)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            return Spent();
        }
        var watch = Stopwatch.StartNew();
        HostFailure? failure = await host.SendAsync(
            request, left < each ? left : each, MostWaiting - _waited, happened, cancellation).ConfigureAwait(false);
        TimeSpan waited = host.Waited - before;
        _waited += waited;
        _spent += failure is { Kind: HostFailureKind.TimedOut } ? (left < each ? left : each) : watch.Elapsed - waited;
        if (failure is { Kind: HostFailureKind.Killed })
            kills.Add(failure.Message);
        return failure is { Kind: HostFailureKind.TimedOut } && left < each ? Spent() : failure;
    }

    private HostFailure Spent() => new(HostFailureKind.TimedOut, $"the exercise took more than {all.TotalSeconds:0.#} seconds in all and was stopped");
}
