using System.ComponentModel;
using System.Diagnostics;

namespace Course.Hosting.Tests;

/// <summary>The processor time decides; what a busy machine does to a process is not held against it.</summary>
public sealed class RequestClockTests
{
    private const string Spin = "while :; do :; done";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Eight processes on one processor: each runs for an eighth of the time, so that two seconds of it take nine or more.
    /// </summary>
    [Fact]
    public async Task A_process_that_waits_for_a_processor_has_more_time()
    {
        List<Process> spinning = [];
        try
        {
            for (int i = 0; i < 8; i++)
                spinning.Add(Process.Start("taskset", ["--cpu-list", "0", "/bin/sh", "-c", Spin]));
            (bool usedUp, TimeSpan wall) = await RunAsync(spinning[0], new TimeLimit(Time, TimeSpan.FromMinutes(2)));
            Assert.SkipWhen(spinning.Any(p => p.HasExited), "processes cannot be held to one processor");
            Assert.True(usedUp);
            Assert.True(wall > 2 * Time, $"it was ended after {wall}");
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

    /// <summary>What sleeps uses nothing up; the time on the clock ends it.</summary>
    [Fact]
    public async Task A_process_that_sleeps_is_ended_by_the_clock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no program sleep");
        using Process sleeping = Process.Start("sleep", ["3600"]);
        (bool usedUp, TimeSpan wall) = await RunAsync(sleeping, new TimeLimit(TimeSpan.FromMinutes(2), Time));
        End(sleeping);
        Assert.False(usedUp);
        Assert.InRange(wall, Time - TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));
    }

    /// <summary>The shell only waits for its children, two of which use the time together.</summary>
    [Fact]
    public async Task The_time_of_descendants_counts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the process alone is seen");
        using Process shell = Process.Start("/bin/sh", ["-c", $"({Spin}) & ({Spin}) & wait"]);
        (bool usedUp, _) = await RunAsync(shell, new TimeLimit(Time, TimeSpan.FromMinutes(2)));
        ProcessTree.End(ProcessTree.Find(shell.Id)!.Value);
        Assert.True(usedUp);
    }

    [Fact]
    public async Task What_was_used_before_the_request_does_not_count()
    {
        using Process spinning = Process.Start("/bin/sh", ["-c", Spin]);
        var meter = new ProcessorMeter(spinning, ProcessTree.Find(spinning.Id));
        while (meter.Look() < Time / 2)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        var clock = new RequestClock(meter, TimeLimit.Of(Time));
        TimeUse use = clock.Glance();
        End(spinning);
        Assert.InRange(use.Processor, TimeSpan.Zero, Time / 4);
    }

    [Fact]
    public async Task It_ends_with_the_request()
    {
        using Process own = Process.GetCurrentProcess();
        var clock = new RequestClock(new ProcessorMeter(own, null), TimeLimit.Of(TimeSpan.FromDays(1)));
        using var stop = new CancellationTokenSource();
        Task running = clock.RunAsync(stop);
        await stop.CancelAsync();
        await running;
        Assert.False(clock.UsedUp);
    }

    /// <summary>proc(5): utime, stime, cutime and cstime are fields 14 to 17, the start is field 22.</summary>
    [Fact]
    public void A_stat_is_read_by_its_fields()
    {
        string stat = $"7 (a) b) {string.Join(' ', Enumerable.Range(3, 50).Select(i => i == 3 ? "R" : $"{i}"))}";
        ProcessTree.Member member = ProcessTree.Parse(7, stat);
        Assert.Equal((14 + 15 + 16 + 17, 22, 4), (member.ProcessorTicks, member.Start, member.Parent));
        Assert.Equal(TimeSpan.FromMilliseconds(620), member.Processor);
    }

    private static async Task<(bool UsedUp, TimeSpan Wall)> RunAsync(Process process, TimeLimit limit)
    {
        var clock = new RequestClock(new ProcessorMeter(process, OperatingSystem.IsLinux() ? ProcessTree.Find(process.Id) : null), limit);
        using var stop = new CancellationTokenSource();
        await clock.RunAsync(stop);
        Assert.True(stop.IsCancellationRequested);
        return (clock.UsedUp, clock.Glance().Wall);
    }

    private static void End(Process process)
    {
        process.Kill();
        process.Dispose();
    }
}
