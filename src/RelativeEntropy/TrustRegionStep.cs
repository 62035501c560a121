namespace RelativeEntropy;

/// <summary>What is found at candidate parameters.</summary>
/// <remarks>The default value is that of the old parameters: no improvement, no divergence.</remarks>
/// <param name="Improvement">The surrogate objective there less that at the old parameters.</param>
/// <param name="KullbackLeibler">The mean over states of KL(old policy || candidate policy), in nats.</param>
public readonly record struct SurrogateValue(double Improvement, double KullbackLeibler);

/// <summary>Evaluates the surrogate objective and the divergence at candidate parameters.</summary>
/// <param name="parameters">The candidate, valid during the call.</param>
/// <returns>The improvement and the divergence; NaN in either refuses the candidate.</returns>
public delegate SurrogateValue SurrogateEvaluation(ReadOnlySpan<double> parameters);

/// <summary>How a trust-region step ended. Only after <see cref="Accepted"/> have the parameters changed.</summary>
public enum TrustRegionOutcome
{
    /// <summary>A candidate within the radius brought enough improvement and is now in the parameters.</summary>
    Accepted,

    /// <summary>The gradient is zero: there is nowhere to go.</summary>
    ZeroGradient,

    /// <summary>The product is not that of a positive definite matrix along the gradient; a larger damping makes it one.</summary>
    NonPositiveCurvature,

    /// <summary>The gradient, a product, or every candidate that was evaluated gave NaN or overflowed.</summary>
    NotANumber,

    /// <summary>Every candidate was outside the radius: the divergence grows faster than the product says.</summary>
    OutsideRadius,

    /// <summary>Candidates were within the radius, but none brought enough improvement.</summary>
    NoImprovement,
}

/// <summary>A trust-region step and what was found on the way.</summary>
/// <remarks>The default value is that of a step of length 0 that was accepted; no call returns it.</remarks>
/// <param name="Outcome">Whether the step was taken, and if not, why.</param>
/// <param name="KullbackLeibler">The divergence at the candidate evaluated last, the accepted one where there is one; 0 where none was evaluated.</param>
/// <param name="Improvement">The improvement of the surrogate at that candidate; 0 where none was evaluated.</param>
/// <param name="ExpectedImprovement">The improvement to first order, gradient times step, at that candidate; 0 where none was evaluated.</param>
/// <param name="StepFraction">That candidate's step as a fraction of the full one, the backtrack ratio to the power of <paramref name="Backtracks"/>; 0 where none was evaluated.</param>
/// <param name="Backtracks">How often the step was shortened.</param>
/// <param name="Solve">The solution by conjugate gradients for the direction.</param>
public readonly record struct TrustRegionStep(
    TrustRegionOutcome Outcome, double KullbackLeibler, double Improvement, double ExpectedImprovement, double StepFraction, int Backtracks,
    ConjugateGradientResult Solve);
