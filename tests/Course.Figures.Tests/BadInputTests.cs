namespace Course.Figures.Tests;

public sealed class BadInputTests
{
    private static readonly double[,] Z = { { 1, 2 }, { 3, 4 } };

    public static TheoryData<string, Action> Cases => new()
    {
        { "y has 3 values but x has 2", () => Plot.Line([1, 2], [1, 2, 3]) },
        { "x is empty", () => Plot.Line(Array.Empty<double>(), []) },
        { "heights has 1 values but categories has 2", () => Plot.Bar(["a", "b"], [1.0]) },
        { "categories[2] is \"a\", as categories[0] is already", () => Plot.Bar(["a", "b", "a"], [1, 2, 3]) },
        { "x[1] is NaN", () => Plot.Bar([1, double.NaN], [1, 2]) },
        { "errors.Minus[1] is -1", () => Plot.Line([1, 2], [1, 2], errors: new[] { 1.0, -1 }) },
        { "errors.Minus has 1 values but y has 2", () => Plot.Scatter([1, 2], [1, 2], errors: new[] { 1.0 }) },
        { "samples[1] is NaN", () => Plot.Histogram([1, double.NaN]) },
        { "bins is 0", () => Plot.Histogram([1], bins: 0) },
        { "lower has 1 values but x has 2", () => Plot.Band([1, 2], [1], [1, 2]) },
        { "x[1] is 1, not above x[0] = 1", () => Plot.Heatmap([1, 1], [1, 2], Z) },
        { "along its rows, has 2 values but y has 3", () => Plot.Heatmap([1, 2], [1, 2, 3.0], Z) },
        { "along its columns, has 2 values but x has 1", () => Plot.Contour([1], [1, 2], Z) },
        { "levels[1] is 1", () => Plot.Contour([1, 2], [1, 2], Z, [2, 1.0]) },
        { "levels[2] is 9", () => Plot.Contour([1, 2], [1, 2], Z, [1, 2, 9.0], filled: true) },
        { "z has no finite value", () => Plot.Contour([1, 2], [1, 2], (_, _) => double.NaN) },
        { "[from, to][1] is 0", () => Plot.Function(x => x, 1, 0) },
        { "traces is empty", () => Figure.Of() },
        { "traces[1] is null", () => Figure.Of(Plot.Line([1], [1]), null!) },
        { "traces[1] has numbers along x but traces[0] has categories", () => Figure.Of(Plot.Bar(["a"], [1]), Plot.Line([1], [1])) },
        { "no value along y is positive", () => Figure.Of(Plot.Line([1, 2], [0, -1])).WithYAxis("y", Scale.Log) },
        { "no value along x is positive", () => Figure.Of(Plot.Line([0], [1])).WithXAxis("x", Scale.Log) },
        { "min 2 is not below max 1", () => Figure.Of(Plot.Line([1], [1])).WithXAxis("x", min: 2, max: 1) },
        { "min is 0; a logarithmic axis", () => Figure.Of(Plot.Line([1], [1])).WithXAxis("x", Scale.Log, min: 0) },
        { "max is 1E+200; a logarithmic axis ends between", () => Figure.Of(Plot.Line([1], [1])).WithXAxis("x", Scale.Log, max: 1e200) },
        { "max is NaN", () => Figure.Of(Plot.Line([1], [1])).WithYAxis("y", max: double.NaN) },
        { "x is NaN", () => Figure.Of(Plot.Line([1], [1])).WithVerticalLine(double.NaN) },
        { "y is ", () => Figure.Of(Plot.Line([1], [1])).WithAnnotation(0, double.NegativeInfinity, "far") },
        { "width is 10", () => Figure.Of(Plot.Line([1], [1])).WithSize(10, 400) },
        { "columns is 0", () => Figure.Grid(0, Figure.Of(Plot.Line([1], [1]))) },
        { "figures[0] is a grid of 2 panels", () => Figure.Grid(1, Figure.Grid(2, Gallery.Of("line"), Gallery.Of("area"))) },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Bad_input_is_refused_with_name_index_and_value(string message, Action act) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(act).Message);
}
