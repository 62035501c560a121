using RelativeEntropy;

namespace Course.Models;

/// <summary>A batch encoded to diagonal normals q(z | x), a z drawn from each with given noise, and KL(q(z | x) || N(0, I)): what all autoencoders share.</summary>
/// <remarks>The encoder's outputs are d means, then d log-variances; z = mean + e^(logVariance/2) noise (Kingma and Welling 2014). Not for several threads at once.</remarks>
internal sealed class EncoderPass(MultilayerPerceptron encoder)
{
    private readonly ForwardPass _encoder = new(encoder);
    private readonly int _d = encoder.Outputs / 2;
    private readonly double[] _byDimension = new double[encoder.Outputs / 2];
    private double[] _means = [], _logVariances = [], _latents = [], _divergences = [], _gradient = [];

    public int Rows => _encoder.Rows;

    /// <summary>The mean over rows of KL(q(z | x) || N(0, I)).</summary>
    public double Divergence { get; private set; }

    public ReadOnlySpan<double> DivergenceByDimension => _byDimension;

    public ReadOnlySpan<double> Means => Latent(_means);

    public ReadOnlySpan<double> LogVariances => Latent(_logVariances);

    public ReadOnlySpan<double> Latents => Latent(_latents);

    public void Run(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, ReadOnlySpan<double> noise)
    {
        ReadOnlySpan<double> encoded = _encoder.Run(parameters, x);
        if (_latents.Length < Rows * _d)
        {
            (_means, _logVariances, _latents) = (new double[Rows * _d], new double[Rows * _d], new double[Rows * _d]);
            (_divergences, _gradient) = (new double[Rows * _d], new double[2 * Rows * _d]);
        }

        for (int i = 0; i < Rows; i++)
        {
            encoded.Slice(i * 2 * _d, _d).CopyTo(_means.AsSpan(i * _d));
            encoded.Slice(i * 2 * _d + _d, _d).CopyTo(_logVariances.AsSpan(i * _d));
        }

        for (int i = 0; i < Rows * _d; i++)
            _latents[i] = _means[i] + Math.Exp(0.5 * _logVariances[i]) * noise[i];

        DiagonalGaussian.KullbackLeiblerToStandardByDimension(Means, LogVariances, _divergences);
        Array.Clear(_byDimension);
        DenseKernels.AddColumns(Latent(_divergences), _byDimension);
        Divergence = 0;
        for (int j = 0; j < _d; j++)
            Divergence += _byDimension[j] /= Rows;
    }

    /// <summary>The gradient by the encoder's parameters of a loss of the latents, plus beta (the sum over j of mask_j <see cref="DivergenceByDimension"/>_j).</summary>
    /// <param name="byLatents">The loss's derivatives by the latents, rows x d.</param>
    /// <param name="beta">The weight of the divergence.</param>
    /// <param name="mask">d weights; empty for ones.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public void Gradient(ReadOnlySpan<double> byLatents, double beta, ReadOnlySpan<double> mask, Span<double> gradient)
    {
        // Of the divergence by means and log-variances; then dz/dmean = 1 and dz/dlogVariance = (z - mean)/2 are added.
        Span<double> encoded = _gradient.AsSpan(0, Rows * 2 * _d);
        for (int i = 0; i < Rows; i++)
        {
            Span<double> byMean = encoded.Slice(i * 2 * _d, _d), byLogVariance = encoded.Slice(i * 2 * _d + _d, _d);
            DiagonalGaussian.KullbackLeiblerToStandardGradient(Means.Slice(i * _d, _d), LogVariances.Slice(i * _d, _d), byMean, byLogVariance);
            for (int j = 0; j < _d; j++)
            {
                double weight = beta * (mask.IsEmpty ? 1 : mask[j]) / Rows, byLatent = byLatents[i * _d + j];
                byMean[j] = weight * byMean[j] + byLatent;
                byLogVariance[j] = weight * byLogVariance[j] + byLatent * 0.5 * (_latents[i * _d + j] - _means[i * _d + j]);
            }
        }

        _encoder.VectorJacobianProduct(encoded, gradient);
    }

    private ReadOnlySpan<double> Latent(double[] buffer) => buffer.AsSpan(0, Rows * _d);
}
