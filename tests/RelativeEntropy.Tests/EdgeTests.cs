namespace RelativeEntropy.Tests;

/// <summary>Zeros, infinities and NaN, and which of them wins: what is no distribution throws, then NaN, then +infinity.</summary>
public class EdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Fact]
    public void An_outcome_impossible_under_p_costs_nothing() =>
        Assert.Equal(Math.Log(2), Divergence.KullbackLeibler([0.0, 1.0], [0.5, 0.5]), 1e-16);

    [Fact]
    public void An_outcome_impossible_under_both_costs_nothing() =>
        Assert.Equal(0, Divergence.KullbackLeibler([0.0, 1.0], [0.0, 1.0]));

    [Fact]
    public void An_outcome_impossible_under_q_alone_costs_infinity()
    {
        Assert.Equal(Inf, Divergence.KullbackLeibler([0.5, 0.5], [1.0, 0.0]));
        Assert.Equal(Inf, Divergence.KullbackLeibler([5e-324, 1.0], [0.0, 1.0]));
        Assert.Equal(Inf, Divergence.KullbackLeibler([0.5, 0.5], [1.0, 0.0], LogBase.Bits));
        Assert.Equal(Inf, Measures.KullbackLeibler([3.0], [0.0]));
        Assert.Equal(Inf, Measures.LogRatioSum([3.0, 1.0], [0.0, 7.0]));
        Assert.Equal(Inf, Entropy.Cross([0.5, 0.5], [0.0, 1.0]));
    }

    [Fact]
    public void Measures_lose_and_gain_mass()
    {
        Assert.Equal(7, Measures.KullbackLeibler([0.0, 0.0], [3.0, 4.0]));
        Assert.Equal(0, Measures.LogRatioSum([0.0, 0.0], [3.0, 4.0]));
    }

    [Fact]
    public void NaN_wins_over_infinity()
    {
        Assert.Equal(NaN, Divergence.KullbackLeibler([0.5, NaN], [0.0, 1.0]));
        Assert.Equal(NaN, Divergence.KullbackLeibler([0.5, 0.5], [NaN, 0.0]));
        Assert.Equal(NaN, Measures.KullbackLeibler([1.0, NaN, 1.0], [0.0, 1.0, 0.0]));
        Assert.Equal(NaN, Measures.LogRatioSum([0.0, 1.0], [NaN, 0.0]));
        Assert.Equal(NaN, Entropy.Shannon([NaN, 3.0]));
        Assert.Equal(NaN, Entropy.Cross([0.0, 1.0], [NaN, 1.0]));
        Assert.Equal(NaN, Logits.KullbackLeibler([0.0, NaN], [double.NegativeInfinity, 0.0]));
        Assert.Equal(NaN, Logits.CrossEntropy([0.0, 0.0], [double.NegativeInfinity, NaN]));
        Assert.Equal(NaN, Logits.LogSumExp([Inf, NaN]));
        Assert.Equal(NaN, DiagonalGaussian.KullbackLeiblerToStandard([1e200, NaN], [0.0, 0.0]));
    }

    [Fact]
    public void Bad_input_wins_over_NaN()
    {
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([NaN, -0.1], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([NaN, 0.5], [0.7, 0.7]));
        Assert.Throws<ArgumentException>(() => Measures.KullbackLeibler([NaN, 0.5], [0.5, Inf]));
        Assert.Throws<ArgumentException>(() => Logits.KullbackLeibler([NaN, 0.5], [0.5, Inf]));
        Assert.Throws<ArgumentException>(() => Logits.KullbackLeibler([NaN, Inf], [0.5, 0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gaussian.KullbackLeibler(NaN, 1, 0, 0));
    }

    [Fact]
    public void Bad_input_wins_over_infinity() =>
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([0.5, 0.6], [0.0, 1.0]));

    [Fact]
    public void A_sum_is_one_within_the_root_of_the_machine_epsilon()
    {
        double within = Math.ScaleB(1, -27), beyond = Math.ScaleB(1, -25);
        Assert.True(Divergence.KullbackLeibler([0.5, 0.5 + within], [0.5, 0.5]) >= 0);
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler([0.5, 0.5 + beyond], [0.5, 0.5]));
        Assert.True(Divergence.KullbackLeibler((float[])[0.5f, 0.5f + 3e-4f], (float[])[0.5f, 0.5f]) >= 0);
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler((float[])[0.5f, 0.5f + 4e-4f], (float[])[0.5f, 0.5f]));
    }

    [Fact]
    public void Minus_infinity_on_the_side_of_p_contributes_nothing()
    {
        double without = Logits.KullbackLeibler([1.0, 2.0], [2.0, 1.0]);
        Assert.Equal(without, Logits.KullbackLeibler([double.NegativeInfinity, 1, 2], [double.NegativeInfinity, 2, 1]), 1e-16);
        Assert.True(Logits.KullbackLeibler([double.NegativeInfinity, 1, 2], [0, 2, 1]) > without);
    }

    [Fact]
    public void Minus_infinity_on_the_side_of_q_alone_gives_infinity_however_small_p_is()
    {
        Assert.Equal(Inf, Logits.KullbackLeibler([0.0, -1e6], [0.0, double.NegativeInfinity]));
        Assert.Equal(Inf, Logits.CrossEntropy([0.0, -1e6], [0.0, double.NegativeInfinity]));
    }

    [Fact]
    public void A_mask_of_the_lowest_double_is_as_good_as_minus_infinity()
    {
        double masked = Logits.KullbackLeibler([double.NegativeInfinity, 1, 2], [double.NegativeInfinity, 2, 1]);
        Assert.Equal(masked, Logits.KullbackLeibler([double.MinValue, 1, 2], [double.MinValue, 2, 1]));
        Assert.Equal(0, Logits.KullbackLeibler([0.0, 1.0], [0.0, 2.0], temperature: 1e-320));
        Assert.Equal(0, Logits.CrossEntropy([0.0, 1.0], [0.0, 2.0], temperature: 1e-320));
    }

    [Fact]
    public void Log_sum_exp_has_the_limits_of_its_arguments()
    {
        Assert.Equal(Inf, Logits.LogSumExp([Inf, double.NegativeInfinity]));
        Assert.Equal(double.NegativeInfinity, Logits.LogSumExp([double.NegativeInfinity, double.NegativeInfinity]));
        Assert.Equal(1000 + Math.Log(2), Logits.LogSumExp([1000.0, 1000.0]));
    }

    [Fact]
    public void Softmax_gives_zero_to_minus_infinity_and_NaN_to_all_where_one_is_NaN()
    {
        double[] p = new double[3];
        Logits.Softmax([double.NegativeInfinity, 5, 5], p);
        Assert.Equal([0, 0.5, 0.5], p);
        Logits.LogSoftmax([double.NegativeInfinity, 5, 5], p);
        Assert.Equal([double.NegativeInfinity, -Math.Log(2), -Math.Log(2)], p);
        Logits.Softmax([1, NaN, 2], p);
        Assert.All(p, x => Assert.Equal(NaN, x));
        Logits.LogSoftmax([1, NaN, double.NegativeInfinity], p);
        Assert.All(p, x => Assert.Equal(NaN, x));
    }

    [Fact]
    public void Softmax_may_write_over_its_own_logits()
    {
        double[] logits = [1, 2, 3], apart = new double[3];
        Logits.Softmax(logits, apart);
        double[] together = [1, 2, 3];
        Logits.Softmax(together, together);
        Assert.Equal(apart, together);
        Logits.LogSoftmax(logits, apart);
        Logits.LogSoftmax(logits, logits);
        Assert.Equal(apart, logits);
    }

    [Theory]
    [InlineData(NaN, 1, 0, 1), InlineData(0, NaN, 0, 1), InlineData(0, 1, NaN, 1), InlineData(0, 1, 0, NaN), InlineData(NaN, NaN, NaN, NaN)]
    public void A_parameter_unknown_leaves_the_divergence_of_normals_unknown(double mean0, double standardDeviation0, double mean1, double standardDeviation1)
    {
        Assert.Equal(NaN, Gaussian.KullbackLeibler(mean0, standardDeviation0, mean1, standardDeviation1));
        Assert.Equal(NaN, DiagonalGaussian.KullbackLeibler([mean0, 0], [standardDeviation0, 1], [mean1, 0], [standardDeviation1, 1]));
        Assert.Equal(NaN, DiagonalGaussian.KullbackLeiblerFromLogVariance([mean0, 0], [standardDeviation0, 1], [mean1, 0], [standardDeviation1, 1]));
    }

    [Fact]
    public void Normals_whose_divergence_exceeds_every_double_are_infinitely_far_apart()
    {
        Assert.Equal(Inf, Gaussian.KullbackLeibler(0, 1e200, 0, 1e-200));
        Assert.Equal(Inf, Gaussian.KullbackLeibler(1e300, 1, -1e300, 1));
        Assert.Equal(Inf, DiagonalGaussian.KullbackLeiblerFromLogVariance([0.0], [1e308], [0.0], [-1e308]));
        Assert.Equal(5e307, DiagonalGaussian.KullbackLeiblerFromLogVariance([0.0], [-5e307], [0.0], [5e307]));
    }
}
