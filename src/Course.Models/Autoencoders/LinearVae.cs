using RelativeEntropy;

namespace Course.Models;

/// <summary>The linear variational autoencoder: p(x | z) = N(W z + mean, variance I), q(z | x) = N(V (x - mean), diag D), prior N(0, I); nothing is sampled.</summary>
/// <remarks>
/// <para>Every expectation is in closed form, so the evidence bound is exact:
/// -(n log(2 pi variance) + (|r|^2 + the sum of D_j |w_j|^2)/variance)/2 - KL(q || N(0, I)), with r = x - mean - W m, m = V (x - mean), w_j the columns of W.
/// Its greatest value is the likelihood of probabilistic PCA, reached at the latter's W with V = (W'W + variance I)^-1 W' and
/// D = variance (W'W + variance I)^-1 (Lucas, Tucker, Grosse and Norouzi 2019; Tipping and Bishop 1999).</para>
/// <para>The flat parameters are W (n x d), V (d x n), mean (n), log D (d), log variance (1), matrices row-major. An instance never changes.</para>
/// </remarks>
public sealed class LinearVae
{
    /// <summary>A model of the given sizes.</summary>
    /// <param name="dataDimensions">n, at least 1.</param>
    /// <param name="latentDimensions">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public LinearVae(int dataDimensions, int latentDimensions)
    {
        Shape.Positive(dataDimensions, nameof(dataDimensions));
        Shape.Positive(latentDimensions, nameof(latentDimensions));
        DataDimensions = dataDimensions;
        LatentDimensions = latentDimensions;
    }

    /// <summary>n.</summary>
    public int DataDimensions { get; }

    /// <summary>d.</summary>
    public int LatentDimensions { get; }

    /// <summary>2 n d + n + d + 1.</summary>
    public int ParameterCount => 2 * DataDimensions * LatentDimensions + DataDimensions + LatentDimensions + 1;

    /// <summary>W, n x d: a view of the parameters, or of a gradient.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <returns>The weights of the decoder.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> Decoder(Span<double> parameters) => View(parameters, 0, DataDimensions * LatentDimensions);

    /// <summary>V, d x n: a view of the parameters, or of a gradient.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <returns>The weights of the encoder.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> Encoder(Span<double> parameters) => View(parameters, DataDimensions * LatentDimensions, DataDimensions * LatentDimensions);

    /// <summary>The mean of x, n numbers: a view of the parameters, or of a gradient.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> Mean(Span<double> parameters) => View(parameters, 2 * DataDimensions * LatentDimensions, DataDimensions);

    /// <summary>log D, d numbers: a view of the parameters, or of a gradient.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <returns>The log-variances of q, the same for every x.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> LogVariances(Span<double> parameters) =>
        View(parameters, 2 * DataDimensions * LatentDimensions + DataDimensions, LatentDimensions);

    /// <summary>The logarithm of the variance of the noise: a view of the last parameter, or of a gradient. Leave it out of a step to keep it fixed.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public Span<double> LogNoise(Span<double> parameters) => View(parameters, ParameterCount - 1, 1);

    /// <summary>Random parameters to begin with: weights normal of variance 1/n, all else 0.</summary>
    /// <param name="random">Where they come from.</param>
    /// <returns>A new array.</returns>
    public double[] Initialise(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double[] parameters = new double[ParameterCount];
        foreach (ref double weight in parameters.AsSpan(0, 2 * DataDimensions * LatentDimensions))
            weight = random.Normal() / Math.Sqrt(DataDimensions);
        return parameters;
    }

    /// <summary>The parameters at which the bound is the likelihood of a fitted probabilistic PCA.</summary>
    /// <param name="model">The fitted model, of the same sizes.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public double[] Optimum(ProbabilisticPca model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if ((model.DataDimensions, model.LatentDimensions) != (DataDimensions, LatentDimensions))
            throw new ArgumentException(FormattableString.Invariant($"model is of {model.DataDimensions} and {model.LatentDimensions} dimensions; this autoencoder of {DataDimensions} and {LatentDimensions}."), nameof(model));
        double[] parameters = new double[ParameterCount];
        Span<double> decoder = Decoder(parameters), encoder = Encoder(parameters), logVariances = LogVariances(parameters), mean = Mean(parameters);
        for (int i = 0; i < DataDimensions; i++)
        {
            mean[i] = model.Mean[i];
            for (int j = 0; j < LatentDimensions; j++)
            {
                // W'W + variance I is diagonal: its elements are the eigenvalues.
                double weight = model.Weights[i * LatentDimensions + j];
                decoder[i * LatentDimensions + j] = weight;
                encoder[j * DataDimensions + i] = weight / model.Eigenvalues[j];
            }
        }

        for (int j = 0; j < LatentDimensions; j++)
            logVariances[j] = Math.Log(model.Variance / model.Eigenvalues[j]);
        LogNoise(parameters)[0] = Math.Log(model.Variance);
        return parameters;
    }

    /// <summary>The evidence bound, the mean over rows, in nats, and its gradient. Time O(rows n d).</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="x">One or more rows of n numbers.</param>
    /// <param name="gradient">Receives the gradient by all parameters (uphill); empty if not wanted.</param>
    /// <returns>The bound.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or a mean of q is infinite.</exception>
    public double Bound(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, Span<double> gradient = default)
    {
        Shape.Length(parameters.Length, ParameterCount, nameof(parameters), "one number per parameter");
        Shape.Wanted(gradient.Length, ParameterCount, nameof(gradient), "one number per parameter");
        int n = DataDimensions, d = LatentDimensions, rows = Shape.Rows(x.Length, n, nameof(x));
        ReadOnlySpan<double> w = parameters[..(n * d)], v = parameters.Slice(n * d, n * d), mean = parameters.Slice(2 * n * d, n);
        ReadOnlySpan<double> logD = parameters.Slice(2 * n * d + n, d);
        double variance = Math.Exp(parameters[^1]);

        double[] centred = x.ToArray(), m = new double[rows * d], residual = new double[rows * n], transposed = new double[n * d];
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= mean[i % n];
        DenseKernels.Transpose(v, d, n, transposed);
        DenseKernels.MultiplyAdd(centred, n, 1, transposed, m, rows, n, d);
        DenseKernels.Transpose(w, n, d, transposed);
        DenseKernels.MultiplyAdd(m, d, 1, transposed, residual, rows, d, n);
        double square = 0, spread = 0, divergence = 0;
        for (int i = 0; i < residual.Length; i++)
        {
            residual[i] = centred[i] - residual[i];
            square += residual[i] * residual[i];
        }

        double[] columnSquares = new double[d], byM = new double[rows * d], byLogD = new double[d];
        for (int i = 0; i < n * d; i++)
            columnSquares[i % d] += w[i] * w[i];
        for (int j = 0; j < d; j++)
            spread += Math.Exp(logD[j]) * columnSquares[j];
        for (int row = 0; row < rows; row++)
            divergence += DiagonalGaussian.KullbackLeiblerToStandardGradient(m.AsSpan(row * d, d), logD, byM.AsSpan(row * d, d), byLogD);
        double misfit = square / rows + spread;
        double bound = -0.5 * (n * Math.Log(2 * Math.PI) + n * parameters[^1] + misfit / variance) - divergence / rows;
        if (gradient.IsEmpty)
            return bound;

        // By m: W'r/variance less that of the divergence; by x - mean: V' of it, less r/variance.
        foreach (ref double derivative in byM.AsSpan())
            derivative = -derivative * variance;
        DenseKernels.MultiplyAdd(residual, n, 1, w, byM, rows, n, d);
        gradient.Clear();
        DenseKernels.MultiplyAdd(residual, 1, n, m, Decoder(gradient), n, rows, d);
        DenseKernels.MultiplyAdd(byM, 1, d, centred, Encoder(gradient), d, rows, n);
        for (int i = 0; i < n * d; i++)
        {
            gradient[i] = (gradient[i] / rows - w[i] * Math.Exp(logD[i % d])) / variance;
            gradient[n * d + i] /= rows * variance;
        }

        foreach (ref double r in residual.AsSpan())
            r = -r;
        DenseKernels.MultiplyAdd(byM, d, 1, v, residual, rows, d, n);
        Span<double> byMean = Mean(gradient), byLogVariances = LogVariances(gradient);
        DenseKernels.AddColumns(residual, byMean);
        for (int i = 0; i < n; i++)
            byMean[i] /= -rows * variance;
        for (int j = 0; j < d; j++)
            byLogVariances[j] = -0.5 * Math.Exp(logD[j]) * columnSquares[j] / variance - byLogD[j];
        LogNoise(gradient)[0] = 0.5 * (misfit / variance - n);
        return bound;
    }

    private Span<double> View(Span<double> parameters, int start, int length)
    {
        Shape.Length(parameters.Length, ParameterCount, nameof(parameters), "one number per parameter");
        return parameters.Slice(start, length);
    }
}
