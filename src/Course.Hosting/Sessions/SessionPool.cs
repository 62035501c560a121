namespace Course.Hosting;

/// <summary>
/// Sessions, each with a runner of its own that was started ahead of its use. Each is handed out once, so no two notebooks ever share one.
/// </summary>
/// <param name="compilers">What compiles the cells of all sessions.</param>
/// <param name="options">How the next runner is started.</param>
/// <param name="ahead">How many wait at a time.</param>
public sealed class SessionPool(CompilerPool compilers, Func<ChildOptions> options, int ahead = 1) : IAsyncDisposable
{
    private readonly Queue<Task<ChildProcess>> _waiting = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private int _taken;

    /// <summary>Sessions whose runners are all started alike.</summary>
    /// <param name="compilers">What compiles their cells.</param>
    /// <param name="options">How they are started.</param>
    /// <param name="ahead">How many wait at a time.</param>
    public SessionPool(CompilerPool compilers, ChildOptions options, int ahead = 1)
        : this(compilers, () => options, ahead)
    {
    }

    /// <summary>How many sessions will be taken, as far as is known: no runner is started ahead of the last.</summary>
    public int Expected { get; set; } = int.MaxValue;

    /// <summary>Hands out a session that was never used. The caller disposes it.</summary>
    /// <exception cref="ChildStartException">Its runner could not be started.</exception>
    public async Task<CellSession> TakeAsync() => new(await TakeRunner().ConfigureAwait(false), compilers);

    /// <summary>Ends the runners that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (Task<ChildProcess> waiting in _waiting)
        {
            try
            {
                await using ChildProcess runner = await waiting.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // It never started; nobody waits for it.
            }
        }
        _closing.Dispose();
    }

    private Task<ChildProcess> TakeRunner()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);

            // One that could not be started says nothing about the next one: whoever asks again has a new try.
            Task<ChildProcess>? first;
            while (_waiting.TryDequeue(out first) && first.IsFaulted)
                _ = first.Exception;
            first ??= StartAsync();
            _taken++;
            while (_waiting.Count < Math.Min(ahead, Expected - _taken))
                _waiting.Enqueue(StartAsync());
            return first;
        }
    }

    // What goes wrong, the options included, is news for whoever takes this runner, and not for whoever made room for it.
    private async Task<ChildProcess> StartAsync() => await ChildProcess.StartAsync(ChildProgram.Runner, options(), _closing.Token).ConfigureAwait(false);
}
