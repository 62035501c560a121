using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// A sum of doubles without rounding: a fixed-point number wide enough for every double, rounded once, when it is read. Two sums of the
/// same numbers are the same bits, in whatever order and through whatever parts they came.
/// </summary>
/// <remarks>
/// Digit i counts 2^(32 i - 1074). An addition changes two neighbouring digits by less than 2^53 each, so that many of them go before
/// carries have to be passed on; once they are, every digit is in [0, 2^32), the last one apart, which holds the sign, and the
/// representation is unique. Infinities and NaN are kept beside the digits as flags. Source: Kulisch and Miranker (1986); Neal (2015), the
/// small superaccumulator.
/// </remarks>
internal sealed class ExactSum
{
    /// <summary>2098 bits of a double's range, and 46 for 2^45 of the largest doubles.</summary>
    public const int Digits = 67;

    /// <summary>What <see cref="WriteTo"/> needs.</summary>
    public const int ByteLength = 4 + 4 * (Digits - 1) + 8;

    /// <summary>2^-1074 is the unit of the first digit.</summary>
    public const int UnitExponent = -1074;

    private const int DigitBits = 32;
    private const long DigitMask = (1L << DigitBits) - 1;
    private const int LastDigit = Digits - 1;

    // 2^10 additions below 2^53, and what carrying leaves, stay below 2^63.
    public const int MostPending = 1 << 10;

    private const int MantissaBits = 52;
    private const long HiddenBit = 1L << MantissaBits;
    private const int ExponentOfInfinity = 0x7FF;

    [Flags]
    private enum Outsiders
    {
        None = 0,
        NaN = 1,
        PositiveInfinity = 2,
        NegativeInfinity = 4,
    }

    private readonly long[] _digits = new long[Digits];
    private int _pending;
    private Outsiders _outsiders;

    /// <summary>Whether a term was infinite or NaN.</summary>
    public bool HasOutsider => _outsiders != Outsiders.None;

    public void Add(double term)
    {
        long bits = BitConverter.DoubleToInt64Bits(term);
        int exponent = (int)(bits >> MantissaBits) & ExponentOfInfinity;
        long mantissa = bits & (HiddenBit - 1);
        if (exponent == ExponentOfInfinity)
        {
            _outsiders |= mantissa != 0 ? Outsiders.NaN : bits < 0 ? Outsiders.NegativeInfinity : Outsiders.PositiveInfinity;
            return;
        }

        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= HiddenBit;
        long sign = bits >> 63;
        AddAt(exponent - 1, (mantissa ^ sign) - sign);
    }

    public void Add(TwoPart term)
    {
        Add(term.Value);
        Add(term.Tail);
    }

    /// <summary>Every lane.</summary>
    public void Add(Vector<double> lanes)
    {
        for (int lane = 0; lane < Vector<double>.Count; lane++)
            Add(lanes[lane]);
    }

    /// <summary>Finite terms, at most <see cref="MostPending"/>.</summary>
    public void Add(ReadOnlySpan<double> terms)
    {
        if (_pending + terms.Length > MostPending)
            Carry();
        _pending += terms.Length;
        Span<long> digits = _digits;
        foreach (double term in terms)
        {
            long bits = BitConverter.DoubleToInt64Bits(term), sign = bits >> 63;
            int exponent = (int)(bits >> MantissaBits) & ExponentOfInfinity;
            long mantissa = (bits & (HiddenBit - 1)) | (exponent == 0 ? 0 : HiddenBit);
            AddAt(digits, Math.Max(exponent, 1) - 1, (mantissa ^ sign) - sign);
        }
    }

    /// <summary>The terms of another sum.</summary>
    public void Merge(ExactSum other) => MergeBelow(other, 0);

    /// <summary>The terms of another sum, each times 2^(-32 <paramref name="digits"/>), whose last bits must not fall off the
    /// end.</summary>
    public void MergeBelow(ExactSum other, int digits)
    {
        Span<long> addend = stackalloc long[Digits];
        other._digits.CopyTo(addend);
        Carry(addend);
        Carry();
        for (int i = digits; i < Digits; i++)
            _digits[i - digits] += addend[i];
        _pending = 1;
        _outsiders |= other._outsiders;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_digits);
        _pending = 0;
        _outsiders = Outsiders.None;
    }

    /// <summary>The sum, rounded once, to even at a tie; beyond the largest double infinite.</summary>
    public double Value
    {
        get
        {
            if (HasOutsider)
                return OfOutsiders();
            Span<long> digits = stackalloc long[Digits];
            CopyCanonical(digits);
            return Rounded(digits);
        }
    }

    /// <summary>The sum to 107 bits.</summary>
    public TwoPart Total
    {
        get
        {
            if (HasOutsider)
                return new(OfOutsiders(), 0);
            var rest = new ExactSum();
            rest.Merge(this);
            double value = rest.Value;
            if (double.IsInfinity(value))
                return new(value, 0);
            rest.Add(-value);
            return new(value, rest.Value);
        }
    }

    /// <summary>The sum in units of 2^<see cref="UnitExponent"/>; infinities and NaN apart.</summary>
    public BigInteger Units
    {
        get
        {
            Span<long> digits = stackalloc long[Digits];
            CopyCanonical(digits);
            BigInteger units = digits[LastDigit];
            for (int i = LastDigit - 1; i >= 0; i--)
                units = (units << DigitBits) + digits[i];
            return units;
        }
    }

    /// <summary>The same bytes for the same sum, however it came about.</summary>
    public void WriteTo(Span<byte> destination)
    {
        Span<long> digits = stackalloc long[Digits];
        CopyCanonical(digits);
        BinaryPrimitives.WriteInt32LittleEndian(destination, (int)_outsiders);
        for (int i = 0; i < LastDigit; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 + 4 * i)..], (uint)digits[i]);
        BinaryPrimitives.WriteInt64LittleEndian(destination[(4 + 4 * LastDigit)..], digits[LastDigit]);
    }

    /// <summary>What <see cref="WriteTo"/> wrote.</summary>
    public static ExactSum ReadFrom(ReadOnlySpan<byte> source)
    {
        var sum = new ExactSum { _outsiders = (Outsiders)BinaryPrimitives.ReadInt32LittleEndian(source) };
        for (int i = 0; i < LastDigit; i++)
            sum._digits[i] = BinaryPrimitives.ReadUInt32LittleEndian(source[(4 + 4 * i)..]);
        sum._digits[LastDigit] = BinaryPrimitives.ReadInt64LittleEndian(source[(4 + 4 * LastDigit)..]);
        return sum;
    }

    /// <summary>A non-negative whole number times 2^<paramref name="exponent"/>, rounded once; <paramref name="isInexact"/> says that a
    /// bit below it is set.</summary>
    public static double Rounded(BigInteger magnitude, int exponent, bool isInexact)
    {
        long length = magnitude.IsZero ? 0 : (long)magnitude.GetBitLength();
        long excess = length - (MantissaBits + 2);
        if (length + exponent > 2000)
            return double.PositiveInfinity;
        // The last bit of what is left stands for all that was cut off: it is below the half that decides.
        if (excess > 0)
        {
            BigInteger head = magnitude >> (int)excess;
            isInexact |= head << (int)excess != magnitude;
            magnitude = head;
            exponent += (int)excess;
        }

        var sum = new ExactSum();
        long mantissa = (long)magnitude << 1 | (isInexact ? 1L : 0);
        exponent--;
        if (exponent < UnitExponent)
        {
            int below = Math.Min(UnitExponent - exponent, 62);
            // Below the smallest double one more bit is needed to see which side of the half it is.
            long unit = mantissa >> below, rest = mantissa & ((1L << below) - 1), half = 1L << (below - 1);
            return (unit + (rest > half || (rest == half && (unit & 1) == 1) ? 1 : 0)) * double.Epsilon;
        }

        sum.AddAt(exponent - UnitExponent, mantissa);
        return sum.Value;
    }

    // 2^place units times a mantissa below 2^56.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddAt(int place, long mantissa)
    {
        if (_pending == MostPending)
            Carry();
        _pending++;
        AddAt(_digits, place, mantissa);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddAt(Span<long> digits, int place, long mantissa)
    {
        int shift = place & (DigitBits - 1), digit = place / DigitBits;
        digits[digit] += (mantissa << shift) & DigitMask;
        digits[digit + 1] += mantissa >> (DigitBits - shift);
    }

    private void Carry()
    {
        Carry(_digits);
        _pending = 0;
    }

    private static void Carry(Span<long> digits)
    {
        long carry = 0;
        for (int i = 0; i < LastDigit; i++)
        {
            long digit = digits[i] + carry;
            digits[i] = digit & DigitMask;
            carry = digit >> DigitBits;
        }

        digits[LastDigit] += carry;
    }

    private void CopyCanonical(Span<long> digits)
    {
        _digits.CopyTo(digits);
        Carry(digits);
    }

    private double OfOutsiders() => _outsiders switch
    {
        Outsiders.PositiveInfinity => double.PositiveInfinity,
        Outsiders.NegativeInfinity => double.NegativeInfinity,
        _ => double.NaN,
    };

    private static double Rounded(Span<long> digits)
    {
        bool isNegative = digits[LastDigit] < 0;
        if (isNegative)
        {
            foreach (ref long digit in digits)
                digit = -digit;
            Carry(digits);
        }

        int top = LastDigit;
        while (top > 0 && digits[top] == 0)
            top--;
        double magnitude = top == LastDigit ? double.PositiveInfinity : RoundedFrom(digits, top);
        return isNegative ? -magnitude : magnitude;
    }

    private static double RoundedFrom(ReadOnlySpan<long> digits, int top)
    {
        int highest = DigitBits * top + BitOperations.Log2((ulong)digits[top]), lowest = highest - MantissaBits;
        if (lowest <= 0)
            return BitConverter.Int64BitsToDouble(top == 0 ? digits[0] : digits[1] << DigitBits | digits[0]);
        if (lowest >= ExponentOfInfinity)
            return double.PositiveInfinity;

        UInt128 window = (UInt128)(ulong)digits[top] << (2 * DigitBits) | (UInt128)(ulong)digits[top - 1] << DigitBits
            | (top > 1 ? (ulong)digits[top - 2] : 0);
        int cut = lowest - DigitBits * (top - 2);
        long kept = (long)(window >> cut);
        UInt128 rest = window - ((UInt128)(ulong)kept << cut), half = UInt128.One << (cut - 1);
        bool isUp = rest > half || (rest == half && ((kept & 1) == 1 || (top > 2 && digits[..(top - 2)].ContainsAnyExcept(0L))));
        long bits = ((long)(lowest + 1) << MantissaBits) + (kept - HiddenBit) + (isUp ? 1 : 0);
        return bits >> MantissaBits >= ExponentOfInfinity ? double.PositiveInfinity : BitConverter.Int64BitsToDouble(bits);
    }
}
