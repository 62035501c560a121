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

    public static void Matrices(int length, int rows, int d, string name)
    {
        if (length != (long)rows * d * d)
            throw new ArgumentException(Invariant($"{name} has {length} elements; {rows} matrices of {d} x {d} have {(long)rows * d * d}."), name);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
