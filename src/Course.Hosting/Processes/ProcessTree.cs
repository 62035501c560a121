using System.Globalization;
using System.Runtime.InteropServices;

namespace Course.Hosting;

/// <summary>The descendants of a process, as Linux shows them in /proc (proc(5)).</summary>
internal static class ProcessTree
{
    private const int Stop = 19;
    private const int Kill = 9;

    // USER_HZ, which is 100 on all of .NET's Linux architectures.
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A process. Its id may be used again after its end; with its start, in ticks since boot, it names one process only.
    /// </summary>
    public readonly record struct Member(int Id, long Start, int Parent, char State, long ResidentBytes, long ProcessorTicks)
    {
        public bool HasEnded => State is 'Z' or 'X';

        /// <summary>Its processor time, and that of its children that have ended and were waited for.</summary>
        public TimeSpan Processor => TimeSpan.FromSeconds((double)ProcessorTicks / TicksPerSecond);
    }

    /// <summary>A process, or null where there is none of this id.</summary>
    public static Member? Find(int id)
    {
        try
        {
            return Parse(id, File.ReadAllText($"/proc/{id}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process and its descendants, as far as they have not ended.</summary>
    public static IReadOnlyList<Member> From(Member root) => [.. All(root).Where(m => !m.HasEnded)];

    /// <summary>A process and its descendants, those among them that have ended and were not waited for.</summary>
    public static IReadOnlyList<Member> All(Member root)
    {
        ILookup<int, Member> children = All().ToLookup(m => m.Parent);
        var found = new List<Member>();
        var next = new Queue<Member>(Find(root.Id) is { } now && now.Start == root.Start ? [now] : []);
        while (next.TryDequeue(out Member member))
        {
            found.Add(member);
            foreach (Member child in children[member.Id])
                next.Enqueue(child);
        }
        return found;
    }

    /// <summary>
    /// Ends a process and its descendants. It is stopped first and ended last: whose parent ends meanwhile becomes its child, where it
    /// has asked for that, and is found in the next round.
    /// </summary>
    public static void End(Member root)
    {
        if (From(root) is [])
            return;
        _ = Signal(root.Id, Stop);
        long limit = Environment.TickCount64 + (long)EndLimit.TotalMilliseconds;
        while (From(root).Where(m => m.Id != root.Id).ToList() is { Count: > 0 } below && Environment.TickCount64 < limit)
        {
            // All are stopped before the first is ended, so that none answers by starting others.
            foreach (Member member in below)
                _ = Signal(member.Id, Stop);
            foreach (Member member in below)
                _ = Signal(member.Id, Kill);
            Thread.Sleep(1);
        }
        _ = Signal(root.Id, Kill);
    }

    private static IEnumerable<Member> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        let member = Find(int.Parse(Path.GetFileName(folder)))
        where member is not null
        select member.Value;

    /// <summary>The fields from the third on. The second is the program's name in parentheses, in which anything may stand.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    /// <summary>The process of which this is the stat.</summary>
    internal static Member Parse(int id, string stat)
    {
        string[] fields = Fields(stat);
        return new Member(
            id, long.Parse(fields[19]), int.Parse(fields[1]), fields[0][0],
            ResidentBytes: long.Parse(fields[21]) * Environment.SystemPageSize,
            ProcessorTicks: fields[11..15].Sum(long.Parse));
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int id, int signal);
}
