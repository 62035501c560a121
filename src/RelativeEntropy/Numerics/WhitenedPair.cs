using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>
/// Two normals in the coordinates in which the second is standard: with S1 = L1 L1', the first has covariance
/// I + E, E = L1^-1 (S0 - S1) L1^-T, and mean z = L1^-1 (m0 - m1). E comes from the difference of the covariances, so near-equal ones lose nothing.
/// </summary>
/// <remarks>
/// A lower triangular factor A of I + E gives the divergence as a sum of squares and of x - log(1 + x), none negative:
/// 2 KL = sum over i of (a_ii^2 - 1 - log a_ii^2) + sum over i above j of a_ij^2 + |z|^2.
/// Where E is small A = I + B is factored from E itself; elsewhere A = L1^-1 L0. All is done with each coordinate scaled by a power of two.
/// </remarks>
internal ref struct WhitenedPair
{
    /// <summary>The norm of E up to which its own factor is taken.</summary>
    private const double Near = 0.5;

    public static int WorkLength(int d) => 4 * d * d + 4 * d;

    public int Dimension;

    /// <summary>The factor of the second covariance, its rows scaled.</summary>
    public Span<double> L1;

    /// <summary>The whitened difference of the covariances, both triangles.</summary>
    public Span<double> E;

    /// <summary>The factor of I + E; above the diagonal undefined.</summary>
    public Span<double> A;

    /// <summary>The difference of the means, scaled only, then whitened.</summary>
    public Span<double> Difference, Z;

    /// <summary>The powers of two by which the coordinates are multiplied.</summary>
    public Span<double> Scales;

    /// <summary>Room for one more matrix and one more vector.</summary>
    public Span<double> Matrix, Vector;

    /// <summary>tr E - log det(I + E).</summary>
    public double Spread;

    /// <summary>log det(I + E).</summary>
    public double LogDeterminant;

    /// <summary>The Frobenius norm of E; NaN or infinite counts as large.</summary>
    public double Norm;

    /// <summary>Whether an argument has a NaN.</summary>
    public bool AnyNaN;

    public readonly bool IsNear => Norm <= Near;

    public readonly double SquaredLength
    {
        get
        {
            CompensatedSum sum = default;
            foreach (double x in Z)
                sum.Add(x * x);
            return sum.Value;
        }
    }

    public readonly double Trace
    {
        get
        {
            CompensatedSum sum = default;
            for (int i = 0; i < Dimension; i++)
                sum.Add(E[i * Dimension + i]);
            return sum.Value;
        }
    }

    public static WhitenedPair Of<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1, Span<double> work,
        int row = Check.NoRow, (string Covariance0, string Covariance1)? names = null)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CheckArguments(mean0, covariance0, mean1, covariance1, row);
        int d = mean0.Length;
        WhitenedPair pair = In(work, d);
        pair.AnyNaN = Covariance.AnyNaN(mean0) || Covariance.AnyNaN(mean1) || Covariance.AnyNaNBelow(covariance0, d) || Covariance.AnyNaNBelow(covariance1, d);
        Covariance.Load(covariance1, d, pair.L1);
        Covariance.Load(covariance0, d, pair.A);
        for (int i = 0; i < d * d; i++)
            pair.E[i] = pair.A[i] - pair.L1[i];
        pair.Whiten(mean0, mean1, names?.Covariance0 ?? nameof(covariance0), names?.Covariance1 ?? nameof(covariance1), row);
        return pair;
    }

    /// <summary>Everything but whether the covariances are positive definite.</summary>
    public static void CheckArguments<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = mean0.Length;
        Check.SameNonZeroLength(d, mean1.Length, nameof(mean0), nameof(mean1));
        Check.FiniteOrNaN(mean0, nameof(mean0), row);
        Covariance.CheckElements(covariance0, d, nameof(covariance0), row);
        Check.FiniteOrNaN(mean1, nameof(mean1), row);
        Covariance.CheckElements(covariance1, d, nameof(covariance1), row);
    }

    /// <summary>The parts of the work buffer, not yet filled.</summary>
    public static WhitenedPair In(Span<double> work, int d)
    {
        int square = d * d;
        Span<double> vectors = work[(4 * square)..];
        return new()
        {
            Dimension = d,
            L1 = work[..square],
            E = work.Slice(square, square),
            A = work.Slice(2 * square, square),
            Matrix = work.Slice(3 * square, square),
            Z = vectors[..d],
            Difference = vectors.Slice(d, d),
            Scales = vectors.Slice(2 * d, d),
            Vector = vectors.Slice(3 * d, d),
        };
    }

    /// <summary>From S1 in <see cref="L1"/>, S0 in <see cref="A"/> and S0 - S1 in <see cref="E"/>, all in full.</summary>
    public void Whiten<T>(ReadOnlySpan<T> mean0, ReadOnlySpan<T> mean1, string name0, string name1, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = Dimension;
        Covariance.Scales(L1, d, Scales);
        Covariance.Scale(L1, d, Scales);
        Covariance.Scale(E, d, Scales);
        Covariance.Factor(L1, d, name1, row);
        for (int i = 0; i < d; i++)
            Difference[i] = NormalTerms.StandardisedDifference(double.CreateTruncating(mean0[i]), double.CreateTruncating(mean1[i]), 1 / Scales[i]);
        Difference.CopyTo(Z);
        Triangular.Solve(L1, d, Z);
        Triangular.Whiten(L1, d, E);

        double square = 0;
        foreach (double e in E)
            square += e * e;
        Norm = Math.Sqrt(square);
        if (IsNear)
            FactorFromDifference();
        else
            FactorFromCovariance(name0, row);
    }

    private void FactorFromDifference()
    {
        int d = Dimension;
        E.CopyTo(A);
        Cholesky.FactorLessIdentity(A, d);
        CompensatedSum spread = default, logarithm = default;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                spread.Add(A[i * d + j] * A[i * d + j]);
            double b = A[i * d + i], excess = b * (2 + b);
            spread.Add(Elementary.XMinusLog1p(excess));
            logarithm.Add(Elementary.Log1p(excess));
            A[i * d + i] = 1 + b;
        }

        (Spread, LogDeterminant) = (spread.Value, logarithm.Value);
    }

    private void FactorFromCovariance(string name0, int row)
    {
        int d = Dimension;
        Covariance.Scales(A, d, Vector);
        Covariance.Scale(A, d, Vector);
        Covariance.Factor(A, d, name0, row);
        CompensatedSum spread = default, logarithm = default;
        for (int i = 0; i < d; i++)
        {
            double scale = Scales[i] / Vector[i];
            for (int j = 0; j <= i; j++)
                A[i * d + j] *= scale;
            A.Slice(i * d + i + 1, d - i - 1).Clear();
            spread.Add(NormalTerms.OfScales(A[i * d + i], L1[i * d + i]));
            logarithm.Add(2 * LogRatio.Of(A[i * d + i], L1[i * d + i]));
        }

        Triangular.Solve(L1, d, A, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                spread.Add(A[i * d + j] * A[i * d + j]);
        }

        (Spread, LogDeterminant) = (spread.Value, logarithm.Value);
    }
}
