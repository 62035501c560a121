using System.Diagnostics;

namespace Course.Hosting;

/// <summary>
/// Counts what a request takes, and ends it when one of its limits is reached: the processor time of the process and of its descendants,
/// so that a busy machine makes no answer late; and the time on the clock, so that what waits for ever ends, too.
/// </summary>
/// <param name="meter">Tells the processor time.</param>
/// <param name="limit">How long the request may take.</param>
internal sealed class RequestClock(ProcessorMeter meter, TimeLimit limit)
{
    // Nearly all requests are done by then, and are not worth a look.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _start = meter.Glance();

    /// <summary>Whether its processor time was used up.</summary>
    public bool UsedUp { get; private set; }

    /// <summary>What the request has taken so far, as far as a short look tells.</summary>
    public TimeUse Glance() => Use(meter.Glance());

    /// <summary>Cancels when a limit is reached, or ends with the request.</summary>
    public async Task RunAsync(CancellationTokenSource stop)
    {
        try
        {
            TimeSpan pause = Shorter(FirstLook, Shorter(limit.Processor / Environment.ProcessorCount, limit.Wall));
            while (true)
            {
                await Task.Delay(pause > Least ? pause : Least, stop.Token).ConfigureAwait(false);
                TimeUse use = Use(meter.Look());
                UsedUp = use.Processor >= limit.Processor;
                if (UsedUp || use.Wall >= limit.Wall)
                    return;

                // All processors together use up no more than so much of them meanwhile.
                pause = Shorter((limit.Processor - use.Processor) / Environment.ProcessorCount, limit.Wall - use.Wall);
            }
        }
        catch (OperationCanceledException)
        {
            // The request is done.
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    // The time of a descendant that has ended and was not waited for is lost.
    private TimeUse Use(TimeSpan now) => new(now > _start ? now - _start : TimeSpan.Zero, _watch.Elapsed);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
