namespace Course.Models;

/// <summary>A batch sent through a variational autoencoder with given noise: the two terms of the negative evidence bound, and their gradient.</summary>
/// <remarks>
/// For each row x the negative bound is -log p(x | z) + KL(q(z | x) || N(0, I)), z = mean + e^(logVariance/2) noise: an unbiased estimate from one
/// draw of the first term, the second in closed form (Kingma and Welling 2014). Sums run over the numbers of x and of z, means over rows; in nats.
/// Buffers are kept from batch to batch. Not for several threads at once.
/// </remarks>
public sealed class AutoencoderPass
{
    private readonly EncoderPass _encoder;
    private readonly ForwardPass _decoder;
    private double[] _x = [], _reconstructions = [], _outputGradient = [], _latentGradient = [];

    /// <summary>A pass to be run.</summary>
    /// <param name="model">The autoencoder.</param>
    public AutoencoderPass(VariationalAutoencoder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _encoder = new(model.Encoder);
        _decoder = new(model.Decoder);
    }

    /// <summary>The autoencoder.</summary>
    public VariationalAutoencoder Model { get; }

    /// <summary>The number of rows last run; 0 before.</summary>
    public int Rows => _encoder.Rows;

    /// <summary>The mean over rows of -log p(x | z).</summary>
    public double Reconstruction { get; private set; }

    /// <summary>The mean over rows of KL(q(z | x) || N(0, I)).</summary>
    public double Divergence => _encoder.Divergence;

    /// <summary>The part of <see cref="Divergence"/> of each latent dimension: what free bits and collapse are judged by.</summary>
    public ReadOnlySpan<double> DivergenceByDimension => _encoder.DivergenceByDimension;

    /// <summary>-log p(x | z) of each row.</summary>
    public ReadOnlySpan<double> Reconstructions => _reconstructions.AsSpan(0, Rows);

    /// <summary>The means of q(z | x), rows x d.</summary>
    public ReadOnlySpan<double> Means => _encoder.Means;

    /// <summary>The log-variances of q(z | x), rows x d.</summary>
    public ReadOnlySpan<double> LogVariances => _encoder.LogVariances;

    /// <summary>The z drawn, rows x d.</summary>
    public ReadOnlySpan<double> Latents => _encoder.Latents;

    /// <summary>The decoder's outputs, rows x n.</summary>
    public ReadOnlySpan<double> Outputs => _decoder.Outputs;

    /// <summary>Computes both terms for a batch.</summary>
    /// <param name="parameters">The flat parameters. They are copied: the gradient is taken at these.</param>
    /// <param name="x">One or more rows of n numbers; for Bernoulli in [0, 1].</param>
    /// <param name="noise">Standard normal variates, rows x d; zeros give z = mean.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the encoder gave a number that is infinite.</exception>
    public void Run(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, ReadOnlySpan<double> noise)
    {
        Model.CheckParameters(parameters.Length, nameof(parameters));
        int n = Model.DataDimensions, d = Model.LatentDimensions, rows = Shape.Rows(x.Length, n, nameof(x));
        Shape.Length(noise.Length, rows * d, nameof(noise), "one number per latent dimension of each row of x");
        _encoder.Run(parameters[..Model.Encoder.ParameterCount], x, noise);
        Reserve();
        x.CopyTo(_x);
        ReadOnlySpan<double> outputs = _decoder.Run(parameters[Model.Encoder.ParameterCount..], Latents);

        double sum = 0;
        for (int i = 0; i < rows; i++)
            sum += _reconstructions[i] = Model.Likelihood.NegativeLog(x.Slice(i * n, n), outputs.Slice(i * n, n));
        Reconstruction = sum / rows;
    }

    /// <summary>The gradient of <see cref="Reconstruction"/> + beta (the sum over j of mask_j <see cref="DivergenceByDimension"/>_j) by all parameters, at the last run.</summary>
    /// <param name="beta">The weight of the divergence: 1 for the evidence bound (Higgins et al. 2017 for others); at least 0 and finite.</param>
    /// <param name="mask">d weights, such as 0 where free bits leave a dimension alone (Kingma et al. 2016) and 1 elsewhere; empty for ones.</param>
    /// <param name="gradient">Receives the gradient, laid out like the parameters.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">Nothing has been run.</exception>
    public void Gradient(double beta, ReadOnlySpan<double> mask, Span<double> gradient)
    {
        if (Rows == 0)
            throw new InvalidOperationException("Nothing has been run: call Run before taking the gradient.");
        if (beta is not (>= 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, FormattableString.Invariant($"beta = {beta}; it must be at least 0 and finite."));
        int n = Model.DataDimensions, d = Model.LatentDimensions;
        Shape.Wanted(mask.Length, d, nameof(mask), "one weight per latent dimension");
        Model.CheckParameters(gradient.Length, nameof(gradient));

        Span<double> outputGradient = _outputGradient.AsSpan(0, Rows * n);
        Model.Likelihood.NegativeLogGradient(_x.AsSpan(0, Rows * n), Outputs, outputGradient);
        foreach (ref double derivative in outputGradient)
            derivative /= Rows;
        Span<double> latentGradient = _latentGradient.AsSpan(0, Rows * d);
        _decoder.VectorJacobianProduct(outputGradient, Model.DecoderParameters(gradient), latentGradient);
        _encoder.Gradient(latentGradient, beta, mask, Model.EncoderParameters(gradient));
    }

    private void Reserve()
    {
        if (_reconstructions.Length >= Rows)
            return;
        (_x, _outputGradient) = (new double[Rows * Model.DataDimensions], new double[Rows * Model.DataDimensions]);
        (_reconstructions, _latentGradient) = (new double[Rows], new double[Rows * Model.LatentDimensions]);
    }
}
