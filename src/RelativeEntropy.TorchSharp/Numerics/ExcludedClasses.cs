namespace RelativeEntropy.Tensors.Numerics;

/// <summary>
/// Logits of which some are -infinity, or so far apart that their differences overflow. A class is excluded by a logit of -infinity alone:
/// one whose probability underflows is not.
/// </summary>
internal static class ExcludedClasses
{
    // A power of two, so that dividing by it rounds nothing; on this scale no difference of two log-probabilities overflows.
    private const double Quarter = 4;

    private static readonly Scalar Zero = 0;

    /// <summary>The rows, classes along the last dimension, in which the second excludes what the first does not: (..., 1).</summary>
    public static Tensor OfSecondAlone(Tensor a, Tensor b, long dim = -1) => (b.isneginf() & ~a.isneginf()).any(dim, keepdim: true);

    /// <summary>The rows with a NaN, with +infinity, or with nothing but -infinity, which have no distribution: (...).</summary>
    public static Tensor NaNRows(Tensor a, Tensor b, long dim = -1) =>
        a.amax([dim]).isfinite().logical_not() | b.amax([dim]).isfinite().logical_not();

    /// <summary>log softmax(x/temperature). Only differences are divided: x/temperature may overflow.</summary>
    public static Tensor LogSoftmax(Tensor x, double temperature, long dim) =>
        (temperature == 1 ? x : (x - x.amax([dim], keepdim: true).detach()) / temperature).log_softmax(dim);

    /// <summary>E(log p - log q) under p, on a scale on which the logarithms do not overflow.</summary>
    public static Tensor MeanOfLogRatio(Tensor a, Tensor b, Tensor p, double temperature, long dim = -1) =>
        Quarter * (p * (LogSoftmaxOver(a, Quarter, temperature, dim) - LogSoftmaxOver(b, Quarter, temperature, dim))
            .masked_fill(p.eq(Zero), Zero)).sum(dim);

    /// <summary>log softmax(x/temperature)/scale, to its own precision where one class has nearly all.</summary>
    public static Tensor LogSoftmaxOver(Tensor x, double scale, double temperature, long dim)
    {
        Tensor y = x / scale, top = y.argmax(dim, keepdim: true), shifted = (y - y.gather(dim, top)) / temperature;
        Tensor others = (scale * shifted).exp().scatter(dim, top, torch.zeros_like(y)).sum(dim, keepdim: true);
        return shifted - others.log1p() / scale;
    }
}
