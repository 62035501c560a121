namespace Course.Models;

/// <summary>A batch of rows sent through a network, every layer's values kept: what its derivatives are taken of.</summary>
/// <remarks>
/// With y = (the outputs of all rows) as a function of the parameters theta, and J its Jacobian at the parameters last run, this gives J v
/// (forward mode) and J' u (reverse mode), both exact up to rounding and each at the cost of about two to three runs. J' M (J v) is then a Gauss-Newton or Fisher
/// matrix times a vector, without the matrix (Pearlmutter 1994; Schraudolph 2002). Buffers are kept from batch to batch: only a batch larger than
/// any before allocates. Not for several threads at once.
/// </remarks>
public sealed class ForwardPass
{
    private readonly double[] _parameters;
    private readonly double[] _transposed;
    private readonly double[][] _values;
    private double[] _first = [], _second = [];

    /// <summary>A pass to be run.</summary>
    /// <param name="network">The network.</param>
    public ForwardPass(MultilayerPerceptron network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        _parameters = new double[network.ParameterCount];
        _transposed = new double[network.ParameterCount];
        _values = [.. network.Widths.Select(_ => Array.Empty<double>())];
    }

    /// <summary>The network.</summary>
    public MultilayerPerceptron Network { get; }

    /// <summary>The number of rows last run; 0 before.</summary>
    public int Rows { get; private set; }

    /// <summary>The outputs of the last run, <see cref="Rows"/> x outputs, row-major; overwritten by the next.</summary>
    public ReadOnlySpan<double> Outputs => Values(Network.Layers);

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="parameters">The network's parameters. They are copied: derivatives are taken at these, whatever becomes of the array.</param>
    /// <param name="inputs">One or more rows of inputs, row-major.</param>
    /// <returns><see cref="Outputs"/>.</returns>
    /// <exception cref="ArgumentException">There are not as many parameters as the network has, or the inputs are not a whole number of rows.</exception>
    public ReadOnlySpan<double> Run(ReadOnlySpan<double> parameters, ReadOnlySpan<double> inputs)
    {
        Network.CheckParameters(parameters.Length, nameof(parameters));
        int rows = Shape.Rows(inputs.Length, Network.Inputs, nameof(inputs));
        Reserve(rows);
        parameters.CopyTo(_parameters);
        inputs.CopyTo(_values[0]);
        for (int l = 0; l < Network.Layers; l++)
        {
            Span<double> next = Values(l + 1);
            DenseKernels.Repeat(Network.BiasesOf(_parameters, l), next);
            Multiply(Values(l), Network.WeightsOf(_parameters, l), next, l);
            DenseKernels.Apply(Network.ActivationOf(l), next);
        }

        return Outputs;
    }

    /// <summary>J v: how the outputs change as the parameters move along v.</summary>
    /// <param name="direction">v, one number per parameter.</param>
    /// <param name="tangent">Receives J v, <see cref="Rows"/> x outputs.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">Nothing has been run.</exception>
    public void JacobianVectorProduct(ReadOnlySpan<double> direction, Span<double> tangent)
    {
        CheckRun();
        Network.CheckParameters(direction.Length, nameof(direction));
        Shape.Length(tangent.Length, Outputs.Length, nameof(tangent), "one number per output of each row last run");
        Span<double> current = [];
        for (int l = 0; l < Network.Layers; l++)
        {
            Span<double> next = l == Network.Layers - 1 ? tangent : Spare(l, Network.Widths[l + 1]);
            DenseKernels.Repeat(Network.BiasesOf(direction, l), next);
            Multiply(Values(l), Network.WeightsOf(direction, l), next, l);
            if (l > 0)
                Multiply(current, Network.WeightsOf(_parameters, l), next, l);
            DenseKernels.ApplyDerivative(Network.ActivationOf(l), Values(l + 1), next);
            current = next;
        }
    }

    /// <summary>J' u: the gradient by the parameters of the sum over rows of u . y, that is, of any loss whose gradient by the outputs is u.</summary>
    /// <param name="outputGradient">u, <see cref="Rows"/> x outputs.</param>
    /// <param name="gradient">Receives J' u, one number per parameter; empty if not wanted.</param>
    /// <param name="inputGradient">Receives the gradient by the inputs, <see cref="Rows"/> x inputs; empty if not wanted.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">Nothing has been run.</exception>
    public void VectorJacobianProduct(ReadOnlySpan<double> outputGradient, Span<double> gradient, Span<double> inputGradient = default)
    {
        CheckRun();
        Shape.Length(outputGradient.Length, Outputs.Length, nameof(outputGradient), "one number per output of each row last run");
        Shape.Wanted(gradient.Length, Network.ParameterCount, nameof(gradient), "one number per parameter of the network");
        Shape.Wanted(inputGradient.Length, Rows * Network.Inputs, nameof(inputGradient), "one number per input of each row last run");
        gradient.Clear();
        Span<double> current = Spare(Network.Layers, Network.Outputs);
        outputGradient.CopyTo(current);
        for (int l = Network.Layers - 1; l >= 0; l--)
        {
            int inputs = Network.Widths[l], outputs = Network.Widths[l + 1];
            DenseKernels.ApplyDerivative(Network.ActivationOf(l), Values(l + 1), current);
            if (!gradient.IsEmpty)
            {
                DenseKernels.MultiplyAdd(Values(l), 1, inputs, current, Network.Weights(gradient, l), inputs, Rows, outputs);
                DenseKernels.AddColumns(current, Network.Biases(gradient, l));
            }

            if (l == 0 && inputGradient.IsEmpty)
                return;
            Span<double> next = l == 0 ? inputGradient : Spare(l, inputs);
            Span<double> transposed = _transposed.AsSpan(0, inputs * outputs);
            DenseKernels.Transpose(Network.WeightsOf(_parameters, l), inputs, outputs, transposed);
            next.Clear();
            DenseKernels.MultiplyAdd(current, outputs, 1, transposed, next, Rows, outputs, inputs);
            current = next;
        }
    }

    private void Multiply(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, Span<double> sums, int layer) =>
        DenseKernels.MultiplyAdd(rows, Network.Widths[layer], 1, weights, sums, Rows, Network.Widths[layer], Network.Widths[layer + 1]);

    /// <summary>One of two buffers, in turn.</summary>
    private Span<double> Spare(int layer, int width) => (layer % 2 == 0 ? _first : _second).AsSpan(0, Rows * width);

    private Span<double> Values(int layer) => _values[layer].AsSpan(0, Rows * Network.Widths[layer]);

    private void Reserve(int rows)
    {
        Rows = rows;
        if (_values[0].Length >= rows * Network.Inputs)
            return;
        for (int l = 0; l < _values.Length; l++)
            _values[l] = new double[checked(rows * Network.Widths[l])];
        _first = new double[rows * Network.Widths.Max()];
        _second = new double[rows * Network.Widths.Max()];
    }

    private void CheckRun()
    {
        if (Rows == 0)
            throw new InvalidOperationException("Nothing has been run: call Run before taking derivatives.");
    }
}
