using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>The 2-Wasserstein distance where a covariance is singular: of points, of normals on a line, on different subspaces.</summary>
public class SingularWassersteinTests
{
    private const double NaN = double.NaN;
    private static readonly double[] Zero = [0, 0], Nothing = [0, 0, 0, 0], One = [1, 0, 0, 1];

    [Fact]
    public void From_a_point_it_is_the_root_of_the_mean_square_distance() => Laws.Hold(Factors(3, 2), f =>
    {
        double[] m = [0.5, -1, 2];
        double trace = Enumerable.Range(0, 3).Sum(i => Covariance(f, 3)[i * 4]);
        return Near(Math.Sqrt(0.25 + 1 + 4 + trace), MultivariateGaussian.Wasserstein2(m, new double[9], [0, 0, 0], Covariance(f, 3)),
            1e-14)
            && MultivariateGaussian.Wasserstein2(m, new double[9], m, new double[9]) == 0;
    });

    [Fact]
    public void On_the_axes_it_is_that_of_independent_coordinates_some_of_them_known() =>
        Laws.Hold(Gen.ArrayOf(Gen.Choose(0, 4).Select(x => x * x / 4.0), 6), v =>
        {
            double[] m = [0.5, -1, 2], n = [0, 1, 2], v0 = v[..3], v1 = v[3..];
            double full = MultivariateGaussian.Wasserstein2(m, Diagonal(v0), n, Diagonal(v1)), diagonal = DiagonalGaussian.Wasserstein2(m,
                v0, n, v1);
            double one = Gaussian.Wasserstein2(0.5, Math.Sqrt(v0[0]), 0, Math.Sqrt(v1[0]));
            return Near(diagonal, full, 1e-14) && Near(one, DiagonalGaussian.Wasserstein2([0.5], [v0[0]], [0.0], [v1[0]]), 1e-14);
        });

    [Fact]
    public void It_is_a_metric_on_singular_normals_too() => Laws.Hold(Gen.Zip(Gen.Zip(Factors(3, 1), Factors(3, 2)), Factors(3, 3)), x =>
    {
        (double[] a, double[] b, double[] c) = (Covariance(x.Item1.Item1, 3), Covariance(x.Item1.Item2, 3), Covariance(x.Item2, 3));
        double ab = Distance(a, b), bc = Distance(b, c), ac = Distance(a, c);
        return Near(ab, Distance(b, a), 1e-13) && ac <= ab + bc + 1e-12 && Distance(a, a) == 0 && Distance(b, b) == 0;
    });

    [Fact]
    public void It_is_the_limit_of_that_of_regular_normals() => Laws.Hold(Gen.Zip(Factors(3, 1), Factors(3, 2)), x =>
    {
        (double[] a, double[] b) = (Covariance(x.Item1, 3), Covariance(x.Item2, 3));
        double limit = Distance(a, b);
        return new[] { 1e-2, 1e-4, 1e-6 }.All(width =>
            Math.Abs(Distance(Widened(a, width), Widened(b, width)) - limit) <= 2 * Math.Sqrt(3) * width + 1e-9);
    });

    [Fact]
    public void Turned_by_the_same_rotation_nothing_changes()
    {
        double[] line = [1, 1, 1, 1], across = [1, -1, -1, 1];
        Assert.Equal(2, Distance(line, across), 1e-15);
        Assert.Equal(2, MultivariateGaussian.Wasserstein2(Zero, [2, 0, 0, 0.0], Zero, [0, 0, 0, 2.0]), 1e-15);
        Assert.Equal(1, Distance([1, 0, 0, 0], line), 1e-15);
    }

    [Fact]
    public void Near_equal_singular_covariances_keep_the_digits_that_the_data_have()
    {
        double[] a = [1, 1, 1, 1], b = [1 + 1e-6, 1 + 1e-6, 1 + 1e-6, 1 + 1e-6];
        Assert.Equal(Math.Sqrt(2) * (Math.Sqrt(1 + 1e-6) - 1), Distance(a, b), 1e-15);
    }

    /// <summary>Thirds and sevenths have no exact products: the covariance of a line is one within rounding only.</summary>
    [Fact]
    public void What_is_singular_within_rounding_is_taken_for_singular() => Laws.Hold(Gen.Two(Factors(4, 1)), x =>
    {
        double[] v = [.. x.Item1.Select(y => y / 3.0)], w = [.. x.Item2.Select(y => y / 7.0)];
        double[] a = [.. v.SelectMany(s => v.Select(t => s * t))], b = [.. w.SelectMany(s => w.Select(t => s * t))];
        double dot = v.Zip(w, (s, t) => s * t).Sum(), square = v.Sum(s => s * s) + w.Sum(s => s * s) - (2 * Math.Abs(dot));
        double deviation = Math.Sqrt(Math.Max(v.Max(s => s * s), w.Max(s => s * s)));
        return Math.Abs(Distance(a, b) - Math.Sqrt(Math.Max(square, 0))) <= 4 * Math.ScaleB(1, -24) * deviation;
    });

    [Fact]
    public void A_covariance_that_is_indefinite_is_refused()
    {
        double[] indefinite = [1, 2, 2, 1], negative = [1, 0, 0, -1], shifted = [0, 1, 1, 1];
        foreach (double[] bad in new[] { indefinite, negative, shifted })
        {
            Refuses("covariance0", "covariance0 is not positive semi-definite.", () =>
                MultivariateGaussian.Wasserstein2(Zero, bad, Zero, One));
            Refuses("covariance1", "covariance1 is not positive semi-definite.", () =>
                MultivariateGaussian.Wasserstein2(Zero, Nothing, Zero, bad));
            Refuses("covariance1", "covariance1 is not positive semi-definite.", () =>
                MultivariateGaussian.Wasserstein2([NaN, 0], Nothing, Zero, bad));
        }

        Refuses("variance0", "variance0[0] = -1 is negative", () => DiagonalGaussian.Wasserstein2([0.0], [-1.0], [0.0], [1.0]));
        Refuses("standardDeviation1", "standardDeviation1 = -1; it must be finite and at least 0.", () =>
            Gaussian.Wasserstein2(0, 0, 0, -1));
    }

    [Fact]
    public void NaN_makes_it_unknown()
    {
        Assert.Equal(NaN, MultivariateGaussian.Wasserstein2(Zero, [NaN, 0, 0, 1], Zero, Nothing));
        Assert.Equal(NaN, MultivariateGaussian.Wasserstein2([NaN, 0], Nothing, Zero, Nothing));
        Assert.Equal(NaN, DiagonalGaussian.Wasserstein2([0.0], [NaN], [0.0], [0.0]));
        Assert.Equal(NaN, Gaussian.Wasserstein2(0, NaN, 0, 0));
    }

    [Fact]
    public void Every_divergence_still_needs_a_regular_covariance()
    {
        Refuses("variance1", "variance1[0] = 0", () => DiagonalGaussian.KullbackLeibler([0.0], [1.0], [0.0], [0.0]));
        Refuses("covariance1", "not positive definite", () => MultivariateGaussian.KullbackLeibler(Zero, One, Zero, Nothing));
        Refuses("standardDeviation1", "it must be positive", () => Gaussian.KullbackLeibler(0, 1, 0, 0));
    }

    /// <summary>Factors of small integers, so that a covariance and its rank are exact.</summary>
    private static Gen<int[]> Factors(int d, int rank) => Gen.ArrayOf(Gen.Choose(-5, 5), d * rank);

    private static double[] Covariance(int[] factor, int d)
    {
        int rank = factor.Length / d;
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                covariance[i * d + j] = Enumerable.Range(0, rank).Sum(k => factor[i * rank + k] * factor[j * rank + k]);
        }

        return covariance;
    }

    private static double[] Diagonal(double[] variances)
    {
        double[] covariance = new double[variances.Length * variances.Length];
        for (int i = 0; i < variances.Length; i++)
            covariance[i * (variances.Length + 1)] = variances[i];
        return covariance;
    }

    private static double[] Widened(double[] covariance, double width) =>
        [.. covariance.Select((x, i) => i % 4 == 0 ? x + width * width : x)];

    private static double Distance(double[] a, double[] b)
    {
        double[] m = new double[(int)Math.Sqrt(a.Length)];
        return MultivariateGaussian.Wasserstein2(m, a, m, b);
    }

    private static bool Near(double expected, double actual, double tolerance) =>
        Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected));
}
