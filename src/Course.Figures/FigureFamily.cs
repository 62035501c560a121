namespace Course.Figures;

/// <summary>
/// Figures of one kind over the values of a parameter: what <see cref="Figure.Family"/> makes. It shows itself as the figure of its
/// default value. The page of a notebook has a slider besides, which needs no kernel: <see cref="ToSliderJson"/> holds all that it shows.
/// </summary>
[TypeFormatterSource(typeof(FigureFamilyFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed class FigureFamily
{
    private const int MostValues = 200;
    private const int MostDecimals = 9;

    private FigureFamily(string parameter, string unit, IReadOnlyList<string> values, int defaultIndex, IReadOnlyList<Figure> figures)
    {
        (Parameter, Unit, Values, DefaultIndex, Figures) = (parameter, unit, values, defaultIndex, figures);
    }

    /// <summary>What the slider changes.</summary>
    public string Parameter { get; }

    /// <summary>The unit of the parameter; empty for none.</summary>
    public string Unit { get; }

    /// <summary>The values of the parameter as a reader sees them, with as many decimals as their step has.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Which value is shown first.</summary>
    public int DefaultIndex { get; }

    /// <summary>The figure at each value, all with the same ends of their axes.</summary>
    public IReadOnlyList<Figure> Figures { get; }

    /// <summary>The figure that is shown first.</summary>
    public Figure Default => Figures[DefaultIndex];

    /// <summary>The default figure as a drawing, its caption below it.</summary>
    /// <returns>An SVG document.</returns>
    public string ToSvg() => Default.ToSvg();

    /// <summary>The default figure in Plotly's schema.</summary>
    /// <returns>A JSON object.</returns>
    public string ToPlotlyJson() => Default.ToPlotlyJson();

    /// <summary>The default figure as part of a page.</summary>
    /// <returns>An HTML <c>figure</c> element.</returns>
    public string ToHtml() => Default.ToHtml();

    /// <summary>All that a script needs to redraw the default figure at each value.</summary>
    /// <returns>A JSON object; docs/architecture.md describes it.</returns>
    public string ToSliderJson() => FamilyJson.Write(this).ToJsonString();

    /// <summary>How the line of the text begins that says what the slider changes.</summary>
    internal const string SliderLine = "On the book's page a slider changes";

    /// <summary>The title, what the slider changes, and the alternative text.</summary>
    /// <returns>Plain text.</returns>
    public override string ToString()
    {
        var unit = Unit.Length > 0 ? " " + Unit : "";
        var slider = $"{SliderLine} {Parameter}, from {Values[0]} to {Values[^1]}{unit}; "
            + $"here it is {Values[DefaultIndex]}{unit}.";
        return string.Join("\n", new[] { Default.Title, slider, Default.WithTitle("").ToString() }.Where(text => text.Length > 0));
    }

    internal static FigureFamily Create(
        string parameter, string unit, double from, double to, double step, double at, Func<double, Figure> figure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parameter);
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(figure);
        var (values, decimals) = Grid(from, to, step);
        var index = Array.FindIndex(values, value => Math.Abs(value - at) <= 1e-9 * Math.Max(Math.Abs(step), Math.Abs(at)));
        if (index < 0)
            throw new ArgumentException(
                $"at is {Number.Plain(at)}, which is none of the values from {Number.Plain(from)} in steps of {Number.Plain(step)}.",
                nameof(at));
        string[] texts = [.. values.Select(value => Number.Fixed(value, decimals))];
        Figure[] figures =
        [
            .. values.Select(value => figure(value)
                ?? throw new ArgumentException($"figure gives null at {parameter} = {Number.Plain(value)}.", nameof(figure))),
        ];
        for (var i = 0; i < figures.Length; i++)
            if (FamilyShape.Difference(figures[index], figures[i]) is { } difference)
                throw new ArgumentException(
                    $"At {parameter} = {texts[i]}, {difference} at {texts[index]}. What a slider moves through has the same titles, axes, "
                    + "traces and styles; a line or point that comes and goes has NaN where it is not there.",
                    nameof(figure));

        var ranges = figures.Select(FigureSvg.Ranges).ToArray();
        (Interval, Interval)[] shared =
        [
            .. Enumerable.Range(0, figures[index].Panels.Count).Select(panel => (
                Interval.Hull(ranges.Select(range => range[panel].X)), Interval.Hull(ranges.Select(range => range[panel].Y)))),
        ];
        return new FigureFamily(parameter, unit, texts, index, [.. figures.Select(member => member.WithRanges(shared).WithMarks())]);
    }

    private static (double[] Values, int Decimals) Grid(double from, double to, double step)
    {
        Check.Finite(from, nameof(from));
        Check.Finite(to, nameof(to));
        if (!(step > 0) || !double.IsFinite(step))
            throw new ArgumentException($"step is {Number.Plain(step)}; a slider moves by more than 0.", nameof(step));
        if (!(from < to)) throw new ArgumentException($"from is {Number.Plain(from)}, not below to = {Number.Plain(to)}.", nameof(from));
        var steps = (to - from) / step;
        if (Math.Abs(steps - Math.Round(steps)) > 1e-6)
            throw new ArgumentException(
                $"from {Number.Plain(from)} to {Number.Plain(to)} are {Number.Short(steps)} steps of {Number.Plain(step)}, "
                + "not a whole number.",
                nameof(step));
        if (steps > MostValues - 1)
            throw new ArgumentException(
                $"{Number.Short(steps + 1)} values are too many: each is a figure, and a slider has at most {Number.Plain(MostValues)}.",
                nameof(step));
        var decimals = Enumerable.Range(0, MostDecimals).FirstOrDefault(d => IsRound(from, d) && IsRound(step, d), MostDecimals);
        return ([.. Enumerable.Range(0, (int)Math.Round(steps) + 1).Select(i => Math.Round(from + i * step, decimals))], decimals);
    }

    private static bool IsRound(double value, int decimals) =>
        Math.Abs(Math.Round(value, decimals) - value) < 1e-10 * Math.Max(1, Math.Abs(value));
}
