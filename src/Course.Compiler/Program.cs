using System.Diagnostics;
using Course.Compiler;
using Course.Protocol;
using Course.Protocol.Child;

if (args is not [var pipe, var runner, .. var limits])
{
    Console.Error.WriteLine("This program compiles notebook code for the `course` command, which starts it: try `course --help`.");
    return 2;
}
using IDisposable interrupts = ClientPipe.LeaveInterruptsToTheClient();
ResourceLimits.Set(limits.Where(limit => limit != Seccomp.Word));
if (limits.Contains(Seccomp.Word))
    Seccomp.Install();
using MessageChannel channel = ClientPipe.Connect(pipe);

// Nested code takes the compiler deep.
const int StackSize = 64 << 20;
var compiling = new Thread(() => Work(channel, new CellCompiler(runner)), StackSize) { Name = "compiler" };
compiling.Start();
compiling.Join();
Process.GetCurrentProcess().Kill();
return 0;

static void Work(MessageChannel channel, CellCompiler compiler)
{
    Warming.Run(compiler);
    channel.Send<ChildEvent>(new Ready());
    while (channel.Receive<Request>() is { } request)
    {
        if (request is not CompileCell cell)
            throw new InvalidDataException($"a compiler compiles, and was asked for {request.GetType().Name}");
        try
        {
            channel.Send(compiler.Compile(cell));
        }
        catch (MessageTooLongException e)
        {
            channel.Send<ChildEvent>(CellCompiler.NotCompiled($"{cell.Name}: its assembly is too large: {e.Message}"));
        }
        channel.Send<ChildEvent>(new Done(Declared: false));
    }
}
