using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>KL(N(mean0, covariance0) || N(mean1, covariance1)) for degenerate normals: +infinity unless both live on the same affine subspace.</summary>
    /// <remarks>
    /// A positive semi-definite S1 of rank r is determined by r of its coordinates, found by a Cholesky factorisation with diagonal pivoting: the
    /// others are an affine function of them with probability one. Where the same function holds under the first distribution, and S0 too has rank r,
    /// the divergence is that of the r coordinates alone; elsewhere neither, or only one, of the distributions is absolutely continuous with
    /// respect to the other, and the answer is +infinity. With coordinates scaled to unit variance under S1, what is at most d^2 2^-48 of its size
    /// counts as zero. Two equal point masses (r = 0) have divergence 0. Time O(d^3). Source: Kullback (1959), chapter 9; the pivoting: Higham (1990).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d positive semi-definite covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d positive semi-definite covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive semi-definite
    /// (the message names it); an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerOnCommonSubspace(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        OnCommonSubspace(mean0, covariance0, mean1, covariance1, work, logBase);

    /// <inheritdoc cref="KullbackLeiblerOnCommonSubspace(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerOnCommonSubspace(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<double> work = default, LogBase logBase = default) =>
        OnCommonSubspace(mean0, covariance0, mean1, covariance1, work, logBase);

    private static double OnCommonSubspace<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WhitenedPair.CheckArguments(mean0, covariance0, mean1, covariance1);
        int d = mean0.Length;
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1);
        WhitenedPair pair = WhitenedPair.In(buffer.Span, d);
        pair.AnyNaN = Covariance.AnyNaN(mean0) || Covariance.AnyNaN(mean1) || Covariance.AnyNaNBelow(covariance0, d) || Covariance.AnyNaNBelow(covariance1, d);
        if (pair.AnyNaN)
            return double.NaN;

        double tolerance = (double)d * d * 3.552713678800501e-15;
        Span<double> order = pair.Vector, scales = pair.Scales;
        Covariance.Load(covariance0, d, pair.A);
        Covariance.Scales(pair.A, d, scales);
        Covariance.Scale(pair.A, d, scales);
        int rank0 = Cholesky.FactorPivoted(pair.A, d, order, tolerance);
        if (rank0 < 0)
            throw Covariance.NotSemidefinite(nameof(covariance0));
        Covariance.Load(covariance1, d, pair.L1);
        Covariance.Scales(pair.L1, d, scales);
        Covariance.Scale(pair.L1, d, scales);
        int rank = Cholesky.FactorPivoted(pair.L1, d, order, tolerance);
        if (rank < 0)
            throw Covariance.NotSemidefinite(nameof(covariance1));
        if (rank != rank0)
            return double.PositiveInfinity;

        // Rows of L1 in pivot order: the first r are triangular, the rest is X with x_rest = X L^-1 x_first. Whiten everything by the first r.
        double unit = 0;
        for (int i = 0; i < d; i++)
        {
            int p = (int)order[i];
            pair.Z[i] = NormalTerms.StandardisedDifference(double.CreateTruncating(mean0[p]), double.CreateTruncating(mean1[p]), 1 / scales[p]);
            unit = Math.Max(unit, Math.Abs(double.CreateTruncating(mean0[p]) * scales[p]) + Math.Abs(double.CreateTruncating(mean1[p]) * scales[p]));
            for (int j = 0; j <= i; j++)
            {
                int q = (int)order[j];
                int at = p > q ? p * d + q : q * d + p;
                pair.E[i * d + j] = pair.E[j * d + i] = double.CreateTruncating(covariance0[at]) * scales[p] * scales[q];
            }
        }

        if (!IsOnSubspace(pair, rank, tolerance, unit))
            return double.PositiveInfinity;
        return rank == 0 ? 0 : logBase.FromNats(OfCoordinates(mean0, covariance0, mean1, covariance1, order[..rank], buffer.Span));
    }

    /// <summary>Whether the difference of the means and S0, in E, satisfy the equations of the support of S1: each remaining coordinate is the same function of the first.</summary>
    private static bool IsOnSubspace(WhitenedPair pair, int rank, double tolerance, double unit)
    {
        int d = pair.Dimension;
        Span<double> row = pair.Matrix[..d], factor = pair.L1;
        double size = 1;
        for (int i = 0; i < d; i++)
            size = Math.Max(size, pair.E[i * d + i]);
        for (int i = rank; i < d; i++)
        {
            // row = L^-T of row i of L1: the coefficients of coordinate i in the first r.
            double weights = 1;
            for (int j = rank - 1; j >= 0; j--)
            {
                double x = factor[i * d + j];
                for (int k = j + 1; k < rank; k++)
                    x -= factor[k * d + j] * row[k];
                row[j] = x / factor[j * d + j];
                weights += Math.Abs(row[j]);
            }

            double mean = pair.Z[i];
            for (int k = 0; k < rank; k++)
                mean -= row[k] * pair.Z[k];
            if (Math.Abs(mean) > tolerance * weights * Math.Max(unit, 1))
                return false;
            for (int j = 0; j < d; j++)
            {
                double covariance = pair.E[i * d + j];
                for (int k = 0; k < rank; k++)
                    covariance -= row[k] * pair.E[k * d + j];
                if (Math.Abs(covariance) > tolerance * weights * size)
                    return false;
            }
        }

        return true;
    }

    /// <summary>The divergence of some coordinates; their list lies in the work buffer, where it is read before it is overwritten.</summary>
    private static double OfCoordinates<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1, ReadOnlySpan<double> coordinates, Span<double> work)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = mean0.Length, r = coordinates.Length;
        WhitenedPair pair = WhitenedPair.In(work, r);
        for (int i = 0; i < r; i++)
        {
            int p = (int)coordinates[i];
            pair.Difference[i] = double.CreateTruncating(mean0[p]) - double.CreateTruncating(mean1[p]);
            for (int j = 0; j <= i; j++)
            {
                int q = (int)coordinates[j];
                int at = p > q ? p * d + q : q * d + p;
                double s0 = double.CreateTruncating(covariance0[at]), s1 = double.CreateTruncating(covariance1[at]);
                pair.A[i * r + j] = pair.A[j * r + i] = s0;
                pair.L1[i * r + j] = pair.L1[j * r + i] = s1;
                pair.E[i * r + j] = pair.E[j * r + i] = s0 - s1;
            }
        }

        pair.Vector.Clear();
        pair.Whiten<double>(pair.Difference, pair.Vector, nameof(covariance0), nameof(covariance1));
        return HalfSum(pair);
    }
}
