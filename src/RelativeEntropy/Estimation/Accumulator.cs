using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// A sum that is made in parts: by shards, threads or machines, or as data arrive. Parts merge to the same bits in any order and for any
/// number of them, serialised on the way or not.
/// </summary>
/// <remarks>
/// <para>Each term is the double that the library's other functions take, the same on every machine; their sum is kept without any
/// rounding, as a fixed-point number as wide as the range of a double, and is rounded once, when it is read. So there is no order that it
/// could depend on.</para>
/// <para>An element that is refused leaves the accumulator as it was. NaN and +infinity are remembered beside the sum, and merge with it.
/// One accumulator is not for two threads at a time: give each its own, and merge them.</para>
/// <para>Adding costs two to three times the plain function over the same spans, eight times where the elements are of magnitudes hundreds
/// of powers of two apart, and seven from logits; docs/performance.md has the measurements. Merging and reading take O(1). Source: Kulisch
/// and Miranker (1986); Neal (2015), "Fast exact summation using small and large superaccumulators".</para>
/// </remarks>
/// <example><code>
/// MomentAccumulator shard = new(), whole = new();
/// shard.Add([1, 2]);
/// whole.Add([3, 6]);
/// whole.Merge(MomentAccumulator.FromBytes(shard.ToBytes()));   // the same bits in any order
/// double mean = whole.Mean;                                    // 3
/// </code></example>
public abstract class Accumulator
{
    // "RELA", a version, a kind, two bytes that are zero, the count; the levels and sums; a checksum.
    private const uint Magic = 0x414C4552;
    private const byte Version = 1;
    private const int HeaderLength = 16, ChecksumLength = 8;

    private protected Accumulator(int sums, int levels = 0)
    {
        Sums = new ExactSum[sums];
        for (int i = 0; i < sums; i++)
            Sums[i] = new ExactSum();
        Levels = new long[levels];
    }

    /// <summary>How many elements have been added, those of merged parts among them.</summary>
    public long Count { get; private protected set; }

    private protected ExactSum[] Sums { get; }

    /// <summary>Powers of two by which sums are scaled, where they are.</summary>
    private protected long[] Levels { get; }

    private int ByteLength => HeaderLength + 8 * Levels.Length + ExactSum.ByteLength * Sums.Length + ChecksumLength;

    /// <summary>Adds what another part has summed up, as if its elements had been added here. The other is not changed.</summary>
    /// <remarks>Time and memory O(1), nothing is allocated.</remarks>
    /// <param name="other">A part of the same kind; not this one itself.</param>
    /// <exception cref="ArgumentException"><paramref name="other"/> sums something else, or is this accumulator itself.</exception>
    public void Merge(Accumulator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.GetType() != GetType())
        {
            throw new ArgumentException(
                $"other is of the kind {other.GetType().Name} and this one of the kind {GetType().Name}; only parts of one kind merge.",
                nameof(other));
        }

        if (ReferenceEquals(other, this))
        {
            throw new ArgumentException(
                "other is this accumulator itself, whose elements would count twice; merge another part.", nameof(other));
        }

        Count = checked(Count + other.Count);
        MergeSums(other);
    }

    /// <summary>This part as bytes: the same bytes for the same sum, however it came about, on every machine.</summary>
    /// <remarks>Little-endian, with a version and a checksum. The kind's <c>FromBytes</c> reads it.</remarks>
    /// <returns>Between 500 and 2,600 bytes, always as many for one kind.</returns>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[ByteLength];
        Span<byte> rest = bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Magic);
        rest[4] = Version;
        rest[5] = KindOf(GetType());
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], Count);
        rest = rest[HeaderLength..];
        foreach (long level in Levels)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, level);
            rest = rest[8..];
        }

        foreach (ExactSum sum in Sums)
        {
            sum.WriteTo(rest);
            rest = rest[ExactSum.ByteLength..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(rest, Checksum(bytes.AsSpan(0, bytes.Length - ChecksumLength)));
        return bytes;
    }

    private protected virtual void MergeSums(Accumulator other)
    {
        for (int i = 0; i < Sums.Length; i++)
            Sums[i].Merge(other.Sums[i]);
    }

    /// <summary>Two measures, with the sums of the terms, of p and of q.</summary>
    private protected void AddPair<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        Check.SameLength(p.Length, q.Length, nameof(p), nameof(q));
        Check.Measure(p, nameof(p));
        if (TTerm.IsOfPair)
            Check.Measure(q, nameof(q));
        Add<T, TTerm>(p, q);
    }

    private protected void Add<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        ExactPairs.Add<T, TTerm>(p, q, Sums[0], Sums[1], TTerm.IsOfPair ? Sums[2] : null);
        Count += p.Length;
    }

    /// <summary>A sum of terms over p's mass, and the logarithm of the mass by which the logarithms were too large.</summary>
    private protected TwoPart PerMass(TwoPart p, TwoPart q)
    {
        TwoPart mean = Sums[0].Total.Over(p.Value);
        if (!double.IsFinite(mean.Value + q.Value + p.Value))
            return new(mean.Value + q.Value + p.Value, 0);
        mean = new(mean.Value, mean.Tail - mean.Value * (p.Tail / p.Value));
        TwoPart logarithm = LogRatio.Precise(q.Value, 1);
        TwoPart sum = TwoPart.Sum(mean.Value, logarithm.Value);
        return TwoPart.Sum(sum.Value, sum.Tail + (mean.Tail + logarithm.Tail + q.Tail / q.Value));
    }

    private protected static TwoPart MassOf(ExactSum sum, string name)
    {
        TwoPart mass = sum.Total;
        if (mass.Value == 0)
        {
            throw new InvalidOperationException(
                $"The sum of {name} is 0, so there are no proportions; add outcomes with a positive mass first.");
        }

        return double.IsInfinity(mass.Value)
            ? throw new InvalidOperationException($"The sum of {name} exceeds the largest double; scale its masses down.")
            : mass;
    }

    private protected static void CheckSumsToOne(ExactSum sum, string name, params ReadOnlySpan<string> remedies)
    {
        double mass = sum.Value;
        if (Math.Abs(mass - 1) > Check.Tolerance<double>())
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"What was added of {name} sums to {mass}, not to 1 within {Check.Tolerance<double>():G3}; ")
                + $"add the rest, or use {string.Join(" or ", remedies)}.");
        }
    }

    internal static TAccumulator Read<TAccumulator>(ReadOnlySpan<byte> bytes)
        where TAccumulator : Accumulator, new()
    {
        var read = new TAccumulator();
        read.Read(bytes);
        return read;
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw Refused(nameof(bytes), "is no accumulator's: it does not begin as what ToBytes wrote");
        if (bytes[4] != Version)
            throw Refused(nameof(bytes), $"is of version {bytes[4]}, and this library reads version {Version}");
        if (bytes[5] != KindOf(GetType()))
            throw Refused(nameof(bytes), $"is of the kind {NameOf(bytes[5])}, not {GetType().Name}");
        if (bytes.Length != ByteLength)
        {
            throw Refused(nameof(bytes), FormattableString.Invariant(
                $"has {bytes.Length} bytes, and a {GetType().Name} has {ByteLength}: some are missing or do not belong to it"));
        }

        ulong checksum = Checksum(bytes[..^ChecksumLength]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumLength..]) != checksum)
            throw Refused(nameof(bytes), "has been changed: its checksum is not that of its content");

        Count = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        bytes = bytes[HeaderLength..];
        foreach (ref long level in Levels.AsSpan())
        {
            level = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            bytes = bytes[8..];
        }

        foreach (ref ExactSum sum in Sums.AsSpan())
        {
            sum = ExactSum.ReadFrom(bytes);
            bytes = bytes[ExactSum.ByteLength..];
        }
    }

    private static ArgumentException Refused(string name, string fault) =>
        new($"{name} {fault}; give what ToBytes of the same kind wrote, whole.", name);

    private static byte KindOf(Type type) => (byte)(1 + Array.IndexOf(Kinds, type));

    private static string NameOf(byte kind) => kind > 0 && kind <= Kinds.Length ? Kinds[kind - 1].Name : $"number {kind}";

    // The place is the number in the bytes: new kinds go to the end.
    private static readonly Type[] Kinds =
    [
        typeof(KullbackLeiblerAccumulator), typeof(CrossEntropyAccumulator), typeof(EntropyAccumulator), typeof(MomentAccumulator),
        typeof(LogitsAccumulator),
    ];

    /// <summary>FNV-1a of 64 bits (Fowler, Noll and Vo 1991): against accidents, not against forgers.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte one in bytes)
            hash = unchecked((hash ^ one) * 1099511628211);
        return hash;
    }
}

/// <summary>An accumulator as JSON: its bytes in base 64.</summary>
internal sealed class AccumulatorConverter<TAccumulator> : JsonConverter<TAccumulator>
    where TAccumulator : Accumulator, new()
{
    public override TAccumulator Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes)
            ? Accumulator.Read<TAccumulator>(bytes)
            : throw new JsonException("An accumulator is a string: what ToBytes wrote, in base 64.");

    public override void Write(Utf8JsonWriter writer, TAccumulator value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.ToBytes());
}
