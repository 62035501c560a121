using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>KL(N(mean0, covariance0) || N(mean1, covariance1)) and its derivatives by all parameters.</summary>
    /// <remarks>
    /// By m0: S1^-1 (m0 - m1); by m1 the negative of that; by S0: (S1^-1 - S0^-1)/2; by S1: -(S1^-1 (S0 - S1 + (m0 - m1)(m0 - m1)') S1^-1)/2.
    /// These are symmetric matrices G such that a small symmetric change dS changes the divergence by tr(G dS): each element of the matrix counts
    /// as a variable of its own. Computed from S0 - S1 by triangular solves: all are 0 where the parameters are equal, and accurate near there.
    /// Time O(d^3). Source: Kullback (1959), chapter 9, section 1, differentiated.
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean0Gradient">Receives d derivatives by mean0, in the unit of the result; empty if not wanted, as each of the four may be.</param>
    /// <param name="covariance0Gradient">Receives the d x d derivatives by covariance0, both triangles.</param>
    /// <param name="mean1Gradient">Receives d derivatives by mean1.</param>
    /// <param name="covariance1Gradient">Receives the d x d derivatives by covariance1, both triangles.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// a destination or the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        Span<double> mean0Gradient, Span<double> covariance0Gradient, Span<double> mean1Gradient, Span<double> covariance1Gradient,
        Span<double> work = default, LogBase logBase = default) =>
        Gradient(mean0, covariance0, mean1, covariance1, mean0Gradient, covariance0Gradient, mean1Gradient, covariance1Gradient, work, logBase);

    /// <inheritdoc cref="KullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, Span{double}, Span{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        Span<float> mean0Gradient, Span<float> covariance0Gradient, Span<float> mean1Gradient, Span<float> covariance1Gradient,
        Span<double> work = default, LogBase logBase = default) =>
        Gradient(mean0, covariance0, mean1, covariance1, mean0Gradient, covariance0Gradient, mean1Gradient, covariance1Gradient, work, logBase);

    private static double Gradient<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        Span<T> mean0Gradient, Span<T> covariance0Gradient, Span<T> mean1Gradient, Span<T> covariance1Gradient, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = mean0.Length;
        Check.Wanted(mean0Gradient.Length, d, nameof(mean0Gradient));
        Check.Wanted(covariance0Gradient.Length, d * d, nameof(covariance0Gradient));
        Check.Wanted(mean1Gradient.Length, d, nameof(mean1Gradient));
        Check.Wanted(covariance1Gradient.Length, d * d, nameof(covariance1Gradient));
        CheckOverlaps(mean0, covariance0, mean1, covariance1, mean0Gradient, nameof(mean0Gradient));
        CheckOverlaps(mean0, covariance0, mean1, covariance1, covariance0Gradient, nameof(covariance0Gradient));
        CheckOverlaps(mean0, covariance0, mean1, covariance1, mean1Gradient, nameof(mean1Gradient));
        CheckOverlaps(mean0, covariance0, mean1, covariance1, covariance1Gradient, nameof(covariance1Gradient));
        Check.Distinct<T>(
            mean0Gradient, nameof(mean0Gradient), covariance0Gradient, nameof(covariance0Gradient),
            mean1Gradient, nameof(mean1Gradient), covariance1Gradient, nameof(covariance1Gradient));
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1)
            .ApartFrom<T>(mean0Gradient, nameof(mean0Gradient)).ApartFrom<T>(covariance0Gradient, nameof(covariance0Gradient))
            .ApartFrom<T>(mean1Gradient, nameof(mean1Gradient)).ApartFrom<T>(covariance1Gradient, nameof(covariance1Gradient));
        WhitenedPair pair = WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span);
        double value = logBase.FromNats(HalfSum(pair));

        if (!covariance0Gradient.IsEmpty)
        {
            // S1^-1 - S0^-1 = L1^-T (I + E)^-1 E L1^-1, whose middle is I - (I + E)^-1.
            if (pair.IsNear)
            {
                pair.E.CopyTo(pair.Matrix);
                Triangular.Solve(pair.A, d, pair.Matrix, d);
                Triangular.SolveTransposed(pair.A, d, pair.Matrix, d);
                Triangular.Symmetrise(pair.Matrix, d);
            }
            else
            {
                SetIdentity(pair.Matrix, d);
                Triangular.Solve(pair.A, d, pair.Matrix, d);
                SetIdentityLessSquare(pair.Matrix, d);
            }

            WriteCovarianceGradient(pair, 0.5, covariance0Gradient, logBase);
        }

        if (!covariance1Gradient.IsEmpty)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                    pair.Matrix[i * d + j] = Math.FusedMultiplyAdd(pair.Z[i], pair.Z[j], pair.E[i * d + j]);
            }

            WriteCovarianceGradient(pair, -0.5, covariance1Gradient, logBase);
        }

        Triangular.SolveTransposed(pair.L1, d, pair.Z);
        for (int i = 0; i < d; i++)
        {
            double location = logBase.FromNats(pair.Z[i] * pair.Scales[i]);
            if (!mean0Gradient.IsEmpty)
                mean0Gradient[i] = T.CreateTruncating(location);
            if (!mean1Gradient.IsEmpty)
                mean1Gradient[i] = T.CreateTruncating(-location);
        }

        return value;
    }

    // I - M'M in place of a lower triangular M: what is overwritten is not read again.
    private static void SetIdentityLessSquare(Span<double> m, int d)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < d; k++)
                    sum = Math.FusedMultiplyAdd(m[k * d + i], m[k * d + j], sum);
                m[i * d + j] = m[j * d + i] = (i == j ? 1 : 0) - sum;
            }
        }
    }

    private static void SetIdentity(Span<double> matrix, int d)
    {
        matrix.Clear();
        for (int i = 0; i < d; i++)
            matrix[i * d + i] = 1;
    }

    // Whatever is read is read before anything is written, so that a gradient may take the place of its source.
    private static void CheckOverlaps<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        Span<T> gradient, string name)
    {
        Check.InPlace(mean0, gradient, name);
        Check.InPlace(covariance0, gradient, name);
        Check.InPlace(mean1, gradient, name);
        Check.InPlace(covariance1, gradient, name);
    }

    private static void WriteCovarianceGradient<T>(WhitenedPair pair, double factor, Span<T> gradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = pair.Dimension;
        Triangular.WhitenTransposed(pair.L1, d, pair.Matrix);
        Covariance.Scale(pair.Matrix, d, pair.Scales);
        for (int i = 0; i < d * d; i++)
            gradient[i] = T.CreateTruncating(logBase.FromNats(factor * pair.Matrix[i]));
    }
}
