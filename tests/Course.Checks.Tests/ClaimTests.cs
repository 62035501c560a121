namespace Course.Checks.Tests;

public sealed class ClaimTests
{
    [Fact]
    public void Equal_sides_hold() => Claim.Equal("1/3 = 0.333", 1 / 3.0, 0.3333333333, 1e-9);

    [Fact]
    public void Infinities_are_equal() => Claim.Equal("infinity", double.PositiveInfinity, double.PositiveInfinity, 0);

    [Theory]
    [InlineData(1, 1.1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    public void Unequal_sides_stop_the_chapter(double left, double right)
    {
        Assert.Throws<InvalidOperationException>(() => Claim.Equal("", left, right, 1e-3));
        Assert.Throws<InvalidOperationException>(() => Claim.Equal("", right, left, 1e-3));
    }

    [Fact]
    public void At_most_allows_rounding_and_no_more()
    {
        Claim.AtMost("", 1, 2);
        Claim.AtMost("", 1 + 1e-15, 1, 1e-14);
        Assert.Throws<InvalidOperationException>(() => Claim.AtMost("", 1 + 1e-15, 1));
        Assert.Throws<InvalidOperationException>(() => Claim.AtMost("", double.NaN, 1, 1));
        Assert.Throws<InvalidOperationException>(() => Claim.AtMost("", double.PositiveInfinity, 1, 1));
    }

    [Fact]
    public void One_false_case_among_many_stops_the_chapter()
    {
        double[] cases = [1, 2, double.NaN, 3];
        Assert.Throws<InvalidOperationException>(() => Claim.Equal("", cases, v => v, v => v, 1));
        Assert.Throws<InvalidOperationException>(() => Claim.AtMost("", cases, v => v, v => v, 1));
    }

    [Fact]
    public void A_claim_about_no_case_is_no_claim() =>
        Assert.Throws<InvalidOperationException>(() => Claim.Equal("", Array.Empty<double>(), v => v, v => v, 1));
}
