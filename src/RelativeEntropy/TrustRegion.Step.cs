using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class TrustRegion
{
    /// <summary>One step of trust-region policy optimisation: along the natural gradient to the edge of the region, then back until the surrogate and the divergence agree.</summary>
    /// <remarks>
    /// <para>With A = F + damping I, the direction is x = A^-1 g by conjugate gradients (to a residual of 1e-10 of the gradient's length, or as many steps as allowed), and the full step sqrt(2 delta / x'A x) x: the longest
    /// whose divergence is at most delta to second order. Candidates are theta + ratio^k times the full step, k = 0, 1, ...; the first is accepted that has improvement &gt; 0,
    /// improvement at least the acceptance ratio times g'step, and divergence at most delta, all as <paramref name="evaluate"/> gives them.</para>
    /// <para>Every candidate lies in the work buffer. The parameters are written once, on acceptance: a refusal or an exception from a delegate leaves them as they
    /// were. (What a delegate sets elsewhere, such as the weights of a network, is for its owner to set back.) The length of g does not matter for the step, only its direction.
    /// Time: at most one product more than the steps of conjugate gradients, one evaluation per candidate, and O(n) for each. Source: Schulman et al. (2015), appendix C.</para>
    /// </remarks>
    /// <param name="gradient">g, the gradient of the surrogate objective, to be increased, at the old parameters: n finite numbers.</param>
    /// <param name="product">The product with the Fisher matrix F, the Hessian of the mean divergence at the old parameters; without damping.</param>
    /// <param name="evaluate">The surrogate's improvement and the mean divergence at candidate parameters.</param>
    /// <param name="parameters">theta, the n parameters; replaced by the accepted candidate.</param>
    /// <param name="options">Radius, damping and line search; the defaults if null.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(n) elements, overwritten, apart from the parameters; empty to have it rented from the pool.</param>
    /// <returns>The outcome, and divergence, improvements and fraction of the step for the last candidate.</returns>
    /// <exception cref="ArgumentNullException">A delegate is null.</exception>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; the gradient has an infinite element; the parameters
    /// overlap the gradient; the work buffer is too short or overlaps either.</exception>
    /// <example><code>
    /// double[] x = [1];                           // the objective is -x^2/2, and the divergence half the square of the step
    /// TrustRegionStep step = TrustRegion.Step(
    ///     [-1],
    ///     (vector, destination) => vector.CopyTo(destination),
    ///     to => new SurrogateValue(0.5 - 0.5 * to[0] * to[0], 0.5 * (to[0] - 1) * (to[0] - 1)),
    ///     x,
    ///     new TrustRegionOptions { Radius = 0.01, Damping = 0 });
    /// double divergence = step.KullbackLeibler;   // 0.01
    /// double moved = x[0];                        // 0.8585786438
    /// </code></example>
    public static TrustRegionStep Step(
        ReadOnlySpan<double> gradient, FisherVectorProduct product, SurrogateEvaluation evaluate, Span<double> parameters,
        TrustRegionOptions? options = null, Span<double> work = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(evaluate);
        Check.SameNonZeroLength(gradient.Length, parameters.Length, nameof(gradient), nameof(parameters));
        Check.FiniteOrNaN(gradient, nameof(gradient));
        Check.Distinct<double, double>(gradient, nameof(gradient), parameters, nameof(parameters));
        options ??= DefaultOptions;
        int n = gradient.Length;
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(n))
            .ApartFrom(gradient, nameof(gradient)).ApartFrom<double>(parameters, nameof(parameters));
        Span<double> direction = buffer.Span[..n], rest = buffer.Span[n..], candidate = rest[..n];

        ConjugateGradientResult solve = Solve(product, options.Damping, gradient, direction, options.Iterations, SolveTolerance, rest, out int exponent);
        if (double.IsNaN(solve.ResidualNorm))
            return Refused(TrustRegionOutcome.NotANumber);
        if (Vectors.Largest(gradient) == 0)
            return Refused(TrustRegionOutcome.ZeroGradient);

        // The direction is that of the gradient over 2^exponent; the full step does not depend on the scale.
        Apply(product, options.Damping, direction, candidate);
        double quadratic = Vectors.Dot(direction, candidate);
        for (int i = 0; i < n; i++)
            candidate[i] = Math.ScaleB(gradient[i], -exponent);
        double slope = Vectors.Dot(direction, candidate);
        if (!double.IsFinite(quadratic) || !double.IsFinite(slope))
            return Refused(TrustRegionOutcome.NotANumber);
        if (quadratic <= 0 || slope <= 0)
            return Refused(TrustRegionOutcome.NonPositiveCurvature);

        double full = Math.Sqrt(2 * options.Radius / quadratic), fraction = 1;
        bool anyNumber = false, anyInside = false;
        for (int backtracks = 0; ; backtracks++)
        {
            double length = fraction * full, expected = Math.ScaleB(length * slope, exponent);
            for (int i = 0; i < n; i++)
                candidate[i] = Math.FusedMultiplyAdd(length, direction[i], parameters[i]);
            SurrogateValue value = evaluate(candidate);
            bool isNumber = !double.IsNaN(value.Improvement) && !double.IsNaN(value.KullbackLeibler), isInside = isNumber && value.KullbackLeibler <= options.Radius;
            anyNumber |= isNumber;
            anyInside |= isInside;
            bool isAccepted = isInside && value.Improvement > 0 && value.Improvement >= options.AcceptanceRatio * expected;
            if (isAccepted)
                candidate.CopyTo(parameters);
            if (isAccepted || backtracks == options.MaximumBacktracks)
            {
                TrustRegionOutcome outcome = isAccepted ? TrustRegionOutcome.Accepted
                    : !anyNumber ? TrustRegionOutcome.NotANumber
                    : !anyInside ? TrustRegionOutcome.OutsideRadius
                    : TrustRegionOutcome.NoImprovement;
                return new(outcome, value.KullbackLeibler, value.Improvement, expected, fraction, backtracks, solve);
            }

            fraction *= options.BacktrackRatio;
        }

        TrustRegionStep Refused(TrustRegionOutcome outcome) => new(outcome, 0, 0, 0, 0, 0, solve);
    }

    private const double SolveTolerance = 1e-10;

    private static readonly TrustRegionOptions DefaultOptions = new();
}
