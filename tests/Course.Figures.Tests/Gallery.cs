namespace Course.Figures.Tests;

/// <summary>One figure of every kind, as the chapters draw them.</summary>
internal static class Gallery
{
    public static readonly double[] X = [.. Enumerable.Range(0, 81).Select(i => -4 + i / 10.0)];

    public static double Normal(double x, double mean, double sd) =>
        Math.Exp(-(x - mean) * (x - mean) / (2 * sd * sd)) / (sd * Math.Sqrt(2 * Math.PI));

    public static IEnumerable<KeyValuePair<string, Figure>> All => Figures;

    public static TheoryData<string> Names => [.. Figures.Keys];

    public static Figure Of(string name) => Figures[name];

    private static double Kl(double mean, double sd) => Math.Log(2 / sd) + (sd * sd + mean * mean) / 8 - 0.5;

    private static readonly double[] Means = [.. Enumerable.Range(0, 25).Select(i => -3 + i / 4.0)];
    private static readonly double[] Deviations = [.. Enumerable.Range(0, 15).Select(i => 0.5 + i / 4.0)];
    private static readonly double[] P = [.. X.Select(x => Normal(x, -1, 1))];
    private static readonly double[] Q = [.. X.Select(x => Normal(x, 1, 1.5))];

    private static readonly SortedDictionary<string, Figure> Figures = new(StringComparer.Ordinal)
    {
        ["line"] = Figure.Of(Plot.Line(X, P, "p & <q>"), Plot.Line(X, Q, "q")).WithTitle("p \"and\" q").WithXAxis("x").WithYAxis("density"),
        ["gap"] = Figure.Of(Plot.Function(x => 1 / x, -1, 1, "1/x")).WithYAxis("y", min: -10, max: 10),
        ["scatter"] = Figure.Of(
            Plot.Scatter([0, 1, double.NaN, 3], [1, 2, 3, double.PositiveInfinity], "points", errors: new[] { 0.1, 0.2, 0.3, 0.4 }),
            Plot.Function(x => x * x / 9, 0, 3, "bound")).WithAnnotation(1, 2, "a note").WithVerticalLine(1.5, "here").WithHorizontalLine(0.7, "ln 2"),
        ["area"] = Figure.Of(Plot.Area(X, P, "mass"), Plot.Band(X, P.Select(v => v - 0.1), P.Select(v => v + 0.1), "band")),
        ["signed area"] = Figure.Of(
            Plot.Line(X, P, "p"), Plot.SignedArea(X, P.Zip(Q, (p, q) => p * Math.Log(p / q)), "p log(p/q) > 0", "p log(p/q) < 0"))
            .WithCaption("The difference of the areas is D(p‖q)."),
        ["bar"] = Figure.Of(
            Plot.Bar(["a", "b", "c"], [0.5, 0.3, 0.2], "p"), Plot.Bar(["b", "c", "d"], [0.2, 0.3, 0.5], "q", errors: new[] { 0.1, 0.1, 0.1 })),
        ["bar at numbers"] = Figure.Of(Plot.Bar([1, 2, 4.0], [-1, double.NaN, 3])),
        ["long categories"] = Figure.Of(Plot.Bar(
            ["propositional knowing", "perspectival knowing", "participatory knowing", "opponent processing", "free energy", "relevance realisation"],
            [1, 2, 3, 4, 5, 6.0])).WithTitle(string.Join(' ', Enumerable.Repeat("a long title", 20))).WithYAxis("nats"),
        ["histogram"] = Figure.Of(Plot.Histogram(X.Select(x => x * x), "x²", density: true), Plot.Histogram(X, "x", bins: 7, density: true)),
        ["heatmap"] = Figure.Of(Plot.Heatmap(Means, Deviations, Kl, zTitle: "KL in nats"), Plot.Contour(Means, Deviations, Kl, [0.1, 0.5, 1]))
            .WithXAxis("μ").WithYAxis("σ").WithAnnotation(0, 2, "minimum"),
        ["heatmap of categories"] = Figure.Of(Plot.Heatmap(["0", "1"], ["a", "b", "c"], new[,] { { 1, 2 }, { 3, double.NaN }, { 5.0, 6 } }))
            .WithYAxis("true", reversed: true).WithEqualAspect(),
        ["picture"] = Figure.Of(Plot.Heatmap([0, 1.0], [0, 1.0], new[,] { { 0, 1.0 }, { 1, 0 } }, ColorScale.Greys, colorBar: false)).WithoutTicks(),
        ["contour"] = Figure.Of(Plot.Contour(Means, Deviations, Kl)),
        ["filled contour"] = Figure.Of(Plot.Contour(Means, Deviations, Kl, filled: true, zTitle: "KL")),
        ["contour of one colour"] = Figure.Of(Plot.Contour(Means, Deviations, Kl, [0.2, 1], ink: Palette.Blue, name: "KL")),
        ["log-log"] = Figure.Of(Plot.Line([10, 100, 1000.0], [0.3, 0.1, 0.03], "error", markers: true, errors: new[] { 0.4, 0.02, 0.01 }))
            .WithXAxis("n", Scale.Log).WithYAxis("error", Scale.Log),
        ["log bars"] = Figure.Of(Plot.Bar([1, 2, 3.0], [1e-3, 10, 0])).WithYAxis("log", Scale.Log),
        ["panels"] = Figure.Grid(3,
            Figure.Of(Plot.Line(X, P, "p"), Plot.Line(X, Q, "q")).WithTitle("forward").WithXAxis("x"),
            Figure.Of(Plot.Line(X, Q, "q")).WithTitle("reverse").WithXAxis("x"),
            Figure.Of(Plot.Contour(Means, Deviations, Kl, filled: true)).WithTitle("landscape")).WithSharedY().WithTitle("Two directions"),
        ["small"] = Figure.Of(Plot.Line(X, P, "p"), Plot.Line(X, Q, "q")).WithTitle("Small").WithXAxis("x").WithYAxis("density").WithSize(240, 200),
        ["large numbers"] = Figure.Of(Plot.Line([1e7, 2e7], [1e-9, 3e-9])).WithXAxis("many").WithYAxis("few"),
        ["constant"] = Figure.Of(Plot.Line([1, 2.0], [3, 3.0])).WithXAxis("x").WithYAxis("y"),
        ["long text"] = Figure.Of(
            Plot.Heatmap([string.Join(' ', Enumerable.Repeat("column", 12)), "b"], [string.Join(' ', Enumerable.Repeat("row", 30)), "c"],
                new[,] { { 1, 2.0 }, { 3, 4 } }, zTitle: string.Join(' ', Enumerable.Repeat("what the colours measure", 5))))
            .WithAnnotation(0, 0, string.Join(' ', Enumerable.Repeat("a long note", 12))),
        ["long names"] = Figure.Of(
            Plot.Line(X, P, string.Join(' ', Enumerable.Repeat("a long name", 15))), Plot.Line(X, Q, "q"))
            .WithXAxis(string.Join(' ', Enumerable.Repeat("a long axis", 15))).WithYAxis(string.Join(' ', Enumerable.Repeat("a long axis", 9)))
            .WithVerticalLine(0, string.Join(' ', Enumerable.Repeat("a long label", 8))),
        ["extremes"] = Figure.Of(Plot.Line([-1e308, 0, double.MaxValue], [double.Epsilon, 0, -double.Epsilon])),
        ["log extremes"] = Figure.Of(Plot.Line([double.Epsilon, 1, 1e299], [1, 1.0000000000000002, 1])).WithXAxis("x", Scale.Log).WithYAxis("y", Scale.Log),
        ["nothing finite"] = Figure.Of(Plot.Line([1, 2.0], [double.NaN, double.PositiveInfinity])),
    };
}
