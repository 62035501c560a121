using System.Buffers.Binary;
using System.Text;
using Course.Protocol;

namespace Course.Hosting.Tests;

public class MessageChannelTests
{
    [Fact]
    public async Task Messages_arrive_as_they_were_sent_in_their_order()
    {
        using var stream = new MemoryStream();
        using var channel = new MessageChannel(stream);
        double[] numbers = [double.NaN, double.PositiveInfinity, 5e-324, 0.1 + 0.2];
        var function = new Compiled("k", [0, 255], [], "T", "M", 3, [new DeclaredName("F", "double F(double[] p)")]);
        channel.Send<Request>(new CompileCell("k", null, "cell 1", "\u00e9\ud83d\ude00\n", ["/a b.dll"], Portable: true));
        channel.Send<Request>(new CallFunction(function, [Values.ToJson(numbers, typeof(double[])), Values.ToJson(null, typeof(string))]));
        stream.Position = 0;

        CompileCell cell = Assert.IsType<CompileCell>(await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
        Assert.Equal(("k", null, "cell 1", "\u00e9\ud83d\ude00\n", true), (cell.Key, cell.Parent, cell.Name, cell.Code, cell.Portable));
        Assert.Equal(["/a b.dll"], cell.References);
        CallFunction call = Assert.IsType<CallFunction>(await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
        Assert.Equal(
            function with { Assembly = call.Function.Assembly, Symbols = call.Function.Symbols, Declared = call.Function.Declared },
            call.Function);
        Assert.Equal([0, 255], call.Function.Assembly);
        Assert.Equal(function.Declared, call.Function.Declared);
        Assert.Equal(numbers, Assert.IsType<double[]>(Values.FromJson(call.Arguments[0], typeof(double[]))));
        Assert.Null(Values.FromJson(call.Arguments[1], typeof(string)));
        Assert.Null(await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_value_of_another_shape_is_not_sent()
    {
        Assert.False(Values.Has(typeof(DateTime)));
        Assert.Throws<NotSupportedException>(() => Values.ToJson(DateTime.UnixEpoch, typeof(DateTime)));
        Assert.Throws<NotSupportedException>(() => Values.FromJson(Values.ToJson(1.5, typeof(double)), typeof(object)));
    }

    [Fact]
    public void A_message_over_the_limit_is_not_sent()
    {
        using var stream = new MemoryStream();
        using var channel = new MessageChannel(stream);
        Assert.Throws<MessageTooLongException>(
            () => channel.Send<ChildEvent>(new Written("stdout", new string('a', MessageChannel.MaximumLength))));
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(int.MaxValue, "")]
    [InlineData(2, "{}")]
    [InlineData(4, "null")]
    [InlineData(21, "{\"event\":\"written\"}  ")]
    [InlineData(43, "{\"event\":\"written\",\"Stream\":null,\"Text\":\"\"}")]
    [InlineData(9, "not json!")]
    [InlineData(20, "{\"event\":\"unknown!\"} ")]
    public async Task What_is_no_message_is_refused(int length, string body)
    {
        using MessageChannel channel = Containing(length, body);
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await channel.ReceiveAsync<ChildEvent>(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_cut_short_is_the_end()
    {
        using MessageChannel channel = Containing(100, "{\"event\":");
        Assert.Null(await channel.ReceiveAsync<ChildEvent>(TestContext.Current.CancellationToken));
    }

    private static MessageChannel Containing(int length, string body)
    {
        byte[] bytes = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Encoding.ASCII.GetBytes(body, bytes.AsSpan(sizeof(int)));
        return new MessageChannel(new MemoryStream(bytes));
    }
}
