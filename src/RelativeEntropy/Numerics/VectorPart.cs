using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RelativeEntropy.Numerics;

/// <summary>A <see cref="TwoPart"/> in each lane, of finite numbers.</summary>
internal readonly struct VectorPart(Vector<double> value, Vector<double> tail)
{
    public Vector<double> Value { get; } = value;
    public Vector<double> Tail { get; } = tail;

    /// <inheritdoc cref="TwoPart.Sum"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Sum(Vector<double> a, Vector<double> b)
    {
        Vector<double> sum = a + b;
        Vector<double> virtualB = sum - a;
        return new(sum, (a - (sum - virtualB)) + (b - virtualB));
    }

    /// <inheritdoc cref="TwoPart.Times"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Times(Vector<double> factor)
    {
        Vector<double> product = Value * factor;
        return new(product, Vector.FusedMultiplyAdd(Value, factor, -product) + Tail * factor);
    }

    /// <summary>The same in every lane.</summary>
    public static VectorPart Of(TwoPart x) => new(new(x.Value), new(x.Tail));

    /// <inheritdoc cref="TwoPart.Minus"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Minus(VectorPart b)
    {
        VectorPart difference = Sum(Value, -b.Value);
        return Sum(difference.Value, difference.Tail + (Tail - b.Tail));
    }

    /// <inheritdoc cref="TwoPart.Over"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Over(double divisor)
    {
        if (divisor == 1)
            return this;
        Vector<double> divisors = new(divisor), quotient = Value / divisors;
        return new(quotient, (Vector.FusedMultiplyAdd(-quotient, divisors, Value) + Tail) / divisors);
    }

    /// <summary>Without its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Magnitude()
    {
        Vector<long> sign = Vector.AsVectorInt64(Value) & new Vector<long>(long.MinValue);
        return new(Vector.AsVectorDouble(Vector.AsVectorInt64(Value) ^ sign), Vector.AsVectorDouble(Vector.AsVectorInt64(Tail) ^ sign));
    }
}

/// <summary>A <see cref="CompensatedSum"/> in each lane.</summary>
internal struct CompensatedVectorSum(VectorPart parts)
{
    private Vector<double> _sum = parts.Value;
    private Vector<double> _tail = parts.Tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<double> term)
    {
        Vector<double> sum = _sum + term;
        Vector<double> virtualTerm = sum - _sum;
        _tail += (_sum - (sum - virtualTerm)) + (term - virtualTerm);
        _sum = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(VectorPart term)
    {
        Add(term.Value);
        _tail += term.Tail;
    }

    /// <summary>The sum in each lane, rounded once.</summary>
    public readonly Vector<double> Value => _sum + _tail;

    /// <summary>By value, so that the sums themselves stay in registers.</summary>
    public readonly VectorPart Parts => new(_sum, _tail);
}

internal static class Lanes
{
    /// <summary>With this switch of <see cref="AppContext"/> every loop goes element by element: how the tests see what a browser
    /// computes.</summary>
    public const string OneByOneSwitch = "RelativeEntropy.OneByOne";

    /// <summary>Whether loops go in vectors, decided here for all of them and once for the process, so that the compiler drops the other
    /// way. The bits are the same. A browser says that vectors are accelerated, and runs these 45 times slower than the loops element
    /// by element.</summary>
    public static readonly bool AreUsed = Vector.IsHardwareAccelerated && !OperatingSystem.IsBrowser()
        && !(AppContext.TryGetSwitch(OneByOneSwitch, out bool oneByOne) && oneByOne);

    /// <summary>How many elements <see cref="Load"/> takes.</summary>
    public static int Step => 2 * Vector<double>.Count;

    /// <summary>The first elements, as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> Low, Vector<double> High) Load<T>(ReadOnlySpan<T> values, int start)
        where T : struct
    {
        ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), start);
        if (typeof(T) == typeof(float))
        {
            Vector<float> both = Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref first));
            return (Vector.WidenLower(both), Vector.WidenUpper(both));
        }

        ref double wide = ref Unsafe.As<T, double>(ref first);
        return (Vector.LoadUnsafe(ref wide), Vector.LoadUnsafe(ref wide, (nuint)Vector<double>.Count));
    }

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector<double> low, Vector<double> high, Span<T> values, int start)
        where T : struct
    {
        ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), start);
        if (typeof(T) == typeof(float))
        {
            Vector.Narrow(low, high).StoreUnsafe(ref Unsafe.As<T, float>(ref first));
            return;
        }

        ref double wide = ref Unsafe.As<T, double>(ref first);
        low.StoreUnsafe(ref wide);
        high.StoreUnsafe(ref wide, (nuint)Vector<double>.Count);
    }

    /// <summary>All bits in the lanes between the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Within(Vector<double> x, double smallest, double largest) =>
        Vector.GreaterThanOrEqual(x, new Vector<double>(smallest)) & Vector.LessThanOrEqual(x, new Vector<double>(largest));

    /// <summary>The active lanes of a number, zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Active(Vector<double> x, Vector<long> active) => Vector.AsVectorDouble(Vector.AsVectorInt64(x) & active);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAll(Vector<long> mask) => Vector.EqualsAll(mask, Vector<long>.AllBitsSet);
}
