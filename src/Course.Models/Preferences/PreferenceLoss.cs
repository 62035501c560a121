namespace Course.Models;

/// <summary>Losses by which a policy over n answers learns from choices between two of them, without a reward model.</summary>
/// <remarks>
/// The policy and the reference are softmax of logits. With h(y) = ln (policy(y) / reference(y)), both losses depend on differences h(y) -
/// h(z) alone, and these are differences of
/// logits. Choices are an n x n table, row-major: element (y, z) is the weight of "y was chosen over z", a count or a probability; the
/// diagonal is not used.
/// </remarks>
public static class PreferenceLoss
{
    /// <summary>Direct preference optimisation: the weighted mean of -ln sigma(penalty (h(y) - h(z))), sigma(x) = 1/(1 +
    /// exp(-x)).</summary>
    /// <remarks>Convex in the logits. Source: Rafailov et al. (2023), equation 7; the probability of a choice is that of Bradley and Terry
    /// (1952).</remarks>
    /// <param name="logits">Of the policy, n of them.</param>
    /// <param name="referenceLogits">Of the reference.</param>
    /// <param name="choices">The weights, n x n, not negative, some off the diagonal positive.</param>
    /// <param name="penalty">beta, positive.</param>
    /// <param name="gradient">Receives the gradient by the logits; empty if not wanted.</param>
    /// <returns>At least 0.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an element that is not allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="penalty"/> is not positive.</exception>
    public static double Direct(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> choices, double penalty,
        Span<double> gradient = default) =>
        Mean(logits, referenceLogits, choices, penalty, gradient, static (difference, penalty) =>
        {
            double x = penalty * difference, small = Math.Exp(-Math.Abs(x));
            return (Math.Max(-x, 0) + Math.Log(1 + small), -penalty * (x < 0 ? 1 : small) / (1 + small));
        });

    /// <summary>Identity preference optimisation: the weighted mean of (h(y) - h(z) - 1/(2 penalty))^2.</summary>
    /// <remarks>Convex in the logits, and its minimum is finite whatever was chosen. Source: Azar et al. (2024), equation 17.</remarks>
    /// <param name="logits">Of the policy, n of them.</param>
    /// <param name="referenceLogits">Of the reference.</param>
    /// <param name="choices">The weights, n x n, not negative, some off the diagonal positive.</param>
    /// <param name="penalty">tau, positive.</param>
    /// <param name="gradient">Receives the gradient by the logits; empty if not wanted.</param>
    /// <returns>At least 0.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an element that is not allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="penalty"/> is not positive.</exception>
    public static double Identity(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> choices, double penalty,
        Span<double> gradient = default) =>
        Mean(logits, referenceLogits, choices, penalty, gradient, static (difference, penalty) =>
        {
            double rest = difference - 1 / (2 * penalty);
            return (rest * rest, 2 * rest);
        });

    // The weighted mean of a function of the differences, and its gradient; the function gives its value and its derivative.
    private static double Mean(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> referenceLogits, ReadOnlySpan<double> choices, double penalty,
        Span<double> gradient, Func<double, double, (double Value, double Slope)> loss)
    {
        int n = logits.Length;
        Shape.Finite(logits, nameof(logits));
        Shape.Finite(referenceLogits, nameof(referenceLogits));
        Shape.Finite(choices, nameof(choices));
        Shape.Length(referenceLogits.Length, n, nameof(referenceLogits), "one per answer");
        Shape.Length(choices.Length, n * n, nameof(choices), "one per ordered pair of answers");
        Shape.Positive(penalty, nameof(penalty));
        Shape.Wanted(gradient.Length, n, nameof(gradient), "one per answer");
        double all = Weight(choices, n), sum = 0;
        gradient.Clear();
        for (int y = 0; y < n; y++)
        {
            for (int z = 0; z < n; z++)
            {
                double weight = y == z ? 0 : choices[y * n + z] / all;
                if (weight == 0)
                    continue;
                (double value, double slope) = loss(logits[y] - referenceLogits[y] - (logits[z] - referenceLogits[z]), penalty);
                sum += weight * value;
                if (gradient.IsEmpty)
                    continue;
                gradient[y] += weight * slope;
                gradient[z] -= weight * slope;
            }
        }

        return sum;
    }

    private static double Weight(ReadOnlySpan<double> choices, int n)
    {
        double all = 0;
        for (int i = 0; i < choices.Length; i++)
        {
            if (choices[i] < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"choices[{i}] = {choices[i]}; a weight must not be negative."), nameof(choices));
            }

            all += i % (n + 1) == 0 ? 0 : choices[i];
        }

        return all > 0
            ? all
            : throw new ArgumentException("choices has no positive weight off its diagonal; there is nothing to learn.", nameof(choices));
    }
}
