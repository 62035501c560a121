using RelativeEntropy.Tensors.Numerics;
using TorchSharp.Modules;
using static RelativeEntropy.Tensors.TorchDistributions;

namespace RelativeEntropy.Tensors.Pairs;

/// <summary>Two families: minus the entropy of p, minus the mean of log q under p.</summary>
internal static class Crossed
{
    public static void Register()
    {
        Register<Bernoulli, Poisson>(BernoulliToPoisson);
        Register<Poisson, Bernoulli>((p, q) => PoissonToBounded(p, -Odds.Of(q).LogFailure));
        Register<Poisson, Binomial>((p, q) => PoissonToBounded(p, -Parameters.Trials(q) * Odds.Of(q).LogFailure));

        Register<Beta, Exponential>((p, q) => BetaToGamma(p, 1, Parameters.Of(q)));
        Register<Beta, Gamma>((p, q) => BetaToGamma(p, Parameters.Of(q).Shape, Parameters.Of(q).Rate));
        Register<Beta, Normal>((p, q) => OfBeta(p) + ToNormal(p.mean, p.variance, q));
        Register<Beta, Uniform>(BetaToUniform);

        Register<Exponential, Gamma>((p, q) => GammaFamily.Gamma(torch.ones_like(p.mean), Parameters.Of(p), Parameters.Of(q).Shape, Parameters.Of(q).Rate));
        Register<Gamma, Exponential>((p, q) => GammaFamily.Gamma(Parameters.Of(p).Shape, Parameters.Of(p).Rate, torch.ones_like(q.mean), Parameters.Of(q)));
        Register<Exponential, Gumbel>((p, q) => GammaToGumbel(torch.ones_like(p.mean), Parameters.Of(p), q));
        Register<Gamma, Gumbel>((p, q) => GammaToGumbel(Parameters.Of(p).Shape, Parameters.Of(p).Rate, q));
        Register<Exponential, Normal>((p, q) => Parameters.Of(p).log() - 1 + ToNormal(p.mean, p.mean.square(), q));
        Register<Gamma, Normal>((p, q) =>
            MinusEntropyOfGamma(Parameters.Of(p).Shape, Parameters.Of(p).Rate)
            + ToNormal(Parameters.Moments(p).Mean, Parameters.Moments(p).Variance, q));

        Register<Gumbel, Normal>((p, q) => -Parameters.Of(p).Scale.log() - 1 - Constants.EulerGamma
            + ToNormal(Parameters.Of(p).Location + Constants.EulerGamma * Parameters.Of(p).Scale, p.variance, q));
        Register<Normal, Gumbel>(NormalToGumbel);
        Register<Laplace, Normal>((p, q) => -1 - (2 * Parameters.Of(p).Scale).log() + ToNormal(p.mean, 2 * Parameters.Of(p).Scale.square(), q));
        Register<Normal, Laplace>(NormalToLaplace);

        Register<Pareto, Exponential>((p, q) => ParetoToGamma(p, 1, Parameters.Of(q)));
        Register<Pareto, Gamma>((p, q) => ParetoToGamma(p, Parameters.Of(q).Shape, Parameters.Of(q).Rate));
        Register<Pareto, Normal>(ParetoToNormal);

        Register<Uniform, Beta>(UniformToBeta);
        Register<Uniform, Exponential>((p, q) => UniformToGamma(p, 1, Parameters.Of(q)));
        Register<Uniform, Gamma>((p, q) => UniformToGamma(p, Parameters.Of(q).Shape, Parameters.Of(q).Rate));
        Register<Uniform, Gumbel>(UniformToGumbel);
        Register<Uniform, Normal>((p, q) => -Width(p).log() + ToNormal(p.mean, Width(p).square() / 12, q));
        Register<Uniform, Pareto>(UniformToPareto);
    }

    // p log(p/rate) - p + rate, and what the outcome 0 has beside it.
    private static Tensor BernoulliToPoisson(Bernoulli p, Poisson q)
    {
        Odds odds = Odds.Of(p);
        Tensor failure = odds.Failure;
        return KullbackLeiblerTerm.Of(odds.Success, Parameters.Of(q)) + KullbackLeiblerTerm.Of(failure, torch.ones_like(failure), odds.Success);
    }

    // Only a rate of 0 stays within finitely many outcomes.
    private static Tensor PoissonToBounded(Poisson p, Tensor atZero) => Support.Within(Parameters.Of(p) == 0, atZero + 0 * Parameters.Of(p));

    /// <summary>Minus the mean of the log-density of a normal distribution, under a mean and a variance.</summary>
    private static Tensor ToNormal(Tensor mean, Tensor variance, Normal q)
    {
        (Tensor location, Tensor scale) = Parameters.Of(q);
        return Constants.HalfLogTwoPi + scale.log() + 0.5 * (variance / scale.square() + ((mean - location) / scale).square());
    }

    /// <summary>Minus the mean of the log-density of a Gamma distribution, under the means of x and log x.</summary>
    private static Tensor ToGamma(Tensor mean, Tensor meanLog, Tensor shape, Tensor rate) =>
        shape.lgamma() - shape * rate.log() - (shape - 1) * meanLog + rate * mean;

    private static Tensor MinusEntropyOfGamma(Tensor shape, Tensor rate) => rate.log() - shape - shape.lgamma() - (1 - shape) * GammaFamily.Digamma(shape);

    private static Tensor OfBeta(Beta p)
    {
        (Tensor a, Tensor b) = Parameters.Of(p);
        return GammaFamily.BetaToUniform(a, b);
    }

    private static Tensor BetaToGamma(Beta p, Tensor shape, Tensor rate)
    {
        (Tensor a, Tensor b) = Parameters.Of(p);
        return GammaFamily.BetaToUniform(a, b) + ToGamma(p.mean, GammaFamily.Digamma(a) - GammaFamily.Digamma(a + b), shape, rate);
    }

    private static Tensor BetaToUniform(Beta p, Uniform q)
    {
        (Tensor low, Tensor high) = Parameters.Of(q);
        Tensor zero = torch.zeros_like(p.mean), one = torch.ones_like(p.mean);
        (Tensor from, Tensor to) = Support.Clipped(zero, one, low, high);
        return Support.Within(Support.Covers(low, high, zero, one), OfBeta(p) + Support.LogOfWidths(low, high, from, to));
    }

    // With b = rate s: log s - H(p) + (a/rate - l)/s + e^(l/s) (1 + 1/b)^-a.
    private static Tensor GammaToGumbel(Tensor shape, Tensor rate, Gumbel q)
    {
        (Tensor location, Tensor scale) = Parameters.Of(q);
        Tensor product = rate * scale, moment = (location / scale - shape * product.reciprocal().log1p()).exp();
        return MinusEntropyOfGamma(shape, rate) + scale.log() + shape / product - location / scale + moment;
    }

    private static Tensor NormalToGumbel(Normal p, Gumbel q)
    {
        (Tensor mean, Tensor deviation) = Parameters.Of(p);
        (Tensor location, Tensor scale) = Parameters.Of(q);
        Tensor z = (mean - location) / scale, ratio = deviation / scale;
        return -ratio.log() - Constants.HalfLogTwoPi - 0.5 + z + (0.5 * ratio.square() - z).exp();
    }

    // E|x - l| = s sqrt(2/pi) e^(-d^2/(2 s^2)) + d erf(d/(s sqrt 2)) with d = m - l.
    private static Tensor NormalToLaplace(Normal p, Laplace q)
    {
        (Tensor mean, Tensor deviation) = Parameters.Of(p);
        (Tensor location, Tensor scale) = Parameters.Of(q);
        Tensor difference = mean - location, z = difference / deviation;
        Tensor distance = Math.Sqrt(2 / Math.PI) * deviation * (-0.5 * z.square()).exp() + difference * (z / Math.Sqrt(2)).erf();
        return (2 * scale / deviation).log() - Constants.HalfLogTwoPi - 0.5 + distance / scale;
    }

    private static Tensor MinusEntropyOfPareto(Pareto p) => (p.alpha / p.scale).log() - 1 - p.alpha.reciprocal();

    // The mean is infinite for an alpha up to 1.
    private static Tensor ParetoToGamma(Pareto p, Tensor shape, Tensor rate)
    {
        Tensor finite = p.alpha > 1, alpha = torch.where(finite, p.alpha, torch.full_like(p.alpha, 2));
        Tensor mean = alpha * p.scale / (alpha - 1), meanLog = p.scale.log() + p.alpha.reciprocal();
        return Support.Within(finite, MinusEntropyOfPareto(p) + ToGamma(mean, meanLog, shape, rate));
    }

    // The variance is infinite for an alpha up to 2.
    private static Tensor ParetoToNormal(Pareto p, Normal q)
    {
        Tensor finite = p.alpha > 2, alpha = torch.where(finite, p.alpha, torch.full_like(p.alpha, 3));
        Tensor mean = alpha * p.scale / (alpha - 1), variance = p.scale.square() * alpha / ((alpha - 1).square() * (alpha - 2));
        return Support.Within(finite, MinusEntropyOfPareto(p) + ToNormal(mean, variance, q));
    }

    private static Tensor Width(Uniform p)
    {
        (Tensor low, Tensor high) = Parameters.Of(p);
        return high - low;
    }

    // The mean of log x over [low, high]: log high - 1 + (low/w) log(1 + w/low), which tends to log high where w is small.
    private static Tensor MeanLog(Tensor low, Tensor high)
    {
        Tensor positive = low > 0, safeLow = torch.where(positive, low, torch.ones_like(low));
        Tensor change = torch.where(positive, (high - low) / safeLow, torch.ones_like(low));
        Tensor inner = torch.where(positive, Elementary.XMinusLog1p(change) / change, torch.ones_like(low));
        return high.log() - inner;
    }

    private static Tensor UniformToBeta(Uniform p, Beta q)
    {
        (Tensor low, Tensor high) = Parameters.Of(p);
        (Tensor a, Tensor b) = Parameters.Of(q);
        Tensor zero = torch.zeros_like(low + a), covered = Support.Covers(zero, zero + 1, low, high);

        // Ends that rounding carried past 0 or 1 are put back there.
        Tensor inLow = torch.where(covered, low.clamp(0, 1), zero), inHigh = torch.where(covered, high.clamp(0, 1), zero + 1);
        Tensor logBeta = a.lgamma() + b.lgamma() - (a + b).lgamma();
        Tensor value = logBeta - (a - 1) * MeanLog(inLow, inHigh) - (b - 1) * MeanLog(1 - inHigh, 1 - inLow) - (high - low).log();
        return Support.Within(covered, value);
    }

    private static Tensor UniformToGamma(Uniform p, Tensor shape, Tensor rate)
    {
        (Tensor low, Tensor high) = Parameters.Of(p);
        Tensor covered = low >= 0;
        Tensor inLow = torch.where(covered, low, torch.zeros_like(low)), inHigh = torch.where(covered, high, torch.ones_like(high));
        return Support.Within(covered, ToGamma(p.mean, MeanLog(inLow, inHigh), shape, rate) - (high - low).log());
    }

    // The mean of e^-y over y from y0 to y1 is e^-y0 (1 - e^-(y1 - y0))/(y1 - y0).
    private static Tensor UniformToGumbel(Uniform p, Gumbel q)
    {
        (Tensor low, Tensor high) = Parameters.Of(p);
        (Tensor location, Tensor scale) = Parameters.Of(q);
        Tensor width = (high - low) / scale, moment = -(-(low - location) / scale).exp() * (-width).expm1() / width;
        return -width.log() + (p.mean - location) / scale + moment;
    }

    private static Tensor UniformToPareto(Uniform p, Pareto q)
    {
        (Tensor low, Tensor high) = Parameters.Of(p);
        Tensor covered = low >= q.scale;
        Tensor inLow = torch.where(covered, low, torch.ones_like(low)), inHigh = torch.where(covered, high, torch.full_like(high, 2));
        return Support.Within(covered, (q.alpha + 1) * MeanLog(inLow, inHigh) - q.alpha.log() - q.alpha * q.scale.log() - (high - low).log());
    }
}
