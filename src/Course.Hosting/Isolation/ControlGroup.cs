using System.Globalization;

namespace Course.Hosting;

/// <summary>
/// The control group of one child (cgroups(7), version 2). The kernel counts there what all its processes use together, memory that is
/// shared or the kernel's own among it, and ends them together.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly long _bytes;

    /// <summary>Makes a group and sets its limits.</summary>
    /// <param name="folder">Its folder, which there is not yet.</param>
    /// <param name="bytes">The most memory that its processes may use together, none of it swapped out.</param>
    /// <param name="processes">The most processes and threads.</param>
    /// <exception cref="IOException">It cannot be made, or not with these limits.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made by this user.</exception>
    public ControlGroup(string folder, long bytes, long processes)
    {
        (_folder, _bytes) = (folder, bytes);
        Directory.CreateDirectory(folder);
        try
        {
            Write("memory.max", bytes.ToString(CultureInfo.InvariantCulture));
            Write("memory.oom.group", "1");
            Write("pids.max", processes.ToString(CultureInfo.InvariantCulture));
            WriteSwap();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The last part of its path.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>The list of its processes: whoever writes 0 there becomes one of them.</summary>
    public string Members => Path.Combine(_folder, "cgroup.procs");

    /// <summary>What there was too much of, or null. It is so once the kernel has ended a process for it.</summary>
    public string? Excess() =>
        CountOf(Path.Combine(_folder, "memory.events"), "oom_kill") > 0 ? $"it used more than {_bytes >> 20} MB of memory" : null;

    /// <summary>Ends every process in it, and removes it.</summary>
    public void Dispose() => End(_folder);

    /// <summary>Ends every process in a group, and removes it.</summary>
    internal static void End(string folder)
    {
        try
        {
            ControlGroups.Write(Path.Combine(folder, "cgroup.kill"), "1");
            long limit = Environment.TickCount64 + (long)EndLimit.TotalMilliseconds;
            while (CountOf(Path.Combine(folder, "cgroup.events"), "populated") > 0 && Environment.TickCount64 < limit)
                Thread.Sleep(1);
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has no processes, or a kernel before 5.14 does not end them in this way: their namespace does.
        }
    }

    // A kernel that does not count what is swapped out has no such file.
    private void WriteSwap()
    {
        try
        {
            Write("memory.swap.max", "0");
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    private void Write(string file, string text) => ControlGroups.Write(Path.Combine(_folder, file), text);

    /// <summary>The number after a word in a file of such lines; 0 where it says none.</summary>
    private static long CountOf(string file, string word)
    {
        try
        {
            return File.ReadLines(file).Select(line => line.Split(' ')).Where(pair => pair[0] == word)
                .Select(pair => long.Parse(pair[1], CultureInfo.InvariantCulture)).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
