using RelativeEntropy;

namespace Course.Interactive.Tests;

/// <summary>What a cell shows of a figure or of a value of the library.</summary>
[Collection("kernel")]
public sealed class ShownTests : IAsyncLifetime
{
    private const string Html = "text/html";

    private readonly NotebookSession _session = new();

    public async ValueTask InitializeAsync()
    {
        await _session.LoadAsync();
        await _session.RunAsync(
            $"""
            #r "{typeof(Divergence).Assembly.Location}"
            #r "{typeof(Course.Figures.Figure).Assembly.Location}"
            using RelativeEntropy;
            using Course.Figures;
            """, Html);
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_figure_is_a_chart_and_the_drawing_for_where_no_chart_can_be_drawn()
    {
        string html = Assert.Single(await _session.RunAsync("Figure.Of(Plot.Line([1, 2.0], [3, 4.0])).WithTitle(\"a < b\").WithCaption(\"c < d\")", Html));
        Assert.Contains("renderPlotly", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption style=\"font-size:0.9em\">c &lt; d</figcaption>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new BetaBernoulli(2, 3)", "theta ~ Beta(2, 3)")]
    [InlineData("new BetaBernoulli(0.5, 0.5)", "theta ~ Beta(0.5, 0.5)")]
    [InlineData("new DirichletCategorical([1, 2, 3])", "p ~ Dirichlet(1, 2, 3)")]
    [InlineData("new GammaPoisson(2, 0.5)", "lambda ~ Gamma(2, rate 0.5)")]
    [InlineData("new NormalNormal(1, 2, 3)", "theta ~ N(1, 2^2)")]
    [InlineData("new NormalGamma(0, 2, 3, 4)", "tau ~ Gamma(3, rate 4)")]
    [InlineData("Generator.SquaredHellinger", "<b>squared Hellinger</b>: D(p ‖ q) = Σ q<sub>i</sub> f(p<sub>i</sub>/q<sub>i</sub>), f(u) = ")]
    public async Task A_distribution_shows_its_density_and_a_generator_its_definition(string code, string title)
    {
        string html = Assert.Single(await _session.RunAsync(code, Html));
        Assert.Contains(title, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("renderPlotly", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new BetaBernoulli(double.NaN, 3)")]
    [InlineData("new DirichletCategorical([2])")]
    public async Task What_has_no_density_is_shown_as_the_kernel_shows_any_value(string code) =>
        Assert.DoesNotContain("renderPlotly", Assert.Single(await _session.RunAsync(code, Html)), StringComparison.Ordinal);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(40, 7)]
    public void A_drawn_density_has_the_area_one(double alpha, double beta)
    {
        var line = (Course.Figures.LineTrace)Portrait.Of(new BetaBernoulli(alpha, beta))!.Panels.Single().Traces.Single();
        Assert.Equal(1, line.Y.Sum() / line.Y.Count, 1e-3);
    }

    [Fact]
    public void The_densities_of_the_other_families_have_the_area_that_is_drawn()
    {
        Assert.Equal(0.998, Area(Portrait.Of(new NormalNormal(1, 2, 3))!, 0), 1e-3);
        Assert.Equal(0.999, Area(Portrait.Of(new GammaPoisson(2, 0.5))!, 0), 1e-3);
        Assert.Equal(0.999, Area(Portrait.Of(new NormalGamma(0, 2, 3, 4))!, 0), 1e-3);
        Assert.Equal(0.998, Area(Portrait.Of(new NormalGamma(0, 2, 3, 4))!, 1), 1e-3);
    }

    private static double Area(Course.Figures.Figure figure, int panel)
    {
        var line = (Course.Figures.LineTrace)figure.Panels[panel].Traces.Single();
        return line.Y.Sum() * (line.X[1] - line.X[0]);
    }
}
