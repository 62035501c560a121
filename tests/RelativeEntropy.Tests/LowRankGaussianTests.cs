using static RelativeEntropy.Tests.MultivariateGaussianTests;

namespace RelativeEntropy.Tests;

/// <summary>Factor models, degenerate covariances and stationary processes: theorems and edges.</summary>
public class LowRankGaussianTests
{
    [Fact]
    public void A_factor_model_is_its_dense_covariance() => Laws.Hold(Pairs, n =>
    {
        // The rows of L0 and L1 as factors, one on the diagonal.
        double[] ones = [.. n.M0.Select(_ => 1.0)];
        double[] s0 = [.. n.S0.Zip(Matrix(ones), (x, y) => x + y)], s1 = [.. n.S1.Zip(Matrix(ones), (x, y) => x + y)];
        double dense = MultivariateGaussian.KullbackLeibler(n.M0, s0, n.M1, s1);
        return Same(LowRankGaussian.KullbackLeibler(n.M0, n.L0, ones, n.M1, n.L1, ones), dense, 1e-2)
            && Same(LowRankGaussian.KullbackLeiblerToFull(n.M0, n.L0, ones, n.M1, s1), dense, 1e-2)
            && Same(LowRankGaussian.KullbackLeiblerFromFull(n.M0, s0, n.M1, n.L1, ones), dense, 1e-2)
            && LowRankGaussian.KullbackLeibler(n.M0, n.L0, ones, n.M0, n.L0, ones) == 0
            && dense >= 0;
    });

    [Fact]
    public void Rank_zero_is_the_diagonal_normal() => Laws.Hold(Pairs, n =>
    {
        double[] v0 = Diagonal(n.S0), v1 = Diagonal(n.S1);
        return Same(LowRankGaussian.KullbackLeibler(n.M0, [], v0, n.M1, [], v1), DiagonalGaussian.KullbackLeibler(n.M0, v0, n.M1, v1));
    });

    [Fact]
    public void On_the_whole_space_the_subspace_function_is_the_divergence() => Laws.Hold(Pairs, n =>
        Same(MultivariateGaussian.KullbackLeiblerOnCommonSubspace(n.M0, n.S0, n.M1, n.S1), MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1), 1e-2));

    [Fact]
    public void Different_supports_are_infinitely_far_apart()
    {
        double[] m = [0, 0], line = [1, 1, 1, 1], other = [1, -1, -1, 1], plane = [1, 0, 0, 1], none = [0, 0, 0, 0];
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, line, m, other));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, line, m, plane));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, plane, m, line));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeiblerOnCommonSubspace([1, 0], line, m, line));
        Assert.Equal(0.5, MultivariateGaussian.KullbackLeiblerOnCommonSubspace([1, 1], line, m, line), 1e-15);
        Assert.Equal(0, MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, none, m, none));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, none, [0, 1e-3], none));
        Assert.Equal(double.NaN, MultivariateGaussian.KullbackLeiblerOnCommonSubspace([double.NaN, 0], line, m, plane));
        Refuses("covariance1", "covariance1 is not positive semi-definite", () => MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, line, m, [1, 2, 2, 1]));
        Refuses("covariance0", "covariance0 is not positive semi-definite", () => MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, [0, 1, 1, 1], m, line));
    }

    [Fact]
    public void The_rate_of_autoregressions_has_its_closed_form()
    {
        // f = s^2 / |1 - a e^{iw}|^2; rate = (r - 1 - log r)/2 + r (a0 - a1)^2 / (2 (1 - a0^2)), r = s0^2/s1^2.
        const int n = 512;
        const double a0 = 0.5, a1 = -0.25, s0 = 1, s1 = 1.5;
        double[] f0 = new double[n], f1 = new double[n];
        for (int i = 0; i < n; i++)
        {
            double w = 2 * Math.PI * i / n;
            f0[i] = s0 * s0 / (1 - 2 * a0 * Math.Cos(w) + a0 * a0);
            f1[i] = s1 * s1 / (1 - 2 * a1 * Math.Cos(w) + a1 * a1);
        }

        double r = s0 * s0 / (s1 * s1);
        double rate = (r - 1 - Math.Log(r)) / 2 + r * (a0 - a1) * (a0 - a1) / (2 * (1 - a0 * a0));
        Assert.Equal(rate, StationaryGaussian.KullbackLeiblerRate(f0, f1), 1e-13);
        Assert.Equal(0, StationaryGaussian.KullbackLeiblerRate(f0, f0));
        Assert.Equal(double.NaN, StationaryGaussian.KullbackLeiblerRate([1, double.NaN], [1, 1]));
        float[] narrow0 = [1, 2], narrow1 = [3, 4];
        Assert.Equal(StationaryGaussian.KullbackLeiblerRate([1.0, 2], [3, 4]), StationaryGaussian.KullbackLeiblerRate(narrow0, narrow1));
        Refuses("spectrum1", "spectrum1[1] = 0; every element must be positive", () => StationaryGaussian.KullbackLeiblerRate([1.0, 1], [1, 0]));
        Refuses("spectrum1", "spectrum0 has 2 elements and spectrum1 has 1", () => StationaryGaussian.KullbackLeiblerRate([1.0, 1], [1.0]));
    }

    [Fact]
    public void Edges_of_factor_models()
    {
        double[] m = [0, 0], w = [1, 2], v = [1, 1], one = [1, 0, 0, 1];
        Assert.Equal(double.NaN, LowRankGaussian.KullbackLeibler(m, [1, double.NaN], v, m, w, v));
        Assert.Equal(double.NaN, LowRankGaussian.KullbackLeiblerFromFull(m, one, [double.NaN, 0], w, v));
        Refuses("diagonal1", "diagonal1[0] = -1; every element must be positive and finite", () => LowRankGaussian.KullbackLeibler(m, w, v, m, w, [-1, 1]));
        Refuses("factor0", "factor0 has 3 elements; a matrix of 2 rows", () => LowRankGaussian.KullbackLeibler(m, [1, 2, 3], v, m, w, v));
        Refuses("covariance1", "covariance1 is not positive definite: its leading minor of order 2", () => LowRankGaussian.KullbackLeiblerToFull(m, w, v, m, [1, 2, 2, 1]));
        Refuses("covariance0", "covariance0 is not positive definite: its leading minor of order 2", () => LowRankGaussian.KullbackLeiblerFromFull(m, [1, 2, 2, 1], m, w, v));
        Refuses("work", "work has 1 elements", () => LowRankGaussian.KullbackLeibler(m, w, v, m, w, v, new double[1]));
        Refuses("rank0", "rank0", () => LowRankGaussian.WorkLength(2, -1, 0));
    }

    [Fact]
    public void Nothing_is_allocated_where_a_buffer_is_lent()
    {
        double[] m = [0, 1], w = [1, 2], v = [1, 1], x = [2, 1], s = [3, 1, 1, 2], line = [1, 1, 1, 1];
        double[] work = new double[Math.Max(LowRankGaussian.WorkLength(2, 1, 1), MultivariateGaussian.WorkLength(2))];
        double Once() => LowRankGaussian.KullbackLeibler(m, w, v, m, x, v, work) + LowRankGaussian.KullbackLeiblerToFull(m, w, v, m, s, work)
            + LowRankGaussian.KullbackLeiblerFromFull(m, s, m, w, v, work) + MultivariateGaussian.KullbackLeiblerOnCommonSubspace(m, line, m, line, work);
        Assert.True(Once() > 0);
        Assert.Equal(0, Allocation.Of(() => Once()));
    }
}
