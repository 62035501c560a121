using System.Text;

namespace Course.Figures;

/// <summary>Writes the elements of a drawing and remembers their inks.</summary>
/// <param name="shared">The inks that the drawings of a page share; null for a drawing that stands alone.</param>
internal sealed class SvgWriter(List<Ink>? shared = null)
{
    /// <summary>Stands for the id of the drawing until its content, and so its id, is known.</summary>
    public const char Id = '\u0001';

    private readonly StringBuilder _text = new();
    private readonly List<Ink> _inks = shared ?? [Theme.Paper];
    private readonly List<(Ink Ink, int Hatching)> _hatchings = [];

    /// <summary>Whether the drawing says in data attributes what a script needs to redraw it.</summary>
    public bool HasMarks { get; init; }

    public string Body => _text.ToString();

    /// <summary>Whether the drawing stands on a page, whose style sheet knows its inks, and which is as light as the eye allows.</summary>
    public bool IsOnPage { get; } = shared is not null;

    /// <summary>The inks in the order of their first use; the first is the paper.</summary>
    public IReadOnlyList<Ink> Inks => _inks;

    public SvgWriter Open(string name, string attributes = "")
    {
        _text.Append('<').Append(name).Append(attributes).Append('>');
        return this;
    }

    public SvgWriter Close(string name)
    {
        _text.Append("</").Append(name).Append(">\n");
        return this;
    }

    public void Leaf(string name, string attributes) => _text.Append('<').Append(name).Append(attributes).Append("/>\n");

    public static string At(string name, double value) => $" {name}=\"{Number.Pixel(value)}\"";

    public static string At(string name, string value) => $" {name}=\"{Escape(value)}\"";

    /// <summary>The attributes of a filled or stroked shape: the light colours, and the classes that change them on a dark page.</summary>
    public string Paint(Ink? fill = null, Ink? stroke = null, double width = 1)
    {
        if (IsOnPage)
            return At("fill", fill is null ? "none" : Variable(fill))
                + (stroke is null ? "" : At("stroke", Variable(stroke)) + At("stroke-width", width));
        var classes = new List<string>();
        if (fill is not null) classes.Add("f" + Number.Plain(IndexOf(fill)));
        if (stroke is not null) classes.Add("s" + Number.Plain(IndexOf(stroke)));
        return At("class", string.Join(' ', classes))
            + At("fill", fill?.Light ?? "none")
            + (stroke is null ? "" : At("stroke", stroke.Light) + At("stroke-width", width));
    }

    public void Rectangle(Box box, string attributes) => Leaf(
        "rect", At("x", box.X) + At("y", box.Y) + At("width", box.Width) + At("height", box.Height) + attributes);

    public void Path(string data, string attributes)
    {
        if (data.Length > 0 || HasMarks) Leaf("path", At("d", data) + attributes);
    }

    /// <summary>The data of a path through points, broken where one is NaN.</summary>
    public string Line(IEnumerable<(double X, double Y)> points) => IsOnPage ? CompactPath.Of(points) : Shapes.Path(points);

    /// <summary>A line of text at its baseline; with a halo of the paper's colour where it stands on data.</summary>
    public void Text(
        string text, double x, double y, double size, Ink ink, string anchor = "start",
        bool bold = false, double rotate = 0, bool halo = false, string exponent = "")
    {
        var attributes = At("x", x) + At("y", y) + At("font-size", size) + (anchor == "start" ? "" : At("text-anchor", anchor))
            + (bold ? At("font-weight", "600") : "")
            + (rotate == 0 ? "" : At("transform", $"rotate({Number.Pixel(rotate)} {Number.Pixel(x)} {Number.Pixel(y)})"))
            + Halo(ink, halo);
        Open("text", attributes);
        _text.Append(Escape(text));
        if (exponent.Length > 0)
        {
            Open("tspan", At("dy", -0.35 * size) + At("font-size", size * TextWidth.Raised));
            _text.Append(Escape(exponent)).Append("</tspan>");
        }
        Close("text");
    }

    /// <summary>Lines of text, each centred at its baseline; their group has the style, so that a script can write others.</summary>
    public void Labels(IEnumerable<(string Text, double X, double Y)> lines, double size, Ink ink, bool halo, string attributes)
    {
        Open("g", At("font-size", size) + At("text-anchor", "middle") + Halo(ink, halo) + attributes);
        foreach (var (text, x, y) in lines)
        {
            Open("text", At("x", x) + At("y", y));
            _text.Append(Escape(text));
            Close("text");
        }
        Close("g");
    }

    private string Halo(Ink ink, bool halo) => Paint(ink, halo ? Theme.Paper : null, 3)
        + (halo ? At("paint-order", "stroke") + At("stroke-linejoin", "round") : "");

    /// <summary>A dash pattern, for strokes with round or butt ends.</summary>
    public static string DashArray(Dash dash) => dash switch
    {
        Dash.Dashed => At("stroke-dasharray", "7 4"),
        Dash.Dotted => At("stroke-dasharray", "2 3"),
        Dash.DashDot => At("stroke-dasharray", "8 3 2 3"),
        Dash.LongDash => At("stroke-dasharray", "13 4"),
        Dash.LongDashDot => At("stroke-dasharray", "13 3 2 3"),
        _ => "",
    };

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                Id or '\n' or '\t' => escaped.Append(c),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    /// <summary>The number of a hatching, and whether this is its first use, on which it has to be defined.</summary>
    public (int Number, bool IsNew) Hatching(Ink ink, int hatching)
    {
        var index = _hatchings.IndexOf((ink, hatching));
        if (index >= 0) return (index, false);
        _hatchings.Add((ink, hatching));
        return (_hatchings.Count - 1, true);
    }

    private string Variable(Ink ink) => $"var(--c{Number.Plain(IndexOf(ink))})";

    private int IndexOf(Ink ink)
    {
        var index = _inks.IndexOf(ink);
        if (index >= 0) return index;
        _inks.Add(ink);
        return _inks.Count - 1;
    }
}
