namespace Course.Models;

/// <summary>Adam: gradient descent by the ratio of a gradient's running mean to its running root mean square.</summary>
/// <remarks>
/// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2; the parameters move by -learningRate m^ / (sqrt(v^) + epsilon) with m^ = m/(1 - beta1^t),
/// v^ = v/(1 - beta2^t) after t steps. Settings alone; <see cref="AdamState"/> is what it remembers. Source: Kingma and Ba (2015), algorithm 1.
/// </remarks>
public sealed record Adam
{
    /// <summary>The settings; the defaults are the paper's.</summary>
    /// <param name="learningRate">Positive and finite: about the length of a step of each parameter.</param>
    /// <param name="beta1">The decay of the mean, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Positive and finite: added to the root mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        Shape.Positive(learningRate, nameof(learningRate));
        Shape.Fraction(beta1, nameof(beta1));
        Shape.Fraction(beta2, nameof(beta2));
        Shape.Positive(epsilon, nameof(epsilon));
        (LearningRate, Beta1, Beta2, Epsilon) = (learningRate, beta1, beta2, epsilon);
    }

    /// <summary>About the length of a step of each parameter.</summary>
    public double LearningRate { get; }

    /// <summary>The decay of the mean.</summary>
    public double Beta1 { get; }

    /// <summary>The decay of the mean square.</summary>
    public double Beta2 { get; }

    /// <summary>What is added to the root mean square.</summary>
    public double Epsilon { get; }

    /// <summary>One step.</summary>
    /// <param name="state">What is remembered, changed in place.</param>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Of the loss, at the parameters.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Step(AdamState state, Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(state);
        Span<double> mean = state.FirstMoment, square = state.SecondMoment;
        Shape.Length(parameters.Length, mean.Length, nameof(parameters), "one number per element of the state");
        Shape.Length(gradient.Length, mean.Length, nameof(gradient), "one number per parameter");
        state.Steps++;
        double correction1 = 1 - (state.Power1 *= Beta1), correction2 = 1 - (state.Power2 *= Beta2);
        for (int i = 0; i < mean.Length; i++)
        {
            double g = gradient[i];
            mean[i] = Beta1 * mean[i] + (1 - Beta1) * g;
            square[i] = Beta2 * square[i] + (1 - Beta2) * g * g;
            parameters[i] -= LearningRate * (mean[i] / correction1) / (Math.Sqrt(square[i] / correction2) + Epsilon);
        }
    }
}

/// <summary>What <see cref="Adam"/> remembers from step to step.</summary>
public sealed class AdamState
{
    /// <summary>The state before the first step.</summary>
    /// <param name="parameterCount">The number of parameters, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public AdamState(int parameterCount)
    {
        Shape.Positive(parameterCount, nameof(parameterCount));
        FirstMoment = new double[parameterCount];
        SecondMoment = new double[parameterCount];
    }

    /// <summary>The steps made so far.</summary>
    public int Steps { get; internal set; }

    /// <summary>beta1^t, by multiplication: the power function of a platform may differ in its last bit.</summary>
    internal double Power1 { get; set; } = 1;

    internal double Power2 { get; set; } = 1;

    internal double[] FirstMoment { get; }

    internal double[] SecondMoment { get; }
}
