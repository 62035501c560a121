using System.Numerics;
using System.Runtime.InteropServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// What an argument must satisfy. Each failure names the argument, the index and the value.
/// NaN is not a failure: it is an unknown, and makes the answer unknown.
/// </summary>
internal static class Check
{
    public static void SameNonZeroLength(int length, int otherLength, string name, string otherName)
    {
        NotEmpty(length, name);
        if (length != otherLength)
            throw new ArgumentException(Invariant($"{name} has {length} elements and {otherName} has {otherLength}; they must have the same length."), otherName);
    }

    public static void NotEmpty(int length, string name)
    {
        if (length == 0)
            throw new ArgumentException(Invariant($"{name} is empty; it must have at least one element."), name);
    }

    /// <summary>Every element is non-negative and finite, or NaN.</summary>
    public static void Measure<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]) || (values[i] >= T.Zero && T.IsFinite(values[i])))
                continue;
            string fault = T.IsInfinity(values[i]) ? "infinite" : "negative";
            throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]} is {fault}; every element must be finite and at least 0."), name);
        }
    }

    /// <summary>A sum is one within <see cref="Tolerance{T}"/>, or NaN.</summary>
    public static void SumsToOne<T>(double sum, string name, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (Math.Abs(sum - 1) > Tolerance<T>())
            throw new ArgumentException(Invariant($"{name} sums to {sum}, not to 1 within {Tolerance<T>():G3}; normalise it first{remedy}."), name);
    }

    /// <summary>The square root of the machine epsilon: 2^-26 for double, 2^-11.5 for float.</summary>
    public static double Tolerance<T>() => typeof(T) == typeof(float) ? 0.00034526698300124393 : 1.4901161193847656e-08;

    /// <summary>Every element is finite or NaN.</summary>
    public static void FiniteOrNaN<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]))
                throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]} is infinite; every element must be finite."), name);
        }
    }

    /// <summary>Every element is finite and positive, or NaN.</summary>
    public static void PositiveOrNaN<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]) || values[i] <= T.Zero)
                throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]} is not positive and finite; a variance must be both."), name);
        }
    }

    public static void Finite(double value, string name)
    {
        if (double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value} is infinite; it must be finite."));
    }

    /// <summary>A parameter of a distribution: finite and positive, or NaN.</summary>
    public static void Positive(double value, string name)
    {
        if (double.IsInfinity(value) || value <= 0)
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be positive and finite."));
    }

    /// <summary>A setting of the computation, not data: NaN too is refused.</summary>
    public static void Temperature(double temperature)
    {
        if (temperature is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, Invariant($"temperature = {temperature}; it must be positive and finite."));
    }

    /// <summary>A destination of the right length which is the source itself or does not touch it.</summary>
    public static void Destination<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (destination.Length < source.Length)
            throw new ArgumentException(Invariant($"destination has {destination.Length} elements; it needs {source.Length}."), nameof(destination));
        if (source.Overlaps(destination, out int offset) && offset != 0)
            throw new ArgumentException("destination overlaps the source without being the same span.", nameof(destination));
    }

    /// <summary>The number of rows of a table of <paramref name="columns"/> columns.</summary>
    public static int Rows(int length, int columns, string name)
    {
        NotEmpty(length, name);
        if (columns <= 0)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, Invariant($"columns = {columns}; it must be at least 1."));
        if (length % columns != 0)
            throw new ArgumentException(Invariant($"{name} has {length} elements, which is no whole number of rows of {columns} columns."), name);
        return length / columns;
    }

    /// <summary>A destination long enough which touches no source.</summary>
    public static void Apart<TSource, T>(ReadOnlySpan<TSource> source, Span<T> destination, int length, string name)
        where TSource : struct
        where T : struct
    {
        if (destination.Length < length)
            throw new ArgumentException(Invariant($"{name} has {destination.Length} elements; it needs {length}."), name);
        if (MemoryMarshal.AsBytes(source).Overlaps(MemoryMarshal.AsBytes(destination)))
            throw new ArgumentException($"{name} overlaps a source; give it memory of its own.", name);
    }

    /// <summary>Two gradients, each empty or long enough, apart from each other, and in the memory of the logits only where they replace them.</summary>
    public static void Gradients<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, Span<T> pGradient, Span<T> qGradient)
    {
        Gradient(pLogits.Length, pGradient, nameof(pGradient));
        Gradient(pLogits.Length, qGradient, nameof(qGradient));
        if (pGradient.Overlaps(qGradient))
            throw new ArgumentException("pGradient and qGradient overlap; give each memory of its own.", nameof(qGradient));
        Replaces(pLogits, pGradient, nameof(pGradient));
        Replaces(qLogits, pGradient, nameof(pGradient));
        Replaces(pLogits, qGradient, nameof(qGradient));
        Replaces(qLogits, qGradient, nameof(qGradient));
    }

    private static void Gradient<T>(int length, Span<T> gradient, string name)
    {
        if (gradient.Length != 0 && gradient.Length < length)
            throw new ArgumentException(Invariant($"{name} has {gradient.Length} elements; it needs {length}, or none if it is not wanted."), name);
    }

    private static void Replaces<T>(ReadOnlySpan<T> source, Span<T> gradient, string name)
    {
        if (source.Overlaps(gradient, out int offset) && offset != 0)
            throw new ArgumentException($"{name} overlaps logits without being the same span.", name);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
