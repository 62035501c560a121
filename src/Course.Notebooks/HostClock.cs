using System.Diagnostics;

namespace Course.Notebooks;

/// <summary>
/// Counts the time in which a host could run. The time for which one of its threads waited for a processor (proc(5), schedstat) is not
/// counted, unless its processes have used all of the time that they have. So a busy machine does not make an answer late. Where the
/// system is not Linux, all time counts.
/// </summary>
/// <param name="root">The host's process.</param>
/// <param name="time">How much time there is.</param>
internal sealed class HostClock(ProcessTree.Member? root, TimeSpan time)
{
    /// <summary>For how long a host may wait for a processor, further to its time.</summary>
    internal static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // Nearly all requests are done by then, and are not worth a look.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private ProcessTree.Usage? _start;

    /// <summary>Whether the machine kept the host waiting for as long as it is allowed to.</summary>
    public bool Starved { get; private set; }

    /// <summary>For how long the host has waited for a processor.</summary>
    public TimeSpan Waited()
    {
        if (root is not { } host || _start is not { } start)
            return TimeSpan.Zero;
        ProcessTree.Usage now = ProcessTree.UsageOf(host);
        if (now.Processor - start.Processor >= time)
            return TimeSpan.Zero;
        return now.Waiting.Select(thread => thread.Value - start.Waiting.GetValueOrDefault(thread.Key)).Append(TimeSpan.Zero).Max();
    }

    /// <summary>Cancels when the time is over.</summary>
    public async Task RunAsync(CancellationTokenSource limit)
    {
        try
        {
            await Task.Delay(time < FirstLook ? time : FirstLook, limit.Token).ConfigureAwait(false);
            _start = root is { } host ? ProcessTree.UsageOf(host) : null;
            TimeSpan waited = TimeSpan.Zero;
            while (waited < MostWaiting && time + waited - _watch.Elapsed is var left && left > Moment)
            {
                await Task.Delay(left, limit.Token).ConfigureAwait(false);
                waited = Waited();
            }
            Starved = waited >= MostWaiting;
            await limit.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The request is done.
        }
    }
}
