using RelativeEntropy.Tensors.Numerics;
using TorchSharp.Modules;

namespace RelativeEntropy.Tensors.Pairs;

/// <summary>
/// The probability of success in a trial, as it was given: a probability, which may be 0 or 1, or a logit, of which a probability near 1 would keep nothing.
/// </summary>
/// <remarks>TorchSharp computes the one that was not given, and clamps it to an epsilon.</remarks>
internal readonly record struct Odds
{
    private readonly Tensor? _probability;
    private readonly Tensor? _logit;

    private Odds(Tensor? probability, Tensor? logit) => (_probability, _logit) = (probability, logit);

    public static Odds Of(Bernoulli d) => Stored(() => d.probs) ? new(d.probs, null) : new(null, d.logits);

    public static Odds Of(Geometric d) => Stored(() => d.probs) ? new(d.probs, null) : new(null, d.logits);

    // It stores both; those computed from the other are known by their value.
    public static Odds Of(Binomial d)
    {
        double epsilon = torch.finfo(d.probs.dtype).eps;
        Tensor clamped = d.probs.clamp(epsilon, 1 - epsilon), computed = clamped.log() - (-clamped).log1p();
        return (computed == d.logits).all().ToBoolean() ? new(d.probs, null) : new(null, d.logits);
    }

    public Tensor Success => _probability ?? _logit!.sigmoid();

    public Tensor Failure => _probability is null ? (-_logit!).sigmoid() : 1 - _probability;

    public Tensor LogSuccess => _probability is null ? torch.nn.functional.logsigmoid(_logit!) : Elementary.Log(_probability);

    public Tensor LogFailure
    {
        get
        {
            if (_probability is null)
                return torch.nn.functional.logsigmoid(-_logit!);
            Tensor certain = _probability == 1;
            return (-_probability.masked_fill(certain, 0)).log1p().masked_fill(certain, double.NegativeInfinity);
        }
    }

    /// <summary>KL of one trial.</summary>
    public static Tensor KullbackLeibler(Odds p, Odds q)
    {
        if (p._probability is { } p0 && q._probability is { } p1)
            return KullbackLeiblerTerm.Of(p0, p1) + KullbackLeiblerTerm.Of(1 - p0, 1 - p1, p0 - p1);
        return LogitsKullbackLeibler.Of(p.Logits, q.Logits, 1, -1);
    }

    /// <summary>Whether a property returns what is stored: what it computes is another tensor each time.</summary>
    public static bool Stored(Func<Tensor> property) => ReferenceEquals(property(), property());

    // Of success and failure.
    private Tensor Logits => _logit is null ? torch.stack([LogSuccess, LogFailure], -1) : torch.stack([_logit, torch.zeros_like(_logit)], -1);
}
