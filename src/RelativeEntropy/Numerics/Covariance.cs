using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>Covariance matrices as callers give them: d x d, row-major, the lower triangle alone read; checked, loaded and factored.</summary>
internal static class Covariance
{
    public static void CheckElements<T>(ReadOnlySpan<T> covariance, int d, string name, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(covariance.Length, d, name);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (T.IsInfinity(covariance[i * d + j]))
                    throw new ArgumentException(Invariant($"{Check.Row(row)}{name}[{i}, {j}] = {covariance[i * d + j]} is infinite; every element must be finite."), name);
            }
        }
    }

    public static void CheckLength(int length, int d, string name)
    {
        if (length != (long)d * d)
            throw new ArgumentException(Invariant($"{name} has {length} elements; a {d} x {d} matrix has {(long)d * d}."), name);
    }

    public static int DimensionOf(int length, string name)
    {
        int d = (int)Math.Sqrt(length);
        if (length == 0 || d * d != length)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it must be a square matrix, row by row."), name);
        return d;
    }

    /// <summary>A lower triangular factor: finite, its diagonal positive, zero above it, NaN allowed.</summary>
    public static void CheckFactor<T>(ReadOnlySpan<T> factor, int d, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CheckElements(factor, d, name);
        for (int i = 0; i < d; i++)
        {
            if (factor[i * d + i] <= T.Zero)
                throw new ArgumentException(Invariant($"{name}[{i}, {i}] = {factor[i * d + i]} is not positive; the diagonal of a Cholesky factor is."), name);
            for (int j = i + 1; j < d; j++)
            {
                if (factor[i * d + j] != T.Zero && !T.IsNaN(factor[i * d + j]))
                    throw new ArgumentException(
                        Invariant($"{name}[{i}, {j}] = {factor[i * d + j]} stands above the diagonal, ")
                        + "where a lower Cholesky factor is 0; transpose an upper factor, or clear what is not part of it.",
                        name);
            }
        }
    }

    /// <summary>Both triangles from the lower one.</summary>
    public static void Load<T>(ReadOnlySpan<T> covariance, int d, Span<double> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
                destination[i * d + j] = destination[j * d + i] = double.CreateTruncating(covariance[i * d + j]);
        }
    }

    /// <summary>For each coordinate the power of two nearest below 1 / sqrt(variance): with both sides scaled by it, nothing over- or underflows.</summary>
    public static void Scales(ReadOnlySpan<double> covariance, int d, Span<double> scales)
    {
        for (int i = 0; i < d; i++)
        {
            double variance = covariance[i * d + i];
            scales[i] = variance is > 0 and <= double.MaxValue ? Math.ScaleB(1, -(Math.ILogB(variance) >> 1)) : 1;
        }
    }

    /// <summary>diag(scales) M diag(scales).</summary>
    public static void Scale(Span<double> matrix, int d, ReadOnlySpan<double> scales)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                matrix[i * d + j] = matrix[i * d + j] * scales[i] * scales[j];
        }
    }

    /// <summary>The Cholesky factor in place of the lower triangle; a matrix known not to be positive definite throws.</summary>
    public static void Factor(Span<double> matrix, int d, string name, int row = Check.NoRow, int first = 0)
    {
        int minor = Cholesky.Factor(matrix, d);
        if (minor > 0)
            throw NotPositiveDefinite(name, first + minor, row);
    }

    public static ArgumentException NotPositiveDefinite(string name, int minor, int row = Check.NoRow) =>
        new(Invariant($"{Check.Row(row)}{name} is not positive definite: its leading minor of order {minor} is not positive."), name);

    public static ArgumentException NotSemidefinite(string name) =>
        new(Invariant($"{name} is not positive semi-definite."), name);

    /// <summary>What an answer of NaN is: unknown if an argument is, else an overflow on the way to +infinity.</summary>
    public static double Resolve(double answer, bool anyNaN) => double.IsNaN(answer) && !anyNaN ? double.PositiveInfinity : answer;

    public static bool AnyNaN<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            if (T.IsNaN(value))
                return true;
        }

        return false;
    }

    public static bool AnyNaNBelow<T>(ReadOnlySpan<T> covariance, int d)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < d; i++)
        {
            if (AnyNaN(covariance.Slice(i * d, i + 1)))
                return true;
        }

        return false;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
