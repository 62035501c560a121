using System.Globalization;

namespace Course.Hosting;

/// <summary>
/// The control groups of children, below the one in which this process is (cgroups(7), version 2). There are some where this process may
/// make them: where its own group was handed over to its user and holds no other process, or where it is root in the first of all groups.
/// </summary>
internal sealed class ControlGroups
{
    private static readonly string[] Needed = ["memory", "pids"];

    private readonly string? _folder;
    private int _made;

    private ControlGroups(string? folder, string missing) => (_folder, Missing) = (folder, missing);

    /// <summary>Why there are none here; empty where there are.</summary>
    public string Missing { get; }

    /// <summary>Those of this process. It goes into a group of its own below its present one where the kernel demands it.</summary>
    public static ControlGroups Own()
    {
        try
        {
            return In(File.ReadAllText("/proc/self/cgroup"), File.ReadAllText("/proc/self/mountinfo"), Environment.ProcessId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return None(e.Message);
        }
    }

    /// <summary>Those of a process.</summary>
    /// <param name="memberships">Its groups, as in /proc/PID/cgroup.</param>
    /// <param name="mounts">What is mounted, as in /proc/PID/mountinfo.</param>
    /// <param name="process">Its id.</param>
    internal static ControlGroups In(string memberships, string mounts, int process)
    {
        if (FolderOf(memberships, mounts) is not { } folder)
            return None("no control groups of version 2 are mounted that hold this process");
        try
        {
            string[] missing = [.. Needed.Except(Words(folder, "cgroup.controllers"))];
            if (missing.Length > 0)
                return None($"those of version 2 do not count {string.Join(" and ", missing)}");
            if (Needed.Except(Words(folder, "cgroup.subtree_control")).Any() && !HandDown(folder, process))
            {
                return None(
                    "this process is not alone in its own; systemd-run --scope --property=Delegate=yes (--user for a user) starts it so");
            }
            new ControlGroup(NewFolder(folder, 0), 1 << 20, 1).Dispose();
            return new ControlGroups(folder, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return None($"they cannot be made: {e.Message}");
        }
    }

    /// <summary>A new group, or null where there are none.</summary>
    /// <param name="bytes">The most memory that its processes may use together.</param>
    /// <param name="processes">The most processes and threads.</param>
    public ControlGroup? New(long bytes, long processes) =>
        _folder is null ? null : new ControlGroup(NewFolder(_folder, Interlocked.Increment(ref _made)), bytes, processes);

    /// <summary>Writes into a file of the kernel's, in one piece.</summary>
    internal static void Write(string path, string text)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private static ControlGroups None(string why) => new(null, why);

    private static string NewFolder(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"course-{Environment.ProcessId}-{number}"));

    /// <summary>
    /// Lets groups below this one count. No group but the first of all may have both processes and such groups, so that a process that is
    /// alone in it goes one down. Others are not ours to move.
    /// </summary>
    private static bool HandDown(string folder, int process)
    {
        string control = Path.Combine(folder, "cgroup.subtree_control");
        string words = string.Join(' ', Needed.Select(name => $"+{name}"));
        try
        {
            Write(control, words);
            return true;
        }
        catch (IOException) when (Words(folder, "cgroup.procs") is [var only] && only == process.ToString(CultureInfo.InvariantCulture))
        {
            string below = Directory.CreateDirectory(Path.Combine(folder, $"course-{only}")).FullName;
            Write(Path.Combine(below, "cgroup.procs"), only);
            Write(control, words);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string[] Words(string folder, string file) =>
        File.ReadAllText(Path.Combine(folder, file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The folder of a process's group.</summary>
    private static string? FolderOf(string memberships, string mounts)
    {
        const string Version2 = "0::";
        string? group = memberships.Split('\n')
            .FirstOrDefault(line => line.StartsWith(Version2, StringComparison.Ordinal))?[Version2.Length..];
        string[]? mount = mounts.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(fields => TypeOf(fields) == "cgroup2");
        if (group is null || mount is null)
            return null;

        // The mount, or the namespace, may show a part of all groups: what lies above it is out of reach.
        string shown = Path.TrimEndingDirectorySeparator(mount[3]);
        string root = shown == "/" ? "" : shown;
        return group.StartsWith("/..", StringComparison.Ordinal)
            || (group != root && !group.StartsWith($"{root}/", StringComparison.Ordinal))
            ? null
            : Path.TrimEndingDirectorySeparator(mount[4] + group[root.Length..]);
    }

    // The optional fields, of which there may be any number, end with a dash.
    private static string? TypeOf(string[] fields) =>
        Array.IndexOf(fields, "-") is var dash and > 5 && dash + 1 < fields.Length ? fields[dash + 1] : null;
}
