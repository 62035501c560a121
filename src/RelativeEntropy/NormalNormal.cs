using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Measurements of known accuracy: the mean theta ~ N(mean, standardDeviation^2), each observation ~ N(theta, noise^2).
/// </summary>
/// <remarks>
/// The model is its prior and its noise; posteriors and approximations q are models with the same noise and other prior parameters. For every q and all data,
/// <see cref="LogEvidence"/> = <see cref="Bound"/> + <see cref="Gap"/>, each computed by itself. Data are n observations; none at all is allowed, and has evidence 1.
/// In nats. A NaN gives NaN, an infinite observation throws. Time O(n). Source: Raiffa and Schlaifer (1961); Bernardo and Smith (1994), chapter 5.
/// </remarks>
/// <example><code>
/// NormalNormal prior = new(mean: 0, standardDeviation: 1, noise: 1);
/// double evidence = prior.LogEvidence([1, 2, 3]);   // -5.94996278
/// double mean = prior.Posterior([1, 2, 3]).Mean;    // 1.5
/// </code></example>
public sealed record NormalNormal
{
    private const double LogTwoPi = 1.8378770664093455;

    /// <summary>The model with the prior N(mean, standardDeviation^2) and observations of standard deviation <paramref name="noise"/>.</summary>
    /// <param name="mean">The prior mean, finite.</param>
    /// <param name="standardDeviation">The prior standard deviation, positive and finite.</param>
    /// <param name="noise">The standard deviation of an observation, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is infinite, or a standard deviation is not positive and finite.</exception>
    public NormalNormal(double mean, double standardDeviation, double noise)
    {
        Check.Finite(mean, nameof(mean));
        Check.Positive(standardDeviation, nameof(standardDeviation));
        Check.Positive(noise, nameof(noise));
        (Mean, StandardDeviation, Noise) = (mean, standardDeviation, noise);
    }

    /// <summary>The prior mean.</summary>
    public double Mean { get; }

    /// <summary>The prior standard deviation.</summary>
    public double StandardDeviation { get; }

    /// <summary>The standard deviation of an observation.</summary>
    public double Noise { get; }

    /// <summary>log p(data): that of a normal with variance noise^2 in all directions and n standardDeviation^2 more in that of the mean.</summary>
    /// <remarks>-(n log(2 pi noise^2) + log(1 + g) + S/noise^2 + n ((a - mean)/noise)^2/(1 + g))/2 with g = n (standardDeviation/noise)^2, a the average and S the sum of squares about it.</remarks>
    /// <param name="observations">n observations.</param>
    /// <returns>Any number. Error at most 1e-13 of the sum of the magnitudes of the terms, where the average is known to that precision of its distance from the mean.</returns>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public double LogEvidence(ReadOnlySpan<double> observations)
    {
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double gain = Gain(data.Count), location = (data.Mean - Mean) / Noise;
        return -0.5 * (LogNormaliser(data.Count) + Elementary.Log1p(gain) + data.Scatter / Noise / Noise + data.Count * location * location / (1 + gain));
    }

    /// <summary>The model given the data: with the mean (mean + g a)/(1 + g) and the variance standardDeviation^2/(1 + g), g = n (standardDeviation/noise)^2, a the average.</summary>
    /// <param name="observations">n observations.</param>
    /// <returns>The prior for what comes next.</returns>
    /// <exception cref="ArgumentException">An observation is infinite.</exception>
    public NormalNormal Posterior(ReadOnlySpan<double> observations)
    {
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double gain = Gain(data.Count);
        return new(Mean + gain / (1 + gain) * (data.Mean - Mean), StandardDeviation / Math.Sqrt(1 + gain), Noise);
    }

    /// <summary>The evidence lower bound: E_q log p(data | theta) - KL(q || prior).</summary>
    /// <remarks>-(n log(2 pi noise^2) + (S + n (a - m)^2 + n s^2)/noise^2)/2 - KL(N(m, s^2) || prior) for q = N(m, s^2).</remarks>
    /// <param name="q">The approximation, with the same noise.</param>
    /// <param name="observations">n observations.</param>
    /// <returns>At most the log-evidence. Error at most 1e-13 of the sum of the magnitudes of the terms.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="q"/> is null.</exception>
    /// <exception cref="ArgumentException">q has another noise; an observation is infinite.</exception>
    public double Bound(NormalNormal q, ReadOnlySpan<double> observations)
    {
        CheckApproximation(q);
        SampleMoments data = SampleMoments.Of(observations, nameof(observations));
        double scatter = data.ScatterAbout(q.Mean) + data.Count * (q.StandardDeviation * q.StandardDeviation);
        return -0.5 * (LogNormaliser(data.Count) + scatter / Noise / Noise)
            - Gaussian.KullbackLeibler(q.Mean, q.StandardDeviation, Mean, StandardDeviation);
    }

    /// <summary>What the bound lacks: KL(q || posterior), of two normals.</summary>
    /// <param name="q">The approximation, with the same noise.</param>
    /// <param name="observations">n observations.</param>
    /// <returns>A number in [0, +infinity], 0 only where q is the posterior. Relative error at most 1e-13 for the rounded parameters of <see cref="Posterior"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="q"/> is null.</exception>
    /// <exception cref="ArgumentException">q has another noise; an observation is infinite.</exception>
    public double Gap(NormalNormal q, ReadOnlySpan<double> observations)
    {
        CheckApproximation(q);
        NormalNormal posterior = Posterior(observations);
        return Gaussian.KullbackLeibler(q.Mean, q.StandardDeviation, posterior.Mean, posterior.StandardDeviation);
    }

    private double LogNormaliser(int n) => n * (LogTwoPi + 2 * Elementary.Log(Noise));

    private double Gain(int n) => n * (StandardDeviation / Noise) * (StandardDeviation / Noise);

    private void CheckApproximation(NormalNormal q)
    {
        ArgumentNullException.ThrowIfNull(q);
        if (q.Noise != Noise && !double.IsNaN(q.Noise) && !double.IsNaN(Noise))
            throw new ArgumentException(FormattableString.Invariant($"q has noise {q.Noise} and the model {Noise}; an approximation has the noise of its model."), nameof(q));
    }
}
