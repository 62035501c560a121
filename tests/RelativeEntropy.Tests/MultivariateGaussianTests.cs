using FsCheck;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Theorems about normals with full covariances, on random cases, and what happens at the edges.</summary>
public class MultivariateGaussianTests
{
    [Fact]
    public void A_diagonal_covariance_gives_the_diagonal_function() => Laws.Hold(Pairs, n =>
    {
        double[] v0 = Diagonal(n.S0), v1 = Diagonal(n.S1);
        return Same(MultivariateGaussian.KullbackLeibler(n.M0, Matrix(v0), n.M1, Matrix(v1)), DiagonalGaussian.KullbackLeibler(n.M0, v0, n.M1, v1))
            && Same(MultivariateGaussian.Entropy(Matrix(v0)), v0.Sum(v => Gaussian.Entropy(Math.Sqrt(v))), 1)
            && Same(MultivariateGaussian.KullbackLeiblerToStandard(n.M0, Matrix(v0)),
                DiagonalGaussian.KullbackLeiblerToStandard(n.M0, [.. v0.Select(v => Math.Log(v))]), 1e-2);
    });

    [Fact]
    public void Divergence_is_not_negative_and_zero_only_between_equals() => Laws.Hold(Pairs, n =>
    {
        double[] mean = [.. n.M0], covariance = [.. n.S0];
        mean[^1] = Math.Max(Math.BitIncrement(mean[^1]), mean[^1] + 1e-18); // the square of the smallest double is none
        covariance[0] = Math.BitIncrement(covariance[0]);
        return MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M0, n.S0) == 0
            && MultivariateGaussian.KullbackLeibler(n.M0, n.S0, mean, n.S0) > 0
            && MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M0, covariance) > 0
            && MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1) >= 0;
    });

    [Fact]
    public void An_affine_map_changes_nothing() => Laws.Hold(Pairs, n =>
    {
        // A triangular map with small integers: exact on these cases.
        double[] map = Map(n.M0.Length);
        double divergence = MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1);
        return Same(MultivariateGaussian.KullbackLeibler(
            Times(map, n.M0), Congruent(map, n.S0), Times(map, n.M1), Congruent(map, n.S1)), divergence, 1e-6);
    });

    [Fact]
    public void From_Cholesky_is_from_the_covariances() => Laws.Hold(Pairs, n =>
        Same(MultivariateGaussian.KullbackLeiblerFromCholesky(n.M0, n.L0, n.M1, n.L1), MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1), 1e-3));

    [Fact]
    public void Chain_rule_a_joint_divergence_is_that_of_the_first_coordinate_and_the_mean_of_the_conditional() => Laws.Hold(Pairs2, n =>
    {
        // x2 | x1 is N(a + b x1, c) with b = s21/s11 and c = s22 - b s21; under the first, x1 is N(m0, s11).
        double b0 = n.S0[2] / n.S0[0], c0 = n.S0[3] - b0 * n.S0[2], b1 = n.S1[2] / n.S1[0], c1 = n.S1[3] - b1 * n.S1[2];
        double gap = n.M0[1] - n.M1[1] - b1 * (n.M0[0] - n.M1[0]);
        double first = Gaussian.KullbackLeibler(n.M0[0], Math.Sqrt(n.S0[0]), n.M1[0], Math.Sqrt(n.S1[0]));
        double rest = Gaussian.KullbackLeibler(gap, Math.Sqrt(c0), 0, Math.Sqrt(c1)) + (b0 - b1) * (b0 - b1) * n.S0[0] / (2 * c1);
        return Same(MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1), first + rest, 1e-3);
    });

    [Fact]
    public void Mutual_information_is_the_divergence_from_the_product_of_the_marginals() => Laws.Hold(Pairs2, n =>
    {
        double information = MultivariateGaussian.MutualInformation(n.S0, 1);
        double squaredCorrelation = n.S0[2] * n.S0[2] / (n.S0[0] * n.S0[3]);
        return Same(information, MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M0, Matrix(Diagonal(n.S0))), 1e-3)
            && Same(information, -0.5 * Math.Log(1 - squaredCorrelation), 1e-3);
    });

    [Fact]
    public void A_small_step_costs_half_its_Fisher_form() => Laws.Hold(Pairs, n =>
    {
        double[] meanStep = [.. n.M1.Select(x => x * 1e-7)], step = [.. n.S1.Select(x => x * 1e-7)];
        double form = MultivariateGaussian.LocalQuadraticForm(n.S0, meanStep, step);
        double[] m = [.. n.M0.Select(_ => 0.0)], stepped = [.. n.S0.Zip(step, (x, y) => x + y)];
        return Same(MultivariateGaussian.KullbackLeibler(m, n.S0, meanStep, stepped), form, form * 1e10)
            && Same(MultivariateGaussian.KullbackLeibler(meanStep, stepped, m, n.S0), form, form * 1e10);
    });

    [Fact]
    public void Gradients_are_slopes() => Laws.Hold(Pairs, n =>
    {
        int d = n.M0.Length;
        double[] g0 = new double[d], h0 = new double[d * d], g1 = new double[d], h1 = new double[d * d];
        double value = MultivariateGaussian.KullbackLeiblerGradient(n.M0, n.S0, n.M1, n.S1, g0, h0, g1, h1);
        double[] direction = [.. n.M0.Select((_, i) => i % 3 - 1.25)], matrix = [.. n.S0.Select((_, i) => ((i / d) + (i % d)) % 3 - 0.75)];
        const double h = 1e-5;
        double Along(double t) => MultivariateGaussian.KullbackLeibler(Step(n.M0, direction, t), Step(n.S0, matrix, t), Step(n.M1, direction, -2 * t), Step(n.S1, matrix, -2 * t));
        double slope = (Along(h) - Along(-h)) / (2 * h);
        double dot = Dot(g0, direction) + Dot(h0, matrix) - 2 * Dot(g1, direction) - 2 * Dot(h1, matrix);
        return value == MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1) && Math.Abs(slope - dot) <= 1e-4 * (1 + value);
    });

    [Fact]
    public void The_gradient_at_equality_is_zero()
    {
        double[] g0 = [1, 1], h0 = [1, 1, 1, 1], g1 = [1, 1], h1 = [1, 1, 1, 1];
        MultivariateGaussian.KullbackLeiblerGradient([1, 2], [2, 0.3, 0.3, 1], [1, 2], [2, 0.3, 0.3, 1], g0, h0, g1, h1);
        Assert.All([.. g0, .. h0, .. g1, .. h1], x => Assert.Equal(0, x));
    }

    [Fact]
    public void Rows_are_a_loop_bit_for_bit_and_a_lent_buffer_changes_no_bit() => Laws.Hold(Pairs, n =>
    {
        int d = n.M0.Length;
        double[] values = new double[2], work = [.. Enumerable.Repeat(double.NaN, MultivariateGaussian.WorkLength(d))];
        MultivariateGaussian.KullbackLeiblerRows([.. n.M0, .. n.M1], [.. n.S0, .. n.S1], [.. n.M1, .. n.M0], [.. n.S1, .. n.S0], d, values, work, LogBase.Bits);
        return values[0] == MultivariateGaussian.KullbackLeibler(n.M0, n.S0, n.M1, n.S1, default, LogBase.Bits)
            && values[1] == MultivariateGaussian.KullbackLeibler(n.M1, n.S1, n.M0, n.S0, work, LogBase.Bits);
    });

    [Fact]
    public void The_upper_triangle_is_not_read()
    {
        double[] lower = [2, double.NaN, 0.5, 1], full = [2, 0.5, 0.5, 1], mean = [0, 1];
        Assert.Equal(MultivariateGaussian.KullbackLeibler(mean, full, mean, [1, 0, 0, 1]), MultivariateGaussian.KullbackLeibler(mean, lower, mean, [1, double.NegativeInfinity, 0, 1]));
        Assert.Equal(MultivariateGaussian.Entropy(full), MultivariateGaussian.Entropy(lower));
        Assert.Equal(MultivariateGaussian.MutualInformation(full, 1), MultivariateGaussian.MutualInformation(lower, 1));
    }

    [Fact]
    public void Floats_are_the_doubles_they_equal()
    {
        float[] m = [0.5f, 1], s = [2, 0.5f, 0.5f, 1], n = [0, 0.25f], t = [1, 0.125f, 0.125f, 3], gradient = new float[4];
        double[] dm = [0.5, 1], ds = [2, 0.5, 0.5, 1], dn = [0, 0.25], dt = [1, 0.125, 0.125, 3], wide = new double[4];
        Assert.Equal(MultivariateGaussian.KullbackLeibler(dm, ds, dn, dt), MultivariateGaussian.KullbackLeibler(m, s, n, t));
        Assert.Equal(MultivariateGaussian.Entropy(ds), MultivariateGaussian.Entropy(s));
        MultivariateGaussian.KullbackLeiblerGradient(dm, ds, dn, dt, default, wide, default, default);
        MultivariateGaussian.KullbackLeiblerGradient(m, s, n, t, default, gradient, default, default);
        Assert.Equal(wide.Select(x => (float)x), gradient);
    }

    [Fact]
    public void Unknown_elements_give_unknown_answers()
    {
        double[] m = [0, 0], one = [1, 0, 0, 1];
        Assert.Equal(double.NaN, MultivariateGaussian.KullbackLeibler([double.NaN, 0], one, m, one));
        Assert.Equal(double.NaN, MultivariateGaussian.KullbackLeibler(m, [1, 0, double.NaN, 1], [1e300, 0], one));
        Assert.Equal(double.NaN, MultivariateGaussian.KullbackLeibler(m, one, m, [double.NaN, 0, 0, 1]));
        Assert.Equal(double.NaN, MultivariateGaussian.Entropy([1, 0, 0, double.NaN]));
        Assert.Equal(double.NaN, MultivariateGaussian.MutualInformation([1, 0, double.NaN, 1], 1));
        Assert.Equal(double.NaN, MultivariateGaussian.KullbackLeiblerFromCholesky(m, one, m, [1, 0, double.NaN, 1]));
    }

    [Fact]
    public void What_exceeds_every_double_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeibler([1e300, 1], [1, 0, 0, 1], [0, 0], [1, 0, 0, 1]));
        Assert.Equal(double.PositiveInfinity, MultivariateGaussian.KullbackLeibler([0, 0], [1e300, 0, 0, 1], [0, 0], [1e-300, 0, 0, 1]));
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_minor()
    {
        double[] m = [0, 0], one = [1, 0, 0, 1], bad = [1, 2, 2, 1];
        Refuses("covariance0", "covariance0 is not positive definite: its leading minor of order 2 is not positive.", () => MultivariateGaussian.KullbackLeibler(m, bad, m, one));
        Refuses("covariance1", "covariance1 is not positive definite: its leading minor of order 2", () => MultivariateGaussian.KullbackLeibler(m, one, m, bad));
        Refuses("covariance1", "order 1", () => MultivariateGaussian.KullbackLeibler([0.0], [1], [0], [0.0]));
        Refuses("covariance1", "order 2", () => MultivariateGaussian.KullbackLeibler([double.NaN, 0], one, m, [1, 0, double.NaN, -1]));
        Refuses("covariance0", "In row 1, covariance0 is not positive definite: its leading minor of order 2",
            () => MultivariateGaussian.KullbackLeiblerRows([.. m, .. m], [.. one, .. bad], [.. m, .. m], [.. one, .. one], 2, new double[2]));
        Refuses("covariance", "order 3", () => MultivariateGaussian.MutualInformation([1, 0, 0.9, 0, 1, 0.9, 0.9, 0.9, 1], 1));
        Refuses("covariance0", "covariance0[1, 0] = Infinity is infinite", () => MultivariateGaussian.KullbackLeibler(m, [1, 0, double.PositiveInfinity, 1], m, one));
        Refuses("covariance0", "covariance0 has 3 elements; a 2 x 2 matrix has 4.", () => MultivariateGaussian.KullbackLeibler(m, [1, 0, 0], m, one));
        Refuses("mean1", "mean0 has 2 elements and mean1 has 1", () => MultivariateGaussian.KullbackLeibler(m, one, [0.0], one));
        Refuses("mean0", "mean0 is empty", () => MultivariateGaussian.KullbackLeibler([], [], [], Array.Empty<double>()));
        Refuses("work", "work has 3 elements; it needs 24", () => MultivariateGaussian.KullbackLeibler(m, one, m, one, new double[3]));
        Refuses("factor1", "factor1[1, 1] = 0 is not positive", () => MultivariateGaussian.KullbackLeiblerFromCholesky(m, one, m, [1, 0, 0, 0.0]));
        Refuses("factor0", "factor0[0, 1] = 0.5 stands above the diagonal, where a lower Cholesky factor is 0; transpose an upper factor",
            () => MultivariateGaussian.KullbackLeiblerFromCholesky(m, [1, 0.5, 0, 1], m, one));
        Refuses("factor1", "factor1[0, 1] = -1E-300 stands above",
            () => MultivariateGaussian.KullbackLeiblerFromCholesky(m, one, m, [1, -1e-300, 0, 1]));
        Refuses("split", "split = 2; it must be in [1, 1]", () => MultivariateGaussian.MutualInformation(one, 2));
        Refuses("covariance0Gradient", "it needs 4, or none", () => MultivariateGaussian.KullbackLeiblerGradient(m, one, m, one, default, new double[3], default, default));
        Refuses("covariance", "it must be a square matrix", () => MultivariateGaussian.Entropy([1.0, 2]));
    }

    [Fact]
    public void Nothing_is_allocated_where_a_buffer_is_lent()
    {
        double[] m = [0, 1], s = [2, 0.5, 0.5, 1], n = [1, 0], t = [1, 0.2, 0.2, 3], k = [2, 0, 0.5, 1], l = [1, 0, 0.2, 3],
            work = new double[MultivariateGaussian.WorkLength(2)], gradient = new double[4];
        double Once() => MultivariateGaussian.KullbackLeibler(m, s, n, t, work) + MultivariateGaussian.KullbackLeiblerToStandard(m, s, work)
            + MultivariateGaussian.KullbackLeiblerFromCholesky(m, k, n, l, work) + MultivariateGaussian.Entropy(s, work)
            + MultivariateGaussian.MutualInformation(s, 1, work)
            + MultivariateGaussian.KullbackLeiblerGradient(m, s, n, t, default, gradient, default, default, work) + MultivariateGaussian.LocalQuadraticForm(s, n, t, work);
        Assert.True(Once() > 0);
        Assert.Equal(0, Allocation.Of(() => Once()));
    }

    internal static void Refuses(string argument, string words, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Equal to a few thousand roundings of the value and what is added to it: the cases have condition numbers of some hundreds.</summary>
    internal static bool Same(double x, double y, double more = 0) => x == y || Math.Abs(x - y) <= 1e-11 * (Math.Abs(y) + more);

    internal static double[] Matrix(double[] diagonal) => [.. Enumerable.Range(0, diagonal.Length * diagonal.Length).Select(i => i / diagonal.Length == i % diagonal.Length ? diagonal[i % diagonal.Length] : 0)];

    internal static double[] Diagonal(double[] matrix)
    {
        int d = (int)Math.Sqrt(matrix.Length);
        return [.. Enumerable.Range(0, d).Select(i => matrix[i * d + i])];
    }

    private static double[] Map(int d) => [.. Enumerable.Range(0, d * d).Select(i => i / d == i % d ? 2.0 : i / d > i % d ? (i % 3) - 1.0 : 0)];

    private static double[] Step(double[] x, double[] direction, double t) => [.. x.Zip(direction, (a, b) => a + t * b)];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Times(double[] map, double[] x) => [.. map.Chunk(x.Length).Select(row => Dot(row, x))];

    private static double[] Congruent(double[] map, double[] s)
    {
        int d = (int)Math.Sqrt(s.Length);
        double[][] rows = [.. map.Chunk(d)];
        return [.. rows.SelectMany(a => rows.Select(b => Dot(a, Times(s, b))))];
    }

    private static double[] Square(double[] l)
    {
        int d = (int)Math.Sqrt(l.Length);
        double[][] rows = [.. l.Chunk(d)];
        return [.. rows.SelectMany(a => rows.Select(b => Dot(a, b)))];
    }

    internal sealed record Pair(double[] M0, double[] L0, double[] M1, double[] L1)
    {
        public double[] S0 { get; } = Square(L0);
        public double[] S1 { get; } = Square(L1);
    }

    /// <summary>Means in [-4, 4]; covariances L L' with L in multiples of 1/64, diagonal in [1/2, 2], the rest in [-1/2, 1/2].</summary>
    internal static Gen<Pair> PairsOf(Gen<int> dimension) =>
        from d in dimension
        from m0 in Gen.ArrayOf(Gen.Choose(-256, 256).Select(x => x / 64.0), d)
        from m1 in Gen.ArrayOf(Gen.Choose(-256, 256).Select(x => x / 64.0), d)
        from l0 in Factor(d)
        from l1 in Factor(d)
        select new Pair(m0, l0, m1, l1);

    internal static Gen<Pair> Pairs => PairsOf(Gen.Choose(1, 6));

    private static Gen<Pair> Pairs2 => PairsOf(Gen.Constant(2));

    private static Gen<double[]> Factor(int d) =>
        from diagonal in Gen.ArrayOf(Gen.Choose(32, 128).Select(x => x / 64.0), d)
        from rest in Gen.ArrayOf(Gen.Choose(-32, 32).Select(x => x / 64.0), d * d)
        select (double[])[.. rest.Select((x, i) => i / d == i % d ? diagonal[i % d] : i / d > i % d ? x : 0)];
}
