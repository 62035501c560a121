using System.Collections.Concurrent;
using Course.Protocol;

namespace Course.Runner;

/// <summary>The thread on which notebook code runs, one request after the other.</summary>
internal sealed class Worker(MessageChannel channel)
{
    private const int StackSize = 16 << 20;

    private readonly BlockingCollection<Request> _requests = [];

    public void Start() => new Thread(Work, StackSize) { IsBackground = true, Name = "notebook" }.Start();

    public void Add(Request request) => _requests.Add(request);

    private void Work()
    {
        using var events = new EventSink(channel);
        Console.SetOut(events.Writer("stdout"));
        Console.SetError(events.Writer("stderr"));
        DisplayExtensions.Sink = events;
        var session = new Session(events);
        events.Send(new Ready());
        foreach (Request request in _requests.GetConsumingEnumerable())
        {
            bool declared = request switch
            {
                RunCell cell => session.Run(cell),
                CallFunction call => session.Call(call),
                _ => throw new InvalidDataException($"a runner compiles nothing, and was asked for {request.GetType().Name}"),
            };
            events.Send(new Done(declared));
        }
    }
}
