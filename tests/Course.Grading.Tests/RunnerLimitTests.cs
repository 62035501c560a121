using System.Text;
using Course.Hosting;
using Course.Protocol;

namespace Course.Grading.Tests;

/// <summary>What a runner for a learner's answer is held to, as it finds it itself.</summary>
public sealed class RunnerLimitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_kernel_holds_a_runner_to_its_limits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are set on Linux");
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder));
        (string limits, _) = await RunAsync(session, "Console.Write(System.IO.File.ReadAllText(\"/proc/self/limits\"));");
        Assert.Matches(@"Max cpu time\s+160\s+162\s", limits);
        Assert.Matches(@"Max file size\s+16777216\s+16777216\s", limits);
        Assert.Matches(@"Max data size\s+2147483648\s+2147483648\s", limits);
        Assert.Matches(@"Max open files\s+1024\s+1024\s", limits);
        Assert.Matches(@"Max core file size\s+0\s+0\s", limits);
    }

    /// <summary>What the grader gives an exercise, the kernel gives each of its processes, and a minute for the libraries.</summary>
    [Theory]
    [InlineData(1, 65)]
    [InlineData(20, 160)]
    [InlineData(20.5, 163)]
    [InlineData(86400, 432060)]
    public void The_kernel_s_limit_of_processor_time_follows_the_grader_s(double seconds, long processor)
    {
        var limit = TimeLimit.Of(TimeSpan.FromSeconds(seconds));
        Assert.Equal(processor, Kit.OptionsIn(_folder, limit: limit).Limits[ResourceLimit.ProcessorSeconds]);
        Assert.True(processor >= (Grader.SetupLimit.Processor + TimeBudget.InAll(limit).Processor).TotalSeconds);
    }

    [Fact]
    public async Task In_isolation_processes_are_limited_too_and_the_folder_is_another()
    {
        Isolation isolation = await IsolateAsync();
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder, isolation));
        (string seen, _) = await RunAsync(session, """
            string own = Environment.CurrentDirectory;
            Console.WriteLine(own + " " + string.Join(",", System.IO.Directory.GetFileSystemEntries(own)));
            Console.Write(System.IO.File.ReadAllText("/proc/self/limits"));
            """);

        // Nothing is in it, but for the way to the runner where the tests themselves lie in a folder of that name.
        string[] words = seen.Split('\n')[0].Split(' ');
        Assert.Equal("/tmp", words[0]);
        Assert.All(
            words[1].Split(',', StringSplitOptions.RemoveEmptyEntries),
            entry => Assert.StartsWith($"{entry}/", AppContext.BaseDirectory, StringComparison.Ordinal));
        Assert.Matches(@"Max processes\s+256\s+256\s", seen);
        Assert.Matches(@"Max cpu time\s+160\s+162\s", seen);
    }

    /// <summary>
    /// Every folder and what is in /proc and /dev, opened for writing, and what is mounted: all but its own /tmp is read-only.
    /// </summary>
    [Fact]
    public async Task In_isolation_nothing_can_be_written_but_the_temporary_folder()
    {
        Isolation isolation = await IsolateAsync();
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder, isolation));
        (string seen, _) = await RunAsync(session, """
            using System.IO;
            using System.Linq;
            static class Native
            {
                [System.Runtime.InteropServices.DllImport("libc")]
                public static extern int mount(string source, string target, string type, nint flags, string data);
            }
            var readable = new EnumerationOptions
            {
                IgnoreInaccessible = true, RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
            };
            bool Writes(Func<FileStream> open)
            {
                try
                {
                    using FileStream file = open();
                    return true;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            }
            string own = Environment.CurrentDirectory;
            string[] mounts = File.ReadAllLines("/proc/self/mounts");
            foreach (string mount in mounts.Where(line => !line.Split(' ')[3].Split(',').Contains("ro")))
                Console.WriteLine("mounted " + mount.Split(' ')[1]);
            var folders = Directory.EnumerateDirectories("/", "*", readable).Append("/");
            foreach (string folder in folders.Where(f => f != own && !f.StartsWith(own + "/")))
            {
                if (Writes(() => new FileStream(Path.Combine(folder, "planted"), FileMode.Create)))
                    Console.WriteLine("planted in " + folder);
            }
            int tried = 0;
            foreach (string file in Directory.EnumerateFiles("/proc/sys", "*", readable).Concat(Directory.EnumerateFiles("/proc/self")))
            {
                tried++;
                if (Writes(() => new FileStream(file, FileMode.Open, FileAccess.Write)))
                    Console.WriteLine("opened " + file);
            }
            foreach (string target in mounts.Select(line => line.Split(' ')[1]))
            {
                if (Native.mount("none", target, "", 0x20 | 0x1000, "") == 0 || Native.mount("none", target, "tmpfs", 0, "") == 0)
                    Console.WriteLine("mounted again " + target);
            }
            bool isDone = tried > 100 && !Directory.Exists("/sys") && !Directory.Exists("/home");
            Console.WriteLine(isDone ? "done" : "too little tried, or too much seen");
            """);
        Assert.Equal(["mounted /tmp", "done"], seen.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The runtime had threads before the filter was set, and starts others after.</summary>
    [Fact]
    public async Task In_isolation_every_thread_has_the_filter_of_system_calls()
    {
        Isolation isolation = await IsolateAsync();
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder, isolation));
        (string seen, _) = await RunAsync(session, """
            using System.Linq;
            var lines = System.IO.Directory.EnumerateDirectories("/proc/self/task")
                .Select(thread => System.IO.File.ReadAllLines(thread + "/status").Single(line => line.StartsWith("Seccomp:")));
            Console.Write(lines.Count() > 5 ? string.Join(",", lines.Distinct()) : "too few threads");
            """);
        Assert.Equal("Seccomp:\t2", seen);
    }

    [Fact]
    public async Task A_runner_s_temporary_folder_is_its_own()
    {
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder));
        (string folder, _) = await RunAsync(session, "Console.Write(System.IO.Path.GetTempPath());");
        Assert.Equal(_folder, Path.TrimEndingDirectorySeparator(folder));
    }

    /// <summary>The answer brings the limit nearer, to what it has used and a second more: the test need not burn minutes.</summary>
    [Fact]
    public async Task A_runner_that_burns_its_processor_time_is_told_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are set on Linux");
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder));
        (_, ChildFailure? failure) = await RunAsync(session, """
            struct Limit { public ulong Soft, Hard; }
            static class Native
            {
                [System.Runtime.InteropServices.DllImport("libc")]
                public static extern int setrlimit(int resource, ref Limit limit);
            }
            ulong used = (ulong)System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
            var limit = new Limit { Soft = used + 1, Hard = used + 3 };
            if (Native.setrlimit(0, ref limit) != 0)
                throw new Exception("not lowered");
            while (true) { }
            """);
        Assert.Equal("it used more than 160 seconds of processor time and was stopped", failure?.Message);
    }

    [Theory]
    [InlineData(
        "System.Threading.Thread.Sleep(-1);", ChildFailureKind.Stalled, "the exercise did not end within 2 seconds in all and was stopped")]
    [InlineData(
        "while (true) { }", ChildFailureKind.TimedOut, "the exercise used more than 1 seconds of processor time in all and was stopped")]
    public async Task An_exercise_has_time_for_its_requests_in_all(string code, ChildFailureKind kind, string message)
    {
        await using CellSession session = await StartAsync(Kit.OptionsIn(_folder));
        TimeSpan wall = kind == ChildFailureKind.Stalled ? TimeSpan.FromSeconds(2) : Patience;
        var budget = new TimeBudget(each: TimeLimit.Of(Patience), all: new TimeLimit(TimeSpan.FromSeconds(1), wall), new Kills());
        var cell = new CellText("cell", code, portable: false);
        Task<RequestEnd> Send(TimeLimit limit) => session.RunAsync(cell, limit, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(new ChildFailure(kind, message), await budget.SpendAsync(session, Send));
        Assert.Equal(new ChildFailure(kind, message), await budget.SpendAsync(session, Send));
        Assert.True(session.HasEnded && budget.IsSpent);
    }

    private static async Task<CellSession> StartAsync(ChildOptions options) =>
        await new SessionPool(Compilers.Shared, options, ahead: 0).TakeAsync();

    private Task<Isolation> IsolateAsync() =>
        IsolationOrSkip.InAsync(Directory.CreateDirectory(Path.Combine(_folder, "course")).FullName);

    private static async Task<(string Written, ChildFailure? Failure)> RunAsync(CellSession session, string code)
    {
        var written = new StringBuilder();
        Failed? failed = null;
        RequestEnd end = await session.RunAsync(
            new CellText("cell", code, portable: false), TimeLimit.Of(Patience), Take, TestContext.Current.CancellationToken);
        Assert.True(failed is null, failed?.Message);
        return (written.ToString(), end.Failure);

        void Take(ChildEvent happened)
        {
            failed = happened as Failed ?? failed;
            written.Append((happened as Written)?.Text);
        }
    }
}
