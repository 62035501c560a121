using RelativeEntropy;

namespace Course.Models;

/// <summary>
/// A batch of sequences sent through a <see cref="SequenceAutoencoder"/> with given noise: the two terms of the negative evidence bound, and their gradient.
/// </summary>
/// <remarks>
/// For each sequence x the negative bound is -log p(x | z) + KL(q(z | x) || N(0, I)), z = mean + e^(logVariance/2) noise; in nats. It is summed over the symbols
/// of a sequence and averaged over sequences. Buffers are kept from batch to batch. Not for several threads at once.
/// </remarks>
public sealed class SequencePass
{
    private readonly EncoderPass _encoder;
    private readonly ForwardPass _decoder;
    private int[] _x = [];
    private double[] _encoded = [], _decoded = [], _surprises = [], _outputGradient = [], _inputGradient = [], _latentGradient = [];

    /// <summary>A pass to be run.</summary>
    /// <param name="model">The autoencoder.</param>
    public SequencePass(SequenceAutoencoder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _encoder = new(model.Encoder);
        _decoder = new(model.Decoder);
    }

    /// <summary>The autoencoder.</summary>
    public SequenceAutoencoder Model { get; }

    /// <summary>The number of sequences last run; 0 before.</summary>
    public int Rows => _encoder.Rows;

    /// <summary>The mean over sequences of -log p(x | z).</summary>
    public double Reconstruction { get; private set; }

    /// <summary>The mean over sequences of KL(q(z | x) || N(0, I)).</summary>
    public double Divergence => _encoder.Divergence;

    /// <summary>-log p of each symbol given those that the decoder was shown and z, sequences x length.</summary>
    public ReadOnlySpan<double> Surprises => _surprises.AsSpan(0, Rows * Model.Length);

    /// <summary>The means of q(z | x), sequences x d.</summary>
    public ReadOnlySpan<double> Means => _encoder.Means;

    /// <summary>The log-variances of q(z | x), sequences x d.</summary>
    public ReadOnlySpan<double> LogVariances => _encoder.LogVariances;

    /// <summary>The z drawn, sequences x d.</summary>
    public ReadOnlySpan<double> Latents => _encoder.Latents;

    /// <summary>Computes both terms for a batch.</summary>
    /// <param name="parameters">The flat parameters. They are copied: the gradient is taken at these.</param>
    /// <param name="x">One or more sequences, each symbol counted from 0.</param>
    /// <param name="noise">Standard normal variates, sequences x d; zeros give z = mean.</param>
    /// <param name="hidden">Which symbols the decoder is not shown, sequences x length; empty if it is shown all. The encoder sees all.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the encoder gave a number that is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such symbol.</exception>
    public void Run(ReadOnlySpan<double> parameters, ReadOnlySpan<int> x, ReadOnlySpan<double> noise, ReadOnlySpan<bool> hidden = default)
    {
        Model.CheckParameters(parameters.Length, nameof(parameters));
        int d = Model.LatentDimensions, rows = Shape.Rows(x.Length, Model.Length, nameof(x));
        Shape.Length(noise.Length, rows * d, nameof(noise), "one number per latent dimension of each sequence");
        Shape.Wanted(hidden.Length, x.Length, nameof(hidden), "one per symbol");
        foreach (int symbol in x)
            Shape.Index(symbol, Model.Symbols, nameof(x), "symbols");
        Reserve(rows);
        x.CopyTo(_x);

        Span<double> encoded = _encoded.AsSpan(0, x.Length * Model.Symbols);
        encoded.Clear();
        for (int i = 0; i < x.Length; i++)
            encoded[i * Model.Symbols + x[i]] = 1;
        _encoder.Run(parameters[..Model.Encoder.ParameterCount], encoded, noise);

        Span<double> decoded = _decoded.AsSpan(0, x.Length * Model.Decoder.Inputs);
        decoded.Clear();
        for (int i = 0; i < x.Length; i++)
            Show(x, hidden, i, decoded.Slice(i * Model.Decoder.Inputs, Model.Decoder.Inputs));
        ReadOnlySpan<double> logits = _decoder.Run(parameters[Model.Encoder.ParameterCount..], decoded);

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += _surprises[i] = Logits.CrossEntropy(x[i], logits.Slice(i * Model.Symbols, Model.Symbols));
        Reconstruction = sum / rows;
    }

    /// <summary>The gradient of <see cref="Reconstruction"/> + beta <see cref="Divergence"/> by all parameters, at the last run.</summary>
    /// <param name="beta">The weight of the divergence: 1 for the evidence bound; at least 0 and finite.</param>
    /// <param name="gradient">Receives the gradient, laid out like the parameters.</param>
    /// <exception cref="ArgumentException">The gradient has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">Nothing has been run.</exception>
    public void Gradient(double beta, Span<double> gradient)
    {
        if (Rows == 0)
            throw new InvalidOperationException("Nothing has been run: call Run before taking the gradient.");
        if (beta is not (>= 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, FormattableString.Invariant($"beta = {beta}; it must be at least 0 and finite."));
        Model.CheckParameters(gradient.Length, nameof(gradient));

        int steps = Rows * Model.Length, d = Model.LatentDimensions, inputs = Model.Decoder.Inputs;
        Span<double> byOutputs = _outputGradient.AsSpan(0, steps * Model.Symbols), byInputs = _inputGradient.AsSpan(0, steps * inputs);
        for (int i = 0; i < steps; i++)
        {
            Span<double> byLogits = byOutputs.Slice(i * Model.Symbols, Model.Symbols);
            Logits.CrossEntropyGradient(_x[i], _decoder.Outputs.Slice(i * Model.Symbols, Model.Symbols), byLogits);
            foreach (ref double derivative in byLogits)
                derivative /= Rows;
        }

        _decoder.VectorJacobianProduct(byOutputs, gradient[Model.Encoder.ParameterCount..], byInputs);

        // One z has a part in every symbol of its sequence.
        Span<double> byLatents = _latentGradient.AsSpan(0, Rows * d);
        byLatents.Clear();
        for (int i = 0; i < steps; i++)
        {
            for (int j = 0; j < d; j++)
                byLatents[i / Model.Length * d + j] += byInputs[(i + 1) * inputs - d + j];
        }

        _encoder.Gradient(byLatents, beta, [], gradient[..Model.Encoder.ParameterCount]);
    }

    /// <summary>The decoder's inputs for the symbol at i.</summary>
    private void Show(ReadOnlySpan<int> x, ReadOnlySpan<bool> hidden, int i, Span<double> inputs)
    {
        int before = Math.Min(Model.Context, i % Model.Length), d = Model.LatentDimensions;
        for (int back = 1; back <= before; back++)
        {
            bool isHidden = !hidden.IsEmpty && hidden[i - back];
            inputs[(back - 1) * (Model.Symbols + 1) + (isHidden ? Model.Symbols : x[i - back])] = 1;
        }

        Latents.Slice(i / Model.Length * d, d).CopyTo(inputs[^d..]);
    }

    private void Reserve(int rows)
    {
        int steps = rows * Model.Length;
        if (_x.Length >= steps)
            return;
        (_x, _surprises, _latentGradient) = (new int[steps], new double[steps], new double[rows * Model.LatentDimensions]);
        (_encoded, _outputGradient) = (new double[steps * Model.Symbols], new double[steps * Model.Symbols]);
        (_decoded, _inputGradient) = (new double[steps * Model.Decoder.Inputs], new double[steps * Model.Decoder.Inputs]);
    }
}
