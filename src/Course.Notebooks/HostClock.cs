using System.Diagnostics;

namespace Course.Notebooks;

/// <summary>
/// Counts the time in which a host could run. The time for which one of its threads waited for a processor (proc(5), schedstat) is not
/// counted, unless its processes have used all of the time that they have. So a busy machine does not make an answer late. Where the
/// system is not Linux, or does not say how long, all time counts.
/// </summary>
/// <param name="usage">What the host has had of the processors so far; null where the system does not say.</param>
/// <param name="time">How much time there is.</param>
/// <param name="most">For how long it may wait for a processor, further to its time.</param>
internal sealed class HostClock(Func<ProcessTree.Usage>? usage, TimeSpan time, TimeSpan most)
{
    /// <summary>For how long a host may wait for a processor in a request, further to its time.</summary>
    internal static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // Nearly all requests are done by then, and are not worth a look.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private ProcessTree.Usage? _start;

    /// <param name="root">The host's process.</param>
    /// <param name="time">How much time there is.</param>
    /// <param name="most">For how long it may wait for a processor, further to its time.</param>
    public HostClock(ProcessTree.Member? root, TimeSpan time, TimeSpan most)
        : this(root is { } host ? () => ProcessTree.UsageOf(host) : null, time, most)
    {
    }

    /// <summary>Whether the machine kept the host waiting for longer than it may wait.</summary>
    public bool Starved { get; private set; }

    /// <summary>For how long the host had waited for a processor when it was last looked at.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Looks for how long the host has waited for a processor.</summary>
    public TimeSpan Look() => Waited = _start is { } start && Usage() is { } now ? WaitedBetween(start, now, time) : TimeSpan.Zero;

    /// <summary>For how long a host waited: the longest that one of its threads did, and not at all if it used its time.</summary>
    internal static TimeSpan WaitedBetween(ProcessTree.Usage start, ProcessTree.Usage now, TimeSpan time) =>
        now.Processor - start.Processor >= time ? TimeSpan.Zero
        : now.Waiting.Select(thread => thread.Value - start.Waiting.GetValueOrDefault(thread.Key)).Append(TimeSpan.Zero).Max();

    /// <summary>Cancels when the time is over.</summary>
    public async Task RunAsync(CancellationTokenSource limit)
    {
        try
        {
            await Task.Delay(time < FirstLook ? time : FirstLook, limit.Token).ConfigureAwait(false);
            _start = Usage();
            TimeSpan left = time - _watch.Elapsed;
            do
            {
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, limit.Token).ConfigureAwait(false);
                Starved = Look() > most;
                left = time + Waited - _watch.Elapsed;
            }
            while (!Starved && left > Moment);
        }
        catch (OperationCanceledException)
        {
            // The request is done.
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
        }
    }

    private ProcessTree.Usage? Usage()
    {
        try
        {
            return usage?.Invoke();
        }
        catch (Exception)
        {
            // Whatever is wrong with /proc, the time goes on.
            return null;
        }
    }
}
