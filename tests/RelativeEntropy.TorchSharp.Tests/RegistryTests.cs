using TorchSharp.Modules;
using static RelativeEntropy.Tensors.Tests.Tensors;
using static RelativeEntropy.Tensors.TorchDistributions;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>How a pair finds its form, and what is said where it has none.</summary>
public sealed class RegistryTests
{
    private class Shape : Distribution
    {
        public Shape() : base(null, [], []) { }

        public override Tensor mean => torch.zeros(3);

        public override Tensor variance => torch.ones(3);

        public override Tensor log_prob(Tensor value) => throw new NotSupportedException();

        public override Tensor entropy() => throw new NotSupportedException();

        public override Tensor rsample(params long[] sample_shape) => throw new NotSupportedException();

        public override Distribution expand(torch.Size batch_shape, Distribution instance) => throw new NotSupportedException();
    }

    private class Square : Shape;

    private sealed class SmallSquare : Square;

    private class Left : Shape;

    private sealed class LeftOfLeft : Left;

    [Fact]
    public void A_missing_pair_names_both_types_and_what_can_be_done()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NotSupportedException missing = Assert.Throws<NotSupportedException>(() =>
            kl_divergence(torch.distributions.Cauchy(Of(0), Of(1)), torch.distributions.Normal(Of(0), Of(1))));
        Assert.Contains("TorchSharp.Modules.Cauchy", missing.Message, StringComparison.Ordinal);
        Assert.Contains("TorchSharp.Modules.Normal", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Register", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_TorchSharp_hides_is_said()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Distribution normal = torch.distributions.Normal(Of(0, 1), Of(1, 1));
        Distribution independent = torch.distributions.Independent(normal, 1);
        Assert.Contains("sum the last dimensions", Assert.Throws<NotSupportedException>(() => kl_divergence(independent, independent)).Message, StringComparison.Ordinal);
        Distribution transformed = new TransformedDistribution(normal, new torch.distributions.transforms.ExpTransform());
        Assert.Contains("under one bijection", Assert.Throws<NotSupportedException>(() => kl_divergence(transformed, transformed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_is_an_answer_in_the_shape_and_type_of_the_batch()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = kl_divergence(
            torch.distributions.Normal(torch.zeros(2, 1), torch.ones(2, 1)), torch.distributions.Gamma(torch.ones(3), torch.ones(3)));
        Assert.Equal([2L, 3L], value.shape);
        Assert.Equal(torch.ScalarType.Float32, value.dtype);
        Assert.All(Numbers(value), x => Assert.Equal(double.PositiveInfinity, x));
    }

    [Fact]
    public void A_derived_type_has_the_form_of_its_nearest_ancestor()
    {
        Register<Shape, Shape>((_, _) => Of(1));
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(1, Number(kl_divergence(new SmallSquare(), new Shape())));
        Register<Square, Shape>((_, _) => Of(2));
        Assert.Equal(2, Number(kl_divergence(new SmallSquare(), new Shape())));
        Assert.Equal(1, Number(kl_divergence(new Shape(), new SmallSquare())));
        Register<Square, Shape>((_, _) => Of(3));
        Assert.Equal(3, Number(kl_divergence(new SmallSquare(), new Square())));
        RegisterInfinite<SmallSquare, SmallSquare>();
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], Numbers(kl_divergence(new SmallSquare(), new SmallSquare())));
    }

    [Fact]
    public void Two_entries_that_fit_equally_well_are_an_error_that_says_how_to_settle_it()
    {
        Register<LeftOfLeft, Left>((_, _) => Of(1));
        Register<Left, LeftOfLeft>((_, _) => Of(2));
        Assert.Contains(
            "register (LeftOfLeft, LeftOfLeft)",
            Assert.Throws<InvalidOperationException>(() => kl_divergence(new LeftOfLeft(), new LeftOfLeft())).Message, StringComparison.Ordinal);
        Register<LeftOfLeft, LeftOfLeft>((_, _) => Of(3));
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(3, Number(kl_divergence(new LeftOfLeft(), new LeftOfLeft())));
    }

    [Fact]
    public void Null_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Distribution normal = torch.distributions.Normal(Of(0), Of(1));
        Assert.Throws<ArgumentNullException>("p", () => kl_divergence(null!, normal));
        Assert.Throws<ArgumentNullException>("q", () => kl_divergence(normal, null!));
    }
}
