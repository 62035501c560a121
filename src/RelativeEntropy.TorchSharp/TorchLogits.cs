using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// Divergences of the distributions softmax(a) and softmax(b) from their logits, which lie along one dimension of a tensor. All in nats.
/// </summary>
/// <remarks>
/// <para>Shapes, types and devices are as for <see cref="TorchDivergence"/>. For a temperature divide the logits by it. A logit of
/// -infinity is probability zero, with gradient zero; a probability that underflows excludes nothing. Where all logits of a row are
/// -infinity, one is +infinity, or one is NaN, the answer is NaN. Where the logits of a row differ by little, q - p comes from their
/// differences: no digits are lost as b approaches a.</para>
/// <para>Where the second excludes what the first does not and the answer is +infinity for it, the gradient of that row is zero, as in
/// torch.distributions; no other row is touched.</para>
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

        // What p excludes counts nothing; what q alone excludes counts nothing either below order 1, and everything above.
        Tensor outside = order < 1 ? a.isneginf() | b.isneginf() : a.isneginf(), invalid = ExcludedClasses.NaNRows(a, b, dim);
        Tensor infinite = order < 1 ? outside.all(dim, keepdim: true) : ExcludedClasses.OfSecondAlone(a, b, dim);

        // On a scale on which no power overflows: a power of two, so that dividing by it rounds nothing. At the largest order that
        // needs one the divergence is that of order infinity, to a rounding of log(classes).
        order = Math.Min(order, 4 / torch.finfo(a.dtype).eps);
        double scale = 4 * Math.Pow(2, Math.Max(0, Math.Ceiling(Math.Log2(order))));
        Tensor logP = ExcludedClasses.LogSoftmaxOver(a.masked_fill(infinite, 0), scale, 1, dim);
        Tensor logQ = ExcludedClasses.LogSoftmaxOver(b.masked_fill(infinite, 0), scale, 1, dim);
        Tensor hidden = outside & ~infinite;
        Tensor powers = (order * logP.masked_fill(hidden, 0) + (1 - order) * logQ.masked_fill(hidden, 0))
            .masked_fill(hidden, double.NegativeInfinity);
        Tensor largest = powers.amax([dim], keepdim: true).detach();
        Tensor rest = (scale * (powers - largest)).exp().sum(dim).log();
        Tensor value = scale / (order - 1) * largest.squeeze(dim) + rest / (order - 1);
        return value.masked_fill(infinite.squeeze(dim), double.PositiveInfinity).masked_fill(invalid, double.NaN).MoveToOuterDisposeScope();
    }

    /// <summary>-sum of p log q, which is the entropy of p plus KL(p || q). Source: Good (1956).</summary>
    /// <inheritdoc cref="KullbackLeibler"/>
    public static Tensor CrossEntropy(Tensor a, Tensor b, long dim)
    {
        dim = Check.Along(a, b, dim, nameof(a), nameof(b));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor infinite = ExcludedClasses.OfSecondAlone(a, b, dim), p = a.masked_fill(infinite, 0).softmax(dim);
        Tensor logQ = ExcludedClasses.LogSoftmaxOver(b.masked_fill(infinite, 0), 4, 1, dim);
        Tensor value = -4 * (p * logQ.masked_fill(p == 0, 0)).sum(dim);
        return value.masked_fill(infinite.squeeze(dim), double.PositiveInfinity).masked_fill(ExcludedClasses.NaNRows(a, b, dim), double.NaN)
            .MoveToOuterDisposeScope();
    }
}
