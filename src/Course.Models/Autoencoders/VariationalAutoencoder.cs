namespace Course.Models;

/// <summary>A variational autoencoder: an encoder to a diagonal normal q(z | x), a decoder to p(x | z), and the prior N(0, I). It holds no parameters.</summary>
/// <remarks>
/// The encoder's outputs are d means, then d log-variances; z = mean + e^(logVariance/2) noise. The flat parameters are the encoder's, then the decoder's.
/// An instance never changes. Source: Kingma and Welling (2014).
/// </remarks>
public sealed class VariationalAutoencoder
{
    /// <summary>An autoencoder of two networks.</summary>
    /// <param name="encoder">From the n numbers of x to 2d outputs.</param>
    /// <param name="decoder">From d inputs to n outputs.</param>
    /// <param name="likelihood">What the decoder's outputs mean; Bernoulli logits by default.</param>
    /// <exception cref="ArgumentException">The networks do not fit together.</exception>
    public VariationalAutoencoder(MultilayerPerceptron encoder, MultilayerPerceptron decoder, Likelihood likelihood = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (encoder.Outputs != 2 * decoder.Inputs)
            throw new ArgumentException(FormattableString.Invariant($"encoder has {encoder.Outputs} outputs; it needs a mean and a log-variance for each of the decoder's {decoder.Inputs} inputs."), nameof(encoder));
        if (decoder.Outputs != encoder.Inputs)
            throw new ArgumentException(FormattableString.Invariant($"decoder has {decoder.Outputs} outputs; it needs one for each of the encoder's {encoder.Inputs} inputs."), nameof(decoder));
        Encoder = encoder;
        Decoder = decoder;
        Likelihood = likelihood;
    }

    /// <summary>From x to the means and log-variances of z.</summary>
    public MultilayerPerceptron Encoder { get; }

    /// <summary>From z to the parameters of x.</summary>
    public MultilayerPerceptron Decoder { get; }

    /// <summary>What the decoder's outputs mean.</summary>
    public Likelihood Likelihood { get; }

    /// <summary>d, the numbers of z.</summary>
    public int LatentDimensions => Decoder.Inputs;

    /// <summary>n, the numbers of x.</summary>
    public int DataDimensions => Encoder.Inputs;

    /// <summary>The length of the parameter vector.</summary>
    public int ParameterCount => Encoder.ParameterCount + Decoder.ParameterCount;

    /// <summary>The encoder's part of the parameters: a view.</summary>
    /// <param name="parameters">The flat parameters, or a gradient.</param>
    /// <returns>The encoder's parameters.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> EncoderParameters(Span<double> parameters)
    {
        CheckParameters(parameters.Length, nameof(parameters));
        return parameters[..Encoder.ParameterCount];
    }

    /// <summary>The decoder's part of the parameters: a view.</summary>
    /// <param name="parameters">The flat parameters, or a gradient.</param>
    /// <returns>The decoder's parameters.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> DecoderParameters(Span<double> parameters)
    {
        CheckParameters(parameters.Length, nameof(parameters));
        return parameters[Encoder.ParameterCount..];
    }

    /// <summary>Random parameters of both networks to begin with, as of <see cref="MultilayerPerceptron.Initialise"/>.</summary>
    /// <param name="random">Where they come from.</param>
    /// <returns>A new array of <see cref="ParameterCount"/> numbers.</returns>
    public double[] Initialise(SeededRandom random) => [.. Encoder.Initialise(random), .. Decoder.Initialise(random)];

    internal void CheckParameters(int length, string name) => Shape.Length(length, ParameterCount, name, "one number per parameter of encoder and decoder");
}
