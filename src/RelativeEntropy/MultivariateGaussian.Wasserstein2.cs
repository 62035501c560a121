using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>The 2-Wasserstein distance of N(mean0, covariance0) and N(mean1, covariance1).</summary>
    /// <remarks>
    /// The square root of |m0 - m1|^2 + tr(S0 + S1 - 2 (S1^(1/2) S0 S1^(1/2))^(1/2)): a metric, in the unit of the variable. For near-equal covariances
    /// the optimal map I + K is found from S0 - S1, and tr(K S1 K) cancels nothing; elsewhere the trace of the root is the sum of the singular values of
    /// L1' L0. The relative error is at most 16 eps k with k the larger condition number, not scaled. Time O(d^3) for each of a few sweeps.
    /// Source: Dowson and Landau (1982); Olkin and Pukelsheim (1982).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [0, +infinity], 0 where the parameters are equal; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
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
        WhitenedPair pair = WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span);
        if (pair.AnyNaN)
            return double.NaN;
        int d = mean0.Length;
        bool isNear = pair.Norm <= 0.25;
        ScaledSquares sum = default;

        // A power of two, with which no sum of elements of the covariances leaves the range.
        double scale = Math.Max(LargestVariance(covariance0, d), LargestVariance(covariance1, d)) > 1e290 ? 1.0 / (1L << 40) : 1;
        for (int i = 0; i < d; i++)
            sum.Add(scale * double.CreateTruncating(mean0[i]) - scale * double.CreateTruncating(mean1[i]));

        LoadScaled(covariance0, d, scale, pair.A);
        LoadScaled(covariance1, d, scale, pair.L1);
        for (int i = 0; i < d * d; i++)
            pair.E[i] = pair.A[i] - pair.L1[i];
        if (!isNear || !AddNearDistance(pair, ref sum))
        {
            LoadScaled(covariance0, d, scale, pair.A);
            LoadScaled(covariance1, d, scale, pair.L1);
            AddDistance(pair, ref sum);
        }

        return sum.Root / scale;
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

    private static void AddDistance(WhitenedPair pair, ref ScaledSquares sum)
    {
        int d = pair.Dimension;
        CompensatedSum trace = default;
        for (int i = 0; i < d; i++)
        {
            trace.Add(pair.A[i * d + i]);
            trace.Add(pair.L1[i * d + i]);
        }

        Cholesky.Factor(pair.A, d);
        Cholesky.Factor(pair.L1, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double dot = 0;
                for (int k = Math.Max(i, j); k < d; k++)
                    dot = Math.FusedMultiplyAdd(pair.L1[k * d + i], pair.A[k * d + j], dot);
                pair.Matrix[i * d + j] = dot;
            }
        }

        trace.Add(-2 * Jacobi.NuclearNorm(pair.Matrix, d));
        sum.Add(Math.Sqrt(Math.Max(trace.Value, 0)));
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
