using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Generators on tensors are those of the library on numbers.</summary>
public sealed class FDivergenceTests
{
    public static TheoryData<string> Names => [.. TensorGenerator.Catalogue.Select(f => f.ToString())];

    private static TensorGenerator Named(string name) => TensorGenerator.Catalogue.Single(f => f.ToString() == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_divergence_is_the_library_s(string name)
    {
        TensorGenerator f = Named(name);
        double[][] p = Distributions(4, 6, 1), q = Distributions(4, 6, 2);
        double[][] near = [.. p.Select(row => row.Select((x, i) => x + (i % 2 == 0 ? 1e-9 : -1e-9)).ToArray())];
        using DisposeScope scope = torch.NewDisposeScope();
        double[] far = Numbers(TorchFDivergence.Of(f, Stack(p), Stack(q), -1)), small = Numbers(TorchFDivergence.Of(f, Stack(p), Stack(near), -1));
        Assert.All(Enumerable.Range(0, 4), i => Close(FDivergence.Of(f.Scalar, p[i], q[i]), far[i]));
        Assert.All(Enumerable.Range(0, 4), i => Close(FDivergence.Of(f.Scalar, p[i], near[i]), small[i]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Impossible_outcomes_cost_their_limits(string name)
    {
        TensorGenerator f = Named(name);
        double[][] p = [[0, 0.5, 0.5, 0], [0.5, 0.25, 0.25, 0], [0.5, 0.5, 0, 0]], q = [[0.5, 0.25, 0.25, 0], [0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5]];
        using DisposeScope scope = torch.NewDisposeScope();
        double[] value = Numbers(TorchFDivergence.Of(f, Stack(p), Stack(q), -1));
        Assert.All(Enumerable.Range(0, 3), i => Close(FDivergence.Of(f.Scalar, p[i], q[i]), value[i]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Slope_and_conjugate_are_the_library_s_and_meet_at_the_ratio(string name)
    {
        TensorGenerator f = Named(name);
        double[] x = [-3, -1, -0.2, 0.3, 0.9, 1.5];
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor slopes = f.Slope(Of(x));
        double[] slope = Numbers(slopes), conjugate = Numbers(f.Conjugate(slopes));
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(f.Scalar.Derivative(Math.Exp(x[i])), slope[i], 1e-13);
            Assert.Equal(f.Scalar.Conjugate(slope[i]), conjugate[i], 1e-12);
        }

        double above = f.Scalar.SlopeAtInfinity + 1;
        if (double.IsFinite(above))
            Assert.Equal(double.PositiveInfinity, Number(f.Conjugate(Of(above))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bound_is_the_library_s(string name)
    {
        TensorGenerator f = Named(name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor atP = f.Slope(Of(-0.5, 0.4, 1.1)), atQ = f.Slope(Of(-1.2, 0.1));
        double bound = FDivergence.LowerBound(f.Scalar, Numbers(atP), Numbers(atQ));
        Assert.Equal(bound, Number(TorchFDivergence.LowerBound(f, atP, atQ)), 1e-13);
        Assert.Equal(bound, Number(TorchFDivergence.LowerBoundOfLogRatio(f, Of(-0.5, 0.4, 1.1), Of(-1.2, 0.1))), 1e-13);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_conjugate_at_the_slope_is_that_of_Young_s_equality_and_keeps_its_digits_in_float32(string name)
    {
        TensorGenerator f = Named(name);
        double[] x = [-3, -1, -0.2, 0.3, 0.9, 1.5];
        using DisposeScope scope = torch.NewDisposeScope();
        double[] value = Numbers(f.ConjugateAtSlope(Of(x)));
        for (int i = 0; i < x.Length; i++)
        {
            double u = Math.Exp(x[i]);
            Assert.Equal(u * f.Scalar.Derivative(u) - f.Scalar.Value(u), value[i], 1e-12);
        }

        double[] large = [-20, -5, 8, 20], truth = Numbers(f.ConjugateAtSlope(Of(large)));
        double[] single = Numbers(f.ConjugateAtSlope(Of(large).to(torch.ScalarType.Float32)));
        Assert.All(Enumerable.Range(0, large.Length), i => Close(truth[i], single[i], 1e-5));
        Assert.All(truth, t => Assert.True(double.IsFinite(t)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences(string name)
    {
        TensorGenerator f = Named(name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor p = Stack(Distributions(2, 4, 3)), q = Stack(Distributions(2, 4, 4));
        GradientIsThatOfDifferences(x => TorchFDivergence.Of(f, x, q, -1), p);
        GradientIsThatOfDifferences(x => TorchFDivergence.Of(f, p, x, -1), q);
        Tensor guess = Of(-0.7, 0.2, 0.6);
        GradientIsThatOfDifferences(x => TorchFDivergence.LowerBound(f, f.Slope(x), f.Slope(0.5 * x)), guess);
        GradientIsThatOfDifferences(x => TorchFDivergence.LowerBoundOfLogRatio(f, x, 0.5 * x), guess);
    }

    [Fact]
    public void Null_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentNullException>("f", () => TorchFDivergence.Of(null!, Of(1), Of(1), 0));
        Assert.Throws<ArgumentNullException>("f", () => TorchFDivergence.LowerBound(null!, Of(1), Of(1)));
        Assert.Throws<ArgumentNullException>("f", () => TorchFDivergence.LowerBoundOfLogRatio(null!, Of(1), Of(1)));
    }
}
