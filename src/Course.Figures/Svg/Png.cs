using System.Buffers.Binary;
using System.IO.Compression;

namespace Course.Figures;

/// <summary>A picture of as many points as a table has cells, in the PNG format (ISO/IEC 15948).</summary>
internal static class Png
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var crc = (uint)n;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    })];

    /// <summary>The picture as an address that holds it whole.</summary>
    /// <param name="colors">The colours from the top left, as <c>#RRGGBB</c>; null for a point that lets the paper through.</param>
    public static string DataOf(string?[,] colors)
    {
        var (rows, columns) = (colors.GetLength(0), colors.GetLength(1));
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        (header[8], header[9]) = (8, 6); // eight bits for each of red, green, blue and opacity
        using var points = new MemoryStream();
        using (var deflated = new ZLibStream(points, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var row = 0; row < rows; row++)
            {
                deflated.WriteByte(0); // no filter
                for (var column = 0; column < columns; column++)
                    deflated.Write(colors[row, column] is { } color ? [.. Convert.FromHexString(color[1..]), 255] : [0, 0, 0, 0]);
            }
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, points.ToArray());
        Chunk(file, "IEND"u8, []);
        return "data:image/png;base64," + Convert.ToBase64String(file.ToArray());
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] content = [.. type, .. data];
        file.Write(content);
        var check = content.Aggregate(uint.MaxValue, (crc, b) => CrcTable[(crc ^ b) & 255] ^ (crc >> 8));
        BinaryPrimitives.WriteUInt32BigEndian(number, ~check);
        file.Write(number);
    }
}
