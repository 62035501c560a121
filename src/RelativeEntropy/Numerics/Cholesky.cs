namespace RelativeEntropy.Numerics;

/// <summary>Cholesky factors of symmetric matrices, row-major, in place of their lower triangles.</summary>
/// <remarks>A NaN passes through: a pivot fails only where it is known not to be positive.</remarks>
internal static class Cholesky
{
    /// <summary>L with L L' = A; the order of the first leading minor that is not positive, or 0.</summary>
    public static int Factor(Span<double> a, int d)
    {
        for (int i = 0; i < d; i++)
        {
            Span<double> row = a.Slice(i * d, i + 1);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row, a.Slice(j * d, d), j)) / a[j * d + j];
            double pivot = row[i] - Dot(row, row, i);
            if (pivot <= 0 || row[i] <= 0)
                return i + 1;
            row[i] = Math.Sqrt(pivot);
        }

        return 0;
    }

    /// <summary>B with (I + B)(I + B)' = I + E, where nothing of a small E is lost; the order of the first leading minor that is not positive, or 0.</summary>
    public static int FactorLessIdentity(Span<double> e, int d)
    {
        for (int i = 0; i < d; i++)
        {
            Span<double> row = e.Slice(i * d, i + 1);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row, e.Slice(j * d, d), j)) / (1 + e[j * d + j]);
            double excess = row[i] - Dot(row, row, i);
            if (excess <= -1)
                return i + 1;
            row[i] = excess / (1 + Math.Sqrt(1 + excess));
        }

        return 0;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int n)
    {
        double sum = 0;
        for (int k = 0; k < n; k++)
            sum = Math.FusedMultiplyAdd(x[k], y[k], sum);
        return sum;
    }
}
