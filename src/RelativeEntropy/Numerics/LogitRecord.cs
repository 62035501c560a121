using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// What the pass that finds the totals of two sets of logits has formed on its way, kept for the pass that follows: the weights of p and of q,
/// and log(q_i/p_i) but for the constant. Lanes that are not active are zero.
/// </summary>
internal ref struct LogitRecord(Span<double> memory)
{
    /// <summary>Up to so many logits are kept, on the stack.</summary>
    public const int MostLogits = 1024;

    private readonly Span<double> _memory = memory;
    private int _length;

    /// <summary>How much memory so many logits need: three numbers each, in whole vectors.</summary>
    public static int Length(int logits) => 3 * (logits + Lanes.Step);

    /// <summary>Whether all was kept.</summary>
    public bool IsWhole { get; private set; } = Lanes.AreUsed && !memory.IsEmpty;

    /// <summary>Keeps one vector of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<double> weightA, Vector<double> weightB, Vector<double> x)
    {
        if (!IsWhole)
            return;
        Span<double> at = _memory.Slice(_length, 3 * Vector<double>.Count);
        weightA.CopyTo(at);
        weightB.CopyTo(at[Vector<double>.Count..]);
        x.CopyTo(at[(2 * Vector<double>.Count)..]);
        _length += at.Length;
    }

    /// <summary>Something was formed outside the vectors.</summary>
    public void Break() => IsWhole = false;

    /// <summary>The sum of p (e^y - 1 - y) in each lane.</summary>
    public readonly CompensatedVectorSum Divergence(Vector<double> totalA, Vector<double> totalB, Vector<double> constant)
    {
        CompensatedVectorSum sum = default;
        for (ReadOnlySpan<double> rest = _memory[.._length]; rest.Length > 0; rest = rest[(3 * Vector<double>.Count)..])
        {
            Vector<double> weightA = new(rest), weightB = new(rest[Vector<double>.Count..]), x = new(rest[(2 * Vector<double>.Count)..]);
            sum.Add(LogitLanes.DivergenceTerm(weightA / totalA, weightB / totalB, x - constant));
        }

        return sum;
    }
}
