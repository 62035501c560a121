using static RelativeEntropy.Tensors.Tests.Tensors;
using static RelativeEntropy.Tensors.TorchDistributions;
using static TorchSharp.torch.distributions;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Edges of the parameters and of the supports, some of which torch.distributions 2.6 gets wrong.</summary>
public sealed class EdgeTests
{
    private const double Infinity = double.PositiveInfinity;

    private static double Kl(Func<Distribution> p, Func<Distribution> q)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Number(kl_divergence(p(), q()));
    }

    [Theory]
    [InlineData(0.0, 0.3, 0.35667494393873245)]
    [InlineData(1.0, 0.3, 1.2039728043259361)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(1.0, 1.0, 0.0)]
    [InlineData(0.5, 0.0, Infinity)]
    [InlineData(0.5, 1.0, Infinity)]
    [InlineData(0.5, 1e-30, 33.84562921435074)] // PyTorch clamps q to 2e-16: 17.3.
    public void Bernoulli_of_probabilities_at_the_ends(double p, double q, double truth)
    {
        Close(truth, Kl(() => Bernoulli(Of(p)), () => Bernoulli(Of(q))));
        Close(truth, Kl(() => Categorical(Of(p, 1 - p)), () => Categorical(Of(q, 1 - q))));
        Close(truth, Kl(() => OneHotCategorical(Of(p, 1 - p)), () => OneHotCategorical(Of(q, 1 - q))));
        Close(3 * truth, Kl(() => Binomial(Of(3), Of(p)), () => Binomial(Of(3), Of(q))));
        Close(3 * truth, Kl(() => Multinomial(3, Of(p, 1 - p)), () => Multinomial(3, Of(q, 1 - q))));
    }

    [Theory]
    [InlineData(0.0, 40.0, 19.306852819440055)] // PyTorch: +infinity.
    [InlineData(40.0, 0.0, 0.6931471805599453)]
    [InlineData(40.0, 41.0, 1.56288218933498876e-18)] // PyTorch: -2.7e-18.
    [InlineData(-800.0, 0.0, 0.6931471805599453)]
    [InlineData(0.0, -800.0, 399.30685281944006)]
    public void Bernoulli_of_logits_that_as_probabilities_are_0_or_1(double a, double b, double truth)
    {
        Close(truth, Kl(() => Bernoulli(logits: Of(a)), () => Bernoulli(logits: Of(b))), 1e-12);
        Close(2 * truth, Kl(() => Binomial(Of(2), logits: Of(a)), () => Binomial(Of(2), logits: Of(b))), 1e-12);
        Close(truth, Kl(() => Categorical(logits: Of(a, 0)), () => Categorical(logits: Of(b, 0))), 1e-12);
    }

    [Fact]
    public void Logits_beside_probabilities() =>
        Close(Kl(() => Bernoulli(Of(0.25)), () => Bernoulli(Of(0.75))), Kl(() => Bernoulli(logits: Of(-Math.Log(3))), () => Bernoulli(Of(0.75))));

    // The sum over k, written out. PyTorch has no answer.
    [Theory]
    [InlineData(3, 0.4, 5, 0.3)]
    [InlineData(1, 0.9, 2, 0.9)]
    [InlineData(4, 0.0, 6, 0.2)]
    [InlineData(4, 1.0, 6, 0.2)]
    public void Binomial_with_fewer_trials_than_the_other(int n0, double p0, int n1, double p1)
    {
        double truth = Enumerable.Range(0, n0 + 1).Sum(k => Terms.RelativeEntropy(Mass(n0, p0, k), Mass(n1, p1, k)));
        Close(truth, Kl(() => Binomial(Of(n0), Of(p0)), () => Binomial(Of(n1), Of(p1))));

        static double Mass(int n, double p, int k) => Enumerable.Range(1, k).Aggregate(1.0, (c, i) => c * (n - k + i) / i) * Math.Pow(p, k) * Math.Pow(1 - p, n - k);
    }

    [Fact]
    public void Binomial_with_more_trials_than_the_other_is_infinite_unless_it_never_succeeds()
    {
        Assert.Equal(Infinity, Kl(() => Binomial(Of(5), Of(0.4)), () => Binomial(Of(3), Of(0.4))));
        Close(-3 * Math.Log(0.6), Kl(() => Binomial(Of(5), Of(0)), () => Binomial(Of(3), Of(0.4))));
        Assert.Equal(Infinity, Kl(() => Binomial(Of(2), Of(0.4)), () => Binomial(Of(3), Of(1))));
    }

    [Fact]
    public void Multinomials_of_different_totals_share_no_outcome() =>
        Assert.Equal(Infinity, Kl(() => Multinomial(3, Of(0.4, 0.6)), () => Multinomial(4, Of(0.4, 0.6))));

    [Fact]
    public void Poisson_of_rate_zero_is_within_finitely_many_outcomes() // PyTorch says +infinity.
    {
        Close(-Math.Log(0.7), Kl(() => Poisson(Of(0)), () => Bernoulli(Of(0.3))));
        Close(-4 * Math.Log(0.7), Kl(() => Poisson(Of(0)), () => Binomial(Of(4), Of(0.3))));
        Assert.Equal(Infinity, Kl(() => Poisson(Of(0.1)), () => Bernoulli(Of(0.3))));
        Assert.Equal(Infinity, Kl(() => Poisson(Of(0.1)), () => Binomial(Of(4), Of(0.3))));
        Close(2, Kl(() => Poisson(Of(0)), () => Poisson(Of(2))));
        Assert.Equal(Infinity, Kl(() => Poisson(Of(2)), () => Poisson(Of(0))));
    }

    [Fact]
    public void Supports_of_uniform_distributions()
    {
        Close(Math.Log(2), Kl(() => Uniform(Of(0.25), Of(0.75)), () => Uniform(Of(0), Of(1))));
        Assert.Equal(0, Kl(() => Uniform(Of(0.1), Of(0.3)), () => Uniform(Of(0.1), Of(0.3))));
        Close(Math.Log(1.25), Kl(() => Uniform(Of(0.1), Of(0.3)), () => Uniform(Of(0.05), Of(0.3))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(0), Of(1)), () => Uniform(Of(0.25), Of(2))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(0), Of(1)), () => Uniform(Of(-1), Of(0.75))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(-1), Of(1)), () => Exponential(Of(1))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(-1), Of(1)), () => Gamma(Of(1), Of(1))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(1), Of(3)), () => Pareto(Of(2), Of(1))));
        Assert.Equal(Infinity, Kl(() => Uniform(Of(0.5), Of(1.5)), () => Beta(Of(2), Of(2))));
        Assert.Equal(Infinity, Kl(() => Beta(Of(2), Of(2)), () => Uniform(Of(0.1), Of(2))));
        Close(Math.Log(1 / 6.0) + 2, Kl(() => Uniform(Of(0), Of(1)), () => Beta(Of(2), Of(2))));
        Close(0.5, Kl(() => Uniform(Of(0), Of(1)), () => Exponential(Of(1))));
        Close(2 - 2 * Math.Log(2), Kl(() => Uniform(Of(0), Of(1)), () => Gamma(Of(2), Of(2))));
        Assert.Equal(0, Kl(() => Uniform(Of(0), Of(1)), () => Beta(Of(1), Of(1))));
    }

    [Fact]
    public void Moments_of_a_Pareto_that_do_not_exist()
    {
        Assert.Equal(Infinity, Kl(() => Pareto(Of(1), Of(1)), () => Exponential(Of(1))));
        Assert.Equal(Infinity, Kl(() => Pareto(Of(1), Of(0.5)), () => Gamma(Of(2), Of(1))));
        Assert.Equal(Infinity, Kl(() => Pareto(Of(1), Of(2)), () => Normal(Of(0), Of(1))));
        Assert.Equal(Infinity, Kl(() => Pareto(Of(1), Of(2)), () => Pareto(Of(1.5), Of(2))));
        Assert.Equal(0, Kl(() => Pareto(Of(1.5), Of(2)), () => Pareto(Of(1.5), Of(2))));
    }

    [Fact]
    public void Parameters_far_apart_and_next_to_each_other()
    {
        Close(170 * Math.Log(10) - 0.5, Kl(() => Normal(Of(0), Of(1e-170)), () => Normal(Of(0), Of(1)))); // PyTorch: +infinity.

        // PyTorch: 0 for all three, and -1.2e-16.
        const double Step = 1e-8;
        Close(Step * Step / 4, Kl(() => Cauchy(Of(0), Of(1)), () => Cauchy(Of(Step), Of(1))), 1e-7);
        Close(Step * Step / 2, Kl(() => Exponential(Of(1)), () => Exponential(Of(1 + Step))), 1e-7);
        Close(Step * Step / 2, Kl(() => Laplace(Of(0), Of(1)), () => Laplace(Of(Step), Of(1))), 1e-7);
        double share = 1 / (1 + Math.E + Math.E * Math.E);
        Close(Step * Step / 2 * share * (1 - share), Kl(() => Categorical(logits: Of(1, 2, 3)), () => Categorical(logits: Of(1 + Step, 2, 3))), 1e-6);
    }

    [Fact]
    public void Half_distributions_diverge_as_the_whole_ones_do()
    {
        Close(Kl(() => Cauchy(Of(0), Of(2)), () => Cauchy(Of(0), Of(0.5))), Kl(() => HalfCauchy(Of(2)), () => HalfCauchy(Of(0.5))), 1e-14);
        Close(Kl(() => Normal(Of(0), Of(2)), () => Normal(Of(0), Of(0.5))), Kl(() => HalfNormal(Of(2)), () => HalfNormal(Of(0.5))), 1e-14);
    }

    [Fact]
    public void A_covariance_and_a_precision_say_the_same()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor covariance = Of(new[,] { { 2, 0.5 }, { 0.5, 1 } }), mean = Of(1, -1), zero = Of(0, 0), identity = torch.eye(2, dtype: torch.ScalarType.Float64);
        Distribution standard = MultivariateNormal(zero, covariance_matrix: identity);
        double truth = Number(kl_divergence(MultivariateNormal(mean, covariance_matrix: covariance), standard));
        Close(0.5 * (3 - 2 + 2 - Math.Log(1.75)), truth);
        Close(truth, Number(kl_divergence(MultivariateNormal(mean, precision_matrix: torch.linalg.inv(covariance)), standard)));
        Close(truth, Number(kl_divergence(MultivariateNormal(mean, scale_tril: torch.linalg.cholesky(covariance)), standard)));
    }

    [Fact]
    public void Dimensions_that_differ_are_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Distribution two = MultivariateNormal(torch.zeros(2), scale_tril: torch.eye(2)), three = MultivariateNormal(torch.zeros(3), scale_tril: torch.eye(3));
        Assert.Contains(
            "An event of p has the shape (2) and one of q (3)",
            Assert.Throws<ArgumentException>("q", () => kl_divergence(two, three)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_autograd_is_off_for_good_what_needs_it_says_so()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable inference = torch.inference_mode();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => kl_divergence(Beta(Of(2), Of(2)), Beta(Of(1), Of(2))));
        Assert.Contains("torch.no_grad", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0.5, Number(kl_divergence(Normal(Of(1), Of(1)), Normal(Of(0), Of(1)))));
    }

    [Fact]
    public void At_the_ends_gradients_are_no_NaN()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor p = Of(0, 0.5, 0.5).requires_grad_(true), q = Of(0.2, 0.3, 0.5).requires_grad_(true);
        TorchDivergence.KullbackLeibler(p, q, 0).backward();
        Assert.All(Numbers(q.grad!), x => Assert.True(double.IsFinite(x)));
        Assert.All(Numbers(p.grad!), x => Assert.False(double.IsNaN(x)));
    }

    [Fact]
    public void NaN_arrives()
    {
        Assert.Equal(double.NaN, Kl(() => Normal(Of(double.NaN), Of(1)), () => Normal(Of(0), Of(1))));
        Assert.Equal(double.NaN, Kl(() => Gamma(Of(2), Of(1)), () => Gamma(Of(double.NaN), Of(1))));
    }
}
