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

    /// <summary>
    /// L of a semi-definite matrix, both triangles given, with the largest remaining diagonal element as the next pivot (Higham 1990): the rows
    /// of the factor follow <paramref name="order"/>. The rank, with what is at most <paramref name="tolerance"/> counted as zero; -1 where the
    /// matrix is not semi-definite.
    /// </summary>
    public static int FactorPivoted(Span<double> a, int d, Span<double> order, double tolerance)
    {
        for (int i = 0; i < d; i++)
            order[i] = i;
        for (int r = 0; r < d; r++)
        {
            int pivot = r;
            for (int i = r; i < d; i++)
            {
                if (a[i * d + i] < -tolerance)
                    return -1;
                if (a[i * d + i] > a[pivot * d + pivot])
                    pivot = i;
            }

            if (a[pivot * d + pivot] <= tolerance)
                return IsNegligible(a, d, r, tolerance) ? r : -1;
            Exchange(a, d, r, pivot);
            (order[r], order[pivot]) = (order[pivot], order[r]);
            double root = Math.Sqrt(a[r * d + r]);
            a[r * d + r] = root;
            for (int i = r + 1; i < d; i++)
                a[i * d + r] /= root;
            for (int i = r + 1; i < d; i++)
            {
                for (int j = r + 1; j < d; j++)
                    a[i * d + j] = Math.FusedMultiplyAdd(-a[i * d + r], a[j * d + r], a[i * d + j]);
            }
        }

        return d;
    }

    private static bool IsNegligible(ReadOnlySpan<double> a, int d, int first, double tolerance)
    {
        for (int i = first; i < d; i++)
        {
            for (int j = first; j < d; j++)
            {
                if (!(Math.Abs(a[i * d + j]) <= tolerance))
                    return false;
            }
        }

        return true;
    }

    private static void Exchange(Span<double> a, int d, int p, int q)
    {
        for (int k = 0; p != q && k < d; k++)
            (a[p * d + k], a[q * d + k]) = (a[q * d + k], a[p * d + k]);
        for (int k = 0; p != q && k < d; k++)
            (a[k * d + p], a[k * d + q]) = (a[k * d + q], a[k * d + p]);
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int n)
    {
        double sum = 0;
        for (int k = 0; k < n; k++)
            sum = Math.FusedMultiplyAdd(x[k], y[k], sum);
        return sum;
    }
}
