namespace Course.Models;

/// <summary>A value function: a network with one output, fitted to returns by least squares with <see cref="Adam"/>. It is the baseline of policy gradients.</summary>
/// <remarks>It keeps its parameters and the state of the optimiser from one batch of episodes to the next.</remarks>
public sealed class ValueFunction
{
    private readonly ForwardPass _pass;
    private readonly double[] _parameters, _gradient;
    private readonly Adam _adam;
    private readonly AdamState _state;

    /// <summary>A value function at random parameters.</summary>
    /// <param name="network">From a state to one number.</param>
    /// <param name="adam">The settings of the optimiser.</param>
    /// <param name="random">Where the parameters come from.</param>
    /// <exception cref="ArgumentException">The network has more than one output.</exception>
    public ValueFunction(MultilayerPerceptron network, Adam adam, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(adam);
        if (network.Outputs != 1)
            throw new ArgumentException(FormattableString.Invariant($"network has {network.Outputs} outputs; a value is one number."), nameof(network));
        _pass = new(network);
        _parameters = network.Initialise(random);
        _gradient = new double[network.ParameterCount];
        _adam = adam;
        _state = new(network.ParameterCount);
    }

    /// <summary>The values of states.</summary>
    /// <param name="observations">One or more states, row-major.</param>
    /// <returns>One number per state.</returns>
    /// <exception cref="ArgumentException">The observations are not a whole number of states.</exception>
    public double[] Predict(ReadOnlySpan<double> observations) => _pass.Run(_parameters, observations).ToArray();

    /// <summary>Fits the values to returns: passes over the states in random order, a step of Adam on half the mean squared error of each batch.</summary>
    /// <param name="observations">States, row-major.</param>
    /// <param name="returns">One return per state.</param>
    /// <param name="epochs">Passes over all states.</param>
    /// <param name="batchSize">States per step.</param>
    /// <param name="random">Where the order comes from.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public void Fit(ReadOnlySpan<double> observations, ReadOnlySpan<double> returns, int epochs, int batchSize, SeededRandom random)
    {
        Shape.Positive(epochs, nameof(epochs));
        int rows = Shape.Rows(observations.Length, _pass.Network.Inputs, nameof(observations));
        Shape.Length(returns.Length, rows, nameof(returns), "one per state");
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (int[] batch in Batches.Shuffled(rows, batchSize, random))
            {
                double[] errors = _pass.Run(_parameters, Batches.Gather(observations, _pass.Network.Inputs, batch)).ToArray();
                for (int i = 0; i < batch.Length; i++)
                    errors[i] = (errors[i] - returns[batch[i]]) / batch.Length;
                _pass.VectorJacobianProduct(errors, _gradient);
                _adam.Step(_state, _parameters, _gradient);
            }
        }
    }
}
