using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using Course.Protocol;

namespace Course.Notebooks;

/// <summary>
/// A child process with one C# session in it. Notebook code runs there and nowhere else, so whatever it does (loops for ever,
/// overflows the stack, exits) ends that process and is reported here as a failure.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const int BytesPerEvent = 1024;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly MessageChannel _channel;
    private readonly HostOptions _options;
    private readonly HostFolder? _folder;
    private readonly Watch _watch;
    private readonly Task _draining;
    private readonly StringBuilder _lastWords = new();
    private int _disposed;

    private HostProcess(Process process, MessageChannel channel, HostOptions options, HostFolder? folder)
    {
        _process = process;
        _channel = channel;
        _options = options;
        _folder = folder;
        _watch = new Watch(process, options);
        _draining = Task.WhenAll(DrainAsync(process.StandardOutput, null), DrainAsync(process.StandardError, _lastWords));
    }

    /// <summary>Starts a host and waits until its session is warm.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    public static async Task<HostProcess> StartAsync(HostOptions options, CancellationToken cancellation = default)
    {
        // On Unix a pipe is a socket, in a folder that nobody else enters.
        HostFolder? folder = OperatingSystem.IsWindows() ? null : new HostFolder();
        string pipe = folder?.Pipe ?? $"course-{Guid.NewGuid():N}";
        PipeOptions owner = options.Isolation is null ? PipeOptions.CurrentUserOnly : PipeOptions.None;
        var server = new NamedPipeServerStream(pipe, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | owner);
        var channel = new MessageChannel(server);
        HostProcess host;
        try
        {
            // In isolation the host may be another user: it finds the socket in its root, others do not get into the folder.
            if (options.Isolation is not null && folder is not null && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(pipe, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            host = new HostProcess(HostLauncher.Start(pipe, options, folder), channel, options, folder);
        }
        catch
        {
            channel.Dispose();
            folder?.Dispose();
            throw;
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            Task connected = server.WaitForConnectionAsync(limit.Token);
            Task ended = host._process.WaitForExitAsync(limit.Token);
            if (await Task.WhenAny(connected, ended).ConfigureAwait(false) == ended && ended.IsCompletedSuccessfully)
                throw new InvalidOperationException($"the notebook host ended before it was ready: {host.Ending()}");
            await connected.ConfigureAwait(false);
            return await channel.ReceiveAsync<HostEvent>(limit.Token).ConfigureAwait(false) is Ready
                ? host
                : throw new InvalidOperationException($"the notebook host ended before it was ready: {host.Ending()}");
        }
        catch (Exception e)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new InvalidOperationException($"the notebook host was not ready within {StartLimit.TotalSeconds} seconds", e);
            throw;
        }
    }

    /// <summary>Sends a request and reports its events until it is done.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="happened">Takes the events, in order.</param>
    /// <param name="cancellation">Ends the host.</param>
    /// <returns>Null when the request was finished; else why it could not be, and the host is gone.</returns>
    public async Task<HostFailure?> SendAsync(Request request, TimeSpan timeout, Action<HostEvent> happened, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        long size = -_channel.Received;
        try
        {
            await _channel.SendAsync(request, limit.Token).ConfigureAwait(false);
            while (await _channel.ReceiveAsync<HostEvent>(limit.Token).ConfigureAwait(false) is { } next)
            {
                if (next is Done)
                    return null;
                size += BytesPerEvent;
                if (size + _channel.Received > _options.OutputLimit)
                    return await EndAsync(HostFailureKind.TooMuchOutput, $"it wrote more than {_options.OutputLimit >> 20} MB and was stopped").ConfigureAwait(false);
                happened(next);
            }
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return new HostFailure(HostFailureKind.TimedOut, $"it took more than {timeout.TotalSeconds:0.#} seconds and was stopped");
        }
        catch (MessageTooLongException e)
        {
            return await EndAsync(HostFailureKind.TooLong, e.Message).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return await EndAsync(HostFailureKind.Garbled, $"its process broke the connection: {e.Message}").ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the process is gone, as below.
        }
        cancellation.ThrowIfCancellationRequested();
        await WaitAsync(LastWordsLimit, async limit =>
        {
            await _process.WaitForExitAsync(limit).ConfigureAwait(false);
            await _draining.WaitAsync(limit).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return await EndAsync(HostFailureKind.Died, Ending()).ConfigureAwait(false);
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
            _watch.End();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already, or one of its children may not be ended by this user.
        }
        _channel.Dispose();
        await WaitAsync(EndLimit, _process.WaitForExitAsync).ConfigureAwait(false);
        await _watch.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
        _folder?.Dispose();
    }

    private async Task<HostFailure> EndAsync(HostFailureKind kind, string message)
    {
        await DisposeAsync().ConfigureAwait(false);
        return new HostFailure(kind, message);
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

    private string Ending()
    {
        if (_watch.Excess is { } excess)
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
        const int Signalled = 128;
        const int ProcessorTime = Signalled + 24;
        const int FileSize = Signalled + 25;
        return !_process.HasExited ? "its process does not answer any more"
            : _process.ExitCode is >= 0 and < Signalled ? $"it ended its process (exit code {_process.ExitCode}): a notebook may not call Environment.Exit"
            : _process.ExitCode == ProcessorTime ? $"it used more than {_options.Limits.GetValueOrDefault(ResourceLimit.ProcessorSeconds)} seconds of processor time and was stopped"
            : _process.ExitCode == FileSize ? $"it wrote a file of more than {_options.Limits.GetValueOrDefault(ResourceLimit.FileBytes) >> 20} MB and was stopped"
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
