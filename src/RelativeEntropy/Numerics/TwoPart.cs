using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// An unevaluated sum of two doubles, for the few places where one rounding too many would show:
/// differences, their quotient by one number, and the exponential of that.
/// </summary>
internal readonly record struct TwoPart(double Value, double Tail)
{
    /// <summary>The exact sum (Knuth 1969, two-sum); the tail of an infinite sum is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoPart Sum(double a, double b)
    {
        double sum = a + b;
        double virtualB = sum - a;
        double tail = (a - (sum - virtualB)) + (b - virtualB);
        return new(sum, double.IsFinite(sum) ? tail : 0);
    }

    /// <summary>The exact difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoPart Difference(double a, double b) => Sum(a, -b);

    /// <summary>This less <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TwoPart Minus(TwoPart b)
    {
        TwoPart difference = Difference(Value, b.Value);
        return Sum(difference.Value, difference.Tail + (Tail - b.Tail));
    }

    /// <summary>This times a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TwoPart Times(double factor)
    {
        double product = Value * factor;
        double tail = Math.FusedMultiplyAdd(Value, factor, -product) + Tail * factor;
        return new(product, double.IsFinite(product) ? tail : 0);
    }

    /// <summary>This over a positive finite number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TwoPart Over(double divisor)
    {
        if (divisor == 1)
            return this;
        double quotient = Value / divisor;
        double tail = (Math.FusedMultiplyAdd(-quotient, divisor, Value) + Tail) / divisor;
        return new(quotient, double.IsFinite(quotient) ? tail : 0);
    }

    /// <inheritdoc cref="Elementary.Exp(TwoPart)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Exp() => Elementary.Exp(this);

    /// <summary>Both parts in one double.</summary>
    public double Rounded => Value + Tail;
}
