using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Course.Protocol;

/// <summary>
/// Messages over a stream: four bytes of little-endian length, then UTF-8 JSON.
/// <see cref="Send"/> may be called from any thread; the other methods from one at a time.
/// </summary>
/// <param name="stream">The stream; the channel owns it.</param>
public sealed class MessageChannel(Stream stream) : IDisposable
{
    /// <summary>No message may be longer than this, in bytes.</summary>
    public const int MaximumLength = 16 << 20;

    private readonly Lock _sending = new();

    /// <summary>How many bytes have been received.</summary>
    public long Received { get; private set; }

    /// <summary>Sends a message.</summary>
    /// <exception cref="MessageTooLongException">It is longer than <see cref="MaximumLength"/>; nothing was sent.</exception>
    public void Send<T>(T message)
    {
        byte[] framed = Frame(message);
        lock (_sending)
        {
            stream.Write(framed);
            stream.Flush();
        }
    }

    /// <summary>Sends a message, and stops when it is cancelled: the other side may have stopped reading.</summary>
    /// <exception cref="MessageTooLongException">It is longer than <see cref="MaximumLength"/>; nothing was sent.</exception>
    public async ValueTask SendAsync<T>(T message, CancellationToken cancellation)
    {
        await stream.WriteAsync(Frame(message), cancellation).ConfigureAwait(false);
        await stream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Receives the next message on this very thread, which code that has taken all others cannot prevent.</summary>
    /// <returns>The message, or null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">What came is not a message of this protocol.</exception>
    public T? Receive<T>()
        where T : class
    {
        byte[] prefix = new byte[sizeof(int)];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
            return null;
        byte[] body = new byte[LengthIn(prefix)];
        return stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length ? null : Parse<T>(body);
    }

    /// <summary>Receives the next message.</summary>
    /// <returns>The message, or null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">What came is not a message of this protocol.</exception>
    public async ValueTask<T?> ReceiveAsync<T>(CancellationToken cancellation = default)
        where T : class
    {
        byte[] prefix = new byte[sizeof(int)];
        int read = await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read < prefix.Length)
            return null;
        byte[] body = new byte[LengthIn(prefix)];
        if (await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < body.Length)
            return null;
        Received += prefix.Length + body.Length;
        return Parse<T>(body);
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => stream.Dispose();

    private static byte[] Frame<T>(T message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, Converter<T>());
        if (body.Length > MaximumLength)
            throw new MessageTooLongException(body.Length);
        byte[] framed = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, body.Length);
        body.CopyTo(framed, sizeof(int));
        return framed;
    }

    private static JsonTypeInfo<T> Converter<T>() => (JsonTypeInfo<T>)MessageJson.Default.GetTypeInfo(typeof(T))!;

    private static int LengthIn(byte[] prefix)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        return length is >= 0 and <= MaximumLength
            ? length
            : throw new InvalidDataException($"a message of {length} bytes was announced; at most {MaximumLength} are allowed");
    }

    private static T Parse<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, Converter<T>()) ?? throw new InvalidDataException("a null message");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException("not a message of this protocol: " + e.Message, e);
        }
    }
}
