using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Course.Host;
using Course.Protocol;

if (args is not [var pipe, .. var limits])
{
    Console.Error.WriteLine("This program runs notebook code for the `course` command, which starts it: try `course --help`.");
    return 2;
}

if (args is [Seccomp.Word])
{
    // A trial: what is refused is seen by trying.
    Seccomp.Install();
    foreach ((string call, bool refused) in Seccomp.Try())
        Console.WriteLine($"{(refused ? "refused" : "allowed")}={call}");
    return 0;
}

// Ctrl-C reaches every process of the terminal. Whether this one ends is the client's decision.
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);

ResourceLimits.Set(limits.Where(limit => limit != Seccomp.Word));
ResourceLimits.KeepDescendants();
if (limits.Contains(Seccomp.Word))
    Seccomp.Install();

// A pipe that is given by its path lies where only this process finds it; its other end may belong to another user.
PipeOptions owner = Path.IsPathRooted(pipe) ? PipeOptions.None : PipeOptions.CurrentUserOnly;
var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | owner);
await stream.ConnectAsync(10_000);
using var channel = new MessageChannel(stream);
var worker = new Worker(channel);
worker.Start();
while (channel.Receive<Request>() is { } request)
    worker.Add(request);

// The client is gone. Notebook code may hold any thread and any exit handler: end without asking it.
Process.GetCurrentProcess().Kill();
return 0;
