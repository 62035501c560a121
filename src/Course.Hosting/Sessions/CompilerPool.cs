using Course.Protocol;

namespace Course.Hosting;

/// <summary>
/// Compilers that all sessions share, at most one for each processor. Each compiles one cell at a time. What was compiled is kept, so that
/// what many submissions have in common is compiled once. A text that ends its compiler, or takes it too long, is tried once more in a new
/// one before it is blamed.
/// </summary>
public sealed class CompilerPool : IAsyncDisposable
{
    // Some kilobytes each, a megabyte at the most.
    private const int MostKept = 4096;

    private const long Heap = 1L << 30;

    private static readonly Dictionary<ResourceLimit, long> Limits = new()
    {
        [ResourceLimit.FileBytes] = 0,
        [ResourceLimit.PrivateBytes] = 2 * Heap,
    };

    // A second compiler takes seconds to start, so that it is started only where the first is waited for.
    private static readonly TimeSpan Worthwhile = TimeSpan.FromSeconds(2);

    private static readonly TimeLimit CellLimit = TimeLimit.Of(TimeSpan.FromSeconds(10));

    private readonly ChildOptions _options;
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<string, Task<Compilation>> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Stack<ChildProcess> _idle = new();
    private readonly Queue<TaskCompletionSource<ChildProcess>> _waiting = new();
    private readonly HashSet<Task> _tasks = [];
    private readonly Lock _lock = new();
    private int _compilers;

    /// <summary>Starts the first compiler.</summary>
    /// <param name="folder">A folder for the compilers, in which they write nothing.</param>
    /// <param name="isolation">How they are isolated, or null.</param>
    public CompilerPool(string folder, Isolation? isolation = null)
        : this(new ChildOptions(folder)
        {
            HeapLimit = Heap,
            OutputLimit = 2 * MessageChannel.MaximumLength,
            InheritEnvironment = false,
            Isolation = isolation,
            Limits = isolation is null ? Limits : new Dictionary<ResourceLimit, long>(Limits) { [ResourceLimit.Processes] = 256 },
            Watched = isolation is null
                ? null
                : new WatchedLimits(ResidentBytes: 3 * Heap, Processes: 8, FolderBytes: 1 << 20, FolderFiles: 10),
        })
    {
    }

    /// <param name="options">How compilers are started.</param>
    internal CompilerPool(ChildOptions options)
    {
        _options = options;
        lock (_lock)
            StartOne();
    }

    /// <summary>Compiles a cell after those before it, or tells what came of it before.</summary>
    /// <exception cref="InvalidOperationException">There is no compiler, or none that the machine lets work.</exception>
    internal Task<Compilation> CompileAsync(CellChain chain, CancellationToken cancellation)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (!_known.TryGetValue(chain.Key, out Task<Compilation>? compilation) || compilation.IsFaulted)
            {
                _known[chain.Key] = compilation = Follow(Task.Run(() => CompileAsync(chain)));
                _order.Enqueue(chain.Key);
                if (_order.Count > MostKept)
                    _known.Remove(_order.Dequeue());
            }
            return compilation.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the compilers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task[] tasks;
        lock (_lock)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource<ChildProcess>? waiting))
                waiting.TrySetCanceled(_closing.Token);
            tasks = [.. _tasks];
        }
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (ChildProcess compiler in _idle)
            await compiler.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task<Compilation> CompileAsync(CellChain chain)
    {
        ChildProcess compiler = await TakeAsync().ConfigureAwait(false);
        try
        {
            (Compilation compilation, ChildFailure? failure) = await TryAsync(compiler, chain).ConfigureAwait(false);
            if (compiler.HasEnded)
            {
                compiler = await ChildProcess.StartAsync(ChildProgram.Compiler, _options, _closing.Token).ConfigureAwait(false);
                (compilation, failure) = await TryAsync(compiler, chain).ConfigureAwait(false);
            }
            return failure switch
            {
                null => compilation,
                { Kind: ChildFailureKind.TooLong } => Blame("too long", chain, failure.Message),
                { Kind: ChildFailureKind.Stalled or ChildFailureKind.Killed } =>
                    throw new InvalidOperationException($"{chain.Text.Name} could not be compiled: {failure.Message}"),
                _ => Blame("does not compile", chain, $"the compiler gave up on it: {failure.Message}"),
            };
        }
        finally
        {
            GiveBack(compiler);
        }
    }

    private static Compilation Blame(string name, CellChain chain, string message) =>
        new(null, new Failed(FailureKind.Compilation, name, $"{chain.Text.Name}: {message}", []));

    /// <summary>Compiles a cell, and before it what the compiler does not know of the cells before it.</summary>
    private async Task<(Compilation Compilation, ChildFailure? Failure)> TryAsync(ChildProcess compiler, CellChain chain)
    {
        var open = new Stack<CellChain>([chain]);
        while (true)
        {
            ChildEvent? answer = null;
            RequestEnd end = await compiler.SendAsync(
                open.Peek().Request, CellLimit, e => answer = e, _closing.Token).ConfigureAwait(false);
            if (end.Failure is { } failure)
                return (default, failure);
            switch (answer)
            {
                case UnknownParent when open.Peek().Before is { } before:
                    open.Push(before);
                    continue;
                case Compiled compiled when open.Count == 1:
                    return (new Compilation(compiled, null), null);
                case Failed failed when open.Count == 1:
                    return (new Compilation(null, failed), null);
                case Compiled:
                    open.Pop();
                    continue;
                default:
                    throw new InvalidOperationException(
                        $"{open.Peek().Text.Name} could not be compiled again: "
                            + ((answer as Failed)?.Message ?? "the compiler did not say why"));
            }
        }
    }

    private async Task<ChildProcess> TakeAsync()
    {
        TaskCompletionSource<ChildProcess> waiting;
        lock (_lock)
        {
            if (_idle.TryPop(out ChildProcess? idle))
                return idle;
            _waiting.Enqueue(waiting = new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_compilers == 0)
                StartOne();
        }
        await Task.WhenAny(waiting.Task, Task.Delay(Worthwhile, _closing.Token)).ConfigureAwait(false);
        lock (_lock)
        {
            if (!waiting.Task.IsCompleted && _compilers < Environment.ProcessorCount)
                StartOne();
        }
        return await waiting.Task.ConfigureAwait(false);
    }

    private void GiveBack(ChildProcess compiler)
    {
        lock (_lock)
        {
            if (!compiler.HasEnded)
                Offer(compiler);
            else if (--_compilers == 0 && _waiting.Count > 0)
                StartOne();
        }
    }

    private void Offer(ChildProcess compiler)
    {
        if (_waiting.TryDequeue(out TaskCompletionSource<ChildProcess>? waiting))
            waiting.SetResult(compiler);
        else
            _idle.Push(compiler);
    }

    private void StartOne()
    {
        _compilers++;
        _ = Follow(Task.Run(StartAsync));
    }

    private async Task StartAsync()
    {
        try
        {
            ChildProcess compiler = await ChildProcess.StartAsync(ChildProgram.Compiler, _options, _closing.Token).ConfigureAwait(false);
            lock (_lock)
                Offer(compiler);
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                // The others go on; where there is none, whoever waits is told, and whoever asks again has a new try.
                if (--_compilers == 0)
                {
                    while (_waiting.TryDequeue(out TaskCompletionSource<ChildProcess>? waiting))
                        waiting.SetException(e);
                }
            }
        }
    }

    private TTask Follow<TTask>(TTask task)
        where TTask : Task
    {
        lock (_lock)
            _tasks.Add(task);
        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;

        void Forget(Task done)
        {
            // What was never asked for again is observed here.
            _ = done.Exception;
            lock (_lock)
                _tasks.Remove(done);
        }
    }
}
