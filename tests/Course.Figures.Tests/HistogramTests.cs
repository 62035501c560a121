namespace Course.Figures.Tests;

public sealed class HistogramTests
{
    [Fact]
    public void A_bin_holds_its_left_edge_and_the_last_one_both()
    {
        var histogram = Plot.Histogram([0, 0.5, 1, 1.5, 2, 2.5, 3], bins: 3);
        Assert.Equal([0, 1, 2, 3.0], histogram.Edges);
        Assert.Equal([2, 2, 3], histogram.Counts);
    }

    [Fact]
    public void Every_sample_is_counted_once_and_in_its_bin()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] samples = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => Math.Round(random.NextDouble() * 10, random.Next(0, 4)))];
            var histogram = Plot.Histogram(samples);
            Assert.Equal(samples.Length, histogram.Counts.Sum());
            for (var i = 0; i < histogram.Counts.Count; i++)
            {
                var isLast = i == histogram.Counts.Count - 1;
                var count = samples.Count(s => s >= histogram.Edges[i] && (s < histogram.Edges[i + 1] || isLast && s == histogram.Edges[i + 1]));
                Assert.Equal(count, histogram.Counts[i]);
            }
        }
    }

    [Fact]
    public void A_density_has_area_one()
    {
        var histogram = Plot.Histogram(Gallery.X.Select(Math.Exp), density: true);
        Assert.Equal(1, histogram.Heights.Select((h, i) => h * (histogram.Edges[i + 1] - histogram.Edges[i])).Sum(), 1e-12);
    }

    [Fact]
    public void The_rule_of_Freedman_and_Diaconis_is_the_default()
    {
        // 0, 1, ..., 999: IQR 499.5, width 2 · 499.5 / 10 = 99.9, so 999 / 99.9 = 10 bins.
        var histogram = Plot.Histogram(Enumerable.Range(0, 1000).Select(i => (double)i));
        Assert.InRange(histogram.Counts.Count, 10, 11);
        Assert.Equal("Freedman-Diaconis", histogram.BinRule);
    }

    [Fact]
    public void Without_an_interquartile_range_the_rule_is_that_of_Sturges()
    {
        Assert.Equal("Sturges", Plot.Histogram([0, 1, 1, 1, 1, 1, 1, 5]).BinRule);
        Assert.Equal([1], Plot.Histogram([2, 2]).Counts.Count == 1 ? [1] : Array.Empty<int>());
    }

    [Fact]
    public void The_alternative_text_states_the_rule() =>
        Assert.Contains("Freedman-Diaconis", Figure.Of(Plot.Histogram(Gallery.X)).AlternativeText);
}
