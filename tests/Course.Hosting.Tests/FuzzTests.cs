using System.Buffers.Binary;
using System.Text;
using Course.Protocol;

namespace Course.Hosting.Tests;

/// <summary>Whatever comes, nothing but messages comes of it, and what comes after it is served as ever.</summary>
public sealed class FuzzTests(HostileTextTests.Pool pool) : IClassFixture<HostileTextTests.Pool>
{
    private const int CasesToAProbe = 20;

    private static readonly IReadOnlyList<string> Messages = [.. ((Action<MessageChannel>[])
    [
        channel => channel.Send<Request>(new CompileCell("k", "j", "cell 1", "1 + 1", ["/a.dll"], Portable: true)),
        channel => channel.Send<Request>(new RunCell(Cell, ["/a.dll"])),
        channel => channel.Send<Request>(new CallFunction(Cell, [Values.ToJson((double[])[1, double.NaN], typeof(double[]))])),
        channel => channel.Send<ChildEvent>(new Ready()),
        channel => channel.Send<ChildEvent>(Cell),
        channel => channel.Send<ChildEvent>(new UnknownParent()),
        channel => channel.Send<ChildEvent>(new Written("stdout", "\u00e9\ud83d\ude00\n")),
        channel => channel.Send<ChildEvent>(new Displayed(new Dictionary<string, string> { ["text/html"] = "<b>", ["text/plain"] = "b" })),
        channel => channel.Send<ChildEvent>(new Result(new Dictionary<string, string> { ["text/plain"] = "2" })),
        channel => channel.Send<ChildEvent>(new Returned(Values.ToJson(0.5, typeof(double)))),
        channel => channel.Send<ChildEvent>(new Failed(FailureKind.Exception, "E", "cell 1: no", ["at F"])),
        channel => channel.Send<ChildEvent>(new Done(Declared: true)),
    ]).Select(BodyOf)];

    private static Compiled Cell => new("k", [0, 255], [1], "T", "M", 3, [new DeclaredName("F", "double F(double[] p)")]);

    [Fact]
    public async Task A_text_is_compiled_or_is_said_not_to_compile()
    {
        int tried = 0;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await Fuzz.TryAsync(20, random => Fuzz.Mutated(Fuzz.Cells, random), async (text, random) =>
        {
            Compilation compilation = await pool.Compilers.CompileAsync(
                new CellChain(null, new CellText("cell 1", text, random.Next(2) == 0)), cancellation);
            Assert.True(
                compilation.Cell is not null || compilation.Problem is { Kind: FailureKind.Compilation or FailureKind.Portability });
            if (++tried % CasesToAProbe != 0)
                return;
            var probe = new CellChain(null, new CellText("cell 2", $"{tried} + 1", portable: true));
            Assert.True((await pool.Compilers.CompileAsync(probe, cancellation)).Cell is { HasCode: true });
        });
    }

    [Fact]
    public Task Bytes_are_messages_or_are_refused_or_end() =>
        Fuzz.TryAsync(20_000, random => Fuzz.Mutated(Messages, random), (text, random) =>
    {
        byte[] bytes = Framed(text, random);
        Drain<Request>(bytes);
        Drain<ChildEvent>(bytes);
        return Task.CompletedTask;
    });

    private static void Drain<T>(byte[] bytes)
        where T : class
    {
        using var channel = new MessageChannel(new MemoryStream(bytes));
        try
        {
            while (channel.Receive<T>() is not null)
            {
            }
        }
        catch (InvalidDataException)
        {
        }
    }

    /// <summary>The text behind its length, at times with another length, changed bytes or a message after it.</summary>
    private static byte[] Framed(string text, Random random)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        byte[] bytes = [0, 0, 0, 0, .. body, .. random.Next(4) == 0 ? body : []];
        int length = random.Next(16) switch
        {
            0 => random.Next(),
            1 => -random.Next(),
            2 => random.Next(body.Length + 8),
            _ => body.Length,
        };
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        for (int changes = random.Next(4) == 0 ? random.Next(8) : 0; changes > 0; changes--)
            bytes[random.Next(sizeof(int), bytes.Length + 1) % bytes.Length] = (byte)random.Next(256);
        return bytes;
    }

    private static string BodyOf(Action<MessageChannel> send)
    {
        var stream = new MemoryStream();
        using var channel = new MessageChannel(stream);
        send(channel);
        return Encoding.UTF8.GetString(stream.ToArray().AsSpan(sizeof(int)));
    }
}
