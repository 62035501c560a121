using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Course.Figures.Tests;

/// <summary>Figures over the values of a parameter.</summary>
public sealed partial class FamilyTests
{
    private static readonly double[] X = [0, 1, 2, 3, 4];

    private static Figure Parabola(double a) => Figure.Of(Plot.Line(X, X.Select(x => a * x * x), "a x^2")).WithCaption($"a is {a}");

    [Theory]
    [InlineData(0.5, 4, 0.1, 2, 36, "0.5", "4.0", 15)]
    [InlineData(-1, 1, 0.25, 0, 9, "−1.00", "1.00", 4)]
    [InlineData(0, 40, 1, 40, 41, "0", "40", 40)]
    [InlineData(1e-3, 2e-3, 1e-3, 1e-3, 2, "0.001", "0.002", 0)]
    [InlineData(0.02, 0.98, 0.02, 0.9, 49, "0.02", "0.98", 44)]
    public void The_values_go_from_end_to_end_with_as_many_decimals_as_their_step_has(
        double from, double to, double step, double at, int count, string first, string last, int index)
    {
        var family = Figure.Family("a", from, to, step, at, Parabola);
        Assert.Equal((count, first, last, index), (family.Values.Count, family.Values[0], family.Values[^1], family.DefaultIndex));
        Assert.Equal(family.Values.Count, family.Figures.Count);
        Assert.Equal(family.Values.Distinct().Count(), family.Values.Count);
        Assert.Equal($"a is {at}", family.Default.Caption);
    }

    [Theory]
    [InlineData(0, 1, 0, 0, "step is 0; a slider moves by more than 0.")]
    [InlineData(0, 1, double.NaN, 0, "step is NaN")]
    [InlineData(0, 1, double.PositiveInfinity, 0, "step is Infinity")]
    [InlineData(1, 1, 0.1, 1, "from is 1, not below to = 1.")]
    [InlineData(double.NegativeInfinity, 1, 0.1, 1, "from is -Infinity, not a finite number.")]
    [InlineData(0, double.NaN, 0.1, 1, "to is NaN, not a finite number.")]
    [InlineData(0, 1, 0.3, 0, "from 0 to 1 are 3.333 steps of 0.3, not a whole number.")]
    [InlineData(0, 1, 0.1, 0.25, "at is 0.25, which is none of the values from 0 in steps of 0.1.")]
    [InlineData(0, 1, 0.1, 1.1, "at is 1.1")]
    [InlineData(0, 200, 1, 0, "201 values are too many")]
    public void A_range_that_is_none_is_refused_with_what_is_wrong(double from, double to, double step, double at, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Figure.Family("a", from, to, step, at, Parabola));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<double, Figure>> OddOnes => new()
    {
        {
            "At a = 3, trace 1 (“a x^2”) is of the kind points, but line at 1.",
            a => a < 3 ? Parabola(a) : Figure.Of(Plot.Scatter(X, X, "a x^2"))
        },
        {
            "At a = 3, trace 1 (“a x^2”) has the name “other”, but “a x^2” at 1.",
            a => a < 3 ? Parabola(a) : Figure.Of(Plot.Line(X, X, "other"))
        },
        {
            "At a = 2, trace 1 (“a x^2”) does not have the dash, the points or the error bars that it has at 1.",
            a => Figure.Of(Plot.Line(X, X, "a x^2", markers: a > 1))
        },
        { "At a = 2, there are 2 traces, but 1 at 1.", a => a < 2 ? Parabola(a) : Figure.Of(Plot.Line(X, X, "a x^2"), Plot.Line(X, X)) },
        { "At a = 2, the title is “2”, but “1” at 1.", a => Parabola(a).WithTitle($"{a}") },
        { "At a = 2, the x axis is another than at 1.", a => Parabola(a).WithXAxis("x", min: 0, max: a + 4) },
        { "At a = 2, the figure has another size or another number of columns than at 1.", a => Parabola(a).WithSize(500 + (int)a, 300) },
        { "At a = 3, the figure has 2 panels, but 1 panel at 1.", a => a < 3 ? Parabola(a) : Figure.Grid(1, Parabola(a), Parabola(a)) },
        {
            "At a = 3, in panel 2, trace 1 (“a x^2”) has another colour than at 1.",
            a => Figure.Grid(2, Parabola(a), Figure.Of(Plot.Line(X, X, "a x^2", a < 3 ? null : Palette.Green)))
        },
        { "At a = 2, trace 1 has its bars at other places than at 1.", a => Figure.Of(Plot.Bar([0, a], [1, 1])) },
        {
            "At a = 2, trace 1 is another heatmap, and a slider redraws lines, areas, bars and points alone, than at 1.",
            a => Figure.Of(Plot.Heatmap([0, 1.0], [0, 1.0], new[,] { { a, 1 }, { 1, 0 } }))
        },
        {
            "At a = 1, trace 1 is a contour, which a slider cannot hold; draw it as lines, here and at 1.",
            a => Figure.Of(Plot.Contour([0, 1.0], [0, 1.0], new[,] { { 2, 1.0 }, { 1, 0 } }))
        },
    };

    [Theory, MemberData(nameof(OddOnes))]
    public void Figures_that_differ_in_shape_are_refused_with_the_value_the_panel_and_the_trace(string message, Func<double, Figure> figure)
    {
        var error = Assert.Throws<ArgumentException>(() => Figure.Family("a", 1, 3, 1, 1, figure));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_figures_have_axes_that_hold_all_of_them_and_lie_at_the_same_pixels()
    {
        var family = Figure.Family("a", 1, 3, 1, 2, a => Figure.Grid(2, Parabola(a), Parabola(-a).WithYAxis("y", max: 1)));
        var axes = family.Figures.Select(figure => figure.Panels.Select(panel => (panel.XAxis, panel.YAxis)).ToArray()).ToArray();
        Assert.All(axes, panels => Assert.Equal(axes[0], panels));
        Assert.True(axes[0][0].YAxis.Max >= 48);
        Assert.True(axes[0][1].YAxis.Min <= -48);
        Assert.Equal(1, axes[0][1].YAxis.Max);
        string[] marks = [.. family.Figures.Select(figure => string.Concat(Panel().Matches(figure.ToSvg()).Select(m => m.Value)))];
        Assert.Contains("data-plot", marks[0], StringComparison.Ordinal);
        Assert.Single(marks.Distinct());
    }

    [Fact]
    public void Every_host_shows_the_default_figure_and_the_text_says_what_the_slider_changes()
    {
        var family = Figure.Family("half-width", 1, 3, 0.5, 2, a => Parabola(a).WithTitle("A parabola"), unit: "cm");
        Assert.Equal(family.Default.ToSvg(), family.ToSvg());
        Assert.Equal(family.Default.ToPlotlyJson(), family.ToPlotlyJson());
        Assert.Equal(family.Default.ToHtml(), family.ToHtml());
        Assert.Equal(
            "A parabola\nOn the book's page a slider changes half-width, from 1.0 to 3.0 cm; here it is 2.0 cm.\n"
            + $"{family.Default.AlternativeText}\na is 2", family.ToString());
    }

    [Fact]
    public void A_figure_that_is_in_no_family_has_no_marks() =>
        Assert.All(Gallery.All, figure => Assert.DoesNotContain("data-trace", figure.Value.ToSvg(), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Gallery.Names), MemberType = typeof(Gallery))]
    public void A_drawing_with_marks_is_well_formed_and_writes_what_the_one_without_writes(string name)
    {
        XElement plain = XElement.Parse(Gallery.Of(name).ToSvg()), marked = XElement.Parse(Gallery.Of(name).WithMarks().ToSvg());
        Assert.Equal(Gallery.Of(name).Panels.Count, marked.Descendants().Count(e => e.Attribute("data-panel") is not null));
        Assert.Equal(Texts(plain), Texts(marked));

        static IEnumerable<string> Texts(XElement svg) => svg.Descendants().Where(e => e.Name.LocalName == "text")
            .Select(e => $"{e.Value} {e.Attribute("x")!.Value} {e.Attribute("y")!.Value}");
    }

    [Fact]
    public void The_data_say_once_what_does_not_change_and_a_place_in_ten_thousandths()
    {
        var family = Figure.Family("a", 0, 2, 1, 1, a => Figure.Of(
                Plot.Line([0, 1.0], [0, a], "changes"), Plot.Line([0, 1.0], [2, double.NaN], "stays"))
            .WithYAxis("y", min: 0, max: 2).WithVerticalLine(a / 2, "a"));
        var json = JsonNode.Parse(family.ToSliderJson())!;
        Assert.Equal("""["0","1","2"]""", json["values"]!.ToJsonString());
        Assert.Equal(("[0,5000]", "[10000,null]"), (json["figure"]!["0.0.y"]!.ToJsonString(), json["figure"]!["0.1.y"]!.ToJsonString()));
        Assert.Equal(
            ["{}", """{"0.0.y":[0,10000],"0.guides":[[1,10000,"a"]]}"""], json["steps"]!.AsArray().Skip(1).Select(step => Data(step!)));

        static string Data(JsonNode step)
        {
            var copy = step.DeepClone().AsObject();
            copy.Remove("text");
            return copy.ToJsonString();
        }
    }

    /// <summary>
    /// The drawings that the script of the page is held to (site/test/slider.test.mjs). They are in a file, since the one test runs under
    /// node and the other here: where SLIDER_DRAWINGS names that file, it is written anew. Only sums and products are in it, the same on
    /// every machine.
    /// </summary>
    [Fact]
    public void The_drawings_that_the_script_is_held_to_are_those_that_are_drawn()
    {
        var family = Figure.Family("a", -1, 1, 0.5, 0, Everything, unit: "m");
        var drawn = new JsonObject
        {
            ["family"] = JsonNode.Parse(family.ToSliderJson()),
            ["drawings"] = new JsonArray(
            [
                .. from step in Enumerable.Range(0, family.Figures.Count)
                   from figure in new[] { family.Figures[step], family.Figures[step].WithSize(380, 900) }
                   select new JsonObject { ["step"] = step, ["svg"] = figure.ToSvg() },
            ]),
        }.ToJsonString() + "\n";
        if (Environment.GetEnvironmentVariable("SLIDER_DRAWINGS") is { Length: > 0 } destination)
            File.WriteAllText(destination, drawn);
        Assert.Equal(File.ReadAllText(Path.Combine(Root(), "site", "test", "slider-drawings.json")), drawn);
    }

    /// <summary>A part of every kind, with gaps, points outside the axes, and notes whose places change.</summary>
    private static Figure Everything(double a)
    {
        double[] x = [.. Enumerable.Range(0, 21).Select(i => i / 10.0 - 1)];
        double[] y = [.. x.Select(v => v < -0.5 && a > 0 ? double.NaN : v * v - a * v)];
        return Figure.Grid(2,
                Figure.Of(
                        Plot.Line(x, y, "line", markers: true, errors: x.Select(v => 0.1 + v * v / 4).ToArray()),
                        Plot.Line([a, a + 1, double.NaN, -1], [a, 0.5, 1, 1], "segment and dot"),
                        Plot.SignedArea(x, x.Select(v => v * (v - a)), "above", "below"))
                    .WithXAxis("x", min: -1.2, max: 1.2).WithVerticalLine(a, "the parameter is here").WithHorizontalLine(0.5)
                    .WithAnnotation(a, a * a, $"a note of some length, for λ = {a} and Σ ≥ 2").WithAnnotation(0, 0, "fixed", 40, -30)
                    .WithVerticalLine(3 * a, "sometimes outside"),
                Figure.Of(
                    Plot.Bar(["p", "q", "r"], [a, 1, a * a], "bars", errors: new[] { 0.1, 0.2, 0.3 }),
                    Plot.Bar(["q", "r", "s"], [1, a, double.NaN], "others")),
                Figure.Of(
                        Plot.Histogram(x.Select(v => v * v * (1 + a / 2)), "histogram", bins: 5),
                        Plot.Scatter(
                            [a, 0.5, 0.7], [1, 5, double.NaN], "scatter", marker: Marker.Triangle, errors: new[] { 0.5, 0.5, 0.5 }))
                    .WithYAxis("count", min: 0, max: 12),
                Figure.Of(
                        Plot.Line([1, 10, 100.0], [1, 10 + 5 * a, 100], "log"),
                        Plot.Band([1, 10, 100.0], [0, 1, 2.0], [2, 4 + a, 8], "band"),
                        Plot.Bar([1, 10, 100.0], [3, 0, 5 + a], "log bars"))
                    .WithXAxis("x", Scale.Log, min: 0.1, max: 1000, reversed: true).WithYAxis("y", Scale.Log, min: 0.5, max: 200)
                    .WithAnnotation(10, 10 + 5 * a, "on a line"),
                Figure.Of(
                        Plot.Heatmap(
                            [0, 1, 2.0], [0, 1, 2.0], new[,] { { 0, 1, 2.0 }, { 1, 2, 3 }, { 2, 3, 4 } }, colorBar: false),
                        Plot.Scatter([1 + a / 2], [1 - a / 2], "on a map", marker: Marker.Saltire))
                    .WithAnnotation(1 + a / 2, 1 - a / 2, "over colours"),
                Figure.Of(
                    Plot.Scatter(x, x.Select(v => v * a), "diamonds", marker: Marker.Diamond),
                    Plot.Scatter(x, x.Select(v => v - a), "squares", marker: Marker.Square),
                    Plot.Scatter(x, x.Select(v => a), "crosses", marker: Marker.Cross),
                    Plot.Scatter([a], [a], "circle", marker: Marker.Circle)))
            .WithTitle("Everything").WithCaption($"a = {a}").WithAlternativeText($"All kinds of parts at {a}.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Course.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("<g data-panel[^>]*>")]
    private static partial Regex Panel();
}
