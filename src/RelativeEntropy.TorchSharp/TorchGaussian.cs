using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// KL between normal distributions from tensors of their parameters, batched over the leading dimensions, which broadcast. In nats.
/// </summary>
/// <remarks>
/// A normal distribution with a diagonal covariance is a product, and its divergence the sum over its dimension of the elementwise functions here: they do not sum, so that what is summed
/// is seen where it is called. Values are not read: a standard deviation of zero or below gives infinities or NaN.
/// </remarks>
public static class TorchGaussian
{
    /// <summary>KL(N(mean0, s0^2) || N(mean1, s1^2)), element by element.</summary>
    /// <remarks>(r^2 - 1 - log r^2)/2 + ((m0 - m1)/s1)^2/2 with r = s0/s1, from s0 - s1 where they are near. Source: Kullback (1959), chapter 9, section 1.</remarks>
    /// <param name="mean0">Means of the first.</param>
    /// <param name="standardDeviation0">s0, standard deviations of the first.</param>
    /// <param name="mean1">Means of the second.</param>
    /// <param name="standardDeviation1">s1, standard deviations of the second.</param>
    /// <returns>In [0, +infinity], of the broadcast shape.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor KullbackLeibler(Tensor mean0, Tensor standardDeviation0, Tensor mean1, Tensor standardDeviation1)
    {
        Check.Elementwise(
            (mean0, nameof(mean0)), (standardDeviation0, nameof(standardDeviation0)),
            (mean1, nameof(mean1)), (standardDeviation1, nameof(standardDeviation1)));
        using DisposeScope scope = torch.NewDisposeScope();
        return NormalPair.KullbackLeibler(mean0, standardDeviation0, mean1, standardDeviation1).MoveToOuterDisposeScope();
    }

    /// <summary>KL(N(mean0, e^l0) || N(mean1, e^l1)) from log-variances l, element by element.</summary>
    /// <remarks>(e^(l0 - l1) - 1 - (l0 - l1) + (m0 - m1)^2 e^-l1)/2. Source: Kullback (1959), chapter 9, section 1.</remarks>
    /// <param name="mean0">Means of the first.</param>
    /// <param name="logVariance0">l0, log-variances of the first.</param>
    /// <param name="mean1">Means of the second.</param>
    /// <param name="logVariance1">l1, log-variances of the second.</param>
    /// <returns>In [0, +infinity], of the broadcast shape.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor KullbackLeiblerFromLogVariance(Tensor mean0, Tensor logVariance0, Tensor mean1, Tensor logVariance1)
    {
        Check.Elementwise(
            (mean0, nameof(mean0)), (logVariance0, nameof(logVariance0)), (mean1, nameof(mean1)), (logVariance1, nameof(logVariance1)));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor location = (mean0 - mean1) * (-0.5 * logVariance1).exp();
        return (0.5 * (Elementary.ExpExcess(logVariance0 - logVariance1) + location.square())).MoveToOuterDisposeScope();
    }

    /// <summary>KL(N(mean, e^l) || N(0, 1)) from log-variances l, element by element: the term of a variational autoencoder, before it is summed over the latent dimensions.</summary>
    /// <remarks>(e^l - 1 - l + m^2)/2. Source: Kingma and Welling (2014), arXiv 1312.6114, appendix B.</remarks>
    /// <param name="mean">Means.</param>
    /// <param name="logVariance">l, log-variances.</param>
    /// <returns>In [0, +infinity], of the broadcast shape.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor KullbackLeiblerToStandard(Tensor mean, Tensor logVariance)
    {
        Check.Elementwise((mean, nameof(mean)), (logVariance, nameof(logVariance)));
        using DisposeScope scope = torch.NewDisposeScope();
        return (0.5 * (Elementary.ExpExcess(logVariance) + mean.square())).MoveToOuterDisposeScope();
    }

    /// <summary>KL(N(mean0, L0 L0') || N(mean1, L1 L1')) from lower Cholesky factors, such as torch.linalg.cholesky gives.</summary>
    /// <remarks>
    /// With E = L1^-1 (L0 - L1): half the sum of the squares of E, plus the sum of E_ii - log(1 + E_ii), plus half of |L1^-1 (m0 - m1)|^2. No term is negative, and none
    /// cancels where the factors are near. Time O(d^3) for each pair. Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">Means of the first, (..., d).</param>
    /// <param name="factor0">L0, (..., d, d), with a positive diagonal; what is above it is not read.</param>
    /// <param name="mean1">Means of the second, (..., d).</param>
    /// <param name="factor1">L1, (..., d, d), likewise.</param>
    /// <returns>In [0, +infinity], of the broadcast batch shape.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type or on another device,
    /// or a shape does not fit.</exception>
    public static Tensor KullbackLeiblerFromCholesky(Tensor mean0, Tensor factor0, Tensor mean1, Tensor factor1)
    {
        long dimension = Dimension(mean0, nameof(mean0));
        Shape(mean1, nameof(mean1), dimension);
        Shape(factor0, nameof(factor0), dimension, dimension);
        Shape(factor1, nameof(factor1), dimension, dimension);
        Batches((mean0, nameof(mean0), 1), (factor0, nameof(factor0), 2), (mean1, nameof(mean1), 1), (factor1, nameof(factor1), 2));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor change = torch.linalg.solve_triangular(factor1, (factor0 - factor1).tril(), upper: false);
        Tensor diagonal0 = factor0.diagonal(0, -2, -1), diagonal1 = factor1.diagonal(0, -2, -1);
        Tensor location = torch.linalg.solve_triangular(factor1, (mean0 - mean1).unsqueeze(-1), upper: false).squeeze(-1);
        Tensor value = 0.5 * change.square().sum([-2, -1]) + Elementary.RatioExcess(diagonal1, diagonal0).sum(-1) + 0.5 * location.square().sum(-1);
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>KL(N(mean0, W0 W0' + diag v0) || N(mean1, W1 W1' + diag v1)), factor models, without a d x d matrix.</summary>
    /// <remarks>
    /// (tr(S1^-1 S0) - d + log det S1 - log det S0 + (m0 - m1)' S1^-1 (m0 - m1))/2 by the identity of Woodbury (1950) and the matrix determinant lemma. These terms
    /// cancel where the covariances are near: the absolute error is some roundings times d and the condition number, as in torch.distributions. Time O(d r^2) for each pair.
    /// Source: Kullback (1959), chapter 9, section 1.
    /// </remarks>
    /// <param name="mean0">Means of the first, (..., d).</param>
    /// <param name="factor0">W0, (..., d, r0).</param>
    /// <param name="diagonal0">v0, variances, (..., d).</param>
    /// <param name="mean1">Means of the second, (..., d).</param>
    /// <param name="factor1">W1, (..., d, r1).</param>
    /// <param name="diagonal1">v1, variances, (..., d).</param>
    /// <returns>In [0, +infinity] but for rounding, of the broadcast batch shape;
    /// NaN where a variance is not positive enough for a Cholesky factor.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type or on another device,
    /// or a shape does not fit.</exception>
    public static Tensor LowRankKullbackLeibler(Tensor mean0, Tensor factor0, Tensor diagonal0, Tensor mean1, Tensor factor1, Tensor diagonal1)
    {
        long dimension = Dimension(mean0, nameof(mean0));
        Shape(mean1, nameof(mean1), dimension);
        Shape(diagonal0, nameof(diagonal0), dimension);
        Shape(diagonal1, nameof(diagonal1), dimension);
        Shape(factor0, nameof(factor0), dimension, null);
        Shape(factor1, nameof(factor1), dimension, null);
        Batches(
            (mean0, nameof(mean0), 1), (factor0, nameof(factor0), 2), (diagonal0, nameof(diagonal0), 1),
            (mean1, nameof(mean1), 1), (factor1, nameof(factor1), 2), (diagonal1, nameof(diagonal1), 1));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor root0 = Capacitance(factor0, diagonal0), root1 = Capacitance(factor1, diagonal1);
        Tensor inner = torch.linalg.solve_triangular(root1, (factor1 / diagonal1.unsqueeze(-1)).transpose(-2, -1), upper: false);
        Tensor difference = mean0 - mean1;

        // S1^-1 = diag(1/v1) - inner' inner.
        Tensor trace = ((diagonal0 + factor0.square().sum(-1)) / diagonal1).sum(-1)
            - (inner.square() * diagonal0.unsqueeze(-2)).sum([-2, -1]) - inner.matmul(factor0).square().sum([-2, -1]);
        Tensor location = (difference.square() / diagonal1).sum(-1) - inner.matmul(difference.unsqueeze(-1)).square().sum([-2, -1]);
        Tensor logDeterminants = LogDeterminant(root1, diagonal1) - LogDeterminant(root0, diagonal0);
        return (0.5 * (trace - dimension + logDeterminants + location)).MoveToOuterDisposeScope();
    }

    // The Cholesky factor of I + W' diag(1/v) W.
    private static Tensor Capacitance(Tensor factor, Tensor diagonal)
    {
        Tensor scaled = factor / diagonal.unsqueeze(-1);
        Tensor identity = torch.eye(factor.shape[^1], dtype: factor.dtype, device: factor.device);
        return CholeskyFactor.Of(identity + factor.transpose(-2, -1).matmul(scaled));
    }

    private static Tensor LogDeterminant(Tensor capacitanceRoot, Tensor diagonal) =>
        diagonal.log().sum(-1) + 2 * capacitanceRoot.diagonal(0, -2, -1).log().sum(-1);

    private static long Dimension(Tensor mean, string name)
    {
        Check.Floating(mean, name);
        return mean.ndim > 0 ? mean.shape[^1] : throw new ArgumentException($"{name} is a single number; its last dimension is that of the distribution.", name);
    }

    // Leading dimensions, which broadcast: each tensor with the number of its own last ones.
    private static void Batches(params ReadOnlySpan<(Tensor Tensor, string Name, int Own)> tensors)
    {
        for (int i = 0; i < tensors.Length; i++)
        {
            for (int j = i + 1; j < tensors.Length; j++)
            {
                (Tensor first, string firstName, int own) = tensors[i];
                (Tensor second, string secondName, int secondOwn) = tensors[j];
                Check.Meet((first, firstName, own), (second, secondName, secondOwn));
            }
        }
    }

    private static void Shape(Tensor tensor, string name, params ReadOnlySpan<long?> ending)
    {
        Check.Floating(tensor, name);
        bool fits = tensor.ndim >= ending.Length;
        for (int i = 1; fits && i <= ending.Length; i++)
            fits = ending[^i] is not { } size || tensor.shape[^i] == size;
        if (!fits)
        {
            string wanted = string.Join(", ", ending.ToArray().Select(size => size?.ToString() ?? "rank"));
            throw new ArgumentException($"{name} has the shape {Check.Shape(tensor.shape)}; it should end in ({wanted}).", name);
        }
    }
}
