using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>A running sum that carries what each addition rounded off (Neumaier 1974): n terms of one sign cost one rounding, not n.</summary>
internal struct CompensatedSum(double sum, double tail)
{
    private double _sum = sum;
    private double _tail = tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term)
    {
        double sum = _sum + term;
        double virtualTerm = sum - _sum;
        _tail += (_sum - (sum - virtualTerm)) + (term - virtualTerm);
        _sum = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TwoPart term)
    {
        Add(term.Value);
        _tail += term.Tail;
    }

    /// <summary>Every lane.</summary>
    public void Add(VectorPart lanes)
    {
        for (int lane = 0; lane < Vector<double>.Count; lane++)
            Add(new TwoPart(lanes.Value[lane], lanes.Tail[lane]));
    }

    /// <summary>What a sum can be continued from.</summary>
    public readonly TwoPart Parts => new(_sum, _tail);

    /// <summary>The sum as two doubles; an infinite or undefined sum has no tail.</summary>
    public readonly TwoPart Total => double.IsFinite(_sum) ? TwoPart.Sum(_sum, _tail) : new(_sum, 0);

    /// <summary>The sum, rounded once.</summary>
    public readonly double Value => Total.Value;
}
