using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>Closed forms for stationary Gaussian processes of mean zero in discrete time, given by their spectral densities.</summary>
public static class StationaryGaussian
{
    /// <summary>The Kullback-Leibler rate of two stationary Gaussian processes: the divergence of n successive values, over n, as n grows.</summary>
    /// <remarks>
    /// Half the mean over the frequencies of f0/f1 - 1 - log(f0/f1), the Itakura-Saito term, each without cancellation. It is the rectangle
    /// rule for the integral over (-pi, pi): exact for trigonometric polynomials of degree below n, and fast converging where the densities are
    /// smooth. The n frequencies are evenly spaced over the full circle; for a real process the densities are even, and the midpoints of
    /// an even division of (0, pi) do as well. Whatever factor a convention puts in the densities cancels. The relative error against that
    /// mean is at most 1e-13. Time O(n), memory O(1). Source: Pinsker (1964); Itakura and Saito (1968).
    /// </remarks>
    /// <param name="spectrum0">The n values of f0, the spectral density of the first process, finite and positive.</param>
    /// <param name="spectrum1">The n values of f1, that of the second, at the same frequencies.</param>
    /// <param name="logBase">The unit of the result; nats by default. Per step of time.</param>
    /// <returns>A number in [0, +infinity], 0 only where the densities are equal; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is not positive and finite.</exception>
    /// <example><code>
    /// double[] flat = [1, 1, 1, 1], peaked = [0.5, 2, 2, 0.5];
    /// double perStep = StationaryGaussian.KullbackLeiblerRate(flat, peaked);   // 0.125
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerRate(ReadOnlySpan<double> spectrum0, ReadOnlySpan<double> spectrum1, LogBase logBase = default) =>
        Rate(spectrum0, spectrum1, logBase);

    /// <inheritdoc cref="KullbackLeiblerRate(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/>
    public static double KullbackLeiblerRate(ReadOnlySpan<float> spectrum0, ReadOnlySpan<float> spectrum1, LogBase logBase = default) =>
        Rate(spectrum0, spectrum1, logBase);

    private static double Rate<T>(ReadOnlySpan<T> spectrum0, ReadOnlySpan<T> spectrum1, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(spectrum0.Length, spectrum1.Length, nameof(spectrum0), nameof(spectrum1));
        Check.PositiveOrNaN(spectrum0, nameof(spectrum0));
        Check.PositiveOrNaN(spectrum1, nameof(spectrum1));
        CompensatedSum sum = default;
        for (int i = 0; i < spectrum0.Length; i++)
            sum.Add(LogRatio.ItakuraSaito(double.CreateTruncating(spectrum0[i]), double.CreateTruncating(spectrum1[i])));
        return logBase.FromNats(0.5 * (sum.Value / spectrum0.Length));
    }
}
