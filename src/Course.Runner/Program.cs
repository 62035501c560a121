using System.Diagnostics;
using Course.Protocol;
using Course.Protocol.Child;
using Course.Runner;

if (args is not [var pipe, .. var limits])
{
    Console.Error.WriteLine("This program runs notebook code for the `course` command, which starts it: try `course --help`.");
    return 2;
}
using IDisposable interrupts = ClientPipe.LeaveInterruptsToTheClient();
ResourceLimits.Set(limits);
ResourceLimits.KeepDescendants();
using MessageChannel channel = ClientPipe.Connect(pipe);
var worker = new Worker(channel);
worker.Start();
while (channel.Receive<Request>() is { } request)
    worker.Add(request);

// The client is gone. Notebook code may hold any thread and any exit handler: end without asking it.
Process.GetCurrentProcess().Kill();
return 0;
