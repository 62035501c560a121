namespace RelativeEntropy.Tests;

/// <summary>Bins, and what lies outside them.</summary>
public sealed class HistogramTests
{
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(OutsideRule.Clamp, new long[] { 3, 1, 3 })]
    [InlineData(OutsideRule.LeaveOut, new long[] { 1, 1, 2 })]
    [InlineData(OutsideRule.OwnCells, new long[] { 2, 1, 1, 2, 1 })]
    public void A_value_outside_is_counted_by_the_rule(OutsideRule rule, long[] expected)
    {
        var bins = new Histogram([0, 1, 2, 3], rule);
        Assert.Equal(expected, bins.Count([-Inf, -0.1, 0, 1, 2, 3, 3.1]));
        Assert.Equal(expected, bins.Count((float[])[float.NegativeInfinity, -0.1f, 0, 1, 2, 3, 3.1f]));
        Assert.Equal(expected.Length, bins.Cells);
        Assert.Equal(new long[expected.Length], bins.Count([]));
    }

    [Fact]
    public void A_value_outside_is_refused_where_it_must_not_be()
    {
        var bins = new Histogram([0, 1], OutsideRule.Refuse);
        Assert.Equal([3], bins.Count([0, 0.5, 1]));
        BadInputTests.Refuses("sample", "sample[1] = 1.5 lies outside [0, 1]; take another OutsideRule for it",
            () => { bins.Count([0, 1.5]); });
        BadInputTests.Refuses("sample", "sample[0] = -Infinity lies outside", () => { bins.Count([-Inf]); });
    }

    [Theory]
    [InlineData(OutsideRule.Refuse), InlineData(OutsideRule.Clamp), InlineData(OutsideRule.OwnCells), InlineData(OutsideRule.LeaveOut)]
    public void A_NaN_lies_in_no_bin_by_any_rule(OutsideRule rule) =>
        BadInputTests.Refuses("sample", "sample[2] is NaN, which lies in no bin",
            () => { new Histogram([0, 1], rule).Count([0, 1, double.NaN]); });

    [Fact]
    public void Every_value_inside_is_in_one_bin_and_that_between_its_edges()
    {
        double[] sample = [.. Generated.Stream(3, 2000).Select(x => x / 2147483648.0)];
        Histogram[] all = [Histogram.EqualWidth(0, 1, 7, OutsideRule.Refuse), Histogram.Quantiles(sample, 10, OutsideRule.Refuse)];
        foreach (Histogram bins in all)
        {
            double[] edges = [.. bins.Edges];
            long[] expected = [.. Enumerable.Range(0, bins.Cells).Select(i =>
                (long)sample.Count(x => x >= edges[i] && (x < edges[i + 1] || (i == bins.Cells - 1 && x == edges[i + 1]))))];
            Assert.Equal(expected, bins.Count(sample));
            Assert.Equal(sample.Length, bins.Count(sample).Sum());
        }
    }

    [Fact]
    public void Quantiles_are_those_of_NumPy()
    {
        // numpy.quantile([3, 1, 4, 1.5, 9, 2.6, 5, 3.5], [0, 0.25, 0.5, 0.75, 1]), NumPy 1.24.2.
        Histogram bins = Histogram.Quantiles([3, 1, 4, 1.5, 9, 2.6, 5, 3.5], 4, OutsideRule.Clamp);
        Assert.Equal([1, 2.325, 3.25, 4.25, 9], [.. bins.Edges]);
        Assert.Equal([2, 2, 2, 2], bins.Count([3, 1, 4, 1.5, 9, 2.6, 5, 3.5]));
    }

    [Fact]
    public void Quantiles_that_coincide_make_one_bin() =>
        Assert.Equal([0, 5], [.. Histogram.Quantiles([0, 0, 0, 0, 0, 0, 0, 5], 4, OutsideRule.Clamp).Edges[..1], 5]);

    [Fact]
    public void Shared_edges_hold_both_samples()
    {
        Histogram bins = Histogram.Shared([1, 2, 3], [-1, 7], 4, OutsideRule.Refuse);
        Assert.Equal([-1, 1, 3, 5, 7], [.. bins.Edges]);
        Assert.Equal([0, 2, 1, 0], bins.Count([1, 2, 3]));
        Assert.Equal([1, 0, 0, 1], bins.Count([-1, 7]));
    }

    [Fact]
    public void Bins_of_equal_width_reach_over_the_whole_range()
    {
        Histogram bins = Histogram.EqualWidth(-double.MaxValue, double.MaxValue, 2, OutsideRule.Refuse);
        Assert.Equal([-double.MaxValue, 0, double.MaxValue], [.. bins.Edges]);
        Assert.Equal([1, 1], bins.Count([-double.MaxValue, double.MaxValue]));
    }

    [Fact]
    public void Edges_that_are_none_are_refused()
    {
        BadInputTests.Refuses("edges", "edges has 1 elements; a bin needs two.", () => { _ = new Histogram([1], OutsideRule.Clamp); });
        BadInputTests.Refuses("edges", "edges[2] = 1 is not above edges[1] = 1",
            () => { _ = new Histogram([0, 1, 1], OutsideRule.Clamp); });
        BadInputTests.Refuses("edges", "edges[0] = -Infinity; every edge must be finite. For open ends use OutsideRule.Clamp.",
            () => { _ = new Histogram([-Inf, 1], OutsideRule.Clamp); });
        BadInputTests.Refuses("outside", "is no rule", () => { _ = new Histogram([0, 1], (OutsideRule)9); });
        BadInputTests.Refuses("bins", "bins = 0; it must be at least 1.", () => { Histogram.EqualWidth(0, 1, 0, OutsideRule.Clamp); });
        BadInputTests.Refuses("bins", "between 1 and 1.0000000000000002 there are not as many numbers",
            () => { Histogram.EqualWidth(1, Math.BitIncrement(1), 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("lower", "lower = -Infinity; it must be finite.",
            () => { Histogram.EqualWidth(-Inf, 1, 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("upper", "upper = 1; it must be finite and above lower = 1.",
            () => { Histogram.EqualWidth(1, 1, 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("sample", "sample has the one value 3 only", () => { Histogram.Quantiles([3, 3], 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("sample", "sample[1] = NaN; every value must be finite.",
            () => { Histogram.Quantiles([3, double.NaN], 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("second", "have the one value 3 only", () => { Histogram.Shared([3], [3], 2, OutsideRule.Clamp); });
        BadInputTests.Refuses("first", "first is empty", () => { Histogram.Shared([], [3], 2, OutsideRule.Clamp); });
    }
}
