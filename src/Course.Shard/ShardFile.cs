using System.Buffers.Binary;
using System.Globalization;
using RelativeEntropy;

namespace Course.Shard;

/// <summary>
/// A shard as a file of two columns, the masses p and q of its outcomes. As text (<c>.csv</c>) a line for each outcome; otherwise binary,
/// 16 bytes for each: p and q, little-endian. Text is written with as many digits as the double needs to come back the same.
/// </summary>
public static class ShardFile
{
    /// <summary>So many outcomes are in memory at a time, however long the file is.</summary>
    public const int BlockLength = 4096;

    private const int BytesOfPair = 2 * sizeof(double);

    /// <summary>Writes a shard.</summary>
    /// <param name="path">The file; text if its name ends with <c>.csv</c>.</param>
    /// <param name="p">The first column.</param>
    /// <param name="q">The second column, as long.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static void Write(string path, ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        if (p.Length != q.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"p has {p.Length} elements and q has {q.Length}; a shard needs as many of both."), nameof(q));
        }

        if (IsText(path))
        {
            using var text = new StreamWriter(path);
            for (int i = 0; i < p.Length; i++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{p[i]:R},{q[i]:R}\n"));
            return;
        }

        using FileStream file = File.Create(path);
        Span<byte> pair = stackalloc byte[BytesOfPair];
        for (int i = 0; i < p.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(pair, p[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(pair[sizeof(double)..], q[i]);
            file.Write(pair);
        }
    }

    /// <summary>The outcomes of a shard, block by block.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Blocks of <see cref="BlockLength"/> outcomes, the last one shorter; none of an empty file.</returns>
    /// <exception cref="FormatException">A line is no pair of numbers, or the last pair of a binary file is incomplete.</exception>
    public static IEnumerable<(double[] P, double[] Q)> Blocks(string path) => IsText(path) ? OfText(path) : OfBytes(path);

    /// <summary>The sum over a shard, in a state that merges.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What the outcomes of the file add up to.</returns>
    /// <exception cref="FormatException">The file is no shard.</exception>
    /// <exception cref="ArgumentException">A mass is negative or infinite.</exception>
    public static KullbackLeiblerAccumulator Sum(string path)
    {
        var sum = new KullbackLeiblerAccumulator();
        foreach ((double[] p, double[] q) in Blocks(path))
            sum.Add(p, q);
        return sum;
    }

    private static bool IsText(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(double[] P, double[] Q)> OfText(string path)
    {
        int number = 0;
        foreach (string[] lines in File.ReadLines(path).Chunk(BlockLength))
        {
            double[] p = new double[lines.Length], q = new double[lines.Length];
            for (int i = 0; i < lines.Length; i++)
            {
                number++;
                string[] cells = lines[i].Split(',');
                if (cells.Length != 2 || !IsNumber(cells[0], out p[i]) || !IsNumber(cells[1], out q[i]))
                {
                    throw new FormatException(FormattableString.Invariant(
                        $"line {number} of {Path.GetFileName(path)} is \"{lines[i]}\"; it must be two numbers with a comma between them."));
                }
            }

            yield return (p, q);
        }
    }

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static IEnumerable<(double[] P, double[] Q)> OfBytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] block = new byte[BlockLength * BytesOfPair];
        for (int read = block.Length; read == block.Length;)
        {
            read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            (int pairs, int rest) = Math.DivRem(read, BytesOfPair);
            if (rest != 0)
            {
                throw new FormatException(FormattableString.Invariant(
                    $"{Path.GetFileName(path)} ends with {rest} bytes of a pair, which has {BytesOfPair}; the file is incomplete."));
            }

            if (pairs == 0)
                yield break;
            double[] p = new double[pairs], q = new double[pairs];
            for (int i = 0; i < pairs; i++)
            {
                p[i] = BinaryPrimitives.ReadDoubleLittleEndian(block.AsSpan(i * BytesOfPair));
                q[i] = BinaryPrimitives.ReadDoubleLittleEndian(block.AsSpan(i * BytesOfPair + sizeof(double)));
            }

            yield return (p, q);
        }
    }
}
