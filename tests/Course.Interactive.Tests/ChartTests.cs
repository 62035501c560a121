using System.Text.Json.Nodes;
using Course.Figures;
using Course.Figures.Tests;
using Course.Notebooks;
using Plotly.NET;
using Plotly.NET.CSharp;
using Figure = Course.Figures.Figure;

namespace Course.Interactive.Tests;

/// <summary>A Plotly.NET chart of a figure is the same figure.</summary>
public sealed class ChartTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    public static TheoryData<string> Figures => Gallery.Names;

    public static TheoryData<string> Chapters => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "course", "notebooks"), "*.ipynb").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_chart_has_the_data_and_the_layout_of_its_figure(string name)
    {
        Figure figure = Gallery.Of(name);
        AssertSame(JsonNode.Parse(figure.ToPlotlyJson())!, Json(figure.ToPlotlyNet()), name);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_figure_of_a_chapter_is_a_chart_with_the_same_data(string chapter)
    {
        JsonNode[] figures =
        [
            .. NotebookFile.Read(Path.Combine(AppContext.BaseDirectory, "course", "notebooks", chapter)).CodeCells
                .SelectMany(cell => cell.Outputs).OfType<DataOutput>().Select(output => output.Data[Plotly]).OfType<JsonNode>(),
        ];
        Assert.NotEmpty(figures);
        Assert.All(figures, figure => AssertSame(figure, Json(FigureExtensions.ToPlotlyNet(figure.AsObject())), chapter));
    }

    [Fact]
    public void The_figures_tried_here_have_traces_of_every_kind()
    {
        Type[] kinds = [.. typeof(Course.Figures.Trace).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Course.Figures.Trace)))];
        Assert.Empty(kinds.Except(Gallery.All.SelectMany(f => f.Value.Panels).SelectMany(p => p.Traces).Select(t => t.GetType())));
    }

    [Fact]
    public void The_styling_of_Plotly_NET_changes_what_it_names_and_nothing_else()
    {
        GenericChart chart = Figure.Of(Plot.Line([1, 2, 3.0], [1, 4, 9.0], "squares")).WithTitle("Old").WithXAxis("x", Scale.Log).ToPlotlyNet();
        JsonObject expected = Json(chart);
        expected["layout"]!["xaxis"]!["showgrid"] = false;
        expected["layout"]!["width"] = 900;
        expected["layout"]!["height"] = 300;
        expected["data"]![0]!["name"] = "n squared";
        GenericChart styled = chart.WithXAxisStyle<double, double, string>(ShowGrid: false).WithSize(900, 300).WithTraceInfo(Name: "n squared");
        AssertSame(expected, Json(styled), "styled");
    }

    private static JsonObject Json(GenericChart chart)
    {
        JsonObject json = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        json.Remove("frames");
        return json;
    }

    private static void AssertSame(JsonNode expected, JsonNode actual, string what)
    {
        if (!JsonNode.DeepEquals(expected, actual))
            Assert.Fail($"{what}:\n{expected.ToJsonString()}\n{actual.ToJsonString()}");
    }
}
