namespace RelativeEntropy.Numerics;

/// <summary>Solutions with a lower triangular matrix L, row-major, in place of the right-hand side.</summary>
internal static class Triangular
{
    /// <summary>L^-1 x.</summary>
    public static void Solve(ReadOnlySpan<double> l, int d, Span<double> x) => Solve(l, d, x, 1);

    /// <summary>L^-1 X for a matrix X of <paramref name="columns"/> columns.</summary>
    public static void Solve(ReadOnlySpan<double> l, int d, Span<double> x, int columns)
    {
        for (int i = 0; i < d; i++)
        {
            Span<double> row = x.Slice(i * columns, columns);
            for (int k = 0; k < i; k++)
                Subtract(row, l[i * d + k], x.Slice(k * columns, columns));
            Divide(row, l[i * d + i]);
        }
    }

    /// <summary>L'^-1 X for a matrix X of <paramref name="columns"/> columns.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> l, int d, Span<double> x, int columns = 1)
    {
        for (int i = d - 1; i >= 0; i--)
        {
            Span<double> row = x.Slice(i * columns, columns);
            for (int k = i + 1; k < d; k++)
                Subtract(row, l[k * d + i], x.Slice(k * columns, columns));
            Divide(row, l[i * d + i]);
        }
    }

    /// <summary>L^-1 X L'^-1 for a symmetric X.</summary>
    public static void Whiten(ReadOnlySpan<double> l, int d, Span<double> x)
    {
        Solve(l, d, x, d);
        Transpose(x, d);
        Solve(l, d, x, d);
        Symmetrise(x, d);
    }

    /// <summary>L'^-1 X L^-1 for a symmetric X.</summary>
    public static void WhitenTransposed(ReadOnlySpan<double> l, int d, Span<double> x)
    {
        SolveTransposed(l, d, x, d);
        Transpose(x, d);
        SolveTransposed(l, d, x, d);
        Symmetrise(x, d);
    }

    public static void Symmetrise(Span<double> x, int d)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                x[i * d + j] = x[j * d + i] = 0.5 * x[i * d + j] + 0.5 * x[j * d + i];
        }
    }

    private static void Transpose(Span<double> x, int d)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                (x[i * d + j], x[j * d + i]) = (x[j * d + i], x[i * d + j]);
        }
    }

    private static void Subtract(Span<double> row, double factor, ReadOnlySpan<double> other)
    {
        if (factor == 0)
            return;
        for (int j = 0; j < row.Length; j++)
            row[j] = Math.FusedMultiplyAdd(-factor, other[j], row[j]);
    }

    private static void Divide(Span<double> row, double divisor)
    {
        for (int j = 0; j < row.Length; j++)
            row[j] /= divisor;
    }
}
