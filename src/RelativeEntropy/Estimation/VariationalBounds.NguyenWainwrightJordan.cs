using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class VariationalBounds
{
    /// <summary>The bound of Nguyen, Wainwright and Jordan on KL(p || q): E_p T - E_q e^(T - 1).</summary>
    /// <remarks>
    /// <para>At most KL(p || q) for every critic, and equal to it where T = 1 + log(p/q). The estimate is unbiased: over draws, too, its
    /// mean is at most the divergence.
    /// Never above <see cref="DonskerVaradhan(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> for the same critic, as log y is at
    /// most y/e. The same number as
    /// <see cref="FDivergence.LowerBound(Generator, ReadOnlySpan{double}, ReadOnlySpan{double})"/> of
    /// <see cref="Generator.KullbackLeibler"/>, here with its standard error.</para>
    /// <para>Limits: for the best critic the variance is at least (e^KL - 1)/m, so that a divergence of T nats needs about e^T samples
    /// (Song and Ermon 2020, theorem 2); with fewer,
    /// the samples that carry the mean are as a rule not drawn, the value is too large and the standard error too small.</para>
    /// <para>Time O(n + m). Source: Nguyen, Wainwright and Jordan (2010); also called f-GAN KL (Nowozin et al. 2016) and MINE-f (Belghazi
    /// et al. 2018).</para>
    /// </remarks>
    /// <param name="criticAtP">T at n samples of p.</param>
    /// <param name="criticAtQ">T at m samples of q, not necessarily as many.</param>
    /// <param name="logBase">The unit of the result; nats by default. The critic is always in nats.</param>
    /// <returns>A number in [-infinity, +infinity]: -infinity also where e^(T - 1) leaves the doubles. NaN if a critic is NaN. The standard
    /// error is +infinity where the value is
    /// infinite, else NaN where a span has one element.</returns>
    /// <exception cref="ArgumentException">A span is empty.</exception>
    /// <example><code>
    /// double[] atP = [1.5, 1.7, 1.2], atQ = [0.6, 1.1, 0.1];                     // the critic at samples of p and q
    /// double bound = VariationalBounds.NguyenWainwrightJordan(atP, atQ).Value;   // 0.7393131254
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static Estimate NguyenWainwrightJordan(ReadOnlySpan<double> criticAtP, ReadOnlySpan<double> criticAtQ,
        LogBase logBase = default) =>
        OfMean(criticAtP, criticAtQ, logBase);

    /// <inheritdoc cref="NguyenWainwrightJordan(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static Estimate NguyenWainwrightJordan(ReadOnlySpan<float> criticAtP, ReadOnlySpan<float> criticAtQ,
        LogBase logBase = default) =>
        OfMean(criticAtP, criticAtQ, logBase);

    private static Estimate OfMean<T>(ReadOnlySpan<T> criticAtP, ReadOnlySpan<T> criticAtQ, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.NotEmpty(criticAtP.Length, nameof(criticAtP));
        Check.NotEmpty(criticAtQ.Length, nameof(criticAtQ));
        if (Covariance.AnyNaN(criticAtP) || Covariance.AnyNaN(criticAtQ))
            return new(double.NaN, double.NaN);
        if (ProvesNothing(criticAtP, criticAtQ))
            return new(double.NegativeInfinity, double.PositiveInfinity);
        (double mean, double standardError) = MeanOf(criticAtP);
        double m = criticAtQ.Length;
        CompensatedSum sum = default, squares = default;
        foreach (T critic in criticAtQ)
            sum.Add(Elementary.Exp(double.CreateTruncating(critic) - 1) / m);
        double meanAtQ = sum.Value;
        if (double.IsInfinity(meanAtQ))
            return new(double.NegativeInfinity, double.PositiveInfinity);
        foreach (T critic in criticAtQ)
        {
            double deviation = meanAtQ == 0 ? 0 : Elementary.Exp(double.CreateTruncating(critic) - 1) / meanAtQ - 1;
            squares.Add(deviation * deviation);
        }

        return InUnit(mean - meanAtQ, double.Hypot(standardError, meanAtQ * Math.Sqrt(squares.Value / m / (m - 1))), logBase);
    }
}
