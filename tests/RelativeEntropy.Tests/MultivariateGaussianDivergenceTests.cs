using FsCheck.Fluent;
using static RelativeEntropy.Tests.MultivariateGaussianTests;

namespace RelativeEntropy.Tests;

/// <summary>Theorems about the other divergences of normals with full covariances.</summary>
public class MultivariateGaussianDivergenceTests
{
    private static readonly double[] Orders = [0, 1e-9, 0.2, 0.5, 0.9, 1 - 1e-9, 1, 1 + 1e-9, 1.3, 2, 7, double.PositiveInfinity];

    [Fact]
    public void Renyi_never_decreases_in_its_order_and_passes_through_Kullback_Leibler_at_one() => Laws.Hold(Pairs, n =>
    {
        double[] values = [.. Orders.Select(order => MultivariateGaussian.Renyi(n.M0, n.S0, n.M1, n.S1, order))];
        double divergence = MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1);
        return values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second * (1 + 1e-11))
            && values[0] == 0 && values[6] == divergence && Math.Abs(values[5] - divergence) <= 1e-3 * divergence;
    });

    [Fact]
    public void A_diagonal_covariance_gives_the_diagonal_function() => Laws.Hold(Pairs, n =>
    {
        double[] v0 = Diagonal(n.S0), v1 = Diagonal(n.S1), s0 = Matrix(v0), s1 = Matrix(v1);
        return Orders.All(order => Near(MultivariateGaussian.Renyi(n.M0, s0, n.M1, s1, order), DiagonalGaussian.Renyi(n.M0, v0, n.M1, v1, order)))
            && Same(MultivariateGaussian.SquaredHellinger(n.M0, s0, n.M1, s1), DiagonalGaussian.SquaredHellinger(n.M0, v0, n.M1, v1))
            && Same(MultivariateGaussian.Bhattacharyya(n.M0, s0, n.M1, s1), DiagonalGaussian.Bhattacharyya(n.M0, v0, n.M1, v1))
            && Same(MultivariateGaussian.Wasserstein2(n.M0, s0, n.M1, s1), DiagonalGaussian.Wasserstein2(n.M0, v0, n.M1, v1), 1e-3);
    });

    // The orders above 2 may be near their pole, where rounding of the covariances alone moves them.
    private static bool Near(double x, double y) => x == y || Math.Abs(x - y) <= 1e-8 * Math.Abs(y) || (y > 1e3 && x > 1e3);

    [Fact]
    public void One_dimension_is_the_univariate_function() => Laws.Hold(PairsOf(Gen.Constant(1)), n =>
    {
        double s0 = n.L0[0], s1 = n.L1[0];
        return new[] { 0, 0.25, 0.5, 1 }.All(w => Same(
            MultivariateGaussian.GeometricJensenShannon(n.M0, n.S0, n.M1, n.S1, w), Gaussian.GeometricJensenShannon(n.M0[0], s0, n.M1[0], s1, w)))
            && Same(MultivariateGaussian.Renyi(n.M0, n.S0, n.M1, n.S1, 0.3), Gaussian.Renyi(n.M0[0], s0, n.M1[0], s1, 0.3))
            && Same(MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1), Gaussian.KullbackLeibler(n.M0[0], s0, n.M1[0], s1));
    });

    [Fact]
    public void Skew_symmetry() => Laws.Hold(Pairs, n =>
        Same(0.7 * MultivariateGaussian.Renyi(n.M0, n.S0, n.M1, n.S1, 0.3), 0.3 * MultivariateGaussian.Renyi(n.M1, n.S1, n.M0, n.S0, 0.7))
        && Same(MultivariateGaussian.GeometricJensenShannon(n.M0, n.S0, n.M1, n.S1, 0.3125), MultivariateGaussian.GeometricJensenShannon(n.M1, n.S1, n.M0, n.S0, 0.6875))
        && Same(MultivariateGaussian.Bhattacharyya(n.M0, n.S0, n.M1, n.S1), MultivariateGaussian.Bhattacharyya(n.M1, n.S1, n.M0, n.S0))
        && Same(MultivariateGaussian.Wasserstein2(n.M0, n.S0, n.M1, n.S1), MultivariateGaussian.Wasserstein2(n.M1, n.S1, n.M0, n.S0), 1e-3));

    [Fact]
    public void Near_and_far_routes_meet() => Laws.Hold(Pairs, n =>
    {
        // Covariances S and (1 + t) S whose whitened difference passes the switch at norm 1/2 (1/4 for Wasserstein).
        int d = n.M0.Length;
        return new[] { 0.25, 0.5 }.All(norm =>
        {
            double below = norm / Math.Sqrt(d) * (1 - 1e-12), above = norm / Math.Sqrt(d) * (1 + 1e-12);
            double[] Scaled(double t) => [.. n.S0.Select(x => x * (1 + t))];
            return new Func<double[], double>[]
            {
                s => MultivariateGaussian.KullbackLeibler(n.M0, s, n.M1, n.S0), s => MultivariateGaussian.Renyi(n.M0, s, n.M1, n.S0, 0.7),
                s => MultivariateGaussian.GeometricJensenShannon(n.M0, s, n.M1, n.S0, 0.7), s => MultivariateGaussian.Wasserstein2(n.M0, s, n.M0, n.S0),
            }.All(f => Math.Abs(f(Scaled(below)) - f(Scaled(above))) <= 1e-10 * f(Scaled(above)));
        });
    });

    [Fact]
    public void A_divergence_from_itself_is_zero() => Laws.Hold(Pairs, n =>
        MultivariateGaussian.Renyi(n.M0, n.S0, n.M0, n.S0, 0.3) == 0 && MultivariateGaussian.Renyi(n.M0, n.S0, n.M0, n.S0, double.PositiveInfinity) == 0
        && MultivariateGaussian.SquaredHellinger(n.M0, n.S0, n.M0, n.S0) == 0 && MultivariateGaussian.Wasserstein2(n.M0, n.S0, n.M0, n.S0) == 0
        && MultivariateGaussian.GeometricJensenShannon(n.M0, n.S0, n.M0, n.S0, 0.3) == 0);

    [Fact]
    public void The_largest_ratio_of_densities_may_be_attained_in_some_coordinates_alone()
    {
        Assert.Equal(Math.Log(2), MultivariateGaussian.Renyi([0, 0], [1, 0, 0, 1], [0, 0], [1, 0, 0, 4], double.PositiveInfinity), 1e-15);
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.Renyi([1, 0], [1, 0, 0, 1], [0, 0], [1, 0, 0, 4], double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.Renyi([0, 0], [2, 0, 0, 1], [0, 0], [1, 0, 0, 4], double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.Renyi([0, 0], [2, 0, 0, 1], [0, 0], [1, 0, 0, 4], 2));
    }

    [Fact]
    public void Unknown_elements_give_unknown_answers_and_refusals_keep_their_names()
    {
        double[] m = [0, 0], one = [1, 0, 0, 1], bad = [1, 2, 2, 1];
        Assert.Equal(double.NaN, MultivariateGaussian.Renyi(m, [1, 0, double.NaN, 1], m, one, 0));
        Assert.Equal(double.NaN, MultivariateGaussian.Wasserstein2([double.NaN, 0], one, m, one));
        Assert.Equal(double.NaN, MultivariateGaussian.GeometricJensenShannon([double.NaN, 0], one, m, one, 0));
        Refuses("covariance0", "covariance0 is not positive definite", () => MultivariateGaussian.Renyi(m, bad, m, one, 0.2));
        Refuses("covariance1", "covariance1 is not positive definite", () => MultivariateGaussian.Renyi(m, one, m, bad, 0.2));
        Refuses("covariance1", "covariance1 is not positive definite", () => MultivariateGaussian.GeometricJensenShannon(m, one, m, bad, 0.2));
        Refuses("mean1", "mean1[0] = Infinity", () => MultivariateGaussian.Renyi(m, one, [double.PositiveInfinity, 0], one, 0.2));
        Refuses("order", "order = -1", () => MultivariateGaussian.Renyi(m, one, m, one, -1));
        Refuses("weight", "weight = 2", () => MultivariateGaussian.GeometricJensenShannon(m, one, m, one, 2));
    }

    [Fact]
    public void Nothing_is_allocated_where_a_buffer_is_lent()
    {
        double[] m = [0, 1], s = [2, 0.5, 0.5, 1], n = [1, 0], t = [1, 0.2, 0.2, 3], work = new double[MultivariateGaussian.WorkLength(2)];
        double Once() => MultivariateGaussian.Renyi(m, s, n, t, 0.3, work) + MultivariateGaussian.Bhattacharyya(m, s, n, t, work) + MultivariateGaussian.SquaredHellinger(m, s, n, t, work)
            + MultivariateGaussian.GeometricJensenShannon(m, s, n, t, 0.3, work) + MultivariateGaussian.Wasserstein2(m, s, n, t, work) + MultivariateGaussian.Wasserstein2(m, s, n, s, work);
        Assert.True(Once() > 0);
        Assert.Equal(0, Allocation.Of(() => Once()));
    }
}
