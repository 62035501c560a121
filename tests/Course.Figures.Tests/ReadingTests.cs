using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Figures.Tests;

public sealed partial class ReadingTests
{
    public static TheoryData<string> Names => Gallery.Names;

    public static TheoryData<string> Stored => StoredFigures.Names;

    public static TheoryData<string> Damages => [.. Damaged.Keys];

    private static readonly SortedDictionary<string, Action<JsonObject>> Damaged = new(StringComparer.Ordinal)
    {
        ["no layout"] = chart => chart.Remove("layout"),
        ["no data"] = chart => chart["data"] = new JsonArray(),
        ["data that is no list"] = chart => chart["data"] = 1,
        ["a trace that is no object"] = chart => chart["data"]!.AsArray().Add((JsonNode)1),
        ["another kind of trace"] = chart => chart["data"]![0]!["type"] = "pie",
        ["a colour of nobody's"] = chart => chart["data"]![0]!["line"]!["color"] = "#123456",
        ["a dash of nobody's"] = chart => chart["data"]![0]!["line"]!["dash"] = "5px",
        ["a point too few"] = chart => chart["data"]![0]!["y"]!.AsArray().RemoveAt(0),
        ["text for a number"] = chart => chart["data"]![0]!["y"]![0] = "1",
        ["no points"] = chart => (chart["data"]![0]!["x"], chart["data"]![0]!["y"]) = (new JsonArray(), new JsonArray()),
        ["an axis that is not there"] = chart => chart["data"]![0]!["xaxis"] = "x7",
        ["no range"] = chart => chart["layout"]!["xaxis"]!["range"] = new JsonArray(1, 1),
        ["a range without end"] = chart => chart["layout"]!["xaxis"]!["range"] = new JsonArray(null, 1),
        ["a range beyond numbers"] = chart => chart["layout"]!["yaxis"]!["range"] = new JsonArray(0, 1e305),
        ["a size of nothing"] = chart => chart["layout"]!["width"] = 0,
        ["a size of a part"] = chart => chart["layout"]!["width"] = 720.5,
        ["a size without end"] = chart => chart["layout"]!["width"] = 1e300,
        ["a label of no line"] = chart => chart["layout"]!["shapes"] = new JsonArray(),
    };

    [Theory, MemberData(nameof(Names))]
    public void A_figure_that_is_written_and_read_draws_the_same(string name)
    {
        var figure = Gallery.Of(name).WithCaption("What to see.");
        Assert.Equal(figure.ToSvg(), Read(figure).ToSvg());
    }

    [Theory, MemberData(nameof(Stored))]
    public void A_stored_figure_draws_what_is_stored(string name)
    {
        var stored = StoredFigures.Of(name);
        var (expected, drawn) = (Parts(stored.Svg), Parts(stored.Read().ToSvg()));
        Assert.Equal(expected.Text, drawn.Text);
        foreach (var (a, b) in expected.Numbers.Zip(drawn.Numbers))
            Assert.True(Math.Abs(a - b) < 0.011, $"{a} is stored, {b} is drawn");
    }

    [Fact]
    public void A_colour_that_is_not_of_the_palette_brings_its_dark_form_along()
    {
        var figure = Figure.Of(Plot.Line([1, 2], [1, 2], ink: new Ink("#123456", "#ABCDEF")));
        Assert.Equal(figure.ToSvg(), Read(figure).ToSvg());
    }

    [Theory]
    [InlineData(40, -30)]
    [InlineData(0, 0)]
    [InlineData(null, 12)]
    [InlineData(null, null)]
    public void A_note_stays_where_it_was_put(int? dx, int? dy)
    {
        var figure = Figure.Of(Plot.Line([0, 1, 2], [0, 1, 0])).WithAnnotation(1, 1, "here", dx, dy);
        Assert.Equal(figure.ToSvg(), Read(figure).ToSvg());
    }

    [Fact]
    public void Its_texts_are_one_line_each_whatever_they_hold()
    {
        var figure = Figure.Of(Plot.Line([1, 2], [1, 2])).WithTitle("A\nB").WithAlternativeText("C\r\nD").WithCaption("E\nF");
        Assert.Equal("A B\nC D\nE F", figure.ToString());
        var read = Read(figure);
        Assert.Equal(("A B", "C D", "E F"), (read.Title, read.AlternativeText, read.Caption));
    }

    [Theory, MemberData(nameof(Damages))]
    public void What_is_no_figure_of_ours_is_refused(string damage)
    {
        var figure = Figure.Of(Plot.Line([1, 2, 3], [1, 2, 3])).WithHorizontalLine(2, "half");
        var chart = (JsonObject)JsonNode.Parse(figure.ToPlotlyJson())!;
        _ = Figure.Read(chart, figure.ToString());
        Damaged[damage](chart);
        Assert.Throws<FormatException>(() => Figure.Read(chart, figure.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("title")]
    [InlineData("title\nwords\ncaption\nmore")]
    public void Text_of_another_shape_is_refused(string text)
    {
        var chart = (JsonObject)JsonNode.Parse(Figure.Of(Plot.Line([1, 2], [1, 2])).WithTitle("title").ToPlotlyJson())!;
        Assert.Throws<FormatException>(() => Figure.Read(chart, text));
    }

    private static Figure Read(Figure figure) => Figure.Read((JsonObject)JsonNode.Parse(figure.ToPlotlyJson())!, figure.ToString());

    /// <summary>A drawing without its id, its numbers apart.</summary>
    private static (string Text, double[] Numbers) Parts(string svg)
    {
        svg = Id().Replace(svg, "fig");
        return (Decimal().Replace(svg, "0"),
            [.. Decimal().Matches(svg).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))]);
    }

    [GeneratedRegex("fig-[0-9a-f]{10}")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<!#[0-9A-Fa-f]*)-?\d+(?:\.\d+)?")]
    private static partial Regex Decimal();
}
