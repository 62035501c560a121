using System.Globalization;
using System.Runtime.InteropServices;

namespace Course.Notebooks;

/// <summary>The descendants of a process, as Linux shows them in /proc (proc(5)).</summary>
internal static class ProcessTree
{
    private const int Stop = 19;
    private const int Kill = 9;

    // USER_HZ, which is 100 on all of .NET's Linux architectures.
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>A process. Its id may be used again after its end; with its start, in ticks since boot, it names one process only.</summary>
    public readonly record struct Member(int Id, long Start, int Parent, char State, long ResidentBytes, long ProcessorTicks)
    {
        public bool HasEnded => State is 'Z' or 'X';
    }

    /// <summary>What a process and its descendants have had of the processors.</summary>
    /// <param name="Processor">The processor time of all of them, and of their children that have ended.</param>
    /// <param name="Waiting">
    /// For how long each thread was ready to run and waited for a processor, by the thread's id. A thread that is less urgent than this
    /// process is left out: it has chosen to wait.
    /// </param>
    public readonly record struct Usage(TimeSpan Processor, IReadOnlyDictionary<int, TimeSpan> Waiting);

    /// <summary>What a process and its descendants have had of the processors so far.</summary>
    public static Usage UsageOf(Member root)
    {
        IReadOnlyList<Member> members = All(root);
        Urgency own = UrgencyIn(File.ReadAllText("/proc/self/stat"));
        var waiting = new Dictionary<int, TimeSpan>();
        foreach ((int thread, TimeSpan time) in members.SelectMany(m => WaitingOf(m.Id, own)))
            waiting[thread] = time;
        return new Usage(TimeSpan.FromSeconds((double)members.Sum(m => m.ProcessorTicks) / TicksPerSecond), waiting);
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

    /// <summary>How a thread is scheduled (sched(7)).</summary>
    /// <param name="Nice">The larger, the longer it waits for others.</param>
    /// <param name="Policy">0 for the ordinary one.</param>
    internal readonly record struct Urgency(int Nice, int Policy)
    {
        /// <summary>Whether a thread waits for others no longer than one of the given urgency.</summary>
        public bool IsAtLeast(Urgency other) => Nice <= other.Nice && Policy == other.Policy;
    }

    /// <summary>How the thread is scheduled of which this is the stat.</summary>
    internal static Urgency UrgencyIn(string stat)
    {
        string[] fields = Fields(stat);
        return new Urgency(int.Parse(fields[16]), int.Parse(fields[38]));
    }

    private static List<Member> All(Member root)
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

    private static List<KeyValuePair<int, TimeSpan>> WaitingOf(int process, Urgency least)
    {
        var waiting = new List<KeyValuePair<int, TimeSpan>>();
        try
        {
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                if (WaitingIn(thread, least) is { } time)
                    waiting.Add(new(int.Parse(Path.GetFileName(thread)), time));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
        }
        return waiting;
    }

    /// <summary>
    /// The second number of a thread's schedstat, in nanoseconds; null where it is less urgent, has ended, or the kernel counts none.
    /// </summary>
    private static TimeSpan? WaitingIn(string thread, Urgency least)
    {
        try
        {
            if (!UrgencyIn(File.ReadAllText(Path.Combine(thread, "stat"))).IsAtLeast(least))
                return null;
            string schedstat = Path.Combine(thread, "schedstat");
            return TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(schedstat).Split(' ')[1]) / 1000);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int id, int signal);
}
