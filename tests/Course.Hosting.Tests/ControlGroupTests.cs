using System.Diagnostics;

namespace Course.Hosting.Tests;

/// <summary>
/// Control groups: what is written where, on a folder that looks like the kernel's; and the kernel's own, where it lets us.
/// </summary>
public sealed class ControlGroupTests : IDisposable
{
    private const int Own = 4711;

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Mounts => $"22 1 0:5 / /proc rw - proc proc rw\n30 22 0:26 / {_root} rw,nosuid shared:9 - cgroup2 cgroup2 rw\n";

    [Fact]
    public void A_group_has_its_limits_before_anything_is_in_it()
    {
        string own = Group("course.scope", "cpu memory pids", "memory pids", [Own, 1]);
        ControlGroups groups = ControlGroups.In("1:name=systemd:/x\n0::/course.scope\n", Mounts, Own);
        Assert.Equal("", groups.Missing);
        ControlGroup group = groups.New(1_000_000, 256)!;
        string folder = Path.Combine(own, group.Name);
        Assert.Equal("1000000", Read(folder, "memory.max"));
        Assert.Equal("0", Read(folder, "memory.swap.max"));
        Assert.Equal("1", Read(folder, "memory.oom.group"));
        Assert.Equal("256", Read(folder, "pids.max"));
        Assert.Equal(Path.Combine(folder, "cgroup.procs"), group.Members);
        Assert.NotEqual(group.Name, groups.New(1, 1)!.Name);
    }

    [Fact]
    public void What_the_kernel_ended_for_its_memory_is_told_from_another_end()
    {
        string own = Group("course.scope", "memory pids", "memory pids", [Own]);
        ControlGroup group = ControlGroups.In("0::/course.scope", Mounts, Own).New(1600 << 20, 256)!;
        string events = Path.Combine(own, group.Name, "memory.events");
        Assert.Null(group.Excess());
        File.WriteAllText(events, "low 0\nhigh 0\nmax 12\noom 0\noom_kill 0\n");
        Assert.Null(group.Excess());
        File.WriteAllText(events, "low 0\nhigh 0\nmax 12\noom 1\noom_kill 3\n");
        Assert.Equal("it used more than 1600 MB of memory", group.Excess());
        group.Dispose();
        Assert.Equal("1", Read(Path.Combine(own, group.Name), "cgroup.kill"));
    }

    [Fact]
    public void Groups_that_count_nothing_yet_are_told_to()
    {
        string own = Group("course.scope", "cpu memory pids", "", [Own]);
        Assert.Equal("", ControlGroups.In("0::/course.scope", Mounts, Own).Missing);
        Assert.Equal("+memory +pids", Read(own, "cgroup.subtree_control"));
    }

    [Theory]
    [InlineData("0::/course.scope", "cpu", "those of version 2 do not count memory and pids")]
    [InlineData("0::/course.scope", "cpu memory", "those of version 2 do not count pids")]
    [InlineData("4:memory:/course.scope", "memory pids", "no control groups of version 2 are mounted that hold this process")]
    [InlineData("0::/../other", "memory pids", "no control groups of version 2 are mounted that hold this process")]
    [InlineData("0::/elsewhere", "memory pids", "they cannot be made: ")]
    public void Where_there_are_none_it_says_why(string memberships, string controllers, string why)
    {
        Group("course.scope", controllers, "", [Own]);
        ControlGroups groups = ControlGroups.In(memberships, Mounts, Own);
        Assert.StartsWith(why, groups.Missing, StringComparison.Ordinal);
        Assert.Null(groups.New(1, 1));
    }

    /// <summary>A container sees a part of all groups: the mount says which.</summary>
    [Theory]
    [InlineData("/docker/abc", "0::/docker/abc", true)]
    [InlineData("/docker/abc", "0::/docker/abcdef", false)]
    [InlineData("/docker/abc", "0::/", false)]
    public void A_mount_may_show_a_part_of_all_groups(string shown, string membership, bool holds)
    {
        Group("", "memory pids", "memory pids", [Own]);
        string mounts = $"30 22 0:26 {shown} {_root} rw - cgroup2 cgroup2 rw\n";
        Assert.Equal(holds, ControlGroups.In(membership, mounts, Own).Missing.Length == 0);
    }

    /// <summary>The kernel's own, without limits where it has no controllers: it ends what is in a group, cut loose or not.</summary>
    [Fact]
    public async Task The_kernel_ends_a_group_with_all_that_is_in_it()
    {
        string? mount = !OperatingSystem.IsLinux() ? null : File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        string? folder = mount is null ? null : Path.Combine(mount, $"course-test-{Environment.ProcessId}");
        try
        {
            if (folder is not null)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder = null;
        }
        Assert.SkipWhen(folder is null, "this user can make no control group here");
        try
        {
            string members = Path.Combine(folder!, "cgroup.procs");
            string script = Path.Combine(ChildLauncher.Folder, "runner", "isolate.sh");
            using Process process = Process.Start(
                "/bin/sh", [script, "join", members, "/bin/sh", "-c", "setsid sleep 3600 & exec sleep 3600"]);
            while (File.ReadAllLines(members).Length < 2 && !process.HasExited)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            ControlGroup.End(folder!);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(128 + 9, process.ExitCode);
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder);
        }
    }

    private string Group(string name, string controllers, string handedDown, int[] processes)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "cgroup.controllers"), $"{controllers}\n");
        File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), handedDown);
        File.WriteAllLines(Path.Combine(folder, "cgroup.procs"), processes.Select(process => $"{process}"));
        return folder;
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));
}
