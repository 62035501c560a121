using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    // Of the variance of a coordinate given others, in units of its own variance; per dimension.
    private const double NegligibleVariance = 1.7763568394002505e-15;

    /// <summary>The 2-Wasserstein distance of N(mean0, covariance0) and N(mean1, covariance1).</summary>
    /// <remarks>
    /// The square root of |m0 - m1|^2 + tr(S0 + S1 - 2 (S1^(1/2) S0 S1^(1/2))^(1/2)): a metric, in the unit of the variable, finite for
    /// singular covariances too, those of a point or of normals on different subspaces. For near-equal covariances the optimal map I + K is
    /// found from S0 - S1, and tr(K S1 K) cancels nothing; elsewhere it is the least |F0 - F1 U|^2 over orthogonal U, for factors with
    /// F F' = S: no difference of traces. The relative error is at most 16 eps k with k the larger condition number, not scaled. Of
    /// singular
    /// covariances, what is at most d 2^-49 of a coordinate's variance counts as zero: the error is at most 16 d eps of the larger standard
    /// deviation where they are singular to the last digit, d 2^-24 of it where they are so only within rounding. Time O(d^3) for each of a
    /// few
    /// sweeps. Source: Dowson and Landau (1982); Olkin and Pukelsheim (1982); by factors, Bhatia, Jain and Lim (2019).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [0, +infinity], 0 where the parameters are equal; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive
    /// semi-definite
    /// (the message names it); an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double Wasserstein2(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> work = default) =>
        Wasserstein2Of(mean0, covariance0, mean1, covariance1, work);

    /// <inheritdoc cref="Wasserstein2(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>
    public static double Wasserstein2(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<double> work = default) =>
        Wasserstein2Of(mean0, covariance0, mean1, covariance1, work);

    private static double Wasserstein2Of<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        Span<double> work)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1);
        WhitenedPair.CheckArguments(mean0, covariance0, mean1, covariance1);
        int d = mean0.Length;
        WhitenedPair pair = WhitenedPair.In(buffer.Span, d);
        bool anyNaN0 = Covariance.AnyNaNBelow(covariance0, d), anyNaN1 = Covariance.AnyNaNBelow(covariance1, d);
        pair.AnyNaN = anyNaN0 || anyNaN1 || Covariance.AnyNaN(mean0) || Covariance.AnyNaN(mean1);

        // A power of two, with which no sum of elements of the covariances leaves the range.
        double scale = Math.Max(LargestVariance(covariance0, d), LargestVariance(covariance1, d)) > 1e290 ? 1.0 / (1L << 40) : 1;
        ScaledSquares sum = default;
        for (int i = 0; i < d; i++)
            sum.Add(scale * double.CreateTruncating(mean0[i]) - scale * double.CreateTruncating(mean1[i]));

        if (!pair.AnyNaN && IsNear(covariance0, covariance1, ref pair))
        {
            LoadScaled(covariance0, d, scale, pair.A);
            LoadScaled(covariance1, d, scale, pair.L1);
            for (int i = 0; i < d * d; i++)
                pair.E[i] = pair.A[i] - pair.L1[i];
            if (AddNearDistance(pair, ref sum))
                return sum.Root / scale;
        }

        if (!anyNaN0)
            LoadFactor(covariance0, scale, pair.A, pair, nameof(covariance0));
        if (!anyNaN1)
            LoadFactor(covariance1, scale, pair.L1, pair, nameof(covariance1));
        if (pair.AnyNaN)
            return double.NaN;
        if (!AreEqual(covariance0, covariance1, d))
            AddDistance(pair, ref sum);
        return sum.Root / scale;
    }

    /// <summary>Whether S1 is positive definite and S0 so near that the optimal map can be found from S0 - S1; then S0 is positive definite
    /// too.</summary>
    private static bool IsNear<T>(ReadOnlySpan<T> covariance0, ReadOnlySpan<T> covariance1, ref WhitenedPair pair)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = pair.Dimension;
        Covariance.Load(covariance1, d, pair.L1);
        Covariance.Load(covariance0, d, pair.E);
        for (int i = 0; i < d * d; i++)
            pair.E[i] -= pair.L1[i];
        Covariance.Scales(pair.L1, d, pair.Scales);
        Covariance.Scale(pair.L1, d, pair.Scales);
        Covariance.Scale(pair.E, d, pair.Scales);
        if (Cholesky.Factor(pair.L1, d) > 0)
            return false;
        Triangular.Whiten(pair.L1, d, pair.E);
        double square = 0;
        foreach (double e in pair.E)
            square += e * e;
        return Math.Sqrt(square) <= 0.25;
    }

    /// <summary>F with F F' = S, its columns beyond the rank zero, times a scale; S must be positive semi-definite.</summary>
    private static void LoadFactor<T>(ReadOnlySpan<T> covariance, double scale, Span<double> factor, WhitenedPair pair, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = pair.Dimension;
        Span<double> order = pair.Vector, scales = pair.Scales, rows = pair.Matrix;
        Covariance.Load(covariance, d, factor);
        Covariance.Scales(factor, d, scales);
        Covariance.Scale(factor, d, scales);
        int rank = Cholesky.FactorPivoted(factor, d, order, d * NegligibleVariance);
        if (rank < 0)
            throw Covariance.NotSemidefinite(name);
        rows.Clear();
        for (int i = 0; i < d; i++)
        {
            int p = (int)order[i];
            for (int j = 0; j <= i && j < rank; j++)
                rows[p * d + j] = factor[i * d + j] / scales[p] * scale;
        }

        rows.CopyTo(factor);
    }

    private static bool AreEqual<T>(ReadOnlySpan<T> covariance0, ReadOnlySpan<T> covariance1, int d)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < d; i++)
        {
            if (!covariance0.Slice(i * d, i + 1).SequenceEqual(covariance1.Slice(i * d, i + 1)))
                return false;
        }

        return true;
    }

    private static double LargestVariance<T>(ReadOnlySpan<T> covariance, int d)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        for (int i = 0; i < d; i++)
            largest = Math.Max(largest, double.CreateTruncating(covariance[i * d + i]));
        return largest;
    }

    private static void LoadScaled<T>(ReadOnlySpan<T> covariance, int d, double scale, Span<double> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Covariance.Load(covariance, d, destination);
        for (int i = 0; i < destination.Length; i++)
            destination[i] *= scale * scale;
    }

    /// <summary>tr(K S1 K), where (I + K) S1 (I + K) = S0; false where the iteration for K does not settle.</summary>
    private static bool AddNearDistance(WhitenedPair pair, ref ScaledSquares sum)
    {
        int d = pair.Dimension;
        Span<double> values = pair.Scales, vectors = pair.Matrix, k = pair.A, product = pair.L1;
        Jacobi.Eigen(pair.L1, d, vectors);
        for (int i = 0; i < d; i++)
            values[i] = pair.L1[i * d + i];

        // S0 - S1 in the eigenvectors of S1, where K S1 + S1 K + K S1 K = S0 - S1 is solved element by element.
        Multiply(vectors, pair.E, d, product);
        MultiplyByTransposed(product, vectors, d, pair.E);
        Triangular.Symmetrise(pair.E, d);
        k.Clear();
        double change = double.PositiveInfinity, last;
        int steps = 0;
        do
        {
            last = change;
            change = 0;
            double norm = 0;
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                    product[i * d + j] = k[i * d + j] * values[j];
            }

            MultiplyByTransposed(product, k, d, vectors);
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    double next = (pair.E[i * d + j] - vectors[i * d + j]) / (values[i] + values[j]);
                    double weight = Math.Sqrt(values[i] + values[j]);
                    change = Math.Max(change, Math.Abs(next - k[i * d + j]) * weight);
                    norm = Math.Max(norm, Math.Abs(next) * weight);
                    k[i * d + j] = next;
                }
            }

            if (change <= 1e-16 * norm)
                break;
        }
        while (change < 0.5 * last && ++steps < 100);

        double largest = 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                largest = Math.Max(largest, Math.Abs(k[i * d + j]) * Math.Sqrt(values[i] + values[j]));
        }

        if (!(change <= 1e-14 * largest))
            return false;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                sum.Add(k[i * d + j] * Math.Sqrt(values[j]));
        }

        return true;
    }

    /// <summary>The least |F0 - F1 U|^2 over all orthogonal U: at the polar factor of F1' F0 (the problem of Procrustes), where an error in
    /// U is of second order.</summary>
    private static void AddDistance(WhitenedPair pair, ref ScaledSquares sum)
    {
        int d = pair.Dimension;
        Span<double> f0 = pair.A, f1 = pair.L1, product = pair.Matrix, rotations = pair.E, norms = pair.Scales, row = pair.Vector;

        // The polar factor does not depend on the sizes of F0 and F1, their product might leave the range.
        double unit0 = Unit(f0), unit1 = Unit(f1);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double dot = 0;
                for (int k = 0; k < d; k++)
                    dot = Math.FusedMultiplyAdd(unit1 * f1[k * d + i], unit0 * f0[k * d + j], dot);
                product[i * d + j] = dot;
            }
        }

        // J F1' F0 = diag(norms) V with J and V orthogonal, so U = J' V; where a norm is zero, all of that column of F1 J' is left.
        Jacobi.Orthogonalise(product, d, rotations, norms);
        for (int i = 0; i < d; i++)
        {
            Span<double> rest = f0.Slice(i * d, d);
            f1.Slice(i * d, d).CopyTo(row);
            for (int k = 0; k < d; k++)
            {
                double turned = 0;
                for (int l = 0; l < d; l++)
                    turned = Math.FusedMultiplyAdd(row[l], rotations[k * d + l], turned);
                if (norms[k] == 0)
                    sum.Add(turned);
                for (int j = 0; j < d && norms[k] > 0; j++)
                    rest[j] = Math.FusedMultiplyAdd(-turned, product[k * d + j] / norms[k], rest[j]);
            }

            foreach (double x in rest)
                sum.Add(x);
        }
    }

    /// <summary>The power of two nearest below one over the largest element.</summary>
    private static double Unit(ReadOnlySpan<double> factor)
    {
        double largest = Vectors.Largest(factor);
        return largest > 0 ? Math.ScaleB(1, -Math.ILogB(largest)) : 1;
    }

    private static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int d, Span<double> product)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double sum = 0;
                for (int k = 0; k < d; k++)
                    sum = Math.FusedMultiplyAdd(x[i * d + k], y[k * d + j], sum);
                product[i * d + j] = sum;
            }
        }
    }

    private static void MultiplyByTransposed(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int d, Span<double> product)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double sum = 0;
                for (int k = 0; k < d; k++)
                    sum = Math.FusedMultiplyAdd(x[i * d + k], y[j * d + k], sum);
                product[i * d + j] = sum;
            }
        }
    }
}
