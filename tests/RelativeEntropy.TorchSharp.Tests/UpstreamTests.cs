using System.Reflection;
using static RelativeEntropy.Tensors.Tests.Tensors;
using static TorchSharp.torch.distributions;
using F = TorchSharp.torch.nn.functional;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>What docs/upstream.md says of TorchSharp: where one of these fails, TorchSharp has changed and the page is to follow.</summary>
public sealed class UpstreamTests
{
    [Fact]
    public void There_is_no_kl_divergence() =>
        Assert.DoesNotContain(typeof(torch.distributions).GetMethods(BindingFlags.Public | BindingFlags.Static), method => method.Name == "kl_divergence");

    [Fact]
    public void The_default_of_kl_div_takes_probabilities_for_logarithms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor p = Of(0.2, 0.8), q = Of(0.5, 0.5);
        double meant = Divergence.KullbackLeibler([0.2, 0.8], [0.5, 0.5]) / 2;
        Close(meant, Number(F.kl_div(q.log(), p, log_target: false)));
        double taken = (Math.Exp(0.2) * (0.2 + Math.Log(2)) + Math.Exp(0.8) * (0.8 + Math.Log(2))) / 2;
        Close(taken, Number(F.kl_div(q.log(), p)));
        Assert.DoesNotContain("BatchMean", Enum.GetNames<torch.nn.Reduction>(), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Moments_that_are_not_those_of_the_distribution()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(4, Number(Exponential(Of(2)).variance));
        Close(-4.0 / 3, Number(Geometric(Of(0.25)).mean), 1e-15);
    }

    [Fact]
    public void A_literal_0_is_taken_for_a_type_where_a_dimension_is_meant()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor sum = torch.ones(3, 4).sum(0);
        Assert.Equal((0, torch.ScalarType.Byte), (sum.ndim, sum.dtype));
        Assert.Equal([4L], torch.ones(3, 4).sum([0]).shape);
    }

    [Fact]
    public void One_hot_categorical_distributions_from_logits()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Throws<NullReferenceException>(() => OneHotCategorical(logits: Of(0, 1)));
    }

    [Fact]
    public void Parameters_that_are_not_shown()
    {
        string[] Public(Type type) => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];
        Assert.DoesNotContain("base_dist", Public(typeof(TorchSharp.Modules.Independent)));
        Assert.DoesNotContain("base_distribution", Public(typeof(TorchSharp.Modules.TransformedDistribution)));
        Assert.DoesNotContain("scale_tril", Public(typeof(TorchSharp.Modules.MultivariateNormal)));
        Assert.DoesNotContain("concentration", Public(typeof(TorchSharp.Modules.Dirichlet)));
        Assert.DoesNotContain("concentration1", Public(typeof(TorchSharp.Modules.Beta)));
        Assert.DoesNotContain("rate", Public(typeof(TorchSharp.Modules.Gamma)));
        Assert.DoesNotContain("low", Public(typeof(TorchSharp.Modules.Uniform)));
        Assert.DoesNotContain("scale", Public(typeof(TorchSharp.Modules.Weibull)));
        Assert.DoesNotContain("total_count", Public(typeof(TorchSharp.Modules.Binomial)));
    }
}
