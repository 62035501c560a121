using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>KL(N(mean, covariance) || N(0, I)).</summary>
    /// <remarks>
    /// (tr S - d - log det S + |m|^2) / 2, as a sum of non-negative terms; near the standard normal they come from S - I. Time O(d^3).
    /// Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean">m, d means.</param>
    /// <param name="covariance">S, the d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], 0 only at the standard normal; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The mean is empty; the covariance is not d x d, or not positive definite (the message names the order
    /// of the leading minor); an element is infinite; the work buffer is too short or overlaps an argument.</exception>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerToStandard(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, Span<double> work = default, LogBase logBase = default) =>
        ToStandard(mean, covariance, work, logBase);

    /// <inheritdoc cref="KullbackLeiblerToStandard(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerToStandard(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> covariance, Span<double> work = default, LogBase logBase = default) =>
        ToStandard(mean, covariance, work, logBase);

    private static double ToStandard<T>(ReadOnlySpan<T> mean, ReadOnlySpan<T> covariance, Span<double> work, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = mean.Length;
        Check.NotEmpty(d, nameof(mean));
        Check.FiniteOrNaN(mean, nameof(mean));
        Covariance.CheckElements(covariance, d, nameof(covariance));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(d))
            .ApartFrom(mean, nameof(mean)).ApartFrom(covariance, nameof(covariance));

        WhitenedPair pair = WhitenedPair.In(buffer.Span, d);
        pair.AnyNaN = Covariance.AnyNaN(mean) || Covariance.AnyNaNBelow(covariance, d);
        pair.L1.Clear();
        Covariance.Load(covariance, d, pair.A);
        pair.A.CopyTo(pair.E);
        pair.Vector.Clear();
        for (int i = 0; i < d; i++)
        {
            pair.L1[i * d + i] = 1;
            pair.E[i * d + i] -= 1;
            pair.Matrix[i] = double.CreateTruncating(mean[i]);
        }

        pair.Whiten<double>(pair.Matrix[..d], pair.Vector, nameof(covariance), "");
        return logBase.FromNats(HalfSum(pair));
    }
}
