using System.ComponentModel;
using System.Diagnostics;

namespace Course.Notebooks.Tests;

/// <summary>What a busy machine does to a process is not held against it.</summary>
public sealed class HostClockTests
{
    private const string Spin = "while :; do :; done";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

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
            var clock = new HostClock(ProcessTree.Find(sleeping.Id), Time, Most);
            using var limit = new CancellationTokenSource();
            await clock.RunAsync(limit);
            Assert.Equal((true, false), (limit.IsCancellationRequested, clock.Starved));
            Assert.InRange(clock.Waited, TimeSpan.Zero, Time / 2);
        }
        finally
        {
            End(sleeping);
        }
    }

    [Fact]
    public async Task It_ends_with_the_request()
    {
        var clock = new HostClock((ProcessTree.Member?)null, TimeSpan.FromDays(1), Most);
        using var limit = new CancellationTokenSource();
        Task running = clock.RunAsync(limit);
        await limit.CancelAsync();
        await running;
        Assert.False(clock.Starved);
    }

    [Theory]
    [InlineData(121, true)]
    [InlineData(0, false)]
    public async Task It_is_starved_where_it_waited_for_longer_than_it_may(int seconds, bool starved)
    {
        int looks = 0;
        var clock = new HostClock(() => Usage(0, ++looks == 1 ? 7 : 7 + seconds), TimeSpan.FromMilliseconds(50), Most);
        using var limit = new CancellationTokenSource();
        await clock.RunAsync(limit);
        Assert.Equal((true, starved), (limit.IsCancellationRequested, clock.Starved));
        Assert.Equal(TimeSpan.FromSeconds(seconds), clock.Waited);
    }

    [Fact]
    public async Task It_is_starved_by_what_an_earlier_request_left()
    {
        int looks = 0;
        var clock = new HostClock(() => Usage(0, looks++), TimeSpan.FromMilliseconds(50), most: TimeSpan.Zero);
        using var limit = new CancellationTokenSource();
        await clock.RunAsync(limit);
        Assert.True(clock.Starved);
    }

    /// <summary>Who has used the time has not waited for it, however long one of its threads did.</summary>
    [Theory]
    [InlineData(1.9, 60)]
    [InlineData(2, 0)]
    [InlineData(9, 0)]
    public void What_was_used_was_not_waited_for(double used, double waited) =>
        Assert.Equal(TimeSpan.FromSeconds(waited), HostClock.WaitedBetween(Usage(5, 3), Usage(5 + used, 63), Time));

    [Fact]
    public async Task Its_time_is_over_where_nothing_can_be_seen()
    {
        var clock = new HostClock(() => throw new IOException("no /proc"), TimeSpan.FromMilliseconds(50), Most);
        using var limit = new CancellationTokenSource();
        await clock.RunAsync(limit);
        Assert.Equal((true, false, TimeSpan.Zero), (limit.IsCancellationRequested, clock.Starved, clock.Waited));
    }

    /// <summary>proc(5): utime, stime, cutime and cstime are fields 14 to 17, nice is field 19, policy field 41.</summary>
    [Fact]
    public void A_stat_is_read_by_its_fields()
    {
        string stat = $"7 (a) b) {string.Join(' ', Enumerable.Range(3, 50).Select(i => i == 3 ? "R" : $"{i}"))}";
        ProcessTree.Member member = ProcessTree.Parse(7, stat);
        Assert.Equal((14 + 15 + 16 + 17, 22, 4), (member.ProcessorTicks, member.Start, member.Parent));
        Assert.Equal(new ProcessTree.Urgency(19, 41), ProcessTree.UrgencyIn(stat));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-5, 0, true)]
    [InlineData(19, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 3, false)]
    [InlineData(0, 5, false)]
    public void Who_is_less_urgent_has_chosen_to_wait(int nice, int policy, bool counts) =>
        Assert.Equal(counts, new ProcessTree.Urgency(nice, policy).IsAtLeast(new ProcessTree.Urgency(0, 0)));

    /// <summary>What made itself less urgent is not seen to wait at all.</summary>
    [Theory]
    [InlineData("nice", "-n", "19")]
    [InlineData("chrt", "--batch", "0")]
    [InlineData("chrt", "--idle", "0")]
    public async Task A_thread_that_made_itself_less_urgent_does_not_count(params string[] program)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says how a thread is scheduled");
        Process? process = null;
        try
        {
            process = Process.Start(program[0], [.. program[1..], "sleep", "3600"]);
            ProcessTree.Member member = ProcessTree.Find(process.Id)!.Value;
            for (int i = 0; i < 3000 && File.ReadAllText($"/proc/{process.Id}/comm") != "sleep\n"; i++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            Assert.Empty(ProcessTree.UsageOf(member).Waiting);
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"there is no {program[0]}: {e.Message}");
        }
        finally
        {
            process?.Kill();
            process?.Dispose();
        }
    }

    private static ProcessTree.Usage Usage(double processor, double waiting) => new(
        TimeSpan.FromSeconds(processor), new Dictionary<int, TimeSpan> { [1] = TimeSpan.FromSeconds(waiting), [2] = TimeSpan.Zero });

    private static async Task<Stopwatch> RunAsync(Process process)
    {
        var clock = new HostClock(ProcessTree.Find(process.Id), Time, Most);
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
