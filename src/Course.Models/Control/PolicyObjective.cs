using RelativeEntropy;

namespace Course.Models;

/// <summary>What a trust-region step for a policy over a batch of states needs: the surrogate, the mean divergence from the old policy, their gradients, and
/// the Fisher matrix times a vector.</summary>
/// <remarks>
/// The policy's logits are a network's outputs; all means are over the N states of the batch; in nats. The old policy is that of the parameters given at
/// construction and stays fixed. Source: Schulman et al. (2015), where the divergence is KL(old || new). Surrogates, gradients and products are arithmetic
/// alone and have the same bits on every machine; the divergence itself is the library's. Not for several threads at once.
/// </remarks>
public sealed class PolicyObjective
{
    private readonly ForwardPass _old, _new;
    private readonly double[] _observations, _advantages, _oldLogits, _oldProbabilities, _probabilities, _work;
    private readonly int[] _actions;

    /// <summary>The objective of a batch.</summary>
    /// <param name="policy">The network from a state to the logits of the actions.</param>
    /// <param name="oldParameters">The parameters of the policy that acted.</param>
    /// <param name="observations">The N states, N x inputs, row-major.</param>
    /// <param name="actions">The action taken in each.</param>
    /// <param name="advantages">What each was worth.</param>
    /// <exception cref="ArgumentException">A length does not fit the others.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public PolicyObjective(
        MultilayerPerceptron policy, ReadOnlySpan<double> oldParameters, ReadOnlySpan<double> observations, ReadOnlySpan<int> actions, ReadOnlySpan<double> advantages)
    {
        _old = new(policy);
        _new = new(policy);
        _observations = observations.ToArray();
        _actions = actions.ToArray();
        _advantages = advantages.ToArray();
        _oldLogits = _old.Run(oldParameters, observations).ToArray();
        Shape.Length(actions.Length, _old.Rows, nameof(actions), "one per state");
        Shape.Length(advantages.Length, _old.Rows, nameof(advantages), "one per state");
        foreach (int action in actions)
            Shape.Index(action, policy.Outputs, nameof(actions), "actions");

        _oldProbabilities = new double[_oldLogits.Length];
        _probabilities = new double[_oldLogits.Length];
        _work = new double[_oldLogits.Length];
        DenseKernels.Softmax(_oldLogits, policy.Outputs, _oldProbabilities);
    }

    /// <summary>The number of states, N.</summary>
    public int States => _actions.Length;

    /// <summary>The mean of (new probability / old probability) advantage: what the step raises.</summary>
    /// <remarks>At the old parameters its gradient is the policy gradient (Kakade and Langford 2002; Schulman et al. 2015).</remarks>
    /// <param name="parameters">Of the new policy.</param>
    /// <param name="gradient">Receives the gradient by the parameters; empty if not wanted.</param>
    /// <returns>The surrogate; at the old parameters the mean advantage.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public double Surrogate(ReadOnlySpan<double> parameters, Span<double> gradient = default) => Clipped(parameters, double.PositiveInfinity, gradient);

    /// <summary>The mean of min(r A, clamp(r, 1 - c, 1 + c) A) with r = new probability / old probability and the advantage A: what proximal policy optimisation raises.</summary>
    /// <remarks>Where the clamped term is the smaller one, the sample has no gradient. Source: Schulman et al. (2017), equation 7.</remarks>
    /// <param name="parameters">Of the new policy.</param>
    /// <param name="clip">c, in (0, 1).</param>
    /// <param name="gradient">Receives the gradient by the parameters; empty if not wanted.</param>
    /// <returns>At most <see cref="Surrogate"/>, and equal to it at the old parameters.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="clip"/> is not in (0, 1).</exception>
    public double ClippedSurrogate(ReadOnlySpan<double> parameters, double clip, Span<double> gradient = default)
    {
        Shape.Positive(clip, nameof(clip));
        Shape.Fraction(clip, nameof(clip));
        return Clipped(parameters, clip, gradient);
    }

    /// <summary>The mean over states of KL(old policy || new policy).</summary>
    /// <param name="parameters">Of the new policy.</param>
    /// <param name="gradient">Receives the gradient by the parameters; empty if not wanted.</param>
    /// <returns>At least 0; 0 at the old parameters, where the gradient is 0 as well.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public double MeanKullbackLeibler(ReadOnlySpan<double> parameters, Span<double> gradient = default)
    {
        int k = _new.Network.Outputs;
        ReadOnlySpan<double> logits = _new.Run(parameters, _observations);
        double sum = 0;
        for (int i = 0; i < States; i++)
            sum += Logits.KullbackLeibler(_oldLogits.AsSpan(i * k, k), logits.Slice(i * k, k));
        if (!gradient.IsEmpty)
        {
            // By the new logits it is q - p: the probabilities here, so that what learns by it has the same bits everywhere.
            DenseKernels.Softmax(logits, k, _probabilities);
            for (int i = 0; i < _work.Length; i++)
                _work[i] = (_probabilities[i] - _oldProbabilities[i]) / States;
            _new.VectorJacobianProduct(_work, gradient);
        }

        return sum / States;
    }

    /// <summary>F v: the Fisher matrix of the old policy, which is the Hessian of <see cref="MeanKullbackLeibler"/> at the old parameters, times a vector.</summary>
    /// <remarks>F = the mean of J' (diag p - p p') J over the states, J the Jacobian of the logits: forward mode, the p-weighted deviation from the mean, reverse mode.
    /// Exact, and positive semi-definite but hardly ever definite: solving with it needs some damping. Source: Schulman et al. (2015), appendix C.</remarks>
    /// <param name="vector">v, one number per parameter.</param>
    /// <param name="destination">Receives F v.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void FisherVectorProduct(ReadOnlySpan<double> vector, Span<double> destination)
    {
        _old.Network.CheckParameters(destination.Length, nameof(destination));
        int k = _old.Network.Outputs;
        _old.JacobianVectorProduct(vector, _work);
        for (int i = 0; i < States; i++)
        {
            Span<double> row = _work.AsSpan(i * k, k);
            ReadOnlySpan<double> p = _oldProbabilities.AsSpan(i * k, k);
            double mean = 0;
            for (int j = 0; j < k; j++)
                mean += p[j] * row[j];
            for (int j = 0; j < k; j++)
                row[j] = p[j] * (row[j] - mean) / States;
        }

        _old.VectorJacobianProduct(_work, destination);
    }

    // The surrogate with the ratio clipped on the side of the advantage; the clip may be infinite.
    private double Clipped(ReadOnlySpan<double> parameters, double clip, Span<double> gradient)
    {
        int k = _new.Network.Outputs;
        DenseKernels.Softmax(_new.Run(parameters, _observations), k, _probabilities);
        double sum = 0;
        for (int i = 0; i < States; i++)
        {
            int taken = i * k + _actions[i];
            double ratio = _probabilities[taken] / _oldProbabilities[taken], term = ratio * _advantages[i];
            double clipped = Math.Clamp(ratio, 1 - clip, 1 + clip) * _advantages[i];
            sum += Math.Min(term, clipped);
            double slope = clipped < term ? 0 : term / States;
            for (int j = 0; j < k; j++)
                _work[i * k + j] = slope * ((j == _actions[i] ? 1 : 0) - _probabilities[i * k + j]);
        }

        if (!gradient.IsEmpty)
            _new.VectorJacobianProduct(_work, gradient);
        return sum / States;
    }
}
