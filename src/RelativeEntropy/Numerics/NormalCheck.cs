using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What the arguments of functions on normal distributions must satisfy, beyond <see cref="Check"/>; in a batch, the failure names the row.</summary>
internal static class NormalCheck
{
    /// <summary>" of row 3" in a batch, nothing outside one.</summary>
    public static string OfRow(int row) => row < 0 ? "" : Invariant($" of row {row}");

    public static void Means<T>(ReadOnlySpan<T> values, string name, int row = -1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]))
                throw new ArgumentException(Invariant($"{name}[{i}]{OfRow(row)} = {values[i]} is infinite; every element must be finite."), name);
        }
    }

    public static void Variances<T>(ReadOnlySpan<T> values, string name, int row = -1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]) || values[i] <= T.Zero)
                throw new ArgumentException(Invariant($"{name}[{i}]{OfRow(row)} = {values[i]} is not positive and finite; a variance must be both."), name);
        }
    }

    public static void Positive<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]) || values[i] <= T.Zero)
                throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]}; every element must be positive and finite."), name);
        }
    }

    /// <summary>A Rényi order: a setting, so NaN is refused; 0, 1 and +infinity are limits.</summary>
    public static void Order(double order)
    {
        if (!(order >= 0))
            throw new ArgumentOutOfRangeException(nameof(order), order, Invariant($"order = {order}; it must be at least 0, or +infinity."));
    }

    public static void Weight(double weight)
    {
        if (weight is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, Invariant($"weight = {weight}; it must be in [0, 1]."));
    }

    /// <summary>An optional destination: empty where it is not wanted, else long enough.</summary>
    public static void Wanted(int length, int needed, string name)
    {
        if (length != 0 && length < needed)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it needs {needed}, or none if it is not wanted."), name);
    }

    public static void Destination(int length, int needed, string name)
    {
        if (length < needed)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it needs {needed}."), name);
    }

    /// <summary>The number of rows of a batch of <paramref name="length"/> elements.</summary>
    public static int Rows(int length, int columns, string name, string columnsName)
    {
        if (columns < 1)
            throw new ArgumentOutOfRangeException(columnsName, columns, Invariant($"{columnsName} = {columns}; it must be at least 1."));
        if (length == 0 || length % columns != 0)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it must hold one or more whole rows of {columns}."), name);
        return length / columns;
    }

    public static void Matrices(int length, int rows, int d, string name)
    {
        if (length != (long)rows * d * d)
            throw new ArgumentException(Invariant($"{name} has {length} elements; {rows} matrices of {d} x {d} have {(long)rows * d * d}."), name);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
