using RelativeEntropy.Tensors.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch.distributions;

namespace RelativeEntropy.Tensors.Pairs;

/// <summary>
/// The parameters of TorchSharp's distributions, from what they show: many keep their own to themselves. What is recovered is right to a few roundings, and
/// differentiable by what the distribution was made of.
/// </summary>
internal static class Parameters
{
    public static (Tensor Location, Tensor Scale) Of(Normal d) => (d.mean, d.stddev);

    // stddev is the scale times a constant.
    public static (Tensor Location, Tensor Scale) Of(Laplace d) => (d.mean, d.stddev / Math.Sqrt(2));

    public static (Tensor Location, Tensor Scale) Of(Gumbel d) => (d.mode, d.stddev / (Math.PI / Math.Sqrt(6)));

    // The entropy is log(4 pi scale).
    public static (Tensor Location, Tensor Scale) Of(Cauchy d) => (d.mode, d.entropy().exp() / (4 * Math.PI));

    // TorchSharp's variance is the square of the rate in place of its inverse, so not that.
    public static Tensor Of(Exponential d) => d.mean.reciprocal();

    public static Tensor Of(Poisson d) => d.mean;

    public static (Tensor Shape, Tensor Rate) Of(Gamma d)
    {
        if (d is Chi2 { df: var freedom })
            return (0.5 * freedom, torch.full_like(freedom, 0.5));
        Tensor mean = d.mean, rate = mean / d.variance;
        return (mean * rate, rate);
    }

    /// <summary>Mean and variance. TorchSharp's Chi2 has them in float64 whatever its degrees of freedom are.</summary>
    public static (Tensor Mean, Tensor Variance) Moments(Gamma d) =>
        d is Chi2 { df: var freedom } ? (freedom, 2 * freedom) : (d.mean, d.variance);

    /// <summary>The ends. The upper one is right to a rounding of the width, so a support is compared to that.</summary>
    public static (Tensor Low, Tensor High) Of(Uniform d)
    {
        Tensor mean = d.mean;
        return (d.icdf(torch.zeros_like(mean)), d.icdf(torch.ones_like(mean)));
    }

    // The slope of the log-density at 1 is c - 1, in each direction.
    public static Tensor Of(Dirichlet d) => Slope(d, torch.ones_like(d.mean)) + 1;

    /// <summary>The concentrations at 1 and at 0.</summary>
    /// <remarks>The slope of the log-density is (a - 1)/x - (b - 1)/(1 - x): where x is next to nothing, x times it is a - 1, and likewise at 1.</remarks>
    public static (Tensor A, Tensor B) Of(Beta d)
    {
        Tensor mean = d.mean;
        double rounding = torch.finfo(mean.dtype).eps / 2, tiny = rounding * rounding;
        Tensor a = 1 + tiny * Slope(d, torch.full_like(mean, tiny));
        return (a, 1 + rounding * ((a - 1) / (1 - rounding) - Slope(d, torch.full_like(mean, 1 - rounding))));
    }

    /// <summary>The mean, and the lower Cholesky factor of the precision matrix.</summary>
    /// <remarks>The log-density is quadratic: its slope at the mean plus a unit vector is minus a column of the precision.</remarks>
    public static (Tensor Mean, Tensor PrecisionFactor) Of(MultivariateNormal d)
    {
        Tensor mean = d.mean;
        long dimension = mean.shape[^1];
        long[] rows = [dimension, .. Enumerable.Repeat(1L, (int)mean.ndim - 1), dimension];
        Tensor units = torch.eye(dimension, dtype: mean.dtype, device: mean.device).reshape(rows);
        Tensor precision = -Slope(d, mean + units).movedim([0], [-2]);
        return (mean, CholeskyFactor.Of(0.5 * (precision + precision.transpose(-2, -1))));
    }

    /// <summary>The number of trials: a whole number, so it is known exactly.</summary>
    /// <remarks>mean/probs where that is a number; at p = 0, log P(1) - log P(0) is the logit plus log n.</remarks>
    public static Tensor Trials(Binomial d)
    {
        Tensor p = d.probs, zero = torch.zeros_like(d.mean);
        Tensor atZero = (d.log_prob(zero + 1) - d.log_prob(zero) - d.logits).exp();
        return torch.where(p > 0, d.mean / torch.where(p > 0, p, torch.ones_like(p)), atZero).round().detach();
    }

    /// <summary>The number of trials, which is the same in the whole batch; 0 where the batch is empty.</summary>
    public static double Trials(Multinomial d) =>
        d.mean.numel() == 0 ? 0 : Math.Round(d.mean.sum(-1).flatten()[0].to(torch.ScalarType.Float64).item<double>());

    /// <summary>The derivative of the log-density by its argument, with a graph if the distribution has one.</summary>
    private static Tensor Slope(Distribution d, Tensor at)
    {
        bool recorded = torch.is_grad_enabled();
        using IDisposable _ = torch.enable_grad();
        Tensor x = at + torch.zeros_like(at).requires_grad_(true), density = d.log_prob(x).sum();
        if (!density.requires_grad)
        {
            // Autograd would end the process.
            throw new InvalidOperationException(
                $"The parameters of {d.GetType().Name} come from the slope of its log-density, which torch.inference_mode does not let be computed; use torch.no_grad.");
        }

        Tensor slope = torch.autograd.grad([density], [x], retain_graph: recorded, create_graph: recorded)[0];
        return recorded ? slope : slope.detach();
    }
}
