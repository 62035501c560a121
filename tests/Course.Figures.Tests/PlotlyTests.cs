using System.Text.Json;

namespace Course.Figures.Tests;

public sealed class PlotlyTests
{
    private static readonly string[] Types = ["scatter", "bar", "heatmap", "contour"];

    public static TheoryData<string> Names => Gallery.Names;

    [Theory, MemberData(nameof(Names))]
    public void Every_trace_has_a_type_axes_and_data_of_one_length(string name)
    {
        using var json = JsonDocument.Parse(Gallery.Of(name).ToPlotlyJson());
        var layout = json.RootElement.GetProperty("layout");
        var data = json.RootElement.GetProperty("data").EnumerateArray().ToArray();
        Assert.NotEmpty(data);
        foreach (var trace in data)
        {
            Assert.Contains(trace.GetProperty("type").GetString(), Types);
            Assert.Equal(JsonValueKind.Object, layout.GetProperty("xaxis" + trace.GetProperty("xaxis").GetString()![1..]).ValueKind);
            Assert.Equal(JsonValueKind.Object, layout.GetProperty("yaxis" + trace.GetProperty("yaxis").GetString()![1..]).ValueKind);
            var (x, y) = (trace.GetProperty("x").GetArrayLength(), trace.GetProperty("y").GetArrayLength());
            if (trace.TryGetProperty("z", out var z))
            {
                Assert.Equal(y, z.GetArrayLength());
                Assert.All(z.EnumerateArray(), row => Assert.Equal(x, row.GetArrayLength()));
            }
            else
            {
                Assert.Equal(x, y);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_axis_has_a_type_a_range_a_domain_and_an_anchor(string name)
    {
        using var json = JsonDocument.Parse(Gallery.Of(name).ToPlotlyJson());
        var axes = json.RootElement.GetProperty("layout").EnumerateObject().Where(p => p.Name[1..].StartsWith("axis", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2 * Gallery.Of(name).Panels.Count, axes.Length);
        foreach (var axis in axes)
        {
            Assert.Contains(axis.Value.GetProperty("type").GetString(), new[] { "linear", "log", "category" });
            Assert.Equal(2, axis.Value.GetProperty("range").GetArrayLength());
            var domain = axis.Value.GetProperty("domain").EnumerateArray().Select(e => e.GetDouble()).ToArray();
            Assert.True(domain[0] >= 0 && domain[0] < domain[1] && domain[1] <= 1);
            Assert.Matches(axis.Name[0] == 'x' ? "^y[0-9]*$" : "^x[0-9]*$", axis.Value.GetProperty("anchor").GetString());
        }
    }

    [Fact]
    public void Panels_side_by_side_have_domains_that_do_not_overlap()
    {
        using var json = JsonDocument.Parse(Gallery.Of("panels").ToPlotlyJson());
        var layout = json.RootElement.GetProperty("layout");
        var ends = new[] { "xaxis", "xaxis2", "xaxis3" }
            .SelectMany(axis => layout.GetProperty(axis).GetProperty("domain").EnumerateArray().Select(e => e.GetDouble())).ToArray();
        Assert.Equal(ends.Order(), ends);
        Assert.Equal("y", layout.GetProperty("yaxis2").GetProperty("matches").GetString());
    }

    [Fact]
    public void An_axis_that_counts_has_no_halves_in_a_chart()
    {
        static JsonElement Layout(Figure figure) => JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("layout");
        var figure = Figure.Of(Plot.Line([0, 1], [0, 3])).WithYAxis("letters read", whole: true);
        Assert.Equal(1, Layout(figure).GetProperty("yaxis").GetProperty("dtick").GetDouble());
        Assert.False(Layout(figure).GetProperty("xaxis").TryGetProperty("dtick", out _));
    }

    [Fact]
    public void A_name_is_once_in_the_legend_of_all_panels()
    {
        using var json = JsonDocument.Parse(Gallery.Of("panels").ToPlotlyJson());
        var q = json.RootElement.GetProperty("data").EnumerateArray()
            .Where(trace => trace.TryGetProperty("name", out var name) && name.GetString() == "q").ToArray();
        Assert.Equal([true, false], q.Select(trace => trace.GetProperty("showlegend").GetBoolean()));
        Assert.Single(q.Select(trace => trace.GetProperty("line").GetProperty("color").GetString()).Distinct());
    }

    [Fact]
    public void Numbers_read_back_to_eleven_digits_and_gaps_are_null()
    {
        double[] values = [0.1 + 0.2, 1.0 / 3, -2.0 / 3e7, 1e-300, double.NaN, double.PositiveInfinity, -0.0, double.MaxValue];
        double[] expected = [0.3, 0.33333333333, -6.6666666667e-8, 1e-300, double.NaN, double.NaN, -0.0, double.MaxValue];
        using var json = JsonDocument.Parse(Figure.Of(Plot.Line(values.Select((_, i) => (double)i), values)).ToPlotlyJson());
        var y = json.RootElement.GetProperty("data")[0].GetProperty("y").EnumerateArray()
            .Select(e => e.ValueKind == JsonValueKind.Null ? double.NaN : e.GetDouble()).ToArray();
        Assert.Equal(expected, y);
    }

    [Fact]
    public void Ranges_and_notes_of_a_logarithmic_axis_are_powers_of_ten()
    {
        var figure = Figure.Of(Plot.Line([1, 100], [1, 2])).WithXAxis("n", Scale.Log, 1, 1000).WithAnnotation(100, 2, "here");
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        var layout = json.RootElement.GetProperty("layout");
        Assert.Equal([0, 3.0], layout.GetProperty("xaxis").GetProperty("range").EnumerateArray().Select(e => e.GetDouble()));
        Assert.Equal(2, layout.GetProperty("annotations")[0].GetProperty("x").GetDouble());
    }

    [Fact]
    public void Text_that_looks_like_markup_is_shown_as_it_is()
    {
        using var json = JsonDocument.Parse(Gallery.Of("line").ToPlotlyJson());
        Assert.Equal("p &amp; &lt;q&gt;", json.RootElement.GetProperty("data")[0].GetProperty("name").GetString());
    }
}
