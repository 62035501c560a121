using System.Text.Json.Nodes;

namespace Course.Notebooks.Tests;

public class OutputComparisonTests
{
    [Theory]
    [InlineData("H = 1.5 bits", "H = 1.5 bits")]
    [InlineData("H = 1.5000000000001", "H = 1.5")]
    [InlineData("1e-17", "0")]
    [InlineData("NaN -Infinity", "NaN -Infinity")]
    public void Outputs_within_the_tolerance_are_the_same(string stored, string executed) =>
        Assert.Empty(OutputComparison.Differences(Printed(stored), Printed(executed)));

    [Theory]
    [InlineData("H = 1.5 bits", "H = 1.6 bits")]
    [InlineData("H = 1.5 bits", "H = -1.5 bits")]
    [InlineData("0.2265", "0.2266")]
    [InlineData("1e-8", "0")]
    [InlineData("NaN", "0")]
    [InlineData("a 1", "b 1")]
    [InlineData("1 2", "1 2 3")]
    public void One_broken_number_or_word_is_found(string stored, string executed) =>
        Assert.Contains("cell 1", Assert.Single(OutputComparison.Differences(Printed(stored), Printed(executed))), StringComparison.Ordinal);

    [Fact]
    public void Of_a_volatile_cell_only_the_kinds_of_outputs_count()
    {
        Assert.Empty(OutputComparison.Differences(Printed("3 ms", "volatile"), Printed("4 ms", "volatile")));
        Assert.NotEmpty(OutputComparison.Differences(Printed("3 ms", "volatile"), Cell("1", [])));
    }

    [Fact]
    public void Code_that_was_changed_after_its_execution_is_found() =>
        Assert.NotEmpty(OutputComparison.Differences(Cell("1", []), Cell("2", [])));

    [Fact]
    public void An_output_that_was_removed_or_never_stored_is_found()
    {
        Assert.NotEmpty(OutputComparison.Differences(Cell("1", []), Printed("x")));
        Assert.NotEmpty(OutputComparison.Differences(Cell("1", [], count: null), Cell("1", [])));
    }

    [Fact]
    public void A_figure_is_compared_by_its_data_and_its_drawing_to_a_hundredth()
    {
        Notebook stored = Figure(0.25, "M1.00,2.00L#0072b2");
        Assert.Empty(OutputComparison.Differences(stored, Figure(0.25 + 1e-13, "M1.01,2.00L#0072b2")));
        Assert.NotEmpty(OutputComparison.Differences(stored, Figure(0.26, "M1.00,2.00L#0072b2")));
        Assert.NotEmpty(OutputComparison.Differences(stored, Figure(0.25, "M1.05,2.00L#0072b2")));
        Assert.NotEmpty(OutputComparison.Differences(stored, Figure(0.25, "M1.00,2.00L#0072b3")));
    }

    private static Notebook Figure(double y, string path) => Cell("f", [new DataOutput(
        new JsonObject { ["application/vnd.plotly.v1+json"] = new JsonObject { ["data"] = new JsonArray(new JsonObject { ["y"] = new JsonArray(y), ["name"] = "p" }) }, ["image/svg+xml"] = path }, [], 1)]);

    private static Notebook Printed(string text, string? tag = null) => Cell("1", [new StreamOutput("stdout", text)], tag);

    private static Notebook Cell(string source, IReadOnlyList<Output> outputs, string? tag = null, int? count = 1) =>
        new([new CodeCell("a", source, tag is null ? [] : new JsonObject { ["tags"] = new JsonArray(tag) }, count, outputs)], []);
}
