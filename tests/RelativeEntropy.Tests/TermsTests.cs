namespace RelativeEntropy.Tests;

/// <summary>The term functions are total: what happens for every kind of input, NaN first.</summary>
public class TermsTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(NaN, NaN), InlineData(0, 0), InlineData(-0.0, 0), InlineData(1, 0), InlineData(-1, -Inf), InlineData(-Inf, -Inf), InlineData(Inf, -Inf)]
    [InlineData(0.5, 0.34657359027997264)]
    public void Entropy(double p, double expected) => Assert.Equal(expected, Terms.Entropy(p));

    [Theory]
    [InlineData(NaN, 1, NaN), InlineData(1, NaN, NaN), InlineData(0, NaN, NaN), InlineData(-1, NaN, NaN)]
    [InlineData(0, 0, 0), InlineData(0, 1, 0), InlineData(-0.0, 0, 0), InlineData(0, Inf, 0)]
    [InlineData(1, 0, Inf), InlineData(1, 1, 0), InlineData(2, 1, 1.3862943611198906), InlineData(5e-324, 0, Inf)]
    [InlineData(-1, 1, Inf), InlineData(1, -1, Inf), InlineData(0, -1, Inf)]
    [InlineData(Inf, 1, Inf), InlineData(1, Inf, -Inf), InlineData(Inf, Inf, NaN), InlineData(Inf, 0, Inf)]
    public void RelativeEntropy(double p, double q, double expected) => Assert.Equal(expected, Terms.RelativeEntropy(p, q));

    [Theory]
    [InlineData(NaN, 1, NaN), InlineData(1, NaN, NaN), InlineData(0, NaN, NaN), InlineData(-1, NaN, NaN)]
    [InlineData(0, 0, 0), InlineData(0, 1, 1), InlineData(-0.0, 0.25, 0.25), InlineData(0, Inf, Inf)]
    [InlineData(1, 0, Inf), InlineData(1, 1, 0), InlineData(5e-324, 0, Inf)]
    [InlineData(-1, 1, Inf), InlineData(1, -1, Inf), InlineData(0, -1, Inf)]
    [InlineData(Inf, 1, Inf), InlineData(1, Inf, Inf), InlineData(Inf, Inf, NaN), InlineData(Inf, 0, Inf)]
    public void KullbackLeibler(double p, double q, double expected) => Assert.Equal(expected, Terms.KullbackLeibler(p, q));

    [Theory]
    [InlineData(NaN, 1, NaN), InlineData(1, NaN, NaN), InlineData(0, NaN, NaN)]
    [InlineData(0, 0, 0), InlineData(0, Inf, 0), InlineData(1, 0, Inf), InlineData(1, 1, 0), InlineData(1, Inf, -Inf)]
    [InlineData(-1, 1, Inf), InlineData(1, -1, Inf), InlineData(Inf, 0.5, Inf), InlineData(Inf, 2, -Inf)]
    public void CrossEntropy(double p, double q, double expected) => Assert.Equal(expected, Terms.CrossEntropy(p, q));

    [Theory]
    [InlineData(NaN, 1, NaN), InlineData(1, NaN, NaN), InlineData(0, 0, NaN), InlineData(Inf, Inf, NaN), InlineData(-1, 1, NaN), InlineData(1, -1, NaN)]
    [InlineData(0, 1, -Inf), InlineData(1, 0, Inf), InlineData(Inf, 1, Inf), InlineData(1, Inf, -Inf), InlineData(Inf, 0, Inf), InlineData(0, Inf, -Inf)]
    [InlineData(8, 1, 2.0794415416798357), InlineData(3, 3, 0)]
    public void LogRatio(double p, double q, double expected) => Assert.Equal(expected, Terms.LogRatio(p, q));

    [Fact]
    public void The_elementary_functions_have_their_limits_and_keep_NaN()
    {
        Assert.Equal(-Inf, Numerics.Elementary.Log1p(-1));
        Assert.Equal(NaN, Numerics.Elementary.Log1p(-1.5));
        Assert.Equal(Inf, Numerics.Elementary.Log1p(Inf));
        Assert.Equal(NaN, Numerics.Elementary.Log1p(NaN));
        Assert.Equal(Inf, Numerics.Elementary.XMinusLog1p(-1));
        Assert.Equal(NaN, Numerics.Elementary.XMinusLog1p(-1.5));
        Assert.Equal(Inf, Numerics.Elementary.XMinusLog1p(Inf));
        Assert.Equal(NaN, Numerics.Elementary.XMinusLog1p(NaN));
        Assert.Equal(-1, Numerics.Elementary.Expm1(-Inf));
        Assert.Equal(Inf, Numerics.Elementary.Expm1(Inf));
        Assert.Equal(NaN, Numerics.Elementary.Expm1(NaN));
        Assert.Equal(Inf, Numerics.Elementary.ExpExcess(-Inf));
        Assert.Equal(Inf, Numerics.Elementary.ExpExcess(Inf));
        Assert.Equal(NaN, Numerics.Elementary.ExpExcess(NaN));
    }
}
