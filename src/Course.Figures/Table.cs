using System.Globalization;
using System.Text;

namespace Course.Figures;

/// <summary>
/// A small table of names and numbers. It never changes; each method returns a new table. Numbers are written the same on
/// every machine, and columns of numbers are aligned to the right.
/// </summary>
[TypeFormatterSource(typeof(TableFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Table
{
    private const string Line = "color-mix(in srgb, currentColor 25%, transparent)";

    private Table(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>The headings of the columns.</summary>
    public IReadOnlyList<string> Columns { get; private init; }

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; private init; } = [];

    /// <summary>What stands above the table; null for nothing.</summary>
    public string? Caption { get; private init; }

    /// <summary>How numbers with a fraction are written: a .NET numeric format string.</summary>
    public string NumberFormat { get; private init; } = "G6";

    /// <summary>A table without rows.</summary>
    /// <param name="columns">The headings, at least one.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no heading.</exception>
    public static Table Of(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Length > 0 ? new Table([.. columns]) : throw new ArgumentException("columns is empty.", nameof(columns));
    }

    /// <summary>The table with one more row.</summary>
    /// <param name="cells">One cell for each column: numbers, text, anything with a text, or null for an empty cell.</param>
    /// <returns>The new table.</returns>
    /// <exception cref="ArgumentException">There are not as many cells as columns.</exception>
    public Table Row(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        Check.SameLength(Columns.Count, cells.Length, "columns", nameof(cells));
        return this with { Rows = [.. Rows, [.. cells]] };
    }

    /// <summary>The table with a caption below it.</summary>
    /// <param name="caption">The caption.</param>
    /// <returns>The new table.</returns>
    public Table WithCaption(string caption) => this with { Caption = caption };

    /// <summary>The table with another way to write numbers that have a fraction; whole numbers keep all their digits.</summary>
    /// <param name="format">A .NET numeric format string, for example <c>F4</c>.</param>
    /// <returns>The new table.</returns>
    /// <exception cref="ArgumentException">It is no numeric format string.</exception>
    public Table WithNumberFormat(string format)
    {
        try
        {
            _ = 0.5.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new ArgumentException($"format is \"{format}\", which is no numeric format string.", nameof(format));
        }
        return this with { NumberFormat = format };
    }

    /// <summary>The table as part of a page, in the colours of the page.</summary>
    /// <returns>An HTML <c>table</c> element.</returns>
    public string ToHtml()
    {
        var html = new StringBuilder("<figure style=\"margin:1em 0\">\n<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">\n");
        html.Append("<thead><tr>");
        for (var column = 0; column < Columns.Count; column++)
            html.Append($"<th scope=\"col\" style=\"{CellStyle(column)};border-bottom:2px solid {Line}\">{SvgWriter.Escape(Columns[column])}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < Columns.Count; column++)
                html.Append($"<td style=\"{CellStyle(column)};border-bottom:1px solid {Line}\">{SvgWriter.Escape(Text(row[column]))}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n");
        if (Caption is { } caption)
            html.Append($"<figcaption style=\"font-size:0.9em\">{SvgWriter.Escape(caption)}</figcaption>\n");
        return html.Append("</figure>").ToString();
    }

    /// <summary>The table as plain text in aligned columns.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString()
    {
        var widths = Columns.Select((heading, column) =>
            Rows.Select(row => Length(Text(row[column]))).Append(Length(heading)).Max()).ToArray();
        var lines = new List<string>();
        if (Caption is not null) lines.Add(Caption);
        lines.Add(Joined(Columns));
        lines.Add(string.Join("  ", widths.Select(width => new string('-', width))));
        lines.AddRange(Rows.Select(row => Joined([.. row.Select(Text)])));
        return string.Join("\n", lines.Select(line => line.TrimEnd()));

        string Joined(IReadOnlyList<string> cells) => string.Join("  ", cells.Select((cell, column) =>
        {
            var blanks = new string(' ', widths[column] - Length(cell));
            return IsNumeric(column) ? blanks + cell : cell + blanks;
        }));

        static int Length(string text) => new StringInfo(text).LengthInTextElements;
    }

    private string CellStyle(int column) => $"text-align:{(IsNumeric(column) ? "right" : "left")};padding:0.25em 0.8em";

    private bool IsNumeric(int column)
    {
        var cells = Rows.Select(row => row[column]).Where(cell => cell is not null).ToArray();
        return cells.Length > 0 && cells.All(cell => IsFraction(cell) || IsWhole(cell));
    }

    private static bool IsFraction(object? cell) => cell is double or float or decimal or Half;

    private static bool IsWhole(object? cell) => cell is int or long or uint or ulong or short or ushort or byte or sbyte;

    private string Text(object? cell) => cell switch
    {
        null => "",
        double.PositiveInfinity or float.PositiveInfinity => "∞",
        double.NegativeInfinity or float.NegativeInfinity => "-∞",
        IFormattable number when IsFraction(cell) => number.ToString(NumberFormat, CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
