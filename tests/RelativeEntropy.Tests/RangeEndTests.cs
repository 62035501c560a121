namespace RelativeEntropy.Tests;

/// <summary>Where squares, roots and sums leave the range of doubles on the way, though the answer is in it, or infinite.</summary>
public class RangeEndTests
{
    private const double Inf = double.PositiveInfinity;
    private const double Smallest = double.Epsilon;

    public static TheoryData<double> Tiny => [Smallest, 2 * Smallest, 1e-310, 1e-300, 1e-200, 1e-162, 1e-100];

    public static TheoryData<double> Huge => [1e100, 1e154, 1e162, 1e300, 1.7e308, double.MaxValue];

    [Theory]
    [MemberData(nameof(Tiny))]
    public void However_improbable_what_is_impossible_under_the_other_costs_infinity(double tiny)
    {
        double[] p = [tiny, 1], q = [0, 1];
        foreach (double infinite in (double[])
        [
            Divergence.PearsonChiSquared(p, q), Divergence.NeymanChiSquared(q, p), Divergence.KullbackLeibler(p, q),
            Divergence.Jeffreys(p, q), Divergence.Jeffreys(q, p), Divergence.Tsallis(p, q, 2),
            Divergence.Alpha(p, q, -3), Divergence.Alpha(q, p, 3),
            Divergence.Renyi(p, q, 1), Divergence.Renyi(p, q, 2), Divergence.Renyi(p, q, Inf), Entropy.Cross(p, q),
            Measures.KullbackLeibler(p, q), Measures.LogRatioSum(p, q), Measures.Jeffreys(q, p),
            Measures.Alpha(p, q, -1), Measures.Alpha(q, p, 1), Measures.ItakuraSaito(p, q), Measures.ItakuraSaito(q, p),
            FDivergence.Of(Generator.PearsonChiSquared, p, q), FDivergence.Of(Generator.NeymanChiSquared, q, p),
        ])
        {
            Assert.Equal(Inf, infinite);
        }

        // Where it costs a finite amount, the amount is in proportion.
        AssertClose(tiny, Divergence.NeymanChiSquared(p, q));
        AssertClose(tiny, Divergence.Triangular(p, q));
        AssertClose(tiny / 2, Divergence.SquaredHellinger(p, q));
        AssertClose(tiny, Divergence.Tsallis(p, q, 0.5));
        AssertClose(2 * tiny, Divergence.Alpha(p, q, 0));
        AssertClose(tiny * (Math.Log(2) / 2), Divergence.JensenShannon(p, q));
    }

    [Theory]
    [MemberData(nameof(Tiny))]
    public void A_distance_is_not_lost_with_its_square(double tiny)
    {
        double root = Math.Sqrt(tiny), unit = Math.Sqrt(Math.Log(2) / 2);
        foreach ((double[] p, double[] q) in (IEnumerable<(double[], double[])>)[([0, 1], [tiny, 1]), ([tiny, 1, 0], [0, 1, 0])])
        {
            AssertClose(root * unit, Divergence.JensenShannonDistance(p, q));
            AssertClose(root * Math.Sqrt(0.5), Divergence.JensenShannonDistance(p, q, LogBase.Bits));
            AssertClose(root * Math.Sqrt(0.5), Divergence.Hellinger(p, q));
            float[] narrowP = [.. p.Select(x => (float)x)], narrowQ = [.. q.Select(x => (float)x)];
            double narrowRoot = Math.Sqrt((float)tiny);
            AssertClose(narrowRoot * unit, Divergence.JensenShannonDistance(narrowP, narrowQ));
            AssertClose(narrowRoot * Math.Sqrt(0.5), Divergence.Hellinger(narrowP, narrowQ));
        }

        Assert.Equal(0, Divergence.JensenShannonDistance([tiny, 1], [tiny, 1]));
        Assert.Equal(0, Divergence.Hellinger([tiny, 1], [tiny, 1]));
        AssertClose(root * Math.Sqrt(0.5), Inequalities.PinskerTotalVariation(tiny));
        AssertClose(root, Inequalities.BretagnolleHuberTotalVariation(tiny));
        AssertClose(root * Math.Sqrt(2), Inequalities.HellingerTotalVariation(tiny).Upper);
    }

    // The distances are of degree one half: where nothing underflows, that is another way to the same number.
    [Fact]
    public void A_distance_between_tiny_masses_is_that_of_larger_ones_on_another_scale()
    {
        const double Scale = 1.0 / (1L << 60) / (1L << 60) / (1L << 60) / (1L << 60) / (1L << 60) / (1L << 60) / (1L << 60) / (1L << 60);
        foreach ((double a, double b) in (IEnumerable<(double, double)>)[(3, 5), (1 << 30, (1 << 30) + 1), (1 << 20, 1), (7, 7)])
        {
            double unit = a * Scale * Scale, other = b * Scale * Scale;
            double m = (a + b) / 2, divergence = 0.5 * (Terms.KullbackLeibler(a, m) + Terms.KullbackLeibler(b, m));
            AssertClose(Math.Sqrt(divergence) * Scale, Divergence.JensenShannonDistance([unit, 1], [other, 1]));
            AssertClose(Math.Sqrt(0.5) * Math.Abs(Math.Sqrt(a) - Math.Sqrt(b)) * Scale, Divergence.Hellinger([unit, 1], [other, 1]), 1e-7);
        }
    }

    [Fact]
    public void A_coefficient_that_is_subnormal_has_its_logarithm_all_the_same()
    {
        // -log sqrt(2 e e) with e the smallest double, 2^-1074.
        double expected = 1073.5 * Math.Log(2);
        AssertClose(expected, Divergence.Bhattacharyya([1, 0, 2 * Smallest], [0, 1, Smallest]));
        AssertClose(expected, Divergence.Renyi([1, 0, 2 * Smallest], [0, 1, Smallest], 0.5) / 2);
        AssertClose(1073.5, Divergence.Bhattacharyya([1, 0, 2 * Smallest], [0, 1, Smallest], LogBase.Bits));

        // With p = (2e, e), q = (e, 2e) beside what they do not share, the best weight is a half.
        double[] p = [1, 0, 2 * Smallest, Smallest], q = [0, 1, Smallest, 2 * Smallest];
        AssertClose(1072.5 * Math.Log(2), Divergence.Bhattacharyya(p, q));
        AssertClose(1072.5 * Math.Log(2), Divergence.Chernoff(p, q, out double weight));
        Assert.Equal(0.5, weight);
    }

    [Theory]
    [MemberData(nameof(Huge))]
    public void Masses_of_any_size_give_what_they_give_or_infinity(double huge)
    {
        Assert.Equal(huge, Measures.KullbackLeibler([0], [huge]));
        Assert.Equal(huge / Math.Log(2), Measures.KullbackLeibler([0], [huge], LogBase.Bits), huge * 1e-15);
        foreach (double tiny in (double[])[0, Smallest, 1e-300])
        {
            AssertClose(2 * huge, Measures.Alpha([tiny], [huge], 0), 1e-13);
            AssertClose(2 * huge, Measures.Alpha([huge], [tiny], 0), 1e-13);
            AssertClose(huge, Measures.Alpha([tiny], [huge], -1), 1e-13);
        }

        Assert.Equal(0, Measures.Alpha([huge], [huge], 0));
        AssertClose(huge - 1 - Math.Log(huge), Measures.ItakuraSaito([huge], [1]));
        AssertClose(Math.Log(huge) - 1, Measures.ItakuraSaito([1], [huge]));
    }

    // 50 digits by mpmath, rounded: a cell far less probable than the product of its margins.
    [Theory]
    [InlineData(1, 1e-323, 1e-100, 1e-17, 8.9471754087842839e-15)]
    [InlineData(3e-308, 1, 1e-9, 1e-162, 1.0386698486837475e-6)]
    [InlineData(1e-310, 1, 1e-17, 1e-17, 6.7504372660837531e-15)]
    [InlineData(1e-17, 1, 1e-17, 3e-308, 6.6933994413371911e-15)]
    [InlineData(1e-17, 1, 1e-17, 1e-300, 6.5201787567843485e-15)]
    public void Lautum_information_is_right_where_a_cell_is_far_below_the_product_of_its_margins(
        double a, double b, double c, double d, double expected) =>
        AssertClose(expected, Information.Lautum([a, b, c, d], columns: 2), 1e-13);

    /// <summary>Divergences of normals are half a sum, and the sum is what must be in the range: so the documentation says.</summary>
    [Fact]
    public void Divergences_of_normals_are_in_the_range_up_to_half_of_it()
    {
        foreach ((double mean, bool isInRange) in (IEnumerable<(double, bool)>)[(1.3e154, true), (1.5e154, false)])
        {
            double truth = isInRange ? 0.5 * mean * mean : Inf;
            foreach (double value in (double[])
            [
                DiagonalGaussian.KullbackLeibler([0], [1], [mean], [1]), DiagonalGaussian.KullbackLeiblerToStandard([mean], [0]),
                DiagonalGaussian.KullbackLeiblerFromLogVariance([mean], [0], [0], [0]),
                MultivariateGaussian.KullbackLeibler([0], [1], [mean], [1]),
            ])
            {
                if (isInRange)
                    AssertClose(truth, value);
                else
                    Assert.Equal(truth, value);
            }
        }
    }

    private static void AssertClose(double expected, double actual, double relative = 1e-15) =>
        Assert.True(
            expected == actual || Math.Abs(actual - expected) <= Math.Max(relative * Math.Abs(expected), Smallest),
            $"{actual:R} is not {expected:R}");
}
