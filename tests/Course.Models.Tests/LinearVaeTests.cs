using MathNet.Numerics.LinearAlgebra;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

/// <summary>The linear autoencoder against probabilistic PCA, and the latter against its definition.</summary>
public class LinearVaeTests
{
    private const int N = 5, D = 2, Rows = 60;

    private static readonly double[] X = Data();

    [Fact]
    public void The_gradient_is_that_of_the_bound()
    {
        var model = new LinearVae(N, D);
        double[] parameters = Normal(model.ParameterCount, 1, 0.4), gradient = new double[model.ParameterCount];
        Assert.Equal(model.Bound(parameters, X), model.Bound(parameters, X, gradient));
        AssertGradient(theta => model.Bound(theta, X), parameters, gradient);
    }

    [Fact]
    public void The_bound_is_the_average_of_its_estimates_from_samples()
    {
        // The reparametrised estimate with nodes in the place of draws: a quadratic in z is integrated exactly by z = m +- sqrt(D_j d) e_j.
        var model = new LinearVae(N, D);
        double[] parameters = Normal(model.ParameterCount, 2, 0.4);
        double[] w = model.Decoder(parameters).ToArray(), v = model.Encoder(parameters).ToArray(), mean = model.Mean(parameters).ToArray();
        double[] logVariances = model.LogVariances(parameters).ToArray();
        var likelihood = Likelihood.Gaussian(Math.Exp(model.LogNoise(parameters)[0]));
        double sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            double[] x = X[(row * N)..(row * N + N)], m = new double[D];
            for (int j = 0; j < D; j++)
                m[j] = Enumerable.Range(0, N).Sum(i => v[j * N + i] * (x[i] - mean[i]));
            for (int node = 0; node < 2 * D; node++)
            {
                double[] z = [.. m];
                z[node / 2] += (node % 2 == 0 ? 1 : -1) * Math.Sqrt(D * Math.Exp(logVariances[node / 2]));
                double[] outputs = [.. Enumerable.Range(0, N).Select(i => mean[i] + Enumerable.Range(0, D).Sum(j => w[i * D + j] * z[j]))];
                sum -= likelihood.NegativeLog(x, outputs) / (2 * D);
            }

            sum -= RelativeEntropy.DiagonalGaussian.KullbackLeiblerToStandard(m, logVariances);
        }

        Assert.Equal(sum / Rows, model.Bound(parameters, X), 1e-12);
    }

    [Fact]
    public void The_likelihood_of_probabilistic_PCA_is_that_of_its_normal_distribution()
    {
        var model = ProbabilisticPca.Fit(X, N, D);
        Matrix<double> w = Matrix<double>.Build.Dense(N, D, (i, j) => model.Weights[i * D + j]);
        Matrix<double> covariance = w * w.Transpose() + model.Variance * Matrix<double>.Build.DenseIdentity(N);
        double expected = 0;
        for (int row = 0; row < Rows; row++)
        {
            Vector<double> offset = Vector<double>.Build.Dense(N, i => X[row * N + i] - model.Mean[i]);
            expected -= 0.5 * (N * Math.Log(2 * Math.PI) + covariance.Cholesky().DeterminantLn + offset * covariance.Cholesky().Solve(offset)) / Rows;
        }

        Assert.Equal(expected, model.LogLikelihood(X), 1e-12);
        double closed = -0.5 * (N * (Math.Log(2 * Math.PI) + 1) + model.Eigenvalues.Take(D).Sum(Math.Log) + (N - D) * Math.Log(model.Variance));
        Assert.Equal(closed, model.LogLikelihood(X), 1e-12);
        Assert.Equal(model.Eigenvalues.Skip(D).Average(), model.Variance, 1e-15);
        Assert.Equal(model.Eigenvalues.OrderDescending(), model.Eigenvalues);
    }

    [Fact]
    public void At_the_solution_of_probabilistic_PCA_the_bound_is_the_likelihood_and_its_gradient_is_zero()
    {
        var principal = ProbabilisticPca.Fit(X, N, D);
        var model = new LinearVae(N, D);
        double[] optimum = model.Optimum(principal), gradient = new double[model.ParameterCount];
        Assert.Equal(principal.LogLikelihood(X), model.Bound(optimum, X, gradient), 1e-12);
        Assert.All(gradient, derivative => Assert.Equal(0, derivative, 1e-12));
        for (int seed = 1; seed <= 20; seed++)
            Assert.True(model.Bound(Moved(optimum, Normal(optimum.Length, seed), 0.01), X) < principal.LogLikelihood(X));
    }

    [Fact]
    public void Training_finds_the_likelihood_of_probabilistic_PCA()
    {
        var model = new LinearVae(N, D);
        double[] parameters = model.Initialise(new(3)), gradient = new double[model.ParameterCount];
        var state = new AdamState(model.ParameterCount);
        double bound = 0, best = ProbabilisticPca.Fit(X, N, D).LogLikelihood(X);
        for (int step = 0; step < 4000; step++)
        {
            bound = model.Bound(parameters, X, gradient);
            Assert.True(bound <= best + 1e-12);
            new Adam(0.02 / (1 + 0.005 * step)).Step(state, parameters, [.. gradient.Select(g => -g)]);
        }

        Assert.Equal(best, bound, 1e-6);
    }

    [Fact]
    public void Shapes_that_do_not_fit_and_data_without_noise_are_refused()
    {
        var model = new LinearVae(N, D);
        Assert.Throws<ArgumentException>("parameters", () => model.Bound(new double[3], X));
        Assert.Throws<ArgumentException>("x", () => model.Bound(new double[model.ParameterCount], new double[7]));
        Assert.Throws<ArgumentException>("gradient", () => model.Bound(new double[model.ParameterCount], X, new double[3]));
        Assert.Throws<ArgumentException>("model", () => model.Optimum(ProbabilisticPca.Fit(X, N, 1)));
        Assert.Throws<ArgumentException>("parameters", () => model.Mean(new double[2]).Length);
        Assert.Throws<ArgumentOutOfRangeException>("dataDimensions", () => new LinearVae(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("latentDimensions", () => ProbabilisticPca.Fit(X, N, N));
        Assert.Throws<ArgumentException>("x", () => ProbabilisticPca.Fit(X.AsSpan(0, N), N, D));
        Assert.Throws<ArgumentException>("x", () => ProbabilisticPca.Fit([.. Enumerable.Range(0, 30).Select(i => i % 3 * (double)(i / 3))], 3, 1));
        Assert.Throws<ArgumentException>("x", () => ProbabilisticPca.Fit(new double[12], 3, 1));
        Assert.Throws<ArgumentException>("x", () => ProbabilisticPca.Fit([.. X[..^1], double.NaN], N, D));
    }

    private static double[] Data()
    {
        double[] z = Normal(Rows * D, 11), noise = Normal(Rows * N, 12, 0.3), weights = Normal(N * D, 13);
        double[] x = new double[Rows * N];
        for (int i = 0; i < x.Length; i++)
            x[i] = 0.5 * (i % N) + noise[i] + Enumerable.Range(0, D).Sum(j => weights[i % N * D + j] * z[i / N * D + j]);
        return x;
    }
}
