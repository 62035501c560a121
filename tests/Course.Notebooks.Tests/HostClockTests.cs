using System.ComponentModel;
using System.Diagnostics;

namespace Course.Notebooks.Tests;

/// <summary>What a busy machine does to a process is not held against it.</summary>
public sealed class HostClockTests
{
    private const string Spin = "while :; do :; done";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Eight processes on one processor: each runs for an eighth of the time, so that two seconds of it take nine or more.
    /// </summary>
    [Fact]
    public async Task A_process_that_waits_for_a_processor_has_more_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says how long a process waits");
        List<Process> spinning = [];
        try
        {
            for (int i = 0; i < 8; i++)
                spinning.Add(Process.Start("taskset", ["--cpu-list", "0", "/bin/sh", "-c", Spin]));
            Stopwatch watch = await RunAsync(spinning[0]);
            Assert.SkipWhen(spinning.Any(p => p.HasExited), "processes cannot be held to one processor");
            Assert.True(watch.Elapsed > 2 * Time, $"it was ended after {watch.Elapsed}");
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"there is no taskset: {e.Message}");
        }
        finally
        {
            spinning.ForEach(End);
        }
    }

    /// <summary>What sleeps waits for no processor, however busy the machine is.</summary>
    [Fact]
    public async Task A_process_that_sleeps_has_its_time_and_no_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says how long a process waits");
        using Process sleeping = Process.Start("sleep", ["3600"]);
        try
        {
            var clock = new HostClock(ProcessTree.Find(sleeping.Id), Time);
            using var limit = new CancellationTokenSource();
            await clock.RunAsync(limit);
            Assert.Equal((true, false), (limit.IsCancellationRequested, clock.Starved));
            Assert.InRange(clock.Waited(), TimeSpan.Zero, Time / 2);
        }
        finally
        {
            End(sleeping);
        }
    }

    [Fact]
    public async Task It_ends_with_the_request()
    {
        var clock = new HostClock(null, TimeSpan.FromDays(1));
        using var limit = new CancellationTokenSource();
        Task running = clock.RunAsync(limit);
        await limit.CancelAsync();
        await running;
        Assert.False(clock.Starved);
    }

    private static async Task<Stopwatch> RunAsync(Process process)
    {
        var clock = new HostClock(ProcessTree.Find(process.Id), Time);
        using var limit = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        await clock.RunAsync(limit);
        watch.Stop();
        return watch;
    }

    private static void End(Process process)
    {
        process.Kill();
        process.Dispose();
    }
}
