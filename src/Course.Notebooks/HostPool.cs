namespace Course.Notebooks;

/// <summary>Hosts started ahead of their use. Each is handed out once, so no two notebooks ever share one.</summary>
/// <param name="options">How the next one is started.</param>
/// <param name="ahead">How many wait at a time.</param>
public sealed class HostPool(Func<HostOptions> options, int ahead = 1) : IAsyncDisposable
{
    private readonly Queue<Task<HostProcess>> _waiting = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();

    /// <summary>Hosts that are all started alike.</summary>
    /// <param name="options">How they are started.</param>
    /// <param name="ahead">How many wait at a time.</param>
    public HostPool(HostOptions options, int ahead = 1)
        : this(() => options, ahead)
    {
    }

    /// <summary>Hands out a warm host that was never used. The caller disposes it.</summary>
    public Task<HostProcess> TakeAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);

            // One that could not be started says nothing about the next one: whoever asks again has a new try.
            Task<HostProcess>? first;
            while (_waiting.TryDequeue(out first) && first.IsFaulted)
                _ = first.Exception;
            first ??= StartAsync();
            while (_waiting.Count < ahead)
                _waiting.Enqueue(StartAsync());
            return first;
        }
    }

    /// <summary>Ends the hosts that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (Task<HostProcess> waiting in _waiting)
        {
            try
            {
                await using HostProcess host = await waiting.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // It never started; nobody waits for it.
            }
        }
        _closing.Dispose();
    }

    // What goes wrong, the options included, is news for whoever takes this host, and not for whoever made room for it.
    private async Task<HostProcess> StartAsync() => await HostProcess.StartAsync(options(), _closing.Token).ConfigureAwait(false);
}
