using RelativeEntropy.Tensors.Numerics;
using TorchSharp.Modules;
using static RelativeEntropy.Tensors.TorchDistributions;

namespace RelativeEntropy.Tensors.Pairs;

/// <summary>Both distributions of one family: forms that keep their digits where the parameters are near.</summary>
internal static class SameFamily
{
    public static void Register()
    {
        Register<Bernoulli, Bernoulli>((p, q) => Odds.KullbackLeibler(Odds.Of(p), Odds.Of(q)));
        Register<Beta, Beta>(OfBetas);
        Register<Binomial, Binomial>(OfBinomials);
        Register<Categorical, Categorical>((p, q) => OfClasses(p.probs, p.logits, Odds.Stored(() => p.probs), q.probs, q.logits, Odds.Stored(() => q.probs)));
        Register<Cauchy, Cauchy>(OfCauchys);
        Register<Dirichlet, Dirichlet>((p, q) => GammaFamily.Dirichlet(Parameters.Of(p), Parameters.Of(q)));
        Register<Exponential, Exponential>((p, q) => Elementary.RatioExcess(Parameters.Of(p), Parameters.Of(q)));
        Register<Gamma, Gamma>(OfGammas);
        Register<Geometric, Geometric>(OfGeometrics);
        Register<Gumbel, Gumbel>(OfGumbels);
        Register<HalfCauchy, HalfCauchy>((p, q) => OfCauchyParameters(0, p.scale, q.scale));
        Register<HalfNormal, HalfNormal>((p, q) => NormalPair.OfScales(p.scale, q.scale));
        Register<Laplace, Laplace>(OfLaplaces);
        Register<LogNormal, LogNormal>((p, q) => NormalPair.KullbackLeibler(p.loc, p.scale, q.loc, q.scale));
        Register<Multinomial, Multinomial>(OfMultinomials);
        Register<MultivariateNormal, MultivariateNormal>(OfMultivariateNormals);
        Register<Normal, Normal>(OfNormals);
        Register<OneHotCategorical, OneHotCategorical>(OfOneHots);
        Register<Pareto, Pareto>(OfParetos);
        Register<Poisson, Poisson>((p, q) => KullbackLeiblerTerm.Of(Parameters.Of(p), Parameters.Of(q)));
        Register<Uniform, Uniform>(OfUniforms);
    }

    private static Tensor OfBetas(Beta p, Beta q)
    {
        (Tensor a0, Tensor b0) = Parameters.Of(p);
        (Tensor a1, Tensor b1) = Parameters.Of(q);
        return GammaFamily.Beta(a0, b0, a1, b1);
    }

    // n0 trials against n1. Where n0 < n1, the sum over k of P(k) log(C(n0, k)/C(n1, k)) has no closed form, but finitely many terms; where n0 > n1, the last
    // outcome is impossible under q unless success is impossible under p.
    private static Tensor OfBinomials(Binomial p, Binomial q)
    {
        Tensor n0 = Parameters.Trials(p), n1 = Parameters.Trials(q);
        Odds odds0 = Odds.Of(p), odds1 = Odds.Of(q);
        Tensor further = n1 - n0, more = further > 0;
        Tensor ofTrials = n0 * Odds.KullbackLeibler(odds0, odds1);
        Tensor value = ofTrials - torch.where(further == 0, torch.zeros_like(ofTrials), further * odds1.LogFailure);
        if (more.any().ToBoolean())
            value = value + torch.where(more, MeanLogCoefficientRatio(p, n0, n1), torch.zeros_like(value));
        return torch.where((further < 0) & (odds0.Success > 0), torch.full_like(value, double.PositiveInfinity), value);
    }

    private static Tensor MeanLogCoefficientRatio(Binomial p, Tensor n0, Tensor n1)
    {
        long most = n0.numel() == 0 ? 0 : (long)n0.max().to(torch.ScalarType.Float64).item<double>();
        Odds odds = Odds.Of(p);
        Tensor k = torch.arange(most + 1, dtype: n0.dtype, device: n0.device);
        Tensor trials0 = n0.unsqueeze(-1), trials1 = n1.unsqueeze(-1), possible = k <= trials0;
        Tensor rest0 = (trials0 - k).clamp_min(0), rest1 = (trials1 - k).clamp_min(0);
        Tensor log0 = LogFactorial(trials0) - LogFactorial(k) - LogFactorial(rest0), log1 = LogFactorial(trials1) - LogFactorial(k) - LogFactorial(rest1);
        Tensor probability = (log0 + TimesLog(k, odds.LogSuccess.unsqueeze(-1)) + TimesLog(rest0, odds.LogFailure.unsqueeze(-1))).exp();
        return torch.where(possible, probability * (log0 - log1), torch.zeros_like(log1)).sum(-1);
    }

    private static Tensor LogFactorial(Tensor n) => (n + 1).lgamma();

    // An outcome that does not happen costs nothing.
    private static Tensor TimesLog(Tensor count, Tensor logarithm)
    {
        Tensor none = count == 0;
        return torch.where(none, torch.zeros_like(count * logarithm), count * torch.where(none, torch.zeros_like(logarithm), logarithm));
    }

    // As many trials as there are on average.
    private static Tensor OfGeometrics(Geometric p, Geometric q)
    {
        Tensor ofTrial = Odds.KullbackLeibler(Odds.Of(p), Odds.Of(q)), infinite = ofTrial.isposinf();
        return (ofTrial.masked_fill(infinite, 0) / Odds.Of(p).Success).masked_fill(infinite, double.PositiveInfinity);
    }

    private static Tensor OfMultinomials(Multinomial p, Multinomial q)
    {
        double n0 = Parameters.Trials(p), n1 = Parameters.Trials(q);
        Tensor value = n0 * OfClasses(p.probs, p.logits, Odds.Stored(() => p.probs), q.probs, q.logits, Odds.Stored(() => q.probs));
        return n0 == n1 ? value : torch.full_like(value, double.PositiveInfinity);
    }

    // Its own probs is the sigmoid of logits, not normalised.
    private static Tensor OfOneHots(OneHotCategorical p, OneHotCategorical q)
    {
        bool byProbs0 = Odds.Stored(() => p.probs), byProbs1 = Odds.Stored(() => q.probs);
        return OfClasses(Normalised(p.probs), p.logits, byProbs0, Normalised(q.probs), q.logits, byProbs1);
    }

    private static Tensor Normalised(Tensor masses) => masses / masses.sum(-1, keepdim: true);

    // As they were given: logits computed from probabilities are clamped.
    private static Tensor OfClasses(Tensor p, Tensor a, bool byProbs0, Tensor q, Tensor b, bool byProbs1)
    {
        // The shape of an event does not always tell how many classes there are.
        if (p.shape[^1] != q.shape[^1])
            throw new ArgumentException($"p has {p.shape[^1]} classes and q has {q.shape[^1]}.", nameof(q));
        return byProbs0 && byProbs1
            ? KullbackLeiblerTerm.Of(p, q).sum(-1)
            : LogitsKullbackLeibler.Of(byProbs0 ? Elementary.Log(p) : a, byProbs1 ? Elementary.Log(q) : b, 1, -1);
    }

    private static Tensor OfCauchys(Cauchy p, Cauchy q)
    {
        (Tensor location0, Tensor scale0) = Parameters.Of(p);
        (Tensor location1, Tensor scale1) = Parameters.Of(q);
        return OfCauchyParameters(location0 - location1, scale0, scale1);
    }

    // log(((s0 + s1)^2 + d^2)/(4 s0 s1)) (Chyzak and Nielsen 2019); half of a Cauchy about 0 has the same divergence as the whole.
    private static Tensor OfCauchyParameters(Tensor difference, Tensor scale0, Tensor scale1) =>
        (((scale0 - scale1) / scale0 * ((scale0 - scale1) / scale1) + difference / scale0 * (difference / scale1)) / 4).log1p();

    private static Tensor OfGammas(Gamma p, Gamma q)
    {
        (Tensor shape0, Tensor rate0) = Parameters.Of(p);
        (Tensor shape1, Tensor rate1) = Parameters.Of(q);
        return GammaFamily.Gamma(shape0, rate0, shape1, rate1);
    }

    private static Tensor OfGumbels(Gumbel p, Gumbel q)
    {
        (Tensor location0, Tensor scale0) = Parameters.Of(p);
        (Tensor location1, Tensor scale1) = Parameters.Of(q);
        return OfGumbelParameters(location0, scale0, location1, scale1);
    }

    /// <summary>With r = s0/s1, z = (l0 - l1)/s1 and w = log Gamma(1 + r) - z it is e^w - 1 - w plus the remainder of log Gamma at r from 1.</summary>
    public static Tensor OfGumbelParameters(Tensor location0, Tensor scale0, Tensor location1, Tensor scale1)
    {
        Tensor step = (scale0 - scale1) / scale1, ratio = scale0 / scale1, one = torch.ones_like(ratio);
        Tensor logGamma = GammaFamily.OfLogGamma(1 + ratio, 2 * one, step) + (1 - Constants.EulerGamma) * step;
        return Elementary.ExpExcess(logGamma - (location0 - location1) / scale1) + GammaFamily.OfLogGamma(ratio, one, step);
    }

    private static Tensor OfLaplaces(Laplace p, Laplace q)
    {
        (Tensor location0, Tensor scale0) = Parameters.Of(p);
        (Tensor location1, Tensor scale1) = Parameters.Of(q);
        return OfLaplaceParameters(location0, scale0, location1, scale1);
    }

    /// <summary>With r = b0/b1 and x = |l0 - l1|/b0 it is r - 1 - log r + r (e^-x - 1 + x).</summary>
    public static Tensor OfLaplaceParameters(Tensor location0, Tensor scale0, Tensor location1, Tensor scale1) =>
        Elementary.RatioExcess(scale1, scale0) + scale0 / scale1 * Elementary.ExpExcess(-(location0 - location1).abs() / scale0);

    // Of precisions R R': the covariance of p in the coordinates of q is M M' with M = R0^-1 R1, triangular.
    private static Tensor OfMultivariateNormals(MultivariateNormal p, MultivariateNormal q)
    {
        Tensor means = p.mean + q.mean;
        if (means.numel() == 0)
            return means.sum(-1);
        (Tensor mean0, Tensor factor0) = Parameters.Of(p);
        (Tensor mean1, Tensor factor1) = Parameters.Of(q);
        Tensor change = torch.linalg.solve_triangular(factor0, factor1 - factor0, upper: false);
        Tensor diagonal0 = factor0.diagonal(0, -2, -1), diagonal1 = factor1.diagonal(0, -2, -1);
        Tensor location = (mean1 - mean0).unsqueeze(-2).matmul(factor1).squeeze(-2);
        return 0.5 * change.square().sum([-2, -1]) + Elementary.RatioExcess(diagonal0, diagonal1).sum(-1) + 0.5 * location.square().sum(-1);
    }

    private static Tensor OfNormals(Normal p, Normal q)
    {
        (Tensor mean0, Tensor deviation0) = Parameters.Of(p);
        (Tensor mean1, Tensor deviation1) = Parameters.Of(q);
        return NormalPair.KullbackLeibler(mean0, deviation0, mean1, deviation1);
    }

    private static Tensor OfParetos(Pareto p, Pareto q)
    {
        Tensor logScales = Elementary.LogRatio(p.scale, q.scale);
        return Support.Within(p.scale >= q.scale, q.alpha * logScales + Elementary.RatioExcess(p.alpha, q.alpha));
    }

    private static Tensor OfUniforms(Uniform p, Uniform q)
    {
        (Tensor low0, Tensor high0) = Parameters.Of(p);
        (Tensor low1, Tensor high1) = Parameters.Of(q);
        (Tensor from, Tensor to) = Support.Clipped(low0, high0, low1, high1);
        return Support.Within(Support.Covers(low1, high1, low0, high0), Support.LogOfWidths(low1, high1, from, to));
    }
}
