using RelativeEntropy;

namespace Course.Models;

/// <summary><see cref="PolicyObjective"/> for one continuous action: the policy is normal, its mean a linear function of the state, its
/// standard deviation the same in all states.</summary>
/// <remarks>
/// Parameters: n gains k, then l = ln sigma. In state s the action is normal with mean k's and standard deviation exp(l). All means are
/// over the N states of the
/// batch; in nats. With S the mean of s s' the Fisher matrix has the blocks S/sigma^2 for the gains and 2 for l, and nothing between them.
/// Source: Schulman et al. (2015); the
/// matrix is the classical Fisher information of the normal, by ln sigma.
/// </remarks>
public sealed class NormalPolicyObjective
{
    private readonly double[] _old, _states, _actions, _advantages, _oldMeans, _moments;

    /// <summary>The objective of a batch.</summary>
    /// <param name="oldParameters">The parameters of the policy that acted.</param>
    /// <param name="states">The N states, N x n, row-major.</param>
    /// <param name="actions">The action taken in each.</param>
    /// <param name="advantages">What each was worth.</param>
    /// <exception cref="ArgumentException">A length does not fit the others, or an old parameter is not finite.</exception>
    public NormalPolicyObjective(
        ReadOnlySpan<double> oldParameters, ReadOnlySpan<double> states, ReadOnlySpan<double> actions, ReadOnlySpan<double> advantages)
    {
        if (oldParameters.Length < 2)
            throw new ArgumentException("oldParameters needs a gain at least, and the logarithm of a standard deviation.", nameof(oldParameters));
        Shape.Finite(oldParameters, nameof(oldParameters));
        int rows = Shape.Rows(states.Length, oldParameters.Length - 1, nameof(states));
        Shape.Length(actions.Length, rows, nameof(actions), "one per state");
        Shape.Length(advantages.Length, rows, nameof(advantages), "one per state");
        _old = oldParameters.ToArray();
        _states = states.ToArray();
        _actions = actions.ToArray();
        _advantages = advantages.ToArray();
        _oldMeans = new double[rows];
        _moments = new double[Gains * Gains];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> state = StateAt(i);
            _oldMeans[i] = MeanAction(_old, state);
            for (int j = 0; j < Gains; j++)
            {
                for (int k = 0; k < Gains; k++)
                    _moments[j * Gains + k] += state[j] * state[k] / rows;
            }
        }
    }

    /// <summary>S, the mean of s s' over the states, n x n, row-major.</summary>
    public ReadOnlySpan<double> SecondMoments => _moments;

    private int Gains => _old.Length - 1;

    /// <summary>The mean of (new density / old density) advantage: what the step raises.</summary>
    /// <param name="parameters">Of the new policy.</param>
    /// <param name="gradient">Receives the gradient by the parameters; empty if not wanted.</param>
    /// <returns>The surrogate; at the old parameters the mean advantage.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public double Surrogate(ReadOnlySpan<double> parameters, Span<double> gradient = default)
    {
        Check(parameters, gradient);
        double deviation = Math.Exp(parameters[^1]), oldDeviation = Math.Exp(_old[^1]), sum = 0;
        for (int i = 0; i < _actions.Length; i++)
        {
            ReadOnlySpan<double> state = StateAt(i);
            double z = (_actions[i] - MeanAction(parameters, state)) / deviation, oldZ = (_actions[i] - _oldMeans[i]) / oldDeviation;
            double term = Math.Exp((oldZ * oldZ - z * z) / 2 + _old[^1] - parameters[^1]) * _advantages[i] / _actions.Length;
            sum += term;
            Add(gradient, term * z / deviation, state, term * (z * z - 1));
        }

        return sum;
    }

    /// <summary>The mean over states of KL(old policy || new policy).</summary>
    /// <param name="parameters">Of the new policy.</param>
    /// <param name="gradient">Receives the gradient by the parameters; empty if not wanted.</param>
    /// <returns>At least 0; 0 at the old parameters, where the gradient is 0 as well.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public double MeanKullbackLeibler(ReadOnlySpan<double> parameters, Span<double> gradient = default)
    {
        Check(parameters, gradient);
        double deviation = Math.Exp(parameters[^1]), oldDeviation = Math.Exp(_old[^1]), sum = 0;
        for (int i = 0; i < _actions.Length; i++)
        {
            ReadOnlySpan<double> state = StateAt(i);
            double mean = MeanAction(parameters, state), z = (mean - _oldMeans[i]) / deviation, quotient = oldDeviation / deviation;
            sum += Gaussian.KullbackLeibler(_oldMeans[i], oldDeviation, mean, deviation);
            Add(gradient, z / deviation / _actions.Length, state, (1 - quotient * quotient - z * z) / _actions.Length);
        }

        return sum / _actions.Length;
    }

    /// <summary>F v: the Fisher matrix of the old policy, which is the Hessian of <see cref="MeanKullbackLeibler"/> at the old parameters,
    /// times a vector.</summary>
    /// <param name="vector">v, one number per parameter.</param>
    /// <param name="destination">Receives F v; not the same memory.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void FisherVectorProduct(ReadOnlySpan<double> vector, Span<double> destination)
    {
        Shape.Length(vector.Length, _old.Length, nameof(vector), "one per parameter");
        Shape.Length(destination.Length, _old.Length, nameof(destination), "one per parameter");
        double variance = Math.Exp(2 * _old[^1]);
        for (int j = 0; j < Gains; j++)
            destination[j] = MeanAction(vector, _moments.AsSpan(j * Gains, Gains)) / variance;
        destination[^1] = 2 * vector[^1];
    }

    private static double MeanAction(ReadOnlySpan<double> gains, ReadOnlySpan<double> state)
    {
        double sum = 0;
        for (int j = 0; j < state.Length; j++)
            sum += gains[j] * state[j];
        return sum;
    }

    private static void Add(Span<double> gradient, double byMean, ReadOnlySpan<double> state, double byLogDeviation)
    {
        if (gradient.IsEmpty)
            return;
        for (int j = 0; j < state.Length; j++)
            gradient[j] += byMean * state[j];
        gradient[^1] += byLogDeviation;
    }

    private ReadOnlySpan<double> StateAt(int i) => _states.AsSpan(i * Gains, Gains);

    private void Check(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        Shape.Length(parameters.Length, _old.Length, nameof(parameters), "one per gain, and the logarithm of a standard deviation");
        Shape.Wanted(gradient.Length, _old.Length, nameof(gradient), "one per parameter");
        gradient.Clear();
    }
}
