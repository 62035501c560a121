using System.Diagnostics;
using Course.Protocol;
using Course.Protocol.Child;
using Course.Runner;

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
using IDisposable interrupts = ClientPipe.LeaveInterruptsToTheClient();
ResourceLimits.Set(limits.Where(limit => limit != Seccomp.Word));
ResourceLimits.KeepDescendants();
if (limits.Contains(Seccomp.Word))
    Seccomp.Install();
using MessageChannel channel = ClientPipe.Connect(pipe);
var worker = new Worker(channel);
worker.Start();
while (channel.Receive<Request>() is { } request)
    worker.Add(request);

// The client is gone. Notebook code may hold any thread and any exit handler: end without asking it.
Process.GetCurrentProcess().Kill();
return 0;
