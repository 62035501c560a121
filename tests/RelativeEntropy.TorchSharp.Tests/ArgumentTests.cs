using static RelativeEntropy.Tensors.Tests.Tensors;
using static RelativeEntropy.Tensors.TorchDistributions;
using static TorchSharp.torch.distributions;
using Reason = System.Func<TorchSharp.torch.Tensor>;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>
/// Arguments of other sizes, types and shapes than asked for: refused by name, never by an exception of the native library.
/// </summary>
public sealed class ArgumentTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, Reason> Bad = new()
    {
        ["Categorical"] = () => kl_divergence(Categorical(Of(0.2, 0.3, 0.5)), Categorical(Of(1))),
        ["Categorical of logits"] = () => kl_divergence(Categorical(logits: Of(0, 1, 2)), Categorical(logits: Of(0))),
        ["Categorical, 2 against 3"] = () => kl_divergence(Categorical(Of(0.2, 0.8)), Categorical(Of(0.2, 0.3, 0.5))),
        ["OneHotCategorical"] = () => kl_divergence(OneHotCategorical(Of(0.2, 0.3, 0.5)), OneHotCategorical(Of(1))),
        ["Dirichlet"] = () => kl_divergence(Dirichlet(Of(1, 2, 3)), Dirichlet(Of(1))),
        ["Multinomial"] = () => kl_divergence(Multinomial(4, Of(0.2, 0.3, 0.5)), Multinomial(4, Of(1))),
        ["MultivariateNormal"] = () => kl_divergence(
            MultivariateNormal(Of(1, 2), scale_tril: torch.eye(2, dtype: torch.ScalarType.Float64)),
            MultivariateNormal(Of(1), scale_tril: torch.eye(1, dtype: torch.ScalarType.Float64))),
        ["batches"] = () => kl_divergence(Normal(Of(1, 2), Of(1, 1)), Normal(Of(1, 2, 3), Of(1, 1, 1))),
        ["rows of probabilities"] = () => TorchDivergence.KullbackLeibler(torch.ones(2, 3), torch.ones(4, 3), -1),
        ["rows of logits"] = () => TorchLogits.KullbackLeibler(torch.ones(2, 3), torch.ones(4, 3), -1),
        ["rows under a generator"] = () => TorchFDivergence.Of(TensorGenerator.Gan, torch.ones(2, 3), torch.ones(4, 3), -1),
        ["log-probabilities"] = () => TorchEstimate.K1(torch.ones(2), torch.ones(3)),
        ["log-probabilities, squared"] = () => TorchEstimate.K2(torch.ones(2), torch.ones(3)),
        ["log-probabilities, k3"] = () => TorchEstimate.K3(torch.ones(2), torch.ones(3)),
        ["means"] = () => TorchGaussian.KullbackLeibler(torch.ones(2), torch.ones(2), torch.ones(3), torch.ones(3)),
        ["log-variances"] = () => TorchGaussian.KullbackLeiblerFromLogVariance(torch.ones(2), torch.ones(2), torch.ones(2), torch.ones(3)),
        ["to the standard"] = () => TorchGaussian.KullbackLeiblerToStandard(torch.ones(2), torch.ones(3)),
        ["batches of factors"] = () => TorchGaussian.KullbackLeiblerFromCholesky(
            torch.ones(2, 3), torch.eye(3), torch.ones(4, 3), torch.eye(3)),
        ["batches of factor models"] = () => TorchGaussian.LowRankKullbackLeibler(
            torch.ones(3), torch.ones(3, 1), torch.ones(3), torch.ones(2, 3), torch.ones(4, 3, 1), torch.ones(3)),
        ["labels too large"] = () => TorchDistillation.Decoupled(
            torch.tensor(new long[] { 3 }), torch.zeros(1, 3), torch.zeros(1, 3), 1, 1, 1, Reduction.Sum),
        ["labels below zero"] = () => TorchDistillation.Decoupled(
            torch.tensor(new long[] { -1 }), torch.zeros(1, 3), torch.zeros(1, 3), 1, 1, 1, Reduction.Sum),
        ["no classes"] = () => TorchDistillation.SoftTargets(torch.zeros(2, 0), torch.zeros(2, 0), 1, Reduction.Sum),
        ["no outcomes"] = () => TorchDivergence.TotalVariation(torch.zeros(2, 0), torch.zeros(2, 0), 1),
        ["whole numbers"] = () => TorchDivergence.KullbackLeibler(torch.tensor(new long[] { 1, 2 }), Of(1, 2), 0),
    };

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    public static TheoryData<string> Pairs => DistributionTests.Names;

    /// <summary>Pairs that are +infinity for some parameters only, at such parameters.</summary>
    private static readonly Dictionary<string, Func<Func<double[], Tensor>, (Distribution P, Distribution Q)>> BySupport = new()
    {
        ["Bernoulli, q never"] = x => (Bernoulli(x([0.5])), Bernoulli(x([0]))),
        ["Bernoulli, q always"] = x => (Bernoulli(x([0.5])), Bernoulli(x([1]))),
        ["Bernoulli of a probability and a logit"] = x => (Bernoulli(logits: x([0])), Bernoulli(x([0]))),
        ["Bernoulli || Poisson"] = x => (Bernoulli(x([0.5])), Poisson(x([0]))),
        ["Categorical"] = x => (Categorical(x([0.5, 0.5])), Categorical(x([0, 1]))),
        ["Categorical of probabilities and logits"] = x =>
            (Categorical(x([0.5, 0.5])), Categorical(logits: x([0, double.NegativeInfinity]))),
        ["OneHotCategorical"] = x => (OneHotCategorical(x([0.5, 0.5])), OneHotCategorical(x([0, 1]))),
        ["Multinomial"] = x => (Multinomial(3, x([0.5, 0.5])), Multinomial(3, x([0, 1]))),
        ["Binomial"] = x => (Binomial(Of(3), x([0.5])), Binomial(Of(3), x([0]))),
        ["Binomial with fewer trials"] = x => (Binomial(Of(3), x([0.5])), Binomial(Of(2), x([0.5]))),
        ["Binomial with more trials"] = x => (Binomial(Of(2), x([0.4])), Binomial(Of(3), x([1]))),
        ["Geometric"] = x => (Geometric(x([0.5])), Geometric(x([1]))),
        ["Poisson"] = x => (Poisson(x([2])), Poisson(x([0]))),
        ["Poisson || Bernoulli"] = x => (Poisson(x([2])), Bernoulli(x([0.5]))),
        ["Poisson || Binomial"] = x => (Poisson(x([2])), Binomial(Of(4), x([0.5]))),
        ["Uniform"] = x => (Uniform(x([0]), x([1])), Uniform(x([0.25]), x([2]))),
        ["Uniform, apart"] = x => (Uniform(x([0]), x([1])), Uniform(x([2]), x([3]))),
        ["Beta || Uniform"] = x => (Beta(x([2]), x([2])), Uniform(x([0.1]), x([2]))),
        ["Uniform || Beta"] = x => (Uniform(x([0.5]), x([1.5])), Beta(x([2]), x([2]))),
        ["Uniform || Exponential"] = x => (Uniform(x([-1]), x([1])), Exponential(x([1]))),
        ["Uniform || Gamma"] = x => (Uniform(x([-1]), x([1])), Gamma(x([2]), x([1]))),
        ["Uniform || Pareto"] = x => (Uniform(x([1]), x([3])), Pareto(x([2]), x([1]))),
        ["Pareto"] = x => (Pareto(x([1]), x([2])), Pareto(x([1.5]), x([2]))),
        ["Pareto || Exponential"] = x => (Pareto(x([1]), x([1])), Exponential(x([1]))),
        ["Pareto || Gamma"] = x => (Pareto(x([1]), x([0.5])), Gamma(x([2]), x([1]))),
        ["Pareto || Normal"] = x => (Pareto(x([1]), x([2])), Normal(x([0]), x([1]))),
        ["Normal || Gamma"] = x => (Normal(x([0]), x([1])), Gamma(x([2]), x([1]))),
    };

    public static TheoryData<string> BySupportNames => [.. BySupport.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void What_does_not_fit_is_refused_by_name(string what)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ArgumentException refused = Assert.ThrowsAny<ArgumentException>(() => Bad[what]());
        Assert.False(string.IsNullOrEmpty(refused.ParamName));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_empty_batch_has_an_empty_answer(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = kl_divergence(PeerPair.Create(pair.P, Empty(pair.PParameters)), PeerPair.Create(pair.Q, Empty(pair.QParameters)));
        Assert.Equal([0L], value.shape);

        static Dictionary<string, Tensor> Empty(Dictionary<string, System.Text.Json.JsonElement> parameters) =>
            PeerPair.Read(parameters).ToDictionary(p => p.Key, p => p.Value.narrow(0, 0, 0));
    }

    [Theory]
    [MemberData(nameof(DisposalTests.Names), MemberType = typeof(DisposalTests))]
    public void So_has_a_table_without_rows(string name)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = DisposalTests.Functions[name](torch.zeros(0, 4).requires_grad_(true), torch.zeros(0, 4).requires_grad_(true));

        // A mean of no losses is NaN and a sum zero, as in torch; all others keep a dimension without elements.
        if (value.ndim > 0)
            Assert.Equal(0, value.numel());
        else
            Assert.Equal(name == "Distillation.DecoupledKullbackLeibler" ? 0 : double.NaN, Number(value));
    }

    [Theory]
    [MemberData(nameof(DisposalTests.Names), MemberType = typeof(DisposalTests))]
    public void Sixteen_bits_are_a_floating_point_type_as_any(string name)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (torch.ScalarType type in (torch.ScalarType[])[torch.ScalarType.Float16, torch.ScalarType.BFloat16])
        {
            Tensor p = Stack(Distributions(3, 4, 1)).to(type), q = Stack(Distributions(3, 4, 2)).to(type);
            Tensor value = DisposalTests.Functions[name](p, q);
            Assert.Equal(type, value.dtype);
            Assert.All(Numbers(value), x => Assert.True(double.IsFinite(x)));
        }
    }

    [Fact]
    public void A_multinomial_without_rows_is_empty()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal([0L], kl_divergence(Multinomial(3, torch.zeros(0, 2)), Multinomial(3, torch.zeros(0, 2))).shape);
    }

    [Theory]
    [InlineData("Exponential")]
    [InlineData("Gamma")]
    [InlineData("Gumbel")]
    [InlineData("Normal")]
    [InlineData("Beta")]
    [InlineData("Pareto")]
    [InlineData("Uniform")]
    [InlineData("Chi2")]
    public void The_type_of_Chi2_is_that_of_its_degrees_of_freedom(string family)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (torch.ScalarType type in (torch.ScalarType[])[torch.ScalarType.Float32, torch.ScalarType.Float64])
        {
            Tensor two = Of(2).to(type), three = Of(3).to(type);
            Distribution q = family switch
            {
                "Exponential" => Exponential(two),
                "Gamma" => Gamma(two, three),
                "Gumbel" => Gumbel(two, three),
                "Normal" => Normal(two, three),
                "Beta" => Beta(two, three),
                "Pareto" => Pareto(two, three),
                "Chi2" => Chi2(two),
                _ => Uniform(two, three),
            };
            Assert.Equal(type, kl_divergence(Chi2(Of(3).to(type)), q).dtype);
        }
    }

    [Fact]
    public void A_Chi2_is_its_Gamma()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Distribution normal = Normal(Of(2), Of(3));
        Close(Number(kl_divergence(Gamma(Of(1.5), Of(0.5)), normal)), Number(kl_divergence(Chi2(Of(3)), normal)));
    }

    [Theory]
    [MemberData(nameof(BySupportNames))]
    public void An_infinite_answer_has_a_finite_gradient(string name)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        List<Tensor> parameters = [];
        (Distribution p, Distribution q) = BySupport[name](values =>
        {
            Tensor parameter = Of(values).requires_grad_(true);
            parameters.Add(parameter);
            return parameter;
        });
        Tensor value = kl_divergence(p, q);
        Assert.All(Numbers(value), x => Assert.Equal(Infinity, x));
        if (!value.requires_grad)
            return;
        value.sum().backward();
        Assert.All(parameters, parameter => Assert.All(
            parameter.grad is { } gradient ? Numbers(gradient) : [], x => Assert.True(double.IsFinite(x), $"{x}")));
    }

    [Fact]
    public void An_interval_that_sticks_out_by_a_rounding_is_no_larger_than_what_covers_it()
    {
        Random random = new(7);
        using DisposeScope scope = torch.NewDisposeScope();
        for (int i = 0; i < 2000; i++)
        {
            double low = random.NextDouble(), high = low + random.NextDouble(),
                beyond = Math.BitIncrement(high), before = Math.BitDecrement(low);
            Assert.True(Number(kl_divergence(Uniform(Of(low), Of(beyond)), Uniform(Of(low), Of(high)))) >= 0);
            Assert.True(Number(kl_divergence(Uniform(Of(before), Of(high)), Uniform(Of(low), Of(high)))) >= 0);
        }

        double within = Math.BitDecrement(1.0);
        Assert.True(Number(kl_divergence(Beta(Of(1), Of(1)), Uniform(Of(0), Of(within)))) >= 0);
        Assert.True(Number(kl_divergence(Beta(Of(1), Of(1)), Uniform(Of(double.Epsilon), Of(1)))) >= 0);
    }

    [Fact]
    public void A_variance_that_has_no_Cholesky_factor_makes_its_own_answer_NaN()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor mean = torch.zeros(2, 2, dtype: torch.ScalarType.Float64), factor = Of(new[,] { { 1.0 }, { 1.0 } }),
            good = Of(new[,] { { 1.0, 1.0 }, { 1.0, 1.0 } });
        Tensor bad = Of(new[,] { { -0.5, 1.0 }, { 1.0, 1.0 } });
        double[] value = Numbers(TorchGaussian.LowRankKullbackLeibler(mean, factor, bad, mean, factor, good));
        Assert.Equal(double.NaN, value[0]);
        Assert.Equal(0, value[1], 1e-15);
    }
}
