using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>
/// A Plotly figure that also draws itself: one panel or several side by side, with a title, axes, a legend and an
/// alternative text. It never changes; each method returns a new figure. In a notebook, as the last expression of a cell,
/// it shows itself as SVG and, where plotly.js can be loaded, as an interactive chart of the same size.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Figure
{
    private const int SingleHeight = 432;

    private Figure(IReadOnlyList<Panel> panels, int columns)
    {
        Panels = panels;
        Columns = columns;
    }

    /// <summary>The panels, row by row.</summary>
    public IReadOnlyList<Panel> Panels { get; private init; }

    /// <summary>How many panels stand side by side.</summary>
    public int Columns { get; private init; }

    /// <summary>The title above all panels; empty for none.</summary>
    public string Title { get; private init; } = "";

    /// <summary>What stands below the figure; null for nothing.</summary>
    public string? Caption { get; private init; }

    /// <summary>The alternative text that was given; null when it is to be composed from the data.</summary>
    public string? Description { get; private init; }

    /// <summary>The width in pixels.</summary>
    public int Width { get; private init; } = 720;

    /// <summary>The height in pixels.</summary>
    public int Height { get; private init; } = SingleHeight;

    /// <summary>The heights of the rows of panels; null where all are equal and fill the figure.</summary>
    internal IReadOnlyList<double>? RowHeights { get; private init; }

    /// <summary>The room for bold text within a width.</summary>
    internal double BoldRoom(double width) => IsReflowed ? width / TextWidth.BoldSlack : width;

    /// <summary>True when the figure is laid out for another page than it was made for.</summary>
    internal bool IsReflowed => RowHeights is not null;

    /// <summary>True when all panels show the same range along x.</summary>
    public bool HasSharedX { get; private init; }

    /// <summary>True when all panels show the same range along y.</summary>
    public bool HasSharedY { get; private init; }

    /// <summary>True when the drawing says in data attributes what a script needs to redraw it.</summary>
    public bool HasMarks { get; private init; }

    /// <summary>What the figure shows, in words: as given by <see cref="WithAlternativeText"/>, or composed from kinds, names, axes and ranges.</summary>
    public string AlternativeText => Description ?? Words.Describe(this);

    /// <summary>A figure of one panel.</summary>
    /// <param name="traces">What it shows, in the order of the legend.</param>
    /// <returns>The figure, 720 by 432 pixels.</returns>
    /// <exception cref="ArgumentException">There is no trace, or some have categories where others have numbers.</exception>
    public static Figure Of(params Trace[] traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        if (traces.Length == 0) throw new ArgumentException("traces is empty.", nameof(traces));
        if (Array.IndexOf(traces, null) is var missing and >= 0)
            throw new ArgumentException($"traces[{Number.Plain(missing)}] is null.", nameof(traces));
        return new Figure([new Panel((Trace[])traces.Clone())], 1).Checked();
    }

    /// <summary>Several figures as panels, row by row, with one legend; the title of each becomes that of its panel.</summary>
    /// <param name="columns">How many stand side by side, at least 1.</param>
    /// <param name="figures">The figures, whose captions, descriptions and sizes are left behind.</param>
    /// <returns>The figure, 720 pixels wide.</returns>
    /// <exception cref="ArgumentException">There is no figure, one is a grid itself, or the number of columns is below 1.</exception>
    public static Figure Grid(int columns, params Figure[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.Length == 0) throw new ArgumentException("figures is empty.", nameof(figures));
        if (columns < 1) throw new ArgumentException($"columns is {Number.Plain(columns)}; a grid has at least one.", nameof(columns));
        for (var i = 0; i < figures.Length; i++)
            if (figures[i].Panels.Count != 1)
                throw new ArgumentException($"figures[{Number.Plain(i)}] is a grid of {Number.Plain(figures[i].Panels.Count)} panels itself.", nameof(figures));
        columns = Math.Min(columns, figures.Length);
        var rows = (figures.Length + columns - 1) / columns;
        var rowHeight = columns switch { 1 => 320, 2 => 300, _ => 260 };
        return new Figure([.. figures.Select(figure => figure.Panels[0] with { Title = figure.Title })], columns)
        {
            Height = 60 + rows * rowHeight,
        };
    }

    /// <summary>The figure that an output holds: what <see cref="ToPlotlyJson"/> and <see cref="ToString"/> wrote, read back.</summary>
    /// <param name="chart">The figure in Plotly's schema.</param>
    /// <param name="text">Its title, its alternative text and its caption, a line each.</param>
    /// <returns>
    /// A figure that draws what the one written drew; the numbers of its data have eleven digits. Of a family it is the figure that is
    /// shown first, with its marks.
    /// </returns>
    /// <exception cref="FormatException">This library did not write it, or it was changed.</exception>
    public static Figure Read(JsonObject chart, string text)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var read = PlotlyReader.Read(chart);
            var (title, description, caption, hasSlider) = PlotlyReader.Texts(text, read.HasTitle);
            return new Figure(read.Panels, read.Columns)
            {
                Title = title,
                Description = description,
                Caption = caption,
                HasSharedX = read.HasSharedX,
                HasSharedY = read.HasSharedY,
                HasMarks = hasSlider,
            }.Checked().WithSize(read.Width, read.Height);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>
    /// Figures of one kind over the values of a parameter, such as a probability or a width. Every host shows the one at
    /// <paramref name="at"/>; on the page of a notebook whose cell has the tag <c>slider</c>, a slider moves through all of them.
    /// </summary>
    /// <param name="parameter">What the slider changes, as its label says it, for example <c>half-separation m</c>.</param>
    /// <param name="from">The first value.</param>
    /// <param name="to">The last value, a whole number of steps from the first.</param>
    /// <param name="step">How far each value is from the one before.</param>
    /// <param name="at">The value that is shown first, one of these.</param>
    /// <param name="figure">
    /// The figure at a value. All have the same titles, axes, traces and styles: data, lines across a panel, notes, captions and
    /// alternative texts may change. An axis without ends of its own gets those that hold all figures.
    /// </param>
    /// <param name="unit">The unit of the parameter; empty for none.</param>
    /// <returns>The family, whose figures are all made now.</returns>
    /// <exception cref="ArgumentException">The values are no such range, or the figures differ in what must be the same.</exception>
    public static FigureFamily Family(
        string parameter, double from, double to, double step, double at, Func<double, Figure> figure, string unit = "") =>
        FigureFamily.Create(parameter, unit, from, to, step, at, figure);

    /// <summary>The figure with a title above it.</summary>
    /// <param name="title">The title.</param>
    /// <returns>The new figure.</returns>
    public Figure WithTitle(string title) => this with { Title = title ?? throw new ArgumentNullException(nameof(title)) };

    /// <summary>The figure with a caption below it.</summary>
    /// <param name="caption">The caption; null for none.</param>
    /// <returns>The new figure.</returns>
    public Figure WithCaption(string? caption) => this with { Caption = caption };

    /// <summary>The figure with an alternative text, which says what a reader should see in it.</summary>
    /// <param name="text">The alternative text.</param>
    /// <returns>The new figure.</returns>
    public Figure WithAlternativeText(string text) => this with { Description = text };

    /// <summary>The figure with another size.</summary>
    /// <param name="width">The width in pixels, at least 160.</param>
    /// <param name="height">The height in pixels, at least 120.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">A size is too small to hold axes.</exception>
    public Figure WithSize(int width, int height)
    {
        if (width < 160) throw new ArgumentException($"width is {Number.Plain(width)}; a figure is at least 160 wide.", nameof(width));
        if (height < 120) throw new ArgumentException($"height is {Number.Plain(height)}; a figure is at least 120 high.", nameof(height));
        return this with { Width = width, Height = height, RowHeights = null };
    }

    /// <summary>
    /// The figure for a narrower page, its text as large as before: panels that would become too narrow stand one below another, and each
    /// is as high as its width asks for.
    /// </summary>
    /// <param name="width">The width in pixels, at least 160.</param>
    /// <returns>The new figure; this one where it is no wider.</returns>
    /// <exception cref="ArgumentException">The width is too small to hold axes.</exception>
    public Figure ForWidth(int width)
    {
        if (width >= Width) return this;
        var narrow = WithSize(width, Height) with { Columns = Reflow.Columns(this, width), RowHeights = [] };
        var (height, rows) = Reflow.Heights(this, narrow);
        return narrow with { Height = height, RowHeights = rows };
    }

    /// <summary>The figure with this horizontal axis, in each panel.</summary>
    /// <param name="title">What it measures, with its unit.</param>
    /// <param name="scale">Linear or logarithmic.</param>
    /// <param name="min">The value at its beginning; null to take it from the data.</param>
    /// <param name="max">The value at its end; null to take it from the data.</param>
    /// <param name="reversed">True when values grow to the left.</param>
    /// <param name="whole">True when the axis counts: only whole numbers have ticks.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">The ends are not in order, or the axis is logarithmic and no value is positive.</exception>
    public Figure WithXAxis(
        string title, Scale scale = Scale.Linear, double? min = null, double? max = null, bool reversed = false, bool whole = false)
    {
        var axis = new Axis(title, scale, min, max, reversed, whole);
        axis.Check("x axis");
        return EachPanel(panel => panel with { XAxis = axis }).Checked();
    }

    /// <summary>The figure with this vertical axis, in each panel.</summary>
    /// <param name="title">What it measures, with its unit.</param>
    /// <param name="scale">Linear or logarithmic.</param>
    /// <param name="min">The value at its beginning; null to take it from the data.</param>
    /// <param name="max">The value at its end; null to take it from the data.</param>
    /// <param name="reversed">True when values grow downwards, as the rows of an image do.</param>
    /// <param name="whole">True when the axis counts: only whole numbers have ticks.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">The ends are not in order, or the axis is logarithmic and no value is positive.</exception>
    public Figure WithYAxis(
        string title, Scale scale = Scale.Linear, double? min = null, double? max = null, bool reversed = false, bool whole = false)
    {
        var axis = new Axis(title, scale, min, max, reversed, whole);
        axis.Check("y axis");
        return EachPanel(panel => panel with { YAxis = axis }).Checked();
    }

    /// <summary>The figure with the same range along x in all panels.</summary>
    /// <returns>The new figure.</returns>
    public Figure WithSharedX() => this with { HasSharedX = true };

    /// <summary>The figure with the same range along y in all panels.</summary>
    /// <returns>The new figure.</returns>
    public Figure WithSharedY() => this with { HasSharedY = true };

    /// <summary>The figure with a unit as long along x as along y, in each panel.</summary>
    /// <returns>The new figure.</returns>
    public Figure WithEqualAspect() => EachPanel(panel => panel with { EqualAspect = true });

    /// <summary>The figure without ticks on its axes, in each panel: for pictures, whose rows and columns mean nothing.</summary>
    /// <returns>The new figure.</returns>
    public Figure WithoutTicks() => EachPanel(panel => panel with { HasTicks = false });

    /// <summary>The figure with a vertical line, in each panel.</summary>
    /// <param name="x">Where it stands.</param>
    /// <param name="label">What it means.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">The place is not finite.</exception>
    public Figure WithVerticalLine(double x, string? label = null)
    {
        Check.Finite(x, nameof(x));
        return EachPanel(panel => panel with { Guides = [.. panel.Guides, new Guide(true, x, label)] });
    }

    /// <summary>The figure with a horizontal line, in each panel.</summary>
    /// <param name="y">Where it stands.</param>
    /// <param name="label">What it means.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">The place is not finite.</exception>
    public Figure WithHorizontalLine(double y, string? label = null)
    {
        Check.Finite(y, nameof(y));
        return EachPanel(panel => panel with { Guides = [.. panel.Guides, new Guide(false, y, label)] });
    }

    /// <summary>The figure with a note on a point, in each panel.</summary>
    /// <param name="x">The abscissa of the point; on an axis of categories, the index of the category.</param>
    /// <param name="y">The ordinate of the point.</param>
    /// <param name="text">The note.</param>
    /// <param name="dx">How far right of the point the note is centred, in pixels; null to let the figure find a free place.</param>
    /// <param name="dy">How far below the point the note is centred, in pixels; null to let the figure find a free place.</param>
    /// <returns>The new figure.</returns>
    /// <exception cref="ArgumentException">The point is not finite.</exception>
    public Figure WithAnnotation(double x, double y, string text, double? dx = null, double? dy = null)
    {
        Check.Finite(x, nameof(x));
        Check.Finite(y, nameof(y));
        ArgumentNullException.ThrowIfNull(text);
        return EachPanel(panel => panel with { Annotations = [.. panel.Annotations, new Annotation(x, y, text, dx, dy)] });
    }

    /// <summary>
    /// The figure with a drawing that a script can redraw: data attributes say where its panels lie, and which part belongs to which
    /// trace. Its notes are drawn together, over all data, and so are the points of a trace.
    /// </summary>
    /// <returns>The new figure.</returns>
    public Figure WithMarks() => this with { HasMarks = true };

    /// <summary>The figure as a drawing that fits light and dark pages, its caption below it.</summary>
    /// <returns>An SVG document.</returns>
    public string ToSvg() => FigureSvg.DrawAlone(this);

    /// <summary>The figure as the drawings of a page that has the caption, the colours' variables and one style sheet for all its figures.</summary>
    /// <returns>The drawings.</returns>
    public PageDrawings ToPage() => PageDrawings.Of(this);

    /// <summary>The figure in Plotly's schema: <c>data</c> and <c>layout</c>.</summary>
    /// <returns>A JSON object, its numbers in the shortest form that reads back as the same number; values that are not finite are null.</returns>
    public string ToPlotlyJson() => PlotlyJson.Write(this).ToJsonString();

    /// <summary>The figure as part of a page: the drawing, which an interactive chart replaces where plotly.js can be loaded.</summary>
    /// <returns>An HTML <c>figure</c> element.</returns>
    public string ToHtml() => FigureHtml.Write(this);

    /// <summary>The title, the alternative text and the caption, a line each; the first and the last only where there is one.</summary>
    /// <returns>Plain text.</returns>
    public override string ToString() => string.Join(
        "\n", new[] { Title, AlternativeText, Caption }.Where(text => !string.IsNullOrEmpty(text)).Select(text => text!.ReplaceLineEndings(" ")));

    /// <summary>The figure with the ends of its axes set, panel by panel, but for axes of categories.</summary>
    internal Figure WithRanges(IReadOnlyList<(Interval X, Interval Y)> ranges) => this with
    {
        Panels =
        [
            .. Panels.Select((panel, i) => panel with
            {
                XAxis = panel.XNames is null ? panel.XAxis with { Min = ranges[i].X.Min, Max = ranges[i].X.Max } : panel.XAxis,
                YAxis = panel.YNames is null ? panel.YAxis with { Min = ranges[i].Y.Min, Max = ranges[i].Y.Max } : panel.YAxis,
            }),
        ],
    };

    private Figure EachPanel(Func<Panel, Panel> change) => this with { Panels = [.. Panels.Select(change)] };

    private Figure Checked()
    {
        foreach (var panel in Panels) panel.CheckData();
        return this;
    }
}
