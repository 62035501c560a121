using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using Course.Protocol;

namespace Course.Hosting;

/// <summary>
/// A compiler or a runner. Notebook code is compiled and runs there and nowhere else, so whatever it does (loops for ever, overflows the
/// stack, exits) ends that process and is reported here as a failure.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int BytesPerEvent = 1024;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(5);

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // What ended by a signal has this and the signal's number for its exit code.
    private const int Signalled = 128;

    private readonly Process _process;
    private readonly MessageChannel _channel;
    private readonly ChildOptions _options;
    private readonly ChildFolder? _folder;
    private readonly UsageMonitor _monitor;
    private readonly ProcessorMeter _meter;
    private readonly Task _draining;
    private readonly StringBuilder _lastWords = new();
    private int _disposed;

    private ChildProcess(Process process, MessageChannel channel, ChildOptions options, ChildFolder? folder)
    {
        _process = process;
        _channel = channel;
        _options = options;
        _folder = folder;
        _monitor = new UsageMonitor(process, options);
        _meter = new ProcessorMeter(process, _monitor.Root);
        _draining = Task.WhenAll(DrainAsync(process.StandardOutput, null), DrainAsync(process.StandardError, _lastWords));
    }

    /// <summary>Starts a process and waits until it takes requests.</summary>
    /// <exception cref="ChildStartException">It could not be started, or was not ready in time; the message says why.</exception>
    public static async Task<ChildProcess> StartAsync(
        ChildProgram program, ChildOptions options, CancellationToken cancellation = default)
    {
        ChildFolder? folder = null;
        NamedPipeServerStream? server = null;
        ChildProcess child;
        try
        {
            // On Unix a pipe is a socket, in a folder that nobody else enters.
            folder = OperatingSystem.IsWindows() ? null : new ChildFolder { Group = GroupFor(options) };
            string pipe = folder?.Pipe ?? $"course-{Guid.NewGuid():N}";
            PipeOptions owner = options.Isolation is null ? PipeOptions.CurrentUserOnly : PipeOptions.None;
            server = new NamedPipeServerStream(pipe, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | owner);

            // In isolation the child may be another user: it finds the socket in its root, others do not get into the folder.
            if (options.Isolation is not null && folder is not null && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(pipe, Everybody);
            child = new ChildProcess(ChildLauncher.Start(program, pipe, options, folder), new MessageChannel(server), options, folder);
        }
        catch (Exception e)
        {
            if (server is not null)
                await server.DisposeAsync().ConfigureAwait(false);
            folder?.Dispose();
            throw e as ChildStartException ?? new ChildStartException(program, $"could not be started: {e.Message}", e);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = new RequestClock(child._meter, options.StartLimit);
        Task running = clock.RunAsync(limit);
        try
        {
            Task connected = server.WaitForConnectionAsync(limit.Token);
            Task ended = child._process.WaitForExitAsync(limit.Token);
            if (await Task.WhenAny(connected, ended).ConfigureAwait(false) == ended && ended.IsCompletedSuccessfully)
                throw child.EndedEarly(program);
            await connected.ConfigureAwait(false);
            if (await child._channel.ReceiveAsync<ChildEvent>(limit.Token).ConfigureAwait(false) is not Ready)
                throw child.EndedEarly(program);

            // In isolation the process has parents of its own below the one that was started: all are counted from here on.
            child._meter.Look();
            return child;
        }
        catch (Exception e)
        {
            await child.DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw e switch
            {
                ChildStartException => e,
                OperationCanceledException => new ChildStartException(program, Late(clock, options.StartLimit), e),
                _ => new ChildStartException(program, $"was lost before it was ready: {e.Message}", e),
            };
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private static string Late(RequestClock clock, TimeLimit limit) => clock.UsedUp
        ? $"used more than {limit.Processor.TotalSeconds:0.###} seconds of processor time before it was ready"
        : $"was not ready within {limit.Wall.TotalSeconds:0.###} seconds";

    private ChildStartException EndedEarly(ChildProgram program)
    {
        string words;
        lock (_lastWords)
            words = _lastWords.ToString().Trim().Split('\n')[0];
        return new ChildStartException(program, $"ended before it was ready: {(words.Length > 0 ? words : Ending())}");
    }

    /// <summary>Sends a request and reports its events until it is done.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="happened">Takes the events, in order.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>How the request ended.</returns>
    public async Task<RequestEnd> SendAsync(
        Request request, TimeLimit limit, Action<ChildEvent> happened, CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = new RequestClock(_meter, limit);
        Task running = clock.RunAsync(stop);
        try
        {
            return await SendAsync(request, limit, clock, happened, stop.Token, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private async Task<RequestEnd> SendAsync(
        Request request, TimeLimit limit, RequestClock clock, Action<ChildEvent> happened,
        CancellationToken stop, CancellationToken cancellation)
    {
        long size = -_channel.Received;
        try
        {
            await _channel.SendAsync(request, stop).ConfigureAwait(false);
            while (await _channel.ReceiveAsync<ChildEvent>(stop).ConfigureAwait(false) is { } next)
            {
                if (next is Done done)
                    return new RequestEnd(null, clock.Glance(), done.Declared);
                size += BytesPerEvent;
                if (size + _channel.Received > _options.OutputLimit)
                {
                    return await EndAsync(
                        clock, ChildFailureKind.TooMuchOutput,
                        $"it wrote more than {_options.OutputLimit >> 20} MB and was stopped").ConfigureAwait(false);
                }
                happened(next);
            }
        }
        catch (OperationCanceledException)
        {
            TimeUse use = clock.Glance();
            await DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            ChildFailure failure = clock.UsedUp
                ? new(
                    ChildFailureKind.TimedOut,
                    $"it used more than {limit.Processor.TotalSeconds:0.#} seconds of processor time and was stopped")
                : new(ChildFailureKind.Stalled, $"it did not end within {limit.Wall.TotalSeconds:0.#} seconds and was stopped");
            return new RequestEnd(failure, clock.UsedUp ? use with { Processor = limit.Processor } : use, Declared: false);
        }
        catch (MessageTooLongException e)
        {
            return new RequestEnd(new ChildFailure(ChildFailureKind.TooLong, e.Message), clock.Glance(), Declared: false);
        }
        catch (InvalidDataException e)
        {
            return await EndAsync(clock, ChildFailureKind.Garbled, $"its process broke the connection: {e.Message}").ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the process is gone, as below.
        }
        cancellation.ThrowIfCancellationRequested();
        await WaitAsync(LastWordsLimit, async last =>
        {
            await _process.WaitForExitAsync(last).ConfigureAwait(false);
            await _draining.WaitAsync(last).ConfigureAwait(false);
        }).ConfigureAwait(false);
        const int Killed = Signalled + 9;
        bool killed = Excess is null && _process.HasExited && _process.ExitCode == Killed;
        return await EndAsync(clock, killed ? ChildFailureKind.Killed : ChildFailureKind.Died, Ending()).ConfigureAwait(false);
    }

    /// <summary>Whether the process is no more, and no request can be sent.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Ends the process and the children that it still has.</summary>
    public async ValueTask DisposeAsync()
    {
        HasEnded = true;
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        try
        {
            _monitor.End();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already, or one of its children may not be ended by this user.
        }
        _channel.Dispose();
        await WaitAsync(EndLimit, _process.WaitForExitAsync).ConfigureAwait(false);
        await _monitor.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
        _folder?.Dispose();
    }

    private async Task<RequestEnd> EndAsync(RequestClock clock, ChildFailureKind kind, string message)
    {
        TimeUse use = clock.Glance();
        await DisposeAsync().ConfigureAwait(false);
        return new RequestEnd(new ChildFailure(kind, message), use, Declared: false);
    }

    private static async Task WaitAsync(TimeSpan time, Func<CancellationToken, Task> ending)
    {
        try
        {
            using var limit = new CancellationTokenSource(time);
            await ending(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // It is gone already, or will be; or a process that it started still holds its streams.
        }
    }

    /// <summary>What there was too much of, as far as it is counted from outside; or null.</summary>
    private string? Excess => _monitor.Excess ?? _folder?.Group?.Excess();

    /// <summary>
    /// A control group for a child, or null where there are none. It has room for what the child may write to its /tmp, too.
    /// </summary>
    private static ControlGroup? GroupFor(ChildOptions options) =>
        options is { Isolation: { } isolation, Watched: { } watched }
            && options.Limits.TryGetValue(ResourceLimit.Processes, out long processes)
            ? isolation.Groups.New(watched.ResidentBytes + watched.FolderBytes, processes)
            : null;

    private long Limit(ResourceLimit limit) => _options.Limits.GetValueOrDefault(limit);

    private string Ending()
    {
        if (Excess is { } excess)
            return $"{excess} and was stopped";
        string words;
        lock (_lastWords)
            words = _lastWords.ToString();
        if (words.StartsWith("Stack overflow", StringComparison.Ordinal))
            return "it overflowed its stack (a method calls itself without end?)";
        if (words.Contains("OutOfMemoryException", StringComparison.Ordinal) || words.StartsWith("Out of memory", StringComparison.Ordinal))
            return $"it used more than {_options.HeapLimit >> 20} MB of memory";
        if (words.Split('\n').FirstOrDefault(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal)) is { } unhandled)
            return $"its process ended: {unhandled.Trim()}";
        const int ProcessorTime = Signalled + 24;
        const int FileSize = Signalled + 25;
        return !_process.HasExited ? "its process does not answer any more"
            : _process.ExitCode is >= 0 and < Signalled
                ? $"it ended its process (exit code {_process.ExitCode}): a notebook may not call Environment.Exit"
            : _process.ExitCode == ProcessorTime
                ? $"it used more than {Limit(ResourceLimit.ProcessorSeconds)} seconds of processor time and was stopped"
            : _process.ExitCode == FileSize
                ? $"it wrote a file of more than {Limit(ResourceLimit.FileBytes) >> 20} MB and was stopped"
            : $"its process was ended (exit code {_process.ExitCode})";
    }

    /// <summary>Reads what the process writes past the protocol, keeping the start of it for the diagnosis.</summary>
    private static async Task DrainAsync(StreamReader reader, StringBuilder? kept)
    {
        const int Kept = 4096;
        char[] buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
            {
                if (kept is null)
                    continue;
                lock (kept)
                    kept.Append(buffer, 0, Math.Min(read, Math.Max(0, Kept - kept.Length)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }
}
