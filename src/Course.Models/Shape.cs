namespace Course.Models;

/// <summary>What shapes and settings must satisfy. Each failure names the argument, the value and what it must be.</summary>
internal static class Shape
{
    public static void Positive(int value, string name)
    {
        if (value <= 0)
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be positive."));
    }

    public static void AtLeast(int value, int least, string name)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be at least {least}."));
    }

    public static void Positive(double value, string name)
    {
        if (value is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be positive and finite."));
    }

    /// <summary>A setting in [0, 1), or in [0, 1] where one is allowed.</summary>
    public static void Fraction(double value, string name, bool orOne = false)
    {
        if (!(value >= 0 && (value < 1 || (orOne && value == 1))))
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be in [0, 1{(orOne ? "]" : ")")}."));
    }

    public static void Length(int length, int needed, string name, string what)
    {
        if (length != needed)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it must have {needed}: {what}."), name);
    }

    /// <summary>A destination of the right length, or empty where it is not wanted.</summary>
    public static void Wanted(int length, int needed, string name, string what)
    {
        if (length != 0 && length != needed)
            Length(length, needed, name, what + ", or none if it is not wanted");
    }

    /// <summary>The number of rows of a table, of which there is at least one.</summary>
    public static int Rows(int length, int columns, string name)
    {
        if (length == 0 || length % columns != 0)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it must be one or more rows of {columns}."), name);
        return length / columns;
    }

    public static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]} is not finite; every element must be."), name);
        }
    }

    /// <summary>An index from 0 to below the count.</summary>
    public static void Index(int index, int count, string name, string what)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, index, Invariant($"{name} = {index}; there are {count} {what}, counted from 0."));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
