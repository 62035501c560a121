namespace Course.Models;

/// <summary>
/// A variational autoencoder of sequences whose decoder says one symbol after the other, each from those before it and from z. It holds no parameters.
/// </summary>
/// <remarks>
/// <para>p(x | z) is the product over t of p(x_t | x_(t-context), ..., x_(t-1), z). The decoder is one network for all t: its inputs are, for each of the
/// context symbols before, the nearest first, one unit per symbol and one for "unknown", and then z; its outputs are the logits of x_t. Units of symbols before
/// the first are all zero, so a context of length - 1 shows everything, t included. Symbols may be hidden from the decoder, which is then shown "unknown": word
/// dropout (Bowman et al. 2016).</para>
/// <para>The encoder sees all symbols, one unit for each and place, and gives d means and d log-variances. The flat parameters are the encoder's, then the
/// decoder's. An instance never changes. Sources: Bowman et al. (2016), with a window in the place of a recurrent network; Bengio et al. (2003) for the window.</para>
/// </remarks>
public sealed class SequenceAutoencoder
{
    /// <summary>An autoencoder of sequences, both of its networks with one hidden layer of tanh units.</summary>
    /// <param name="symbols">The number of symbols, at least 2.</param>
    /// <param name="length">The symbols of a sequence, at least 1.</param>
    /// <param name="context">How many symbols before the one it says the decoder sees, from 0 to length - 1.</param>
    /// <param name="latentDimensions">d, the numbers of z, at least 1.</param>
    /// <param name="units">The units of each hidden layer, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SequenceAutoencoder(int symbols, int length, int context, int latentDimensions, int units)
    {
        if (symbols < 2)
            throw new ArgumentOutOfRangeException(nameof(symbols), symbols, FormattableString.Invariant($"symbols = {symbols}; there must be at least 2."));
        Shape.Positive(length, nameof(length));
        if (context < 0 || context >= length)
            throw new ArgumentOutOfRangeException(nameof(context), context, FormattableString.Invariant($"context = {context}; it must be from 0 to length - 1 = {length - 1}."));
        Shape.Positive(latentDimensions, nameof(latentDimensions));
        Shape.Positive(units, nameof(units));
        (Symbols, Length, Context, LatentDimensions) = (symbols, length, context, latentDimensions);
        Encoder = new(Activation.Tanh, symbols * length, units, 2 * latentDimensions);
        Decoder = new(Activation.Tanh, context * (symbols + 1) + latentDimensions, units, symbols);
    }

    /// <summary>The number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>The symbols of a sequence.</summary>
    public int Length { get; }

    /// <summary>How many symbols before the one it says the decoder sees.</summary>
    public int Context { get; }

    /// <summary>d, the numbers of z.</summary>
    public int LatentDimensions { get; }

    /// <summary>From a whole sequence to the means and log-variances of z.</summary>
    public MultilayerPerceptron Encoder { get; }

    /// <summary>From the symbols before and z to the logits of the next symbol.</summary>
    public MultilayerPerceptron Decoder { get; }

    /// <summary>The length of the parameter vector.</summary>
    public int ParameterCount => Encoder.ParameterCount + Decoder.ParameterCount;

    /// <summary>Random parameters of both networks to begin with, as of <see cref="MultilayerPerceptron.Initialise"/>.</summary>
    /// <param name="random">Where they come from.</param>
    /// <returns>A new array of <see cref="ParameterCount"/> numbers.</returns>
    public double[] Initialise(SeededRandom random) => [.. Encoder.Initialise(random), .. Decoder.Initialise(random)];

    internal void CheckParameters(int length, string name) => Shape.Length(length, ParameterCount, name, "one number per parameter of encoder and decoder");
}
