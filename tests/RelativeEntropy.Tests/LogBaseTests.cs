namespace RelativeEntropy.Tests;

public class LogBaseTests
{
    [Fact]
    public void Three_halves_bits_are_exactly_three_halves() =>
        Assert.Equal(1.5, Entropy.Shannon([0.5, 0.25, 0.25], LogBase.Bits));

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(10)]
    public void Two_to_the_n_equal_outcomes_have_exactly_n_bits(int n)
    {
        double[] p = [.. Enumerable.Repeat(Math.ScaleB(1, -n), 1 << n)];
        Assert.Equal(n, Entropy.Shannon(p, LogBase.Bits));
        Assert.Equal(n, Entropy.Cross([1, .. p[1..].Select(_ => 0.0)], p, LogBase.Bits));
        Assert.Equal(n, Measures.LogRatioSum([1, .. p[1..].Select(_ => 0.0)], p, LogBase.Bits));
        Assert.Equal(n, Divergence.KullbackLeibler([1, .. p[1..].Select(_ => 0.0)], p, LogBase.Bits));
        Assert.Equal(n / 2.0, Entropy.Shannon(p, LogBase.Of(4)));
    }

    [Fact]
    public void Ten_equal_outcomes_have_one_hartley() =>
        Assert.Equal(1, Entropy.Shannon([.. Enumerable.Repeat(0.1, 10)], LogBase.Hartleys));

    [Fact]
    public void The_default_is_the_nat()
    {
        Assert.Equal(LogBase.Nats, default);
        Assert.Equal(Entropy.Shannon([0.5, 0.5]), Entropy.Shannon([0.5, 0.5], LogBase.Nats));
        Assert.Equal(0.6931471805599453, Entropy.Shannon([0.5, 0.5]));
    }

    [Fact]
    public void A_base_by_its_number_is_the_base_by_its_name()
    {
        Assert.Equal(LogBase.Bits, LogBase.Of(2));
        Assert.Equal(LogBase.Hartleys, LogBase.Of(10));
        Assert.Equal("nats, bits, hartleys, base 3.5", $"{LogBase.Nats}, {LogBase.Bits}, {LogBase.Hartleys}, {LogBase.Of(3.5)}");
        Assert.Equal(3.5, LogBase.Of(3.5).Value);
    }

    [Theory]
    [InlineData(1), InlineData(0.5), InlineData(0), InlineData(-2), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_base_must_be_finite_and_above_one(double value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => LogBase.Of(value));
        Assert.Equal(value, error.ActualValue);
    }
}
