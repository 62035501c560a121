using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// Divergences of the distributions softmax(a) and softmax(b) from their logits, which lie along one dimension of a tensor. All in nats.
/// </summary>
/// <remarks>
/// Shapes, types and devices are as for <see cref="TorchDivergence"/>. For a temperature divide the logits by it. A logit of -infinity is probability zero, with gradient
/// zero; where all logits of a row are -infinity, or one is +infinity, the answer is NaN. Where the logits of a row differ by little,
/// q - p comes from their differences: no digits are lost as b approaches a.
/// </remarks>
public static class TorchLogits
{
    /// <summary>KL(softmax(a) || softmax(b)). Source: Kullback and Leibler (1951).</summary>
    /// <param name="a">Logits of the first distribution.</param>
    /// <param name="b">Logits of the second.</param>
    /// <param name="dim">The dimension along which the classes lie.</param>
    /// <returns>In [0, +infinity]; +infinity where the second excludes what the first does not.</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type, or the arguments have different numbers of classes, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dim"/> is no dimension.</exception>
    public static Tensor KullbackLeibler(Tensor a, Tensor b, long dim)
    {
        dim = Check.Along(a, b, dim, nameof(a), nameof(b));
        using DisposeScope scope = torch.NewDisposeScope();
        return LogitsKullbackLeibler.Of(a, b, 1, dim).MoveToOuterDisposeScope();
    }

    /// <summary>weight KL(p || m) + (1 - weight) KL(q || m) with m = weight p + (1 - weight) q; the usual divergence has weight 1/2. Source: Lin (1991).</summary>
    /// <param name="a">Logits of p.</param>
    /// <param name="b">Logits of q.</param>
    /// <param name="weight">The weight of p, in [0, 1].</param>
    /// <param name="dim">The dimension along which the classes lie.</param>
    /// <returns>In [0, log 2].</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not in [0, 1], or <paramref name="dim"/> is no dimension.</exception>
    public static Tensor JensenShannon(Tensor a, Tensor b, double weight, long dim)
    {
        Check.Weight(weight, nameof(weight));
        dim = Check.Along(a, b, dim, nameof(a), nameof(b));
        using DisposeScope scope = torch.NewDisposeScope();
        return LogitsPair.Of(a, b, 1, dim).JensenShannonTerms(weight).sum(dim).MoveToOuterDisposeScope();
    }

    /// <summary>log(sum of p^order q^(1 - order))/(order - 1).</summary>
    /// <remarks>Computed as a log-sum-exp: the absolute error is some roundings of the logits over |order - 1|. For order 1 see <see cref="KullbackLeibler"/>. Source: Renyi (1961).</remarks>
    /// <param name="a">Logits of p.</param>
    /// <param name="b">Logits of q.</param>
    /// <param name="order">Positive, finite, and not 1.</param>
    /// <param name="dim">The dimension along which the classes lie.</param>
    /// <returns>In [0, +infinity], but for rounding.</returns>
    /// <exception cref="ArgumentException">As for <see cref="KullbackLeibler"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is not positive and finite, or is 1; <paramref name="dim"/> is no dimension.</exception>
    public static Tensor Renyi(Tensor a, Tensor b, double order, long dim)
    {
        Check.Positive(order, nameof(order));
        if (order == 1)
            throw new ArgumentOutOfRangeException(nameof(order), order, "Order 1 is the Kullback-Leibler divergence.");
        dim = Check.Along(a, b, dim, nameof(a), nameof(b));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor logP = a.log_softmax(dim), logQ = b.log_softmax(dim);

        // What p excludes counts nothing; what q alone excludes counts nothing either below order 1, and everything above.
        Tensor outside = order < 1 ? logP.isneginf() | logQ.isneginf() : logP.isneginf();
        Tensor powers = order * logP.masked_fill(outside, 0) + (1 - order) * logQ.masked_fill(outside, 0);
        return (powers.masked_fill(outside, double.NegativeInfinity).logsumexp(dim) / (order - 1)).MoveToOuterDisposeScope();
    }

    /// <summary>-sum of p log q, which is the entropy of p plus KL(p || q). Source: Good (1956).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor CrossEntropy(Tensor a, Tensor b, long dim)
    {
        dim = Check.Along(a, b, dim, nameof(a), nameof(b));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor outside = a.isneginf();
        return (-(a.softmax(dim) * b.log_softmax(dim).masked_fill(outside, 0)).sum(dim)).MoveToOuterDisposeScope();
    }
}
