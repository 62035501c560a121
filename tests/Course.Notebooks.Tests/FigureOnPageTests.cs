using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Figures;

namespace Course.Notebooks.Tests;

public sealed partial class FigureOnPageTests
{
    /// <summary>A page has room for its formulas, their font and its prose beside its figures.</summary>
    private const int MostFigures = 800_000;

    private static readonly Figure Sample = Figure.Of(Plot.Line([1, 2, 3], [1.23456789, 4, 9], "n < m")).WithTitle("Squares")
        .WithCaption("What to see: A < B.").WithAlternativeText("A line that rises.");

    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Notebooks => [.. CourseFolder.NotebooksIn(Course.Notebooks).Select(path => Path.GetFileName(path))];

    [Fact]
    public void A_figure_has_two_drawings_its_chart_and_its_caption_once()
    {
        string html = FigureOnPage.Write(Output(Sample));
        Assert.StartsWith("<figure class=\"figure\" style=\"--c0:var(--paper,", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<svg class=\"wide\"[^>]* role=\"img\" aria-label=\"Squares. A line that rises.\""));
        Assert.Single(Regex.Matches(html, "<svg class=\"narrow\"[^>]* role=\"img\" aria-label=\"Squares. A line that rises.\""));
        Assert.Single(Regex.Matches(html, "What to see"));
        Assert.Contains("<figcaption>What to see: A &lt; B.</figcaption>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.Equal([1.2346, 4, 9], Chart(html)["data"]![0]!["y"]!.AsArray().Select(y => y!.GetValue<double>()));
    }

    [Fact]
    public void A_caption_that_says_left_and_right_says_where_that_is_on_a_narrow_screen()
    {
        static string Page(string caption, int columns) =>
            FigureOnPage.Write(Output(Figure.Grid(columns, Sample, Sample).WithCaption(caption)));
        Assert.Contains("left is above", Page("Left: a line. Right: a line.", 2), StringComparison.Ordinal);
        Assert.DoesNotContain("left is above", Page("Left: a line. Right: a line.", 1), StringComparison.Ordinal);
        Assert.DoesNotContain("left is above", Page("Two lines, and brightness.", 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_cannot_end_the_script_that_holds_the_chart() =>
        Assert.Single(Regex.Matches(FigureOnPage.Write(Output(Figure.Of(Plot.Line([1, 2], [1, 2], "</script><script>")))), "</script>"));

    [Fact]
    public void A_chart_keeps_the_digits_in_which_its_values_differ_and_those_of_small_ones()
    {
        double[] x = [1_000_000.125, 1_000_000.25, 1_000_001], y = [1.23456789e-7, 0.5, double.NaN];
        JsonNode trace = Chart(FigureOnPage.Write(Output(Figure.Of(Plot.Line(x, y)))))["data"]![0]!;
        Assert.Equal([1_000_000.125, 1_000_000.25, 1_000_001], trace["x"]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal([1.2346e-7, 0.5, null], trace["y"]!.AsArray().Select(value => value?.GetValue<double>()));
    }

    [Fact]
    public void A_chart_that_is_too_heavy_is_left_out_and_the_drawings_stay()
    {
        double[] grid = [.. Enumerable.Range(0, 200).Select(i => i / 8.0)];
        string html = FigureOnPage.Write(Output(Figure.Of(Plot.Heatmap(grid, grid, (x, y) => Math.Sin(x * y)))));
        Assert.Contains("class=\"wide\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("application/json", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_whose_chart_draws_something_else_stays_as_it_is_stored()
    {
        DataOutput output = Output(Sample);
        output.Data["application/vnd.plotly.v1+json"]!["data"]![0]!["y"]![0] = 2;
        string stored = output.Data["image/svg+xml"]!.ToString();
        Assert.Equal($"<div class=\"figure stored\" tabindex=\"0\">{stored}</div>\n", FigureOnPage.Write(output));

        Assert.Contains(stored, FigureOnPage.Write(output with { Data = new JsonObject { ["image/svg+xml"] = stored } }), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_stored_figure_is_read_and_all_of_a_page_are_light(string notebook)
    {
        DataOutput[] figures = [.. Read(notebook).CodeCells.SelectMany(cell => cell.Outputs.OfType<DataOutput>())
            .Where(output => output.Data["image/svg+xml"] is not null)];
        Assert.All(figures, figure => Assert.NotNull(FigureOnPage.Read(figure)));
        Assert.InRange(figures.Sum(figure => FigureOnPage.Write(figure).Length), 0, MostFigures);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void A_page_has_one_script_for_its_charts_and_each_id_once(string notebook)
    {
        string page = Pages.Of(Read(notebook));
        Assert.Single(Regex.Matches(page, Regex.Escape("https://cdn.plot.ly/")));
        Assert.Single(Regex.Matches(page, Regex.Escape("var courseChart")));
        string[] ids = [.. DrawingIds().Matches(page).Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private static DataOutput Output(Figure figure) => new(
        new JsonObject
        {
            ["image/svg+xml"] = figure.ToSvg(),
            ["application/vnd.plotly.v1+json"] = JsonNode.Parse(figure.ToPlotlyJson()),
            ["text/plain"] = figure.ToString(),
        }, [], 1);

    private static JsonNode Chart(string html) =>
        JsonNode.Parse(Regex.Match(html, "<script type=\"application/json\">(.*)</script>").Groups[1].Value)!;

    private static Notebook Read(string notebook) => NotebookFile.Read(Path.Combine(Course.Notebooks, notebook));

    [GeneratedRegex("(?<= id=\")fig-[^\"]*")]
    private static partial Regex DrawingIds();
}
