namespace Course.Models;

/// <summary>A multilayer perceptron: dense layers, one after the other. It holds no parameters: they are one flat array, which every function is given.</summary>
/// <remarks>
/// <para>Layer l maps a row a of n inputs to f(a W + b), W being n x m and b a row of m. The parameters stand in the order W_0, b_0, W_1, b_1, ..., each
/// matrix row-major (inputs are rows). One flat array makes optimisers, conjugate gradients and trust regions functions of a vector.</para>
/// <para>Values are a function of parameters and inputs alone, to the bit, on every machine. An instance never changes; it may be shared.
/// Source: Rumelhart, Hinton and Williams (1986).</para>
/// </remarks>
public sealed class MultilayerPerceptron
{
    private readonly int[] _widths;
    private readonly int[] _offsets;

    /// <summary>A network with the given widths; its last layer is linear.</summary>
    /// <param name="hidden">The activation of every layer but the last.</param>
    /// <param name="widths">The number of inputs, of units of each hidden layer, and of outputs: at least two numbers, all positive.</param>
    /// <exception cref="ArgumentException">There are fewer than two widths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is not positive, or the activation is none.</exception>
    public MultilayerPerceptron(Activation hidden, params ReadOnlySpan<int> widths)
    {
        if (!Enum.IsDefined(hidden))
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, "hidden is not an activation.");
        if (widths.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"widths has {widths.Length} elements; it needs the number of inputs and of outputs at least."), nameof(widths));
        Hidden = hidden;
        _widths = widths.ToArray();
        _offsets = new int[_widths.Length];
        for (int l = 0; l < _widths.Length; l++)
        {
            Shape.Positive(_widths[l], FormattableString.Invariant($"{nameof(widths)}[{l}]"));
            if (l > 0)
                _offsets[l] = checked(_offsets[l - 1] + (_widths[l - 1] + 1) * _widths[l]);
        }
    }

    /// <summary>The activation of every layer but the last.</summary>
    public Activation Hidden { get; }

    /// <summary>The numbers of inputs, of units of each hidden layer, and of outputs.</summary>
    public IReadOnlyList<int> Widths => _widths;

    /// <summary>The length of an input row.</summary>
    public int Inputs => _widths[0];

    /// <summary>The length of an output row.</summary>
    public int Outputs => _widths[^1];

    /// <summary>The number of layers, the inputs not counted.</summary>
    public int Layers => _widths.Length - 1;

    /// <summary>The length of the parameter vector: the sum of (inputs + 1) x outputs over the layers.</summary>
    public int ParameterCount => _offsets[^1];

    /// <summary>The weights of a layer: a view of the parameters, or of anything laid out like them, such as a gradient.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="layer">From 0.</param>
    /// <returns>Inputs x outputs of the layer, row-major.</returns>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has not <see cref="ParameterCount"/> elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<double> Weights(Span<double> parameters, int layer)
    {
        CheckView(parameters.Length, layer);
        return parameters.Slice(_offsets[layer], _widths[layer] * _widths[layer + 1]);
    }

    /// <summary>The biases of a layer: a view of the parameters, or of anything laid out like them.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="layer">From 0.</param>
    /// <returns>As many numbers as the layer has outputs.</returns>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has not <see cref="ParameterCount"/> elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<double> Biases(Span<double> parameters, int layer)
    {
        CheckView(parameters.Length, layer);
        return parameters.Slice(_offsets[layer + 1] - _widths[layer + 1], _widths[layer + 1]);
    }

    /// <summary>Random parameters to begin with: biases 0; weights normal of mean 0, those into ReLU units of variance 2/n (He et al. 2015), all others of
    /// variance 2/(n + m) (Glorot and Bengio 2010), for n inputs and m outputs of the layer.</summary>
    /// <param name="random">Where they come from, layer by layer.</param>
    /// <returns>A new array of <see cref="ParameterCount"/> numbers.</returns>
    public double[] Initialise(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double[] parameters = new double[ParameterCount];
        for (int l = 0; l < Layers; l++)
        {
            bool isHe = Hidden == Activation.ReLU && l < Layers - 1;
            double deviation = Math.Sqrt(2.0 / (isHe ? _widths[l] : _widths[l] + _widths[l + 1]));
            foreach (ref double weight in Weights(parameters, l))
                weight = deviation * random.Normal();
        }

        return parameters;
    }

    internal Activation ActivationOf(int layer) => layer < Layers - 1 ? Hidden : Activation.Linear;

    internal ReadOnlySpan<double> WeightsOf(ReadOnlySpan<double> parameters, int layer) =>
        parameters.Slice(_offsets[layer], _widths[layer] * _widths[layer + 1]);

    internal ReadOnlySpan<double> BiasesOf(ReadOnlySpan<double> parameters, int layer) =>
        parameters.Slice(_offsets[layer + 1] - _widths[layer + 1], _widths[layer + 1]);

    internal void CheckParameters(int length, string name) => Shape.Length(length, ParameterCount, name, "one number per parameter of the network");

    private void CheckView(int length, int layer)
    {
        CheckParameters(length, "parameters");
        Shape.Index(layer, Layers, nameof(layer), "layers");
    }
}
