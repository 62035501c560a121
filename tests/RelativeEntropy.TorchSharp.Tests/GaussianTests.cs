using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Normal distributions on tensors are those of the library on spans.</summary>
public sealed class GaussianTests
{
    private const int Dimension = 4;

    [Theory]
    [InlineData(0.5, 2, -1, 3)]
    [InlineData(1, 1, 1, 1.0000001)]
    [InlineData(1, 1, 1.0000001, 1)]
    [InlineData(0, 1e-9, 0, 1)]
    [InlineData(0, 1e8, 3, 1)]
    public void One_dimension(double mean0, double deviation0, double mean1, double deviation1)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double truth = Gaussian.KullbackLeibler(mean0, deviation0, mean1, deviation1);
        Close(truth, Number(TorchGaussian.KullbackLeibler(Of(mean0), Of(deviation0), Of(mean1), Of(deviation1))));
    }

    [Fact]
    public void Log_variances_and_the_term_of_a_variational_autoencoder()
    {
        double[] m0 = Normals(1, 6, 1)[0], l0 = Normals(1, 6, 2, 2)[0], m1 = Normals(1, 6, 3)[0], l1 = Normals(1, 6, 4, 2)[0];
        using DisposeScope scope = torch.NewDisposeScope();
        Close(
            DiagonalGaussian.KullbackLeiblerFromLogVariance(m0, l0, m1, l1),
            Number(TorchGaussian.KullbackLeiblerFromLogVariance(Of(m0), Of(l0), Of(m1), Of(l1)).sum(-1)));
        Close(DiagonalGaussian.KullbackLeiblerToStandard(m0, l0), Number(TorchGaussian.KullbackLeiblerToStandard(Of(m0), Of(l0)).sum(-1)));
        double[] near = [.. l0.Select(x => 1e-7 * x)], none = new double[6];
        Close(DiagonalGaussian.KullbackLeiblerToStandard(none, near), Number(TorchGaussian.KullbackLeiblerToStandard(Of(none), Of(near)).sum(-1)));

        double[] byMean = new double[6], byLogVariance = new double[6];
        DiagonalGaussian.KullbackLeiblerToStandardGradient(m0, l0, byMean, byLogVariance);
        Tensor mean = Of(m0).requires_grad_(true), logVariance = Of(l0).requires_grad_(true);
        TorchGaussian.KullbackLeiblerToStandard(mean, logVariance).sum().backward();
        Assert.All(Enumerable.Range(0, 6), i => Close(byMean[i], Numbers(mean.grad!)[i]));
        Assert.All(Enumerable.Range(0, 6), i => Close(byLogVariance[i], Numbers(logVariance.grad!)[i]));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-6)]
    public void Full_covariances_by_their_factors(double distance)
    {
        double[][] means = Normals(2, Dimension, 5);
        double[] mean1 = [.. means[0].Zip(means[1], (x, y) => x + distance * y)];
        double[] factor0 = Factor(6), other = Factor(7), factor1 = [.. factor0.Zip(other, (x, y) => x + distance * 0.3 * y)];
        double truth = MultivariateGaussian.KullbackLeiblerFromCholesky(means[0], factor0, mean1, factor1);
        foreach (torch.Device device in Devices)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor m0 = Of(means[0]).to(device), m1 = Of(mean1).to(device), f0 = Square(factor0).to(device), f1 = Square(factor1).to(device);
            Close(truth, Number(TorchGaussian.KullbackLeiblerFromCholesky(m0, f0, m1, f1)));
            Tensor batch = TorchGaussian.KullbackLeiblerFromCholesky(m0.expand(3, 1, Dimension), f0, m1, f1.expand(2, Dimension, Dimension));
            Assert.Equal([3L, 2L], batch.shape);
            Assert.All(Numbers(batch), x => Close(truth, x));
        }
    }

    [Fact]
    public void Factor_models()
    {
        double[][] means = Normals(2, Dimension, 8);
        double[] w0 = Normals(1, Dimension * 2, 9)[0], w1 = Normals(1, Dimension, 10)[0];
        double[] v0 = [0.5, 1, 2, 0.7], v1 = [1.5, 0.4, 1, 0.9];
        using DisposeScope scope = torch.NewDisposeScope();
        double truth = LowRankGaussian.KullbackLeibler(means[0], w0, v0, means[1], w1, v1);
        Close(truth, Number(TorchGaussian.LowRankKullbackLeibler(
            Of(means[0]), Of(w0).reshape(Dimension, 2), Of(v0), Of(means[1]), Of(w1).reshape(Dimension, 1), Of(v1))));
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor m0 = Stack(Normals(2, Dimension, 11)), m1 = Stack(Normals(2, Dimension, 12)), f0 = Square(Factor(13)), f1 = Square(Factor(14));
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeiblerFromCholesky(x, f0, m1, f1), m0);
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeiblerFromCholesky(m0, x.tril(), m1, f1), f0);
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeiblerFromCholesky(m0, f0, m1, x.tril()), f1);
        Tensor s0 = Of(0.5, 1, 2, 1.01), s1 = Of(1, 0.7, 1, 1);
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeibler(m0, x, m1, s1), s0);
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeibler(m0, s0, m1, x), s1);
        GradientIsThatOfDifferences(x => TorchGaussian.KullbackLeiblerFromLogVariance(m0, x, m1, s1), s0);
        Tensor w = Stack(Normals(Dimension, 2, 15));
        GradientIsThatOfDifferences(x => TorchGaussian.LowRankKullbackLeibler(m0, x, s0, m1, w * 0.5, s1), w);
        GradientIsThatOfDifferences(x => TorchGaussian.LowRankKullbackLeibler(m0, w, s0, m1, w * 0.5, x), s1);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor mean = torch.zeros(3), factor = torch.eye(3);
        Assert.Contains("should end in (3, 3)", Assert.Throws<ArgumentException>("factor1", () =>
            TorchGaussian.KullbackLeiblerFromCholesky(mean, factor, mean, torch.eye(2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("mean1", () => TorchGaussian.KullbackLeiblerFromCholesky(mean, factor, torch.zeros(2), factor));
        Assert.Throws<ArgumentException>("mean0", () => TorchGaussian.KullbackLeiblerFromCholesky(torch.tensor(0.0), factor, mean, factor));
        Assert.Contains("(3, rank)", Assert.Throws<ArgumentException>("factor0", () =>
            TorchGaussian.LowRankKullbackLeibler(mean, torch.ones(2, 3), mean + 1, mean, torch.ones(3, 2), mean + 1)).Message, StringComparison.Ordinal);
    }

    private static double[] Factor(int seed)
    {
        double[] factor = Normals(1, Dimension * Dimension, seed)[0];
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = i; j < Dimension; j++)
                factor[i * Dimension + j] = i == j ? 1 + 0.5 * factor[i * Dimension + j] : 0;
        }

        return factor;
    }

    private static Tensor Square(double[] values) => Of(values).reshape(Dimension, Dimension);
}
