using System.Diagnostics;

namespace Course.Hosting;

/// <summary>The processor time of a process and of its descendants; of the process alone where the system is not Linux.</summary>
/// <param name="process">The process.</param>
/// <param name="root">It, where the system shows it.</param>
internal sealed class ProcessorMeter(Process process, ProcessTree.Member? root)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<ProcessTree.Member> _known = root is { } known ? [known] : [];

    /// <summary>The processor time so far. It looks at all processes of the system.</summary>
    public TimeSpan Look()
    {
        if (root is not { } tree)
            return Own();
        lock (_lock)
        {
            _known = ProcessTree.All(tree);
            return Sum(_known);
        }
    }

    /// <summary>The processor time so far of the processes that were there at the last <see cref="Look"/>.</summary>
    public TimeSpan Glance()
    {
        if (root is null)
            return Own();
        lock (_lock)
            return Sum(_known.Select(m => ProcessTree.Find(m.Id) is { } now && now.Start == m.Start ? now : default));
    }

    private static TimeSpan Sum(IEnumerable<ProcessTree.Member> members) => members.Aggregate(TimeSpan.Zero, (sum, m) => sum + m.Processor);

    private TimeSpan Own()
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or System.ComponentModel.Win32Exception)
        {
            // It has ended, or the system does not say.
            return TimeSpan.Zero;
        }
    }
}
