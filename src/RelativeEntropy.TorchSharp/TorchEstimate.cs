using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// Estimators of KL(p || q) from log-probabilities at samples of p, one term per sample: their mean is the estimate. In nats.
/// </summary>
/// <remarks>
/// The arguments have one shape, or broadcast. As losses they differ more than as values: with samples of p held fixed, the mean gradient of K1 by the
/// parameters of p is zero, that of K2 is the gradient of KL(p || q), and that of K3 is the gradient of KL(q || p) in its place. By the parameters of q alone K1 and K3 are both right.
/// </remarks>
public static class TorchEstimate
{
    /// <summary>log(p/q): unbiased, of either sign. Source: Schulman (2020), "Approximating KL divergence".</summary>
    /// <param name="logP">log p at samples of p.</param>
    /// <param name="logQ">log q at the same samples.</param>
    /// <returns>One term per sample.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor K1(Tensor logP, Tensor logQ)
    {
        Check.Elementwise((logP, nameof(logP)), (logQ, nameof(logQ)));
        return logP - logQ;
    }

    /// <summary>log(p/q)^2/2: biased, never negative, of small variance where p is near q. Source: Schulman (2020).</summary>
    /// <inheritdoc cref="K1"/>
    public static Tensor K2(Tensor logP, Tensor logQ)
    {
        Check.Elementwise((logP, nameof(logP)), (logQ, nameof(logQ)));
        using DisposeScope scope = torch.NewDisposeScope();
        return (0.5 * (logP - logQ).square()).MoveToOuterDisposeScope();
    }

    /// <summary>q/p - 1 - log(q/p): unbiased where q excludes nothing that p does not, never negative. Source: Schulman (2020).</summary>
    /// <inheritdoc cref="K1"/>
    public static Tensor K3(Tensor logP, Tensor logQ)
    {
        Check.Elementwise((logP, nameof(logP)), (logQ, nameof(logQ)));
        using DisposeScope scope = torch.NewDisposeScope();
        return Elementary.ExpExcess(logQ - logP).MoveToOuterDisposeScope();
    }
}
