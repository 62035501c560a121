using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Measurements of unknown mean and accuracy: the precision tau ~ Gamma(shape, rate), the mean given it ~ N(mean, 1/(count tau)), each observation ~ N(mean, 1/tau).
/// </summary>
/// <remarks>
/// The rate of a Gamma is the inverse of its scale. The model is its prior; posteriors and approximations q are models with other parameters. For every q and all data,
/// <see cref="LogEvidence"/> = <see cref="Bound"/> + <see cref="Gap"/>, each computed by itself. Data are n observations; none at all is allowed, and has evidence 1.
/// In nats. A NaN gives NaN, an infinite observation throws. Time O(n). Source: Raiffa and Schlaifer (1961); Bernardo and Smith (1994), chapter 5.
/// </remarks>
/// <example><code>
/// NormalGamma prior = new(mean: 0, count: 1, shape: 2, rate: 2);
/// double evidence = prior.LogEvidence([1, 2, 3]);   // -6.126965705
/// double mean = prior.Posterior([1, 2, 3]).Mean;    // 1.5
/// </code></example>
public sealed record NormalGamma
{
    private const double LogTwoPi = 1.8378770664093455;

    /// <summary>The model with the prior NormalGamma(mean, count, shape, rate).</summary>
    /// <param name="mean">The prior mean, finite.</param>
    /// <param name="count">How many observations the prior mean is worth, positive and finite.</param>
    /// <param name="shape">The shape of the precision, positive and finite; half the number of observations that it is worth.</param>
    /// <param name="rate">The inverse scale of the precision, positive and finite; half the sum of their squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is infinite, or another parameter is not positive and finite.</exception>
    public NormalGamma(double mean, double count, double shape, double rate)
    {
        Check.Finite(mean, nameof(mean));
        Check.Positive(count, nameof(count));
        Check.Positive(shape, nameof(shape));
        Check.Positive(rate, nameof(rate));
        (Mean, Count, Shape, Rate) = (mean, count, shape, rate);
    }

    /// <summary>The prior mean.</summary>
    public double Mean { get; }

    /// <summary>How many observations the prior mean is worth.</summary>
    public double Count { get; }

    /// <summary>The shape of the precision.</summary>
    public double Shape { get; }

    /// <summary>The inverse scale of the precision.</summary>
    public double Rate { get; }

    /// <summary>log p(data): the density of a Student distribution in n dimensions.</summary>
    /// <remarks>log(Gamma(a + n/2)/Gamma(a)) - a log(1 + c/r) - (n log(2 pi (r + c)) + log(1 + n/count))/2, where a = shape, r = rate and r + c is the rate of the posterior.</remarks>
    /// <param name="observations">n observations.</param>
    /// <returns>Any number. Error at most 1e-13 of the sum of the magnitudes of the terms.</returns>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public double LogEvidence(ReadOnlySpan<double> observations)
    {
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double growth = RateGrowth(data);
        return GammaFunction.LogRising(Shape, 0.5 * data.Count) - Shape * Elementary.Log1p(growth / Rate)
            - 0.5 * (data.Count * (LogTwoPi + Elementary.Log(Rate + growth)) + Elementary.Log1p(data.Count / Count));
    }

    /// <summary>The model given the data.</summary>
    /// <remarks>With a the average of n observations and S the sum of squares about it: mean + n/(count + n) (a - mean), count + n, shape + n/2,
    /// rate + (S + count n/(count + n) (a - mean)^2)/2.</remarks>
    /// <param name="observations">n observations.</param>
    /// <returns>The prior for what comes next.</returns>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public NormalGamma Posterior(ReadOnlySpan<double> observations)
    {
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double count = Count + data.Count;
        return new(Mean + data.Count / count * (data.Mean - Mean), count, Shape + 0.5 * data.Count, Rate + RateGrowth(data));
    }

    /// <summary>The evidence lower bound: E_q log p(data | mean, precision) - KL(q || prior).</summary>
    /// <remarks>(n (psi(a) - log r - log 2 pi) - a/r (S + n (average - m)^2) - n/k)/2 - KL(q || prior) for q = NormalGamma(m, k, a, r).</remarks>
    /// <param name="q">The approximation.</param>
    /// <param name="observations">n observations.</param>
    /// <returns>At most the log-evidence. Error at most 1e-13 of the sum of the magnitudes of the terms.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="q"/> is null.</exception>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public double Bound(NormalGamma q, ReadOnlySpan<double> observations)
    {
        ArgumentNullException.ThrowIfNull(q);
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double logPrecision = GammaFunction.Digamma(q.Shape) - Elementary.Log(q.Rate);
        return 0.5 * (data.Count * (logPrecision - LogTwoPi) - q.Shape / q.Rate * data.ScatterAbout(q.Mean) - data.Count / q.Count) - Divergence(q, this);
    }

    /// <summary>What the bound lacks: KL(q || posterior), of two Normal-Gammas.</summary>
    /// <param name="q">The approximation.</param>
    /// <param name="observations">n observations.</param>
    /// <returns>A number in [0, +infinity], 0 only where q is the posterior. Relative error at most 1e-13 for the rounded parameters of <see cref="Posterior"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="q"/> is null.</exception>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public double Gap(NormalGamma q, ReadOnlySpan<double> observations)
    {
        ArgumentNullException.ThrowIfNull(q);
        return Divergence(q, Posterior(observations));
    }

    private static double Divergence(NormalGamma p, NormalGamma q) =>
        GammaFamily.NormalGamma(p.Mean, p.Count, p.Shape, p.Rate, q.Mean, q.Count, q.Shape, q.Rate);

    private double RateGrowth(SampleMoments data)
    {
        double distance = data.Count == 0 ? 0 : data.Mean - Mean;
        return 0.5 * (data.Scatter + Count / (Count + data.Count) * data.Count * distance * distance);
    }
}
