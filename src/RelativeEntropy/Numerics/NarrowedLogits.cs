using System.Buffers;
using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>
/// Two sets of logits near the ends of the range, and their temperature, all over 16: the distributions stay as they are, and no difference
/// of two differences overflows. In memory from the shared pool, given back at the end.
/// </summary>
/// <remarks>
/// At temperatures below 4e-307 the distributions may change: the temperature over 16 is subnormal and loses digits, and so may logits.
/// </remarks>
internal readonly ref struct NarrowedLogits
{
    private const double Share = 1.0 / 16;

    private readonly double[] _memory;
    private readonly int _length;

    private NarrowedLogits(double[] memory, int length, LogitsPair peaks, double temperature) =>
        (_memory, _length, Peaks, Temperature) = (memory, length, peaks, temperature);

    public ReadOnlySpan<double> A => _memory.AsSpan(0, _length);

    public ReadOnlySpan<double> B => _memory.AsSpan(_length, _length);

    public LogitsPair Peaks { get; }

    /// <summary>Never zero: of the smallest temperatures it is the smallest double.</summary>
    public double Temperature { get; }

    public static NarrowedLogits Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, LogitsPair peaks, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double[] memory = ArrayPool<double>.Shared.Rent(2 * a.Length);
        for (int i = 0; i < a.Length; i++)
            (memory[i], memory[a.Length + i]) = (Share * double.CreateTruncating(a[i]), Share * double.CreateTruncating(b[i]));
        peaks = peaks with { A = Narrowed(peaks.A), B = Narrowed(peaks.B) };
        return new(memory, a.Length, peaks, Math.Max(Share * temperature, double.Epsilon));
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_memory);

    private static Peak Narrowed(Peak peak) => peak with { Value = Share * peak.Value, IsWide = false };
}
