using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Course.Protocol;

namespace Course.Host.Tests;

public class MessageChannelTests
{
    [Fact]
    public async Task Messages_arrive_as_they_were_sent_in_their_order()
    {
        using var stream = new MemoryStream();
        using var channel = new MessageChannel(stream);
        JsonElement[] arguments = [JsonSerializer.SerializeToElement(new[] { double.NaN, double.PositiveInfinity, 5e-324 }, MessageChannel.Json)];
        channel.Send<Request>(new RunCell("cell 1", "\u00e9\ud83d\ude00\n", Portable: true));
        channel.Send<Request>(new CallFunction("F", "System.Func<double>", arguments));
        stream.Position = 0;

        Assert.Equal(new RunCell("cell 1", "\u00e9\ud83d\ude00\n", Portable: true), await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
        CallFunction call = Assert.IsType<CallFunction>(await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
        Assert.Equal([double.NaN, double.PositiveInfinity, 5e-324], call.Arguments[0].Deserialize<double[]>(MessageChannel.Json)!);
        Assert.Null(await channel.ReceiveAsync<Request>(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_message_over_the_limit_is_not_sent()
    {
        using var stream = new MemoryStream();
        using var channel = new MessageChannel(stream);
        Assert.Throws<MessageTooLongException>(() => channel.Send<HostEvent>(new Written("stdout", new string('a', MessageChannel.MaximumLength))));
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
        await Assert.ThrowsAsync<InvalidDataException>(async () => await channel.ReceiveAsync<HostEvent>(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_cut_short_is_the_end()
    {
        using MessageChannel channel = Containing(100, "{\"event\":");
        Assert.Null(await channel.ReceiveAsync<HostEvent>(TestContext.Current.CancellationToken));
    }

    private static MessageChannel Containing(int length, string body)
    {
        byte[] bytes = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Encoding.ASCII.GetBytes(body, bytes.AsSpan(sizeof(int)));
        return new MessageChannel(new MemoryStream(bytes));
    }
}
