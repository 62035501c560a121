using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Protocol;

/// <summary>
/// Messages over a stream: four bytes of little-endian length, then UTF-8 JSON.
/// Sending may be done from any thread; receiving from one at a time.
/// </summary>
/// <param name="stream">The stream; the channel owns it.</param>
public sealed class MessageChannel(Stream stream) : IDisposable
{
    /// <summary>No message may be longer than this, in bytes.</summary>
    public const int MaximumLength = 16 << 20;

    /// <summary>How values cross the channel: NaN and the infinities are written by name.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Lock _sending = new();

    /// <summary>Sends a message.</summary>
    /// <exception cref="MessageTooLongException">It is longer than <see cref="MaximumLength"/>; nothing was sent.</exception>
    public void Send<T>(T message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        if (body.Length > MaximumLength)
            throw new MessageTooLongException(body.Length);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        lock (_sending)
        {
            stream.Write(length);
            stream.Write(body);
            stream.Flush();
        }
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
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is < 0 or > MaximumLength)
            throw new InvalidDataException($"a message of {length} bytes was announced; at most {MaximumLength} are allowed");
        byte[] body = new byte[length];
        read = await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read < length)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw new InvalidDataException("a null message");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException("not a message of this protocol: " + e.Message, e);
        }
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => stream.Dispose();
}
