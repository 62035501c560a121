namespace Course.Figures.Tests;

public sealed class TicksTests
{
    [Fact]
    public void Linear_ticks_are_few_round_equally_spaced_and_inside()
    {
        var random = new Random(20260301);
        for (var trial = 0; trial < 3000; trial++)
        {
            var min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 10));
            var max = min + Math.Max(Math.Abs(min) * 1e-6, Math.Pow(10, random.Next(-9, 10)) * (0.01 + random.NextDouble()));
            var most = random.Next(2, 12);
            var ticks = Ticks.Linear(min, max, most);
            var slack = (max - min) * 1e-6;

            Assert.InRange(ticks.Count, 1, most);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, min - slack, max + slack));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label + "^" + tick.Exponent).Distinct().Count());
            if (ticks.Count < 2) continue;
            var step = ticks[1].Value - ticks[0].Value;
            var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
            Assert.Contains(Math.Round(mantissa, 3), new[] { 1.0, 2, 5 });
            for (var i = 1; i < ticks.Count; i++) Assert.Equal(step, ticks[i].Value - ticks[i - 1].Value, slack);
            if (most >= 4) Assert.True(ticks.Count * 3 >= most, $"{ticks.Count} ticks of {most} on [{min}, {max}]");
        }
    }

    [Fact]
    public void A_label_reads_as_its_value()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 1000; trial++)
        {
            var min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            var max = min + Math.Pow(10, random.Next(-8, 9));
            if (max - min < 1e-5 * Math.Abs(min)) continue;
            foreach (var tick in Ticks.Linear(min, max, 8).Concat(Ticks.Logarithmic(Math.Max(1e-9, Math.Abs(min)), Math.Abs(min) + max - min + 1e-3, 6)))
                if (!tick.IsMinor) Assert.Equal(tick.Value, Read(tick), Math.Max(1e-12 * Math.Abs(tick.Value), 1e-15));
        }
    }

    [Fact]
    public void Logarithmic_ticks_are_few_inside_and_powers_of_ten_on_wide_ranges()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 2000; trial++)
        {
            var min = Math.Pow(10, random.NextDouble() * 20 - 10);
            var max = min * Math.Pow(10, 0.05 + random.NextDouble() * 15);
            var most = random.Next(3, 10);
            var labelled = Ticks.Logarithmic(min, max, most).Where(tick => !tick.IsMinor).ToArray();
            Assert.InRange(labelled.Length, 1, most);
            Assert.All(labelled, tick => Assert.InRange(tick.Value, min * (1 - 1e-6), max * (1 + 1e-6)));
            if (max / min > 1e5) Assert.All(labelled, tick => Assert.Equal(0, Math.Log10(tick.Value) % 1, 1e-9));
        }
    }

    [Fact]
    public void Labels_that_do_not_fit_give_way_to_fewer()
    {
        foreach (var length in new[] { 60.0, 100, 200, 600 })
        {
            var map = new AxisMap(new Interval(12345, 12346), Scale.Linear, 0, length);
            var ticks = PanelDrawing.Fitting(Scale.Linear, map.Range, 11, map, tick => tick.Width(12) + 10);
            for (var i = 1; i < ticks.Count; i++)
                Assert.True(map[ticks[i].Value] - map[ticks[i - 1].Value] >= (ticks[i].Width(12) + ticks[i - 1].Width(12)) / 2);
        }
    }

    [Theory]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-5, 5, 6, "−4 −2 0 2 4")]
    [InlineData(0, 4e7, 5, "0 1×10^7 2×10^7 3×10^7 4×10^7")]
    [InlineData(0, 3e-5, 4, "0 1×10^−5 2×10^−5 3×10^−5")]
    public void Linear_labels(double min, double max, int most, string labels) =>
        Assert.Equal(labels, Joined(Ticks.Linear(min, max, most)));

    [Theory]
    [InlineData(1, 5, 9, "1 2 3 4 5")]
    [InlineData(-0.4, 3.8, 9, "0 1 2 3")]
    [InlineData(0, 40, 9, "0 5 10 15 20 25 30 35 40")]
    [InlineData(0.2, 0.8, 9, "")]
    public void An_axis_that_counts_has_ticks_at_whole_numbers_only(double min, double max, int most, string labels) =>
        Assert.Equal(labels, Joined(Ticks.Linear(min, max, most, whole: true)));

    [Theory]
    [InlineData(0.01, 100, 6, "0.01 0.1 1 10 100")]
    [InlineData(1, 1e6, 8, "10^0 10^1 10^2 10^3 10^4 10^5 10^6")]
    [InlineData(1, 50, 6, "1 2 5 10 20 50")]
    [InlineData(3.1, 3.6, 6, "3.1 3.2 3.3 3.4 3.5 3.6")]
    public void Logarithmic_labels(double min, double max, int most, string labels) =>
        Assert.Equal(labels, Joined(Ticks.Logarithmic(min, max, most)));

    private static string Joined(IEnumerable<Tick> ticks) => string.Join(' ', ticks.Where(tick => !tick.IsMinor)
        .Select(tick => tick.Label + (tick.Exponent.Length > 0 ? "^" + tick.Exponent : "")));

    private static double Read(Tick tick)
    {
        var label = tick.Label.Replace('−', '-');
        if (tick.Exponent.Length == 0) return double.Parse(label, System.Globalization.CultureInfo.InvariantCulture);
        var exponent = tick.Exponent.Replace('−', '-');
        var mantissa = label == "10" ? "1" : label.Replace("×10", "", StringComparison.Ordinal);
        return double.Parse($"{mantissa}e{exponent}", System.Globalization.CultureInfo.InvariantCulture);
    }
}
