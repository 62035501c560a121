namespace Course.Figures;

/// <summary>The traces a figure is made of.</summary>
public static class Plot
{
    /// <summary>A line through points in their given order, broken where a value is not finite.</summary>
    /// <param name="x">The abscissas.</param>
    /// <param name="y">The ordinates.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <param name="dash">How the line is broken; the figure chooses when it is null.</param>
    /// <param name="markers">True to draw the points too.</param>
    /// <param name="errors">How far each ordinate may be off; an array stands for half lengths.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no point, or an error is negative.</exception>
    public static LineTrace Line(
        IEnumerable<double> x, IEnumerable<double> y, string? name = null,
        Ink? ink = null, Dash? dash = null, bool markers = false, ErrorBars? errors = null)
    {
        var (xs, ys) = Points(x, y);
        return new LineTrace(xs, ys)
        {
            Name = name, Ink = ink, Dash = dash, Markers = markers, Errors = ErrorBars.For(ys.Count, errors),
        };
    }

    /// <summary>The graph of a function, at 401 equally spaced points.</summary>
    /// <param name="f">The function; where it is not finite the line has a gap.</param>
    /// <param name="from">The first abscissa.</param>
    /// <param name="to">The last abscissa.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <param name="dash">How the line is broken; the figure chooses when it is null.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The ends are not finite or not in order.</exception>
    public static LineTrace Function(
        Func<double, double> f, double from, double to, string? name = null, Ink? ink = null, Dash? dash = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.Ascending([from, to], "[from, to]");
        const int Intervals = 400;
        double[] x = [.. Enumerable.Range(0, Intervals + 1).Select(i => from + (to - from) * i / Intervals)];
        return Line(x, x.Select(f), name, ink, dash);
    }

    /// <summary>Points; one that is not finite is left out.</summary>
    /// <param name="x">The abscissas.</param>
    /// <param name="y">The ordinates.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <param name="marker">The shape; the figure chooses one when it is null.</param>
    /// <param name="errors">How far each ordinate may be off; an array stands for half lengths.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no point, or an error is negative.</exception>
    public static ScatterTrace Scatter(
        IEnumerable<double> x, IEnumerable<double> y, string? name = null,
        Ink? ink = null, Marker? marker = null, ErrorBars? errors = null)
    {
        var (xs, ys) = Points(x, y);
        return new ScatterTrace(xs, ys) { Name = name, Ink = ink, Marker = marker, Errors = ErrorBars.For(ys.Count, errors) };
    }

    /// <summary>The area between a curve and zero.</summary>
    /// <param name="x">The abscissas.</param>
    /// <param name="y">The curve.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ or there is no point.</exception>
    public static AreaTrace Area(IEnumerable<double> x, IEnumerable<double> y, string? name = null, Ink? ink = null)
    {
        var (xs, ys) = Points(x, y);
        return new AreaTrace(xs, new double[xs.Count], ys) { Name = name, Ink = ink };
    }

    /// <summary>The area between two curves, for example a confidence band.</summary>
    /// <param name="x">The abscissas.</param>
    /// <param name="lower">The one curve.</param>
    /// <param name="upper">The other curve.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ or there is no point.</exception>
    public static AreaTrace Band(
        IEnumerable<double> x, IEnumerable<double> lower, IEnumerable<double> upper, string? name = null, Ink? ink = null)
    {
        var xs = Check.Numbers(x, nameof(x));
        var low = Check.Numbers(lower, nameof(lower));
        var high = Check.Numbers(upper, nameof(upper));
        Check.SameLength(xs.Count, low.Count, nameof(x), nameof(lower));
        Check.SameLength(xs.Count, high.Count, nameof(x), nameof(upper));
        return new AreaTrace(xs, low, high) { Name = name, Ink = ink };
    }

    /// <summary>The area between a curve and zero: blue where the curve is above zero, vermillion where it is below.</summary>
    /// <param name="x">The abscissas.</param>
    /// <param name="y">The curve.</param>
    /// <param name="positive">The name of the part above zero in the legend.</param>
    /// <param name="negative">The name of the part below zero in the legend.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ or there is no point.</exception>
    public static SignedAreaTrace SignedArea(
        IEnumerable<double> x, IEnumerable<double> y, string? positive = null, string? negative = null)
    {
        var (xs, ys) = Points(x, y);
        return new SignedAreaTrace(xs, ys, positive, negative);
    }

    /// <summary>Bars over categories; the bars of several traces stand side by side.</summary>
    /// <param name="categories">The names below the bars, none twice.</param>
    /// <param name="heights">The heights.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <param name="errors">How far each height may be off; an array stands for half lengths.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no bar, a name comes twice, or an error is negative.</exception>
    public static BarTrace Bar(
        IEnumerable<string> categories, IEnumerable<double> heights, string? name = null,
        Ink? ink = null, ErrorBars? errors = null)
    {
        var names = Check.Categories(categories, nameof(categories));
        var ys = Check.Numbers(heights, nameof(heights));
        Check.SameLength(names.Count, ys.Count, nameof(categories), nameof(heights));
        return new BarTrace([.. Enumerable.Range(0, names.Count).Select(i => (double)i)], ys)
        {
            Categories = names, Name = name, Ink = ink, Errors = ErrorBars.For(ys.Count, errors),
        };
    }

    /// <summary>Bars at numbers; the bars of several traces stand side by side.</summary>
    /// <param name="x">Where the bars stand.</param>
    /// <param name="heights">The heights.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <param name="errors">How far each height may be off; an array stands for half lengths.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no bar, an abscissa is not finite, or an error is negative.</exception>
    public static BarTrace Bar(
        IEnumerable<double> x, IEnumerable<double> heights, string? name = null, Ink? ink = null, ErrorBars? errors = null)
    {
        var xs = Check.Numbers(x, nameof(x));
        var ys = Check.Numbers(heights, nameof(heights));
        Check.SameLength(xs.Count, ys.Count, nameof(x), nameof(heights));
        Check.Finite(xs, nameof(x));
        return new BarTrace(xs, ys) { Name = name, Ink = ink, Errors = ErrorBars.For(ys.Count, errors) };
    }

    /// <summary>
    /// How often samples fall into bins of equal width. The number of bins is that of Freedman and Diaconis (1981), width
    /// 2 IQR n^(-1/3), at most 200, or of Sturges (1926) when the interquartile range is 0, unless it is given.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="bins">The number of bins; null for the rule above.</param>
    /// <param name="density">True for a density, of total area 1, rather than counts.</param>
    /// <param name="ink">The colour; the figure chooses one when it is null.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">There is no sample, or one is not finite, or the number of bins is below 1.</exception>
    public static HistogramTrace Histogram(
        IEnumerable<double> samples, string? name = null, int? bins = null, bool density = false, Ink? ink = null)
    {
        var values = Check.Numbers(samples, nameof(samples));
        Check.Finite(values, nameof(samples));
        if (bins < 1) throw new ArgumentException($"bins is {Number.Plain(bins.Value)}; a histogram has at least one.", nameof(bins));
        return Bins.Of(values, bins) with { Name = name, IsDensity = density, Ink = ink };
    }

    /// <summary>A table of values drawn as colours, over numbers.</summary>
    /// <param name="x">The abscissas of the columns' centres, ascending.</param>
    /// <param name="y">The ordinates of the rows' centres, ascending.</param>
    /// <param name="z">The values, <c>z[row, column]</c>; one that is not finite is left out.</param>
    /// <param name="colors">The colours, Viridis by default.</param>
    /// <param name="zTitle">What the colours measure.</param>
    /// <param name="colorBar">False to leave the colour bar out.</param>
    /// <param name="zMin">The value of the first colour; null to take it from the data.</param>
    /// <param name="zMax">The value of the last colour; null to take it from the data.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or the abscissas or ordinates do not ascend.</exception>
    public static HeatmapTrace Heatmap(
        IEnumerable<double> x, IEnumerable<double> y, double[,] z, ColorScale? colors = null,
        string? zTitle = null, bool colorBar = true, double? zMin = null, double? zMax = null)
    {
        var (xs, ys, zs) = Grid(x, y, z);
        return new HeatmapTrace(xs, ys, zs)
        {
            Colors = colors ?? ColorScale.Viridis, ZTitle = zTitle, ColorBar = colorBar, ZMin = zMin, ZMax = zMax,
        };
    }

    /// <summary>The values of a function of two variables drawn as colours.</summary>
    /// <param name="x">The abscissas of the columns' centres, ascending.</param>
    /// <param name="y">The ordinates of the rows' centres, ascending.</param>
    /// <param name="f">The function of (x, y); where it is not finite the table has a hole.</param>
    /// <param name="colors">The colours, Viridis by default.</param>
    /// <param name="zTitle">What the colours measure.</param>
    /// <param name="colorBar">False to leave the colour bar out.</param>
    /// <param name="zMin">The value of the first colour; null to take it from the data.</param>
    /// <param name="zMax">The value of the last colour; null to take it from the data.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The abscissas or ordinates do not ascend.</exception>
    public static HeatmapTrace Heatmap(
        IEnumerable<double> x, IEnumerable<double> y, Func<double, double, double> f, ColorScale? colors = null,
        string? zTitle = null, bool colorBar = true, double? zMin = null, double? zMax = null)
    {
        var (xs, ys) = (Check.Numbers(x, nameof(x)), Check.Numbers(y, nameof(y)));
        return Heatmap(xs, ys, Sampled(xs, ys, f), colors, zTitle, colorBar, zMin, zMax);
    }

    /// <summary>A table of values drawn as colours, over categories; the first row is at the bottom unless the axis is reversed.</summary>
    /// <param name="columns">The names of the columns, none twice.</param>
    /// <param name="rows">The names of the rows, none twice.</param>
    /// <param name="z">The values, <c>z[row, column]</c>; one that is not finite is left out.</param>
    /// <param name="colors">The colours, Viridis by default.</param>
    /// <param name="zTitle">What the colours measure.</param>
    /// <param name="colorBar">False to leave the colour bar out.</param>
    /// <param name="zMin">The value of the first colour; null to take it from the data.</param>
    /// <param name="zMax">The value of the last colour; null to take it from the data.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The sizes differ or a name comes twice.</exception>
    public static HeatmapTrace Heatmap(
        IEnumerable<string> columns, IEnumerable<string> rows, double[,] z, ColorScale? colors = null,
        string? zTitle = null, bool colorBar = true, double? zMin = null, double? zMax = null)
    {
        var (names, rowNames) = (Check.Categories(columns, nameof(columns)), Check.Categories(rows, nameof(rows)));
        return Heatmap(Indices(names.Count), Indices(rowNames.Count), z, colors, zTitle, colorBar, zMin, zMax)
            with { Columns = names, Rows = rowNames };

        static IEnumerable<double> Indices(int count) => Enumerable.Range(0, count).Select(i => (double)i);
    }

    /// <summary>The level sets of a function given on a grid, by marching squares.</summary>
    /// <param name="x">The abscissas of the grid, ascending, at least two.</param>
    /// <param name="y">The ordinates of the grid, ascending, at least two.</param>
    /// <param name="z">The values, <c>z[row, column]</c>; the sets end where one is not finite.</param>
    /// <param name="levels">The values of the level sets, ascending; about eight round ones when null.</param>
    /// <param name="filled">True to fill between the sets, with a colour bar; the levels are then equally spaced.</param>
    /// <param name="colors">The colours between filled sets, Viridis by default; lines are keyed by colour, over a heatmap by contrast.</param>
    /// <param name="zTitle">What the levels measure.</param>
    /// <param name="ink">One colour for all lines.</param>
    /// <param name="name">The name in the legend, which only lines of one colour have.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">The sizes differ, values do not ascend, or filled levels are not equally spaced.</exception>
    public static ContourTrace Contour(
        IEnumerable<double> x, IEnumerable<double> y, double[,] z, IEnumerable<double>? levels = null,
        bool filled = false, ColorScale? colors = null, string? zTitle = null, Ink? ink = null, string? name = null)
    {
        var (xs, ys, zs) = Grid(x, y, z);
        if (xs.Count < 2) throw new ArgumentException("x has one value; a contour needs at least two.", nameof(x));
        if (ys.Count < 2) throw new ArgumentException("y has one value; a contour needs at least two.", nameof(y));
        var values = levels is null ? Levels.Round(zs) : Check.Numbers(levels, nameof(levels));
        Check.Ascending(values, nameof(levels));
        if (filled) Levels.CheckEven(values);
        return new ContourTrace(xs, ys, zs, values)
        {
            Filled = filled, Colors = colors ?? ColorScale.Viridis, ZTitle = zTitle, Ink = ink, Name = name,
        };
    }

    /// <summary>The level sets of a function of two variables, by marching squares.</summary>
    /// <param name="x">The abscissas of the grid, ascending, at least two.</param>
    /// <param name="y">The ordinates of the grid, ascending, at least two.</param>
    /// <param name="f">The function of (x, y); the sets end where it is not finite.</param>
    /// <param name="levels">The values of the level sets, ascending; about eight round ones when null.</param>
    /// <param name="filled">True to fill between the sets, with a colour bar; the levels are then equally spaced.</param>
    /// <param name="colors">The colours between filled sets, Viridis by default; lines are keyed by colour, over a heatmap by contrast.</param>
    /// <param name="zTitle">What the levels measure.</param>
    /// <param name="ink">One colour for all lines.</param>
    /// <param name="name">The name in the legend, which only lines of one colour have.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">Values do not ascend, or filled levels are not equally spaced.</exception>
    public static ContourTrace Contour(
        IEnumerable<double> x, IEnumerable<double> y, Func<double, double, double> f, IEnumerable<double>? levels = null,
        bool filled = false, ColorScale? colors = null, string? zTitle = null, Ink? ink = null, string? name = null)
    {
        var (xs, ys) = (Check.Numbers(x, nameof(x)), Check.Numbers(y, nameof(y)));
        return Contour(xs, ys, Sampled(xs, ys, f), levels, filled, colors, zTitle, ink, name);
    }

    private static (IReadOnlyList<double> X, IReadOnlyList<double> Y) Points(IEnumerable<double> x, IEnumerable<double> y)
    {
        var xs = Check.Numbers(x, nameof(x));
        var ys = Check.Numbers(y, nameof(y));
        Check.SameLength(xs.Count, ys.Count, nameof(x), nameof(y));
        return (xs, ys);
    }

    private static (IReadOnlyList<double> X, IReadOnlyList<double> Y, double[,] Z) Grid(
        IEnumerable<double> x, IEnumerable<double> y, double[,] z)
    {
        ArgumentNullException.ThrowIfNull(z);
        var xs = Check.Numbers(x, nameof(x));
        var ys = Check.Numbers(y, nameof(y));
        Check.Ascending(xs, nameof(x));
        Check.Ascending(ys, nameof(y));
        Check.SameLength(ys.Count, z.GetLength(0), nameof(y), "z, along its rows,");
        Check.SameLength(xs.Count, z.GetLength(1), nameof(x), "z, along its columns,");
        return (xs, ys, (double[,])z.Clone());
    }

    private static double[,] Sampled(IReadOnlyList<double> x, IReadOnlyList<double> y, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        var z = new double[y.Count, x.Count];
        for (var row = 0; row < y.Count; row++)
            for (var column = 0; column < x.Count; column++)
                z[row, column] = f(x[column], y[row]);
        return z;
    }
}
