using System.Globalization;
using System.Net;
using System.Text;

namespace Course.Notebooks;

/// <summary>
/// Writes a formula as MathML Core. Spaces between atoms are TeX's (Knuth, The TeXbook, 1984, chapter 18): where a browser's table of
/// operators would give another, they are written out.
/// </summary>
internal sealed class MathMl
{
    /// <summary>Between a function and what it is applied to.</summary>
    private const string Apply = "\u2061";

    /// <summary>A formula in a line that is longer than so many characters may be broken over lines.</summary>
    private const int Unbroken = 24;

    /// <summary>Operators that browsers stretch by themselves.</summary>
    private const string Stretching = "()[]{}|‖⟨⟩⌈⌉⌊⌋⟮⟯→←↔⟶⟵⟷⇒⇐⇔⟹⟸⟺↦⟼↪↩⇀⇌↑↓↕⇑⇓";

    private const string Upright = " mathvariant=\"normal\"";

    /// <summary>By left and right class: thin space, or with a letter one that scripts do not have (thin, medium, thick).</summary>
    private static readonly string[] Spaces =
        ["01mT000t", "110T000t", "mm00m00m", "TT00T00T", "00000000", "01mT000t", "tt0ttttt", "t1mTt0tt"];

    private readonly StringBuilder _xml = new();

    private MathMl()
    {
    }

    /// <summary>The formula; or its TeX, where it was not understood.</summary>
    public static string Of(string tex, bool display)
    {
        TexFormula formula = TexParser.Parse(tex);
        return formula.Problem is null
            ? Of(formula, tex, display)
            : $"<code class=\"tex-unknown\">{WebUtility.HtmlEncode(tex.Trim())}</code>";
    }

    private static string Of(TexFormula formula, string tex, bool display)
    {
        var math = new MathMl();
        bool broken = !display && PlainTex.Of(formula).Length > Unbroken;
        math._xml.Append(display ? "<math display=\"block\">" : broken ? "<math class=\"long\">" : "<math>");
        math._xml.Append("<semantics>");
        if (broken)
            math.Broken(formula.Body);
        else
            math.One(formula.Body, display ? TexStyle.Display : TexStyle.Text);
        math._xml.Append("<annotation encoding=\"application/x-tex\">");
        math.Escape(tex.Trim());
        math._xml.Append("</annotation></semantics></math>");
        if (formula.Tag is { } tag)
        {
            math._xml.Append("<span class=\"tag\">(<math>");
            math.One(tag, TexStyle.Text);
            math._xml.Append("</math>)</span>");
        }
        return math._xml.ToString();
    }

    /// <summary>A node as exactly one element.</summary>
    private void One(TexNode node, TexStyle style)
    {
        List<Atom> items = Atoms(node, style);
        if (items.Count == 1 && items[0] is { Before: 0, After: 0 })
        {
            Write(items[0], style, alone: true);
            return;
        }
        _xml.Append("<mrow>");
        Row(items, style);
        _xml.Append("</mrow>");
    }

    /// <summary>A node as any number of elements, for an element that holds a row by itself.</summary>
    private void Many(TexNode node, TexStyle style)
    {
        List<Atom> items = Atoms(node, style);
        if (items.Count == 1 && items[0] is { Before: 0, After: 0 })
            Write(items[0], style, alone: true);
        else
            Row(items, style);
    }

    /// <summary>A long formula of a line as rows, between which the line may be broken.</summary>
    private void Broken(TexNode body)
    {
        List<Atom> items = Atoms(body, TexStyle.Text);
        _xml.Append("<mrow>");
        int depth = 0;
        var row = new List<Atom>();
        int length = 0;
        for (int i = 0; i < items.Count; i++)
        {
            Atom item = items[i];
            depth += item.Class switch { TexClass.Opening => 1, TexClass.Closing => -1, _ => 0 };
            row.Add(item);
            length += PlainTex.Of(new TexFormula(item.Node, null, null)).Length;
            bool mayBreak = item.Class is TexClass.Relation or TexClass.Binary or TexClass.Punctuation && item.After + item.Right > 0;
            if (i + 1 < items.Count && (!mayBreak || (depth > 0 && length < Unbroken)))
                continue;
            _xml.Append("<mrow>");
            Row(row, TexStyle.Text);
            _xml.Append("</mrow>");
            row.Clear();
            length = 0;
        }
        _xml.Append("</mrow>");
    }

    private void Row(List<Atom> items, TexStyle style)
    {
        for (int i = 0; i < items.Count; i++)
        {
            Space(items[i].Before);
            Write(items[i], style, alone: items.Count == 1, end: i == 0 || i == items.Count - 1);
            Space(items[i].After);
        }
    }

    /// <summary>An atom of a row: what is left of it and right of it, in eighteenths of an em.</summary>
    private sealed record Atom(TexNode Node, TexClass Class)
    {
        /// <summary>The space that its operator carries.</summary>
        public double Left { get; set; }

        public double Right { get; set; }

        /// <summary>The space that has to be written before it or after it.</summary>
        public double Before { get; set; }

        public double After { get; set; }

        /// <summary>Whether it is a function that is applied to the next atom.</summary>
        public bool Applied { get; set; }

        public bool IsOperator => Core(Node) is TexSymbol { Identifier: false } or TexDelimiter;
    }

    /// <summary>What a browser takes for the operator of an atom with scripts or labels.</summary>
    private static TexNode Core(TexNode node) => node switch
    {
        TexScripts scripts => Core(scripts.Base),
        TexStack stack => Core(stack.Base),
        _ => node,
    };

    /// <summary>The atoms of a row, with the spaces between them.</summary>
    private static List<Atom> Atoms(TexNode node, TexStyle style)
    {
        var items = new List<Atom>();
        double space = 0;
        foreach (TexNode atom in Flat(node))
        {
            if (atom is TexSpace { Width: var width })
            {
                space += width;
                continue;
            }
            TexClass kind = atom.Class;
            Atom? last = items.Count > 0 ? items[^1] : null;
            // A sign with nothing to its left that it could join is no binary operator.
            if (kind is TexClass.Binary && !(last?.Class is TexClass.Ordinary or TexClass.Closing or TexClass.Inner))
                kind = TexClass.Ordinary;
            if (kind is TexClass.Relation or TexClass.Closing or TexClass.Punctuation && last is { Class: TexClass.Binary })
                items[^1] = last = Ordinary(items, last, style);
            var item = new Atom(atom, kind);
            if (last is not null)
                Part(last, item, space + Between(last.Class, kind, style));
            else
                item.Before = space;
            space = 0;
            items.Add(item);
        }
        if (items.Count > 0)
        {
            if (items[^1] is { Class: TexClass.Binary } last)
                items[^1] = Ordinary(items, last, style);
            items[^1].After += space;
        }
        return items;
    }

    /// <summary>A binary operator with nothing to its right is an ordinary sign: the space before it goes.</summary>
    private static Atom Ordinary(List<Atom> items, Atom binary, TexStyle style)
    {
        var item = new Atom(binary.Node, TexClass.Ordinary) { Left = binary.Left, Before = binary.Before, After = binary.After };
        if (items.Count > 1 && style != TexStyle.Script)
            item.Left -= Between(items[^2].Class, TexClass.Binary, style);
        return item;
    }

    /// <summary>Gives the space between two atoms to one that can carry it.</summary>
    private static void Part(Atom left, Atom right, double space)
    {
        left.Applied = Core(left.Node) is TexFunction
            && right.Class is TexClass.Ordinary or TexClass.Opening or TexClass.Inner or TexClass.Operator;
        if (space < 0)
            left.After = space;
        else if (left.Applied || (left.IsOperator && left.Class is not (TexClass.Opening or TexClass.Closing)))
            left.Right = space;
        else if (right.IsOperator)
            right.Left = space;
        else if (left.IsOperator)
            left.Right = space;
        else
            left.After = space;
    }

    /// <summary>Opens the braces that only hold atoms of the row that they stand in.</summary>
    private static IEnumerable<TexNode> Flat(TexNode node) => node is TexRow row ? row.Nodes : [node];

    /// <summary>The space between two classes of atoms, in eighteenths of an em (The TeXbook, page 170).</summary>
    private static double Between(TexClass left, TexClass right, TexStyle style) => Spaces[(int)left][(int)right] switch
    {
        '1' => 3,
        't' when style != TexStyle.Script => 3,
        'm' when style != TexStyle.Script => 4,
        'T' when style != TexStyle.Script => 5,
        _ => 0,
    };

    private void Write(Atom item, TexStyle style, bool alone, bool end = true)
    {
        Element(item.Node, style, new Place(item.Class, item.Left, item.Right, alone, end));
        if (item.Applied)
            _xml.Append(item.Right == 0 ? $"<mo>{Apply}</mo>" : $"<mo rspace=\"{Em(item.Right)}\">{Apply}</mo>");
    }

    /// <summary>Where an operator stands: the spaces beside it, whether it is alone, and whether it begins or ends its row.</summary>
    private readonly record struct Place(TexClass Class, double Left, double Right, bool Alone, bool End, bool Fixed = false);

    private void Element(TexNode node, TexStyle style, Place place)
    {
        switch (node)
        {
            case TexLetter letter:
                Letter(letter);
                break;
            case TexNumber number:
                Token("mn", TexSymbols.InFace(number.Text, number.Face));
                break;
            case TexSymbol { Identifier: true } sign:
                Token("mi", sign.Text, sign.Text == "∇" ? Upright : "");
                break;
            case TexSymbol sign:
                Operator(sign.Text, place, Stretching.Contains(sign.Text, StringComparison.Ordinal) ? " stretchy=\"false\"" : "");
                break;
            case TexDelimiter bracket:
                Operator(bracket.Text, place, bracket.Height is { } height
                    ? $"{Stretchy(bracket.Text)} minsize=\"{Em(18 * height)}\" maxsize=\"{Em(18 * height)}\""
                    : " stretchy=\"true\" symmetric=\"true\"");
                break;
            case TexFunction function:
                Token("mi", function.Name, function.Name.Length == 1 ? Upright : "");
                break;
            case TexText text:
                Token("mtext", TexSymbols.InFace(text.Text, text.Face).Replace(' ', '\u00A0'), Mono(text.Face));
                break;
            case TexSpace space:
                Space(space.Width);
                break;
            case TexFraction fraction:
                Fraction(fraction, style);
                break;
            case TexRoot { Degree: { } degree } root:
                Open("mroot");
                One(root.Of, style);
                One(degree, TexStyle.Script);
                Close("mroot");
                break;
            case TexRoot root:
                Open("msqrt");
                Many(root.Of, style);
                Close("msqrt");
                break;
            case TexScripts scripts:
                Scripts(scripts, style, place);
                break;
            case TexAccent accent:
                Accent(accent, style);
                break;
            case TexStack stack:
                Stack(stack.Base, stack.Below, stack.Above, style, place);
                break;
            case TexArrow arrow:
                Arrow(arrow);
                break;
            case TexFenced fenced:
                Fenced(fenced, style);
                break;
            case TexTable table:
                Table(table);
                break;
            case TexStyled { Style: var inner, Body: var body }:
                Open("mstyle", inner switch
                {
                    TexStyle.Display => " displaystyle=\"true\" scriptlevel=\"0\"",
                    TexStyle.Text => " displaystyle=\"false\" scriptlevel=\"0\"",
                    _ => " displaystyle=\"false\" scriptlevel=\"1\"",
                });
                Many(body, inner);
                Close("mstyle");
                break;
            case TexColoured coloured:
                Open("mstyle", $" mathcolor=\"{WebUtility.HtmlEncode(coloured.Colour)}\"");
                Many(coloured.Body, style);
                Close("mstyle");
                break;
            case TexBoxed boxed:
                Open("mrow", " class=\"tex-boxed\"");
                Many(boxed.Body, style);
                Close("mrow");
                break;
            case TexPhantom phantom:
                Open("mphantom");
                Many(phantom.Body, style);
                Close("mphantom");
                break;
            case TexRow:
                One(node, style);
                break;
        }
    }

    private void Letter(TexLetter letter)
    {
        bool single = new StringInfo(letter.Text).LengthInTextElements == 1;
        if (single && letter.Face == TexFace.Italic)
            Token("mi", letter.Text);
        else
            Token("mi", TexSymbols.InFace(letter.Text, letter.Face),
                (single && letter.Face is TexFace.Upright or TexFace.Monospace ? Upright : "") + Mono(letter.Face));
    }

    private static string Mono(TexFace face) => face == TexFace.Monospace ? " class=\"tex-mono\"" : "";

    private static string Stretchy(string bracket) => bracket switch
    {
        "/" or "\\" => " stretchy=\"true\" symmetric=\"true\"",
        _ => "",
    };

    private void Operator(string text, Place place, string attributes)
    {
        (double left, double right) = place.Alone ? (0, 0) : (place.Left, place.Right);
        string form = text switch
        {
            "|" or "‖" => place.Class == TexClass.Closing ? " form=\"postfix\"" : " form=\"prefix\"",
            "−" or "+" or "±" or "∓" when place.Class != TexClass.Binary && !place.Alone => " form=\"prefix\"",
            _ => "",
        };
        (double Left, double Right) usual = form.Length > 0 ? (0, 0) : place.Alone ? (double.NaN, double.NaN) : Usual(text, place);
        Token("mo", text, form + attributes
            + (left == usual.Left ? "" : $" lspace=\"{Em(left)}\"") + (right == usual.Right ? "" : $" rspace=\"{Em(right)}\"")
            + (place.Fixed ? " movablelimits=\"false\"" : ""));
    }

    /// <summary>
    /// The spaces that browsers put beside an operator (MathML Core, appendix B). Those that depend on what they take it for are not
    /// relied on.
    /// </summary>
    private static (double Left, double Right) Usual(string text, Place place) => text switch
    {
        "(" or ")" or "[" or "]" or "{" or "}" or "⟨" or "⟩" or "⌈" or "⌉" or "⌊" or "⌋" => (0, 0),
        "," or ";" => (0, 3),
        "∑" or "∏" or "⋂" or "⋃" or "∫" => (3, 3),
        "+" or "−" or "±" or "∓" when !place.End => (4, 4),
        "=" or "<" or ">" or "≤" or "≥" or "≠" or "≈" or "∼" or "∝" or "∈" or "→" or "∣" or "≡" => (5, 5),
        _ => (double.NaN, double.NaN),
    };

    private void Fraction(TexFraction fraction, TexStyle style)
    {
        TexStyle own = fraction.Style ?? style;
        if (own != style)
            Open("mstyle", $" displaystyle=\"{(own == TexStyle.Display ? "true" : "false")}\" scriptlevel=\"0\"");
        TexStyle inner = own == TexStyle.Display ? TexStyle.Text : TexStyle.Script;
        Open("mfrac", fraction.Bar ? "" : " linethickness=\"0\"");
        One(fraction.Above, inner);
        One(fraction.Below, inner);
        Close("mfrac");
        if (own != style)
            Close("mstyle");
    }

    private void Scripts(TexScripts scripts, TexStyle style, Place place)
    {
        if (scripts.Limits == TexLimits.Always || (scripts.Limits == TexLimits.InDisplay && style == TexStyle.Display))
        {
            Stack(scripts.Base, scripts.Lower, scripts.Upper, style, place with { Fixed = style != TexStyle.Display });
            return;
        }
        string name = scripts switch { { Lower: null } => "msup", { Upper: null } => "msub", _ => "msubsup" };
        Open(name);
        Based(scripts.Base, style, place);
        if (scripts.Lower is { } lower)
            One(lower, TexStyle.Script);
        if (scripts.Upper is { } upper)
            One(upper, TexStyle.Script);
        Close(name);
    }

    private void Stack(TexNode @base, TexNode? below, TexNode? above, TexStyle style, Place place, string attributes = "")
    {
        string name = below is null ? "mover" : above is null ? "munder" : "munderover";
        Open(name, attributes);
        Based(@base, style, place);
        if (below is not null)
            One(below, TexStyle.Script);
        if (above is not null)
            One(above, TexStyle.Script);
        Close(name);
    }

    /// <summary>
    /// An arrow with a label. Browsers stretch what stands over something, so the arrow stands over a label that takes no height and is
    /// not seen.
    /// </summary>
    private void Arrow(TexArrow arrow)
    {
        Open(arrow.Below is null ? "mover" : "munderover", " class=\"tex-arrow\"");
        Open("mover", " accent=\"true\"");
        Open("mpadded", " height=\"0\" depth=\"0\"");
        Open("mphantom");
        Open("mstyle", " scriptlevel=\"+1\"");
        Many(arrow.Above, TexStyle.Script);
        Close("mstyle");
        Close("mphantom");
        Close("mpadded");
        Token("mo", arrow.Text, " stretchy=\"true\"");
        Close("mover");
        if (arrow.Below is not null)
            One(arrow.Below, TexStyle.Script);
        One(arrow.Above, TexStyle.Script);
        Close(arrow.Below is null ? "mover" : "munderover");
    }

    /// <summary>What scripts and labels stand on. An operator keeps the place that it has with them.</summary>
    private void Based(TexNode node, TexStyle style, Place place)
    {
        if (node is TexDelimiter)
        {
            // Alone in a script's base, browsers do not stretch it.
            Open("mrow");
            Element(node, style, place);
            Close("mrow");
        }
        else if (node is TexSymbol or TexScripts or TexStack)
        {
            Element(node, style, place);
        }
        else
            One(node, style);
    }

    private void Accent(TexAccent accent, TexStyle style)
    {
        string name = accent.Mark.Below ? "munder" : "mover";
        Open(name, accent.Mark.Below ? " accentunder=\"true\"" : " accent=\"true\"");
        One(accent.Base, style);
        bool wide = accent.Mark.Stretches && (accent.Mark.Wide is null || accent.Base is not TexLetter);
        Token("mo", wide ? accent.Mark.Wide ?? accent.Mark.Sign : accent.Mark.Sign, wide ? " stretchy=\"true\"" : " stretchy=\"false\"");
        Close(name);
    }

    private void Fenced(TexFenced fenced, TexStyle style)
    {
        Open("mrow");
        if (fenced.Open.Length > 0)
            Token("mo", fenced.Open, Fence(fenced.Open, "prefix"));
        Many(fenced.Body, style);
        if (fenced.Close.Length > 0)
            Token("mo", fenced.Close, Fence(fenced.Close, "postfix"));
        Close("mrow");
    }

    private static string Fence(string bracket, string form) => bracket switch
    {
        "|" or "‖" => $" form=\"{form}\"",
        "(" or "[" or "{" or "⟨" or "⌈" or "⌊" when form == "prefix" => "",
        ")" or "]" or "}" or "⟩" or "⌉" or "⌋" when form == "postfix" => "",
        _ => $" form=\"{form}\" stretchy=\"true\" symmetric=\"true\" lspace=\"0\" rspace=\"0\"",
    };

    private void Table(TexTable table)
    {
        bool aligned = table.Columns == TexTable.Aligned;
        Open("mtable", table.Style switch
        {
            TexStyle.Display => " displaystyle=\"true\"",
            TexStyle.Script => " scriptlevel=\"1\"",
            _ => "",
        } + (aligned ? " class=\"tex-aligned\"" : ""));
        foreach (IReadOnlyList<TexNode> row in table.Rows)
        {
            Open("mtr");
            for (int i = 0; i < row.Count; i++)
            {
                char column = table.Columns.Length == 0 ? 'c' : table.Columns[i % table.Columns.Length];
                Open("mtd", column == 'c' ? "" : $" class=\"tex-{column}\"");
                // What follows & is set as if something stood before it.
                Many(aligned && i % 2 == 1 ? AfterNothing(row[i]) : row[i], table.Style);
                Close("mtd");
            }
            Close("mtr");
        }
        Close("mtable");
    }

    private static TexRow AfterNothing(TexNode cell) => new([new TexRow([]), .. Flat(cell)]);

    private void Space(double width)
    {
        if (width > 0)
            _xml.Append(CultureInfo.InvariantCulture, $"<mspace width=\"{Em(width)}\"></mspace>");
        else if (width < 0)
            _xml.Append(CultureInfo.InvariantCulture, $"<mspace style=\"margin-inline-start:{Em(width)}\"></mspace>");
    }

    private static string Em(double eighteenths) =>
        eighteenths == 0 ? "0" : $"{(eighteenths / 18).ToString("0.####", CultureInfo.InvariantCulture)}em";

    private void Token(string name, string text, string attributes = "")
    {
        Open(name, attributes);
        Escape(text);
        Close(name);
    }

    private void Open(string name, string attributes = "") => _xml.Append('<').Append(name).Append(attributes).Append('>');

    private void Close(string name) => _xml.Append("</").Append(name).Append('>');

    private void Escape(string text) => _xml.Append(text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
}
