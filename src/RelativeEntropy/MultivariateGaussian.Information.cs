using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>The differential entropy of N(m, covariance), whatever the mean.</summary>
    /// <remarks>
    /// log det(2 pi e S)/2: the sum over the diagonal of the Cholesky factor of the entropies of normals with these standard deviations.
    /// It may be negative. The error is at most 16 eps k d plus 16 eps times the sum of the magnitudes of the d terms, for k the condition number
    /// with unit variances. Time O(d^3). Source: Shannon (1948), section 20; Cover and Thomas (2006), chapter 8.
    /// </remarks>
    /// <param name="covariance">S, the d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>Any finite number; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The covariance is not square, or not positive definite (the message names the order of the leading minor);
    /// an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double Entropy(ReadOnlySpan<double> covariance, Span<double> work = default, LogBase logBase = default) =>
        EntropyOf(covariance, work, logBase);

    /// <inheritdoc cref="Entropy(ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double Entropy(ReadOnlySpan<float> covariance, Span<double> work = default, LogBase logBase = default) =>
        EntropyOf(covariance, work, logBase);

    /// <summary>The mutual information of the first <paramref name="split"/> coordinates of N(m, covariance) and the rest.</summary>
    /// <remarks>
    /// log(det Sxx det Syy / det S)/2, the divergence of the joint distribution from the product of its marginals. With C the whitened
    /// cross-covariance Lx^-1 Sxy Ly^-T it is -log det(I - C'C)/2, so that weak dependence loses no digits. Invariant under invertible linear
    /// maps of either part. Time O(d^3). Source: Gelfand and Yaglom (1957).
    /// </remarks>
    /// <param name="covariance">S, the d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="split">How many coordinates the first part has, in [1, d - 1].</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only where the parts are uncorrelated; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The covariance is not square, or not positive definite (the message names the order of the leading minor);
    /// an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The split leaves one part without coordinates.</exception>
    [OverloadResolutionPriority(1)]
    public static double MutualInformation(
        ReadOnlySpan<double> covariance, int split, Span<double> work = default, LogBase logBase = default) =>
        MutualInformationOf(covariance, split, work, logBase);

    /// <inheritdoc cref="MutualInformation(ReadOnlySpan{double}, int, Span{double}, LogBase)"/>
    public static double MutualInformation(
        ReadOnlySpan<float> covariance, int split, Span<double> work = default, LogBase logBase = default) =>
        MutualInformationOf(covariance, split, work, logBase);

    /// <summary>Half the Fisher form: the Kullback-Leibler divergence from N(m, covariance) to N(m + meanStep, covariance + covarianceStep), to second order.</summary>
    /// <remarks>
    /// dm' S^-1 dm / 2 + tr(S^-1 dS S^-1 dS)/4, in nats. The divergence itself, in either direction, differs from it by third-order terms in the steps.
    /// Time O(d^3). Source: Skovgaard (1984).
    /// </remarks>
    /// <param name="covariance">S, the d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="meanStep">dm, d elements.</param>
    /// <param name="covarianceStep">dS, a symmetric d x d matrix, row by row; the lower triangle is read. Any sign.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [0, +infinity], 0 only where both steps are; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit; the covariance is not positive definite (the message names the order of the leading minor);
    /// an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double LocalQuadraticForm(
        ReadOnlySpan<double> covariance, ReadOnlySpan<double> meanStep, ReadOnlySpan<double> covarianceStep, Span<double> work = default) =>
        LocalForm(covariance, meanStep, covarianceStep, work);

    /// <inheritdoc cref="LocalQuadraticForm(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>
    public static double LocalQuadraticForm(
        ReadOnlySpan<float> covariance, ReadOnlySpan<float> meanStep, ReadOnlySpan<float> covarianceStep, Span<double> work = default) =>
        LocalForm(covariance, meanStep, covarianceStep, work);

    private static double EntropyOf<T>(ReadOnlySpan<T> covariance, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = Covariance.DimensionOf(covariance.Length, nameof(covariance));
        Covariance.CheckElements(covariance, d, nameof(covariance));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(d)).ApartFrom(covariance, nameof(covariance));
        WhitenedPair parts = WhitenedPair.In(buffer.Span, d);
        Factor(parts, covariance, 0);
        CompensatedSum sum = default;
        for (int i = 0; i < d; i++)
            sum.Add(Gaussian.EntropyInNats(parts.L1[i * d + i] / parts.Scales[i]));
        return Covariance.AnyNaNBelow(covariance, d) ? double.NaN : logBase.FromNats(sum.Total);
    }

    /// <summary>The factor of a covariance in L1, its rows scaled.</summary>
    private static void Factor<T>(WhitenedPair parts, ReadOnlySpan<T> covariance, int first)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = parts.Dimension;
        Covariance.Load(covariance, d, parts.L1);
        Covariance.Scales(parts.L1, d, parts.Scales);
        Covariance.Scale(parts.L1, d, parts.Scales);
        Covariance.Factor(parts.L1, d, nameof(covariance), first: first);
    }

    private static double MutualInformationOf<T>(ReadOnlySpan<T> covariance, int split, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = Covariance.DimensionOf(covariance.Length, nameof(covariance));
        if (split < 1 || split >= d)
            throw new ArgumentOutOfRangeException(nameof(split), split, FormattableString.Invariant($"split = {split}; it must be in [1, {d - 1}]."));
        Covariance.CheckElements(covariance, d, nameof(covariance));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(d)).ApartFrom(covariance, nameof(covariance));
        WhitenedPair parts = WhitenedPair.In(buffer.Span, d);
        Factor(parts, covariance, 0);
        if (Covariance.AnyNaNBelow(covariance, d))
            return double.NaN;

        // L1 holds Lx, and below it Syx Lx^-T; what is still wanted is Ly of Syy itself.
        int rest = d - split;
        Span<double> y = parts.E[..(rest * rest)], cross = parts.A[..(rest * split)], product = parts.Matrix[..(rest * rest)];
        for (int i = 0; i < rest; i++)
        {
            for (int j = 0; j <= i; j++)
                y[i * rest + j] = double.CreateTruncating(covariance[(split + i) * d + split + j]) * parts.Scales[split + i] * parts.Scales[split + j];
            parts.L1.Slice((split + i) * d, split).CopyTo(cross.Slice(i * split, split));
        }

        Covariance.Factor(y, rest, nameof(covariance), first: split);
        Triangular.Solve(y, rest, cross, split);
        for (int i = 0; i < rest; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                CompensatedSum sum = default;
                for (int k = 0; k < split; k++)
                    sum.Add(-cross[i * split + k] * cross[j * split + k]);
                product[i * rest + j] = sum.Value;
            }
        }

        int minor = Cholesky.FactorLessIdentity(product, rest);
        if (minor > 0)
            throw Covariance.NotPositiveDefinite(nameof(covariance), split + minor);
        CompensatedSum logarithm = default;
        for (int i = 0; i < rest; i++)
            logarithm.Add(-Elementary.Log1p(product[i * rest + i]));
        return logBase.FromNats(logarithm.Total);
    }

    private static double LocalForm<T>(ReadOnlySpan<T> covariance, ReadOnlySpan<T> meanStep, ReadOnlySpan<T> covarianceStep, Span<double> work)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = meanStep.Length;
        Check.NotEmpty(d, nameof(meanStep));
        Covariance.CheckElements(covariance, d, nameof(covariance));
        Check.FiniteOrNaN(meanStep, nameof(meanStep));
        Covariance.CheckElements(covarianceStep, d, nameof(covarianceStep));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(d))
            .ApartFrom(covariance, nameof(covariance))
            .ApartFrom(meanStep, nameof(meanStep)).ApartFrom(covarianceStep, nameof(covarianceStep));
        WhitenedPair parts = WhitenedPair.In(buffer.Span, d);
        Factor(parts, covariance, 0);
        Covariance.Load(covarianceStep, d, parts.E);
        Covariance.Scale(parts.E, d, parts.Scales);
        Triangular.Whiten(parts.L1, d, parts.E);
        for (int i = 0; i < d; i++)
            parts.Z[i] = double.CreateTruncating(meanStep[i]) * parts.Scales[i];
        Triangular.Solve(parts.L1, d, parts.Z);
        CompensatedSum sum = default;
        foreach (double e in parts.E)
            sum.Add(0.5 * e * e);
        bool anyNaN = Covariance.AnyNaN(meanStep) || Covariance.AnyNaNBelow(covariance, d) || Covariance.AnyNaNBelow(covarianceStep, d);
        return Covariance.Resolve(0.5 * (parts.SquaredLength + sum.Value), anyNaN);
    }
}
