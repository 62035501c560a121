namespace Course.Models;

/// <summary>Gradient descent with momentum: v becomes momentum v + gradient, and the parameters move by -learningRate v.</summary>
/// <remarks>Settings alone; what it remembers is the velocity v, an array that starts at 0. Source: Polyak (1964); in this form, where v is a sum of
/// gradients, Sutskever et al. (2013) up to the learning rate, which is not part of v here.</remarks>
public sealed record StochasticGradientDescent
{
    /// <summary>The settings.</summary>
    /// <param name="learningRate">Positive and finite.</param>
    /// <param name="momentum">In [0, 1); 0 is plain gradient descent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public StochasticGradientDescent(double learningRate, double momentum = 0)
    {
        Shape.Positive(learningRate, nameof(learningRate));
        Shape.Fraction(momentum, nameof(momentum));
        LearningRate = learningRate;
        Momentum = momentum;
    }

    /// <summary>The length of a step per unit of velocity.</summary>
    public double LearningRate { get; }

    /// <summary>What is kept of the velocity from step to step.</summary>
    public double Momentum { get; }

    /// <summary>One step.</summary>
    /// <param name="velocity">v, changed in place; zeros before the first step.</param>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Of the loss, at the parameters.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Step(Span<double> velocity, Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        Shape.Length(velocity.Length, parameters.Length, nameof(velocity), "one number per parameter");
        Shape.Length(gradient.Length, parameters.Length, nameof(gradient), "one number per parameter");
        for (int i = 0; i < parameters.Length; i++)
        {
            velocity[i] = Momentum * velocity[i] + gradient[i];
            parameters[i] -= LearningRate * velocity[i];
        }
    }
}
