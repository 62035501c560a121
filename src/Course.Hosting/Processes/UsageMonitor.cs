using System.Diagnostics;

namespace Course.Hosting;

/// <summary>Looks at what a child and its descendants use, and ends them where it is too much.</summary>
internal sealed class UsageMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly ProcessTree.Member? _root;
    private readonly ChildOptions _options;
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<ProcessTree.Member> _seen = [];
    private readonly Task _looking;

    public UsageMonitor(Process process, ChildOptions options)
    {
        _process = process;
        _options = options;
        _root = OperatingSystem.IsLinux() ? ProcessTree.Find(process.Id) : null;
        _looking = options.Watched is { } limits ? Task.Run(() => LookAsync(limits)) : Task.CompletedTask;
    }

    /// <summary>The process, where the system shows it.</summary>
    public ProcessTree.Member? Root => _root;

    /// <summary>What there was too much of, or null.</summary>
    public string? Excess { get; private set; }

    /// <summary>
    /// Ends the process and its descendants. Where it has ended by itself, descendants that were seen before are ended, and those
    /// that nobody saw are lost sight of: they are another process's children by now.
    /// </summary>
    public void End()
    {
        if (_root is { } root)
        {
            ProcessTree.End(root);
            lock (_seen)
            {
                foreach (ProcessTree.Member left in _seen)
                    ProcessTree.End(left);
            }
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task LookAsync(WatchedLimits limits)
    {
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                Excess = ExcessOf(limits);
                if (Excess is not null)
                {
                    End();
                    return;
                }
                await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // It is gone.
        }
    }

    private string? ExcessOf(WatchedLimits limits)
    {
        (long resident, int processes) = Used();
        if (resident > limits.ResidentBytes)
            return $"it used more than {limits.ResidentBytes >> 20} MB of memory";
        if (processes > limits.Processes)
            return $"it ran more than {limits.Processes} processes";

        // In isolation its folder is bounded by the file system that holds it, and is not to be seen from here.
        if (_options.Isolation is not null)
            return null;
        (long bytes, int files) = Held(limits);
        return bytes > limits.FolderBytes ? $"it wrote more than {limits.FolderBytes >> 20} MB of files"
            : files > limits.FolderFiles ? $"it wrote more than {limits.FolderFiles} files"
            : null;
    }

    private (long ResidentBytes, int Processes) Used()
    {
        if (_root is not { } root)
        {
            _process.Refresh();
            return (_process.WorkingSet64, 1);
        }
        IReadOnlyList<ProcessTree.Member> members = ProcessTree.From(root);
        lock (_seen)
            _seen.UnionWith(members.Where(m => m.Id != root.Id).Select(m => new ProcessTree.Member(m.Id, m.Start, 0, 'S', 0, 0)));
        return (members.Sum(m => m.ResidentBytes), members.Count);
    }

    private (long Bytes, int Files) Held(WatchedLimits limits)
    {
        long bytes = 0;
        int files = 0;
        try
        {
            var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (FileSystemInfo entry in new DirectoryInfo(_options.WorkingDirectory).EnumerateFileSystemInfos("*", everywhere))
            {
                bytes += entry is FileInfo file ? file.Length : 0;
                if (++files > limits.FolderFiles)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It changed while it was looked at.
        }
        return (bytes, files);
    }
}
