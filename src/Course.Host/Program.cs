using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Course.Host;
using Course.Protocol;

if (args is not [var pipe])
{
    Console.Error.WriteLine("This program runs notebook code for the `course` command, which starts it: try `course --help`.");
    return 2;
}

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
await stream.ConnectAsync(10_000);
using var channel = new MessageChannel(stream);
var worker = new Worker(channel);
worker.Start();
while (await channel.ReceiveAsync<Request>() is { } request)
    worker.Add(request);

// The client is gone. Notebook code may hold any thread and any exit handler: end without asking it.
Process.GetCurrentProcess().Kill();
return 0;
