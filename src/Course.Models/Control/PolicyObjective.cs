using RelativeEntropy;

namespace Course.Models;

/// <summary>What a trust-region step for a policy over a batch of states needs: the surrogate, the mean divergence from the old policy, their gradients, and
/// the Fisher matrix times a vector.</summary>
/// <remarks>
/// The policy's logits are a network's outputs; all means are over the N states of the batch; in nats. The old policy is that of the parameters given at
/// construction and stays fixed. Source: Schulman et al. (2015), where the divergence is KL(old || new). Not for several threads at once.
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
    public double Surrogate(ReadOnlySpan<double> parameters, Span<double> gradient = default)
    {
        int k = _new.Network.Outputs;
        DenseKernels.Softmax(_new.Run(parameters, _observations), k, _probabilities);
        double sum = 0;
        for (int i = 0; i < States; i++)
        {
            int taken = i * k + _actions[i];
            double term = _probabilities[taken] / _oldProbabilities[taken] * _advantages[i];
            sum += term;
            for (int j = 0; j < k; j++)
                _work[i * k + j] = term * ((j == _actions[i] ? 1 : 0) - _probabilities[i * k + j]) / States;
        }

        if (!gradient.IsEmpty)
            _new.VectorJacobianProduct(_work, gradient);
        return sum / States;
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
            sum += Logits.KullbackLeiblerGradient(_oldLogits.AsSpan(i * k, k), logits.Slice(i * k, k), [], _work.AsSpan(i * k, k));
        if (!gradient.IsEmpty)
        {
            foreach (ref double derivative in _work.AsSpan())
                derivative /= States;
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
}
