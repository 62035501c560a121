using FsCheck;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Theorems about univariate and diagonal normals, on random cases.</summary>
public class GaussianLawTests
{
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly double[] Orders = [0, 1e-9, 0.2, 0.5, 0.9, 1 - 1e-9, 1, 1 + 1e-9, 1.3, 2, 7, double.PositiveInfinity];

    [Fact]
    public void Renyi_never_decreases_in_its_order_and_passes_through_Kullback_Leibler_at_one() => Laws.Hold(Pairs, n =>
    {
        double[] values = [.. Orders.Select(order => DiagonalGaussian.Renyi(n.Mean0, n.Variance0, n.Mean1, n.Variance1, order))];
        double divergence = DiagonalGaussian.KullbackLeibler(n.Mean0, n.Variance0, n.Mean1, n.Variance1);
        return values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second * (1 + 64 * Epsilon))
            && values[0] == 0 && values[6] == divergence && Near(values[5], divergence, 1e-4 * divergence);
    });

    [Fact]
    public void One_dimension_alone_is_the_univariate_function() => Laws.Hold(Pairs, n =>
    {
        (double m0, double m1) = (n.Mean0[0], n.Mean1[0]);
        (double s0, double s1) = (n.Variance0[0], n.Variance1[0]);
        double[] v0 = [s0 * s0], v1 = [s1 * s1];
        double[] g0 = new double[1], h0 = new double[1], g1 = new double[1], h1 = new double[1];
        double value = Gaussian.KullbackLeiblerGradient(m0, s0, m1, s1, out GaussianGradient gradient);
        double diagonal = DiagonalGaussian.KullbackLeiblerGradient([m0], v0, [m1], v1, g0, h0, g1, h1);
        return Orders.All(order => SameNearPole(Gaussian.Renyi(m0, s0, m1, s1, order), DiagonalGaussian.Renyi([m0], v0, [m1], v1, order), v0[0], v1[0], order))
            && Same(Gaussian.Bhattacharyya(m0, s0, m1, s1), DiagonalGaussian.Bhattacharyya([m0], v0, [m1], v1))
            && Same(Gaussian.SquaredHellinger(m0, s0, m1, s1), DiagonalGaussian.SquaredHellinger([m0], v0, [m1], v1))
            && Same(Gaussian.Wasserstein2(m0, s0, m1, s1), DiagonalGaussian.Wasserstein2([m0], v0, [m1], v1))
            && Same(value, diagonal) && Same(gradient.Mean0, g0[0]) && Same(gradient.Mean1, g1[0])
            && Same(gradient.StandardDeviation0, 2 * s0 * h0[0])
            && Near(gradient.StandardDeviation1, 2 * s1 * h1[0], 1e-12 * (Math.Abs(gradient.StandardDeviation1) + (1 + value) / s1));
    });

    [Fact]
    public void Skew_symmetry_of_Renyi() => Laws.Hold(Pairs, n =>
        Near(0.7 * DiagonalGaussian.Renyi(n.Mean0, n.Variance0, n.Mean1, n.Variance1, 0.3),
            0.3 * DiagonalGaussian.Renyi(n.Mean1, n.Variance1, n.Mean0, n.Variance0, 0.7), 1e-12 * DiagonalGaussian.Renyi(n.Mean1, n.Variance1, n.Mean0, n.Variance0, 0.7)));

    [Fact]
    public void Hellinger_and_Bhattacharyya_are_symmetric_and_bounded_by_the_divergence() => Laws.Hold(Pairs, n =>
    {
        double hellinger = DiagonalGaussian.SquaredHellinger(n.Mean0, n.Variance0, n.Mean1, n.Variance1);
        return hellinger is >= 0 and <= 1
            && Near(hellinger, DiagonalGaussian.SquaredHellinger(n.Mean1, n.Variance1, n.Mean0, n.Variance0), 1e-12 * hellinger)
            && 2 * DiagonalGaussian.Bhattacharyya(n.Mean0, n.Variance0, n.Mean1, n.Variance1)
                <= DiagonalGaussian.KullbackLeibler(n.Mean0, n.Variance0, n.Mean1, n.Variance1) * (1 + 64 * Epsilon);
    });

    [Fact]
    public void Geometric_Jensen_Shannon_is_the_mean_divergence_to_the_geometric_mean() => Laws.Hold(Pairs, n =>
    {
        (double m0, double s0, double m1, double s1, double w) = (n.Mean0[0], n.Variance0[0], n.Mean1[0], n.Variance1[0], 0.3125);
        double variance = 1 / (w / (s0 * s0) + (1 - w) / (s1 * s1));
        double mean = variance * (w * m0 / (s0 * s0) + (1 - w) * m1 / (s1 * s1)), s = Math.Sqrt(variance);
        double direct = w * Gaussian.KullbackLeibler(m0, s0, mean, s) + (1 - w) * Gaussian.KullbackLeibler(m1, s1, mean, s);
        double value = Gaussian.GeometricJensenShannon(m0, s0, m1, s1, w);
        return Near(value, direct, 1e-11 * (direct + m0 * m0 / variance * Epsilon + 1e-3))
            && Same(value, Gaussian.GeometricJensenShannon(m1, s1, m0, s0, 1 - w))
            && Gaussian.GeometricJensenShannon(m0, s0, m1, s1, 0) == 0 && Gaussian.GeometricJensenShannon(m0, s0, m1, s1, 1) == 0;
    });

    [Fact]
    public void A_small_step_costs_half_its_Fisher_form() => Laws.Hold(Pairs, n =>
    {
        (double m, double s) = (n.Mean0[0], n.Variance0[0]);
        (double mean, double scale) = Gaussian.FisherInformation(s);
        double dm = s * 1e-6, ds = -s * 3e-6;
        double form = 0.5 * (mean * dm * dm + scale * ds * ds);
        return Near(Gaussian.KullbackLeibler(0, s, dm, s + ds), form, 1e-4 * form);
    });

    [Fact]
    public void Gradients_are_slopes() => Laws.Hold(Pairs, n =>
    {
        (double m0, double s0, double m1, double s1) = (n.Mean0[0] / 8, 0.5 + n.Variance0[0], n.Mean1[0] / 8, 0.5 + n.Variance1[0]);
        double value = Gaussian.KullbackLeiblerGradient(m0, s0, m1, s1, out GaussianGradient g);
        double scale = 1e-6 * (1 + value);
        return Near(g.Mean0, Slope(x => Gaussian.KullbackLeibler(x, s0, m1, s1), m0), scale)
            && Near(g.StandardDeviation0, Slope(x => Gaussian.KullbackLeibler(m0, x, m1, s1), s0), scale)
            && Near(g.Mean1, Slope(x => Gaussian.KullbackLeibler(m0, s0, x, s1), m1), scale)
            && Near(g.StandardDeviation1, Slope(x => Gaussian.KullbackLeibler(m0, s0, m1, x), s1), 10 * scale);
    });

    [Fact]
    public void The_gradient_at_equality_is_zero()
    {
        Gaussian.KullbackLeiblerGradient(3, 0.1, 3, 0.1, out GaussianGradient g);
        Assert.Equal(new GaussianGradient(0, 0, 0, 0), g);
    }

    [Fact]
    public void Rows_are_a_loop_bit_for_bit() => Laws.Hold(Pairs, n =>
    {
        int d = n.Mean0.Length;
        double[] both = new double[2], standard = new double[2];
        DiagonalGaussian.KullbackLeiblerRows([.. n.Mean0, .. n.Mean1], [.. n.Variance0, .. n.Variance1], [.. n.Mean1, .. n.Mean0], [.. n.Variance1, .. n.Variance0], d, both, LogBase.Bits);
        DiagonalGaussian.KullbackLeiblerToStandardRows([.. n.Mean0, .. n.Mean1], [.. n.Variance0, .. n.Variance1], d, standard);
        return both[0] == DiagonalGaussian.KullbackLeibler(n.Mean0, n.Variance0, n.Mean1, n.Variance1, LogBase.Bits)
            && both[1] == DiagonalGaussian.KullbackLeibler(n.Mean1, n.Variance1, n.Mean0, n.Variance0, LogBase.Bits)
            && standard[0] == DiagonalGaussian.KullbackLeiblerToStandard(n.Mean0, n.Variance0)
            && standard[1] == DiagonalGaussian.KullbackLeiblerToStandard(n.Mean1, n.Variance1);
    });

    [Fact]
    public void The_dimensions_add_up_to_the_autoencoder_term() => Laws.Hold(Pairs, n =>
    {
        double[] each = new double[n.Mean0.Length];
        DiagonalGaussian.KullbackLeiblerToStandardByDimension(n.Mean0, n.Variance0, each);
        return Same(each.Sum(), DiagonalGaussian.KullbackLeiblerToStandard(n.Mean0, n.Variance0));
    });

    [Fact]
    public void Wasserstein_is_a_metric() => Laws.Hold(Gen.Two(Pairs), two =>
    {
        (double[] m, double[] v) = ([two.Item1.Mean0[0]], [two.Item1.Variance0[0]]);
        (double[] n, double[] w) = ([two.Item1.Mean1[0]], [two.Item1.Variance1[0]]);
        (double[] k, double[] x) = ([two.Item2.Mean0[0]], [two.Item2.Variance0[0]]);
        return DiagonalGaussian.Wasserstein2(m, v, m, v) == 0
            && Same(DiagonalGaussian.Wasserstein2(m, v, n, w), DiagonalGaussian.Wasserstein2(n, w, m, v))
            && DiagonalGaussian.Wasserstein2(m, v, k, x) <= (DiagonalGaussian.Wasserstein2(m, v, n, w) + DiagonalGaussian.Wasserstein2(n, w, k, x)) * (1 + 64 * Epsilon);
    });

    [Fact]
    public void Gradients_and_divergences_of_floats_are_those_of_the_doubles_they_equal()
    {
        float[] m = [0.5f, -1.25f], v = [0.75f, 2], n = [0.25f, 1], w = [1, 1.5f], gradient = new float[2];
        double[] dm = [0.5, -1.25], dv = [0.75, 2], dn = [0.25, 1], dw = [1, 1.5], wide = new double[2];
        Assert.Equal(DiagonalGaussian.Renyi(dm, dv, dn, dw, 0.3), DiagonalGaussian.Renyi(m, v, n, w, 0.3));
        Assert.Equal(DiagonalGaussian.Wasserstein2(dm, dv, dn, dw), DiagonalGaussian.Wasserstein2(m, v, n, w));
        Assert.Equal(DiagonalGaussian.SquaredHellinger(dm, dv, dn, dw), DiagonalGaussian.SquaredHellinger(m, v, n, w));
        DiagonalGaussian.KullbackLeiblerToStandardGradient(m, v, gradient, default);
        Assert.Equal(m, gradient);
        DiagonalGaussian.KullbackLeiblerGradient(m, v, n, w, default, gradient, default, default);
        DiagonalGaussian.KullbackLeiblerGradient(dm, dv, dn, dw, default, wide, default, default);
        Assert.Equal(wide.Select(x => (float)x), gradient);
    }

    [Fact]
    public void By_log_standard_deviation_it_is_that_by_variance_and_the_gradients_follow_the_chain_rule() => Laws.Hold(Pairs, n =>
    {
        int d = n.Mean0.Length;
        double[] s0 = [.. n.Variance0.Select(v => Math.Log(v) / 2)], s1 = [.. n.Variance1.Select(v => Math.Log(v) / 2)];
        double[][] g = [.. Enumerable.Range(0, 8).Select(_ => new double[d])];
        double byLog = DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient(n.Mean0, s0, n.Mean1, s1, g[0], g[1], g[2], g[3],
            LogBase.Bits);
        double byVariance = DiagonalGaussian.KullbackLeiblerGradient(n.Mean0, n.Variance0, n.Mean1, n.Variance1, g[4], g[5], g[6], g[7],
            LogBase.Bits);
        double[] doubledLog0 = [.. s0.Select(s => 2 * s)], doubledLog1 = [.. s1.Select(s => 2 * s)];
        return Math.Abs(byLog - byVariance) <= 1e-11 * (1 + byVariance)
            && byLog == DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation(n.Mean0, s0, n.Mean1, s1, LogBase.Bits)
            && Same(byLog, DiagonalGaussian.KullbackLeiblerFromLogVariance(n.Mean0, doubledLog0, n.Mean1, doubledLog1, LogBase.Bits))
            && Enumerable.Range(0, d).All(i =>
                Near(g[4][i], g[0][i]) && Near(2 * n.Variance0[i] * g[5][i], g[1][i])
                && Near(g[6][i], g[2][i]) && Near(2 * n.Variance1[i] * g[7][i], g[3][i]));

        static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-10 * (1 + Math.Abs(expected));
    });

    [Fact]
    public void The_entropy_of_a_diagonal_normal_is_the_sum_of_those_of_its_coordinates() => Laws.Hold(Pairs, n =>
    {
        double[] s = [.. n.Variance0.Select(v => Math.Log(v) / 2)];
        float[] narrow = [.. s.Select(x => (float)x)];
        double entropy = DiagonalGaussian.EntropyFromLogStandardDeviation(s, LogBase.Bits), size = s.Sum(Math.Abs) + 2 * s.Length;
        return Math.Abs(entropy - n.Variance0.Sum(v => Gaussian.Entropy(Math.Sqrt(v), LogBase.Bits))) <= 1e-13 * size
            && DiagonalGaussian.EntropyFromLogStandardDeviation(narrow)
                == DiagonalGaussian.EntropyFromLogStandardDeviation([.. narrow.Select(x => (double)x)])
            && double.IsNaN(DiagonalGaussian.EntropyFromLogStandardDeviation([.. s, double.NaN]));
    });

    [Fact]
    public void By_log_standard_deviation_the_gradients_are_derivatives_and_vanish_at_equals()
    {
        double[] m0 = [0.3, -0.5], s0 = [0.25, -1], m1 = [-0.2, 0.4], s1 = [0.5, -0.75];
        double[][] arguments = [m0, s0, m1, s1], g = [new double[2], new double[2], new double[2], new double[2]];
        DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient(m0, s0, m1, s1, g[0], g[1], g[2], g[3]);
        const double H = 1e-6;
        for (int k = 0; k < 4; k++)
        {
            for (int i = 0; i < 2; i++)
            {
                double x = arguments[k][i];
                arguments[k][i] = x + H;
                double up = DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation(m0, s0, m1, s1);
                arguments[k][i] = x - H;
                double down = DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation(m0, s0, m1, s1);
                arguments[k][i] = x;
                Assert.Equal((up - down) / (2 * H), g[k][i], 1e-8);
            }
        }

        Assert.Equal(0, DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient(m0, s0, m0, s0, g[0], g[1], g[2], g[3]));
        Assert.All(g.SelectMany(x => x), x => Assert.Equal(0, x));
        float[] narrow = new float[2];
        DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient([0.5f, 1], (float[])[0.25f, -1], [0, 0], [0.5f, 0], default,
            narrow, default, default);
        DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient([0.5, 1], [0.25, -1], [0, 0], [0.5, 0], default, g[1], default,
            default);
        Assert.Equal(g[1].Select(x => (float)x), narrow);
    }

    [Fact]
    public void Log_standard_deviations_at_the_ends_of_the_range_have_a_divergence()
    {
        Assert.Equal(0, DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation([0.0], [1e308], [0.0], [1e308]));
        Assert.Equal(8e307, DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation([0.0], [-4e307], [0.0], [4e307]));
        Assert.Equal(double.PositiveInfinity, DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation([0.0], [1e308], [0.0], [0.0]));
        Assert.Equal(double.NaN, DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation([0.0], [double.NaN], [0.0], [0.0]));
        Refuses("logStandardDeviation1", "logStandardDeviation1[0] = -Infinity is infinite",
            () => DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation([0.0], [0.0], [0.0], [double.NegativeInfinity]));
    }

    [Fact]
    public void The_Hellinger_distance_of_equals_is_zero_without_a_sign()
    {
        Assert.False(double.IsNegative(Gaussian.SquaredHellinger(1, 2, 1, 2)));
        Assert.False(double.IsNegative(DiagonalGaussian.SquaredHellinger([1.0], [2], [1], [2])));
        Assert.False(double.IsNegative(MultivariateGaussian.SquaredHellinger([1.0], [2], [1], [2])));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] m = [0, 1, 2, 3], v = [1, 2, 3, 4], n = [1, 1, 1, 1], gradient = new double[4], other = new double[4];
        double Once()
        {
            DiagonalGaussian.KullbackLeiblerRows(m, v, n, v, 2, gradient);
            DiagonalGaussian.KullbackLeiblerToStandardRows(m, v, 2, gradient);
            DiagonalGaussian.KullbackLeiblerToStandardByDimension(m, v, gradient);
            return DiagonalGaussian.KullbackLeiblerGradient(m, v, n, v, gradient, default, default, default) + DiagonalGaussian.Wasserstein2(m, v, n, v)
                + DiagonalGaussian.Renyi(m, v, n, v, 0.3)
                + DiagonalGaussian.KullbackLeiblerToStandardGradient(m, v, gradient, other) + DiagonalGaussian.SquaredHellinger(m, v, n, v)
                + Gaussian.Renyi(0, 1, 1, 2, 0.3) + Gaussian.GeometricJensenShannon(0, 1, 1, 2, 0.3) + Gaussian.Entropy(2) + Gaussian.KullbackLeiblerGradient(0, 1, 1, 2, out _);
        }

        Assert.True(Once() > 0);
        Assert.Equal(0, Allocation.Of(() => Once()));
    }

    [Fact]
    public void Unknown_parameters_give_unknown_divergences()
    {
        Assert.Equal(double.NaN, Gaussian.Renyi(double.NaN, 1, 0, 1, 0));
        Assert.Equal(double.NaN, Gaussian.Renyi(0, 2, double.NaN, 1, double.PositiveInfinity));
        Assert.Equal(double.NaN, Gaussian.Wasserstein2(1e308, double.NaN, -1e308, 1));
        Assert.Equal(double.NaN, Gaussian.GeometricJensenShannon(0, double.NaN, 0, 1, 0.5));
        Assert.Equal(double.NaN, Gaussian.GeometricJensenShannon(0, double.NaN, 0, 1, 1));
        Assert.Equal(double.NaN, Gaussian.Entropy(double.NaN));
        Assert.Equal(double.NaN, DiagonalGaussian.Renyi([0.0, 0.0], [9.0, double.NaN], [0.0, 0.0], [1.0, 1.0], 2));
    }

    [Fact]
    public void A_refusal_names_the_row_the_index_and_the_value()
    {
        Refuses("variance0", "In row 1, variance0[1] = -4; every element must be positive and finite.", () => DiagonalGaussian.KullbackLeiblerRows([1, 2, 3, 4], [1, 1, 1, -4.0], [1, 2, 3, 4], [1, 1, 1, 1], 2, new double[2]));
        Refuses("mean", "mean has 3 elements, which is not a whole number of rows of 2", () => DiagonalGaussian.KullbackLeiblerToStandardRows([1, 2, 3.0], [1, 1, 1], 2, new double[2]));
        Refuses("columns", "columns = 0", () => DiagonalGaussian.KullbackLeiblerToStandardRows([1, 2.0], [1, 1], 0, new double[2]));
        Refuses("destination", "destination has 1 elements; it needs 2", () => DiagonalGaussian.KullbackLeiblerToStandardRows([1, 2.0], [1, 1], 1, new double[1]));
        Refuses("meanGradient", "meanGradient has 1 elements; it needs 2, or none", () => DiagonalGaussian.KullbackLeiblerToStandardGradient([1, 2.0], [1, 1], new double[1], default));
        Refuses("order", "order = NaN; it must be at least 0", () => Gaussian.Renyi(0, 1, 0, 1, double.NaN));
        Refuses("order", "order = -1", () => DiagonalGaussian.Renyi([0.0], [1], [0], [1], -1));
        Refuses("weight", "weight = 1.5; it must be in [0, 1]", () => Gaussian.GeometricJensenShannon(0, 1, 0, 1, 1.5));
        Refuses("standardDeviation", "standardDeviation = 0", () => Gaussian.Entropy(0));
    }

    private static void Refuses(string argument, string words, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static double Slope(Func<double, double> f, double x) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

    private static bool Same(double x, double y) => x == y || Math.Abs(x - y) <= 1e-12 * Math.Abs(y);

    /// <summary>The same, where an order above one brings order v1 + (1 - order) v0 near its pole at zero and magnifies what is rounded there.</summary>
    private static bool SameNearPole(double x, double y, double v0, double v1, double order)
    {
        double growth = order is > 1 and < double.PositiveInfinity ? 1 + (order - 1) * v0 / Math.Abs(order * v1 + (1 - order) * v0) : 1;
        return x == y || Math.Abs(x - y) <= 64 * Epsilon * growth * Math.Abs(y);
    }

    private static bool Near(double x, double y, double scale) => Math.Abs(x - y) <= scale;

    private static Gen<(double[] Mean0, double[] Variance0, double[] Mean1, double[] Variance1)> Pairs =>
        Laws.Length.SelectMany(n => Gen.Zip(Gen.Two(Gen.ArrayOf(Laws.Logit, n)), Gen.Two(Gen.ArrayOf(Gen.Choose(1, 4096).Select(x => x / 1024.0), n)))
            .Select(x => (x.Item1.Item1, x.Item2.Item1, x.Item1.Item2, x.Item2.Item2)));
}
