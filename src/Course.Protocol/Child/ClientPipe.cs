using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Course.Protocol.Child;

/// <summary>The child's end of the connection to the client that started it.</summary>
public static class ClientPipe
{
    private const int ConnectMilliseconds = 10_000;

    /// <summary>Connects to the client.</summary>
    /// <param name="pipe">The pipe's name, or its path.</param>
    public static MessageChannel Connect(string pipe)
    {
        // A pipe that is given by its path lies where only this process finds it; its other end may belong to another user.
        PipeOptions owner = Path.IsPathRooted(pipe) ? PipeOptions.None : PipeOptions.CurrentUserOnly;
        var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | owner);
        stream.Connect(ConnectMilliseconds);
        return new MessageChannel(stream);
    }

    /// <summary>Ctrl-C reaches every process of the terminal. Whether this one ends is the client's decision.</summary>
    /// <returns>What holds as long as it is not disposed.</returns>
    public static IDisposable LeaveInterruptsToTheClient() =>
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
}
