using MathNet.Numerics;

namespace Course.Models;

/// <summary>What a decoder's outputs say of the data: the distribution of each number of x given the decoder's output o for it.</summary>
public readonly record struct Likelihood
{
    private readonly double _variance;

    private Likelihood(double variance) => _variance = variance;

    /// <summary>Bernoulli with logit o: -log p = log(1 + e^o) - x o. For x between 0 and 1 it is the cross-entropy of the two coins, no density of x
    /// (Loaiza-Ganem and Cunningham 2019); its minimum over o is at sigmoid(o) = x all the same. The default.</summary>
    public static Likelihood Bernoulli => default;

    /// <summary>Normal with mean o and a fixed variance: -log p = (x - o)^2 / (2 variance) + log(2 pi variance) / 2.</summary>
    /// <param name="variance">Positive and finite.</param>
    /// <returns>The likelihood.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public static Likelihood Gaussian(double variance)
    {
        Shape.Positive(variance, nameof(variance));
        return new(variance);
    }

    /// <summary>-log p(x | o), in nats, summed over the numbers of a row.</summary>
    /// <param name="x">The data.</param>
    /// <param name="outputs">The decoder's outputs, as many.</param>
    /// <returns>The sum. For Bernoulli it is a sum of non-negative terms.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public double NegativeLog(ReadOnlySpan<double> x, ReadOnlySpan<double> outputs)
    {
        Shape.Length(outputs.Length, x.Length, nameof(outputs), "one per number of x");
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += _variance == 0 ? Surprise(x[i], outputs[i]) : (x[i] - outputs[i]) * (x[i] - outputs[i]);
        return _variance == 0 ? sum : 0.5 * (sum / _variance + x.Length * Math.Log(2 * Math.PI * _variance));
    }

    /// <summary>The derivatives of -log p(x | o) by o: sigmoid(o) - x, or (o - x)/variance.</summary>
    /// <param name="x">The data.</param>
    /// <param name="outputs">The decoder's outputs, as many.</param>
    /// <param name="gradient">Receives as many derivatives.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void NegativeLogGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> outputs, Span<double> gradient)
    {
        Shape.Length(outputs.Length, x.Length, nameof(outputs), "one per number of x");
        Shape.Length(gradient.Length, x.Length, nameof(gradient), "one per number of x");
        for (int i = 0; i < x.Length; i++)
            gradient[i] = _variance == 0 ? SpecialFunctions.Logistic(outputs[i]) - x[i] : (outputs[i] - x[i]) / _variance;
    }

    // max(o, 0) - x o without its cancellation, and log(1 + e^-|o|) by Kahan's correction of the rounding in 1 + e^-|o|.
    private static double Surprise(double x, double o)
    {
        double e = Math.Exp(-Math.Abs(o)), sum = 1 + e;
        return (o > 0 ? (1 - x) * o : -x * o) + (sum == 1 ? e : Math.Log(sum) * e / (sum - 1));
    }
}
