using System.Text;

namespace Course.Notebooks;

/// <summary>
/// Reads TeX. Whatever the text, it gives a formula, in time proportional to the text: what it does not understand is the formula's
/// problem.
/// </summary>
internal sealed class TexParser
{
    /// <summary>The longest text that is read.</summary>
    public const int Longest = 5000;

    /// <summary>How deep braces, fractions and the like go into each other.</summary>
    public const int Deepest = 100;

    /// <summary>Signs that a backslash makes signs.</summary>
    private const string Escaped = "{}%_&$#";

    private static readonly TexRow Nothing = new([]);

    private readonly string _tex;
    private int _at;
    private int _depth;
    private TexFace? _face;
    private TexNode? _tag;
    private string? _problem;
    private bool _isWhole = true;

    private TexParser(string tex) => _tex = tex;

    /// <summary>Reads a formula, without the dollar signs around it.</summary>
    public static TexFormula Parse(string tex)
    {
        if (tex.Length > Longest)
            return new TexFormula(Nothing, null, $"{tex.Length} characters, more than {Longest}", IsWhole: false);
        var parser = new TexParser(tex);
        TexNode body = parser.Row();
        if (parser._at < tex.Length)
            parser.Fail($"no start of {parser.Peek()}");
        return new TexFormula(body, parser._tag, parser._problem, parser._isWhole);
    }

    /// <summary>Reads atoms up to the end of whatever they stand in, which is left to be read.</summary>
    private TexRow Row()
    {
        var nodes = new List<TexNode>();
        Enter();
        while (!AtEnd())
        {
            if (Take(@"\displaystyle"))
            {
                nodes.Add(new TexStyled(TexStyle.Display, Row()));
            }
            else if (Take(@"\textstyle"))
            {
                nodes.Add(new TexStyled(TexStyle.Text, Row()));
            }
            else if (Take(@"\scriptstyle"))
            {
                nodes.Add(new TexStyled(TexStyle.Script, Row()));
            }
            else if (Take(@"\color"))
            {
                string colour = Colour();
                nodes.Add(new TexColoured(colour, Row()));
            }
            else if (Scripted() is { } node)
            {
                nodes.Add(node);
            }
        }
        _depth--;
        return new TexRow([.. nodes.Select((node, i) => Dots(node, i + 1 < nodes.Count ? nodes[i + 1] : null))]);
    }

    /// <summary>Dots stand on the axis before an operator or a relation, else on the line.</summary>
    private static TexNode Dots(TexNode node, TexNode? next) =>
        node is TexSymbol { Text: "…" } dots && (next?.Class is TexClass.Binary or TexClass.Relation) ? (dots with { Text = "⋯" }) : node;

    /// <summary>An atom with its scripts, or null for what is no part of a formula.</summary>
    private TexNode? Scripted()
    {
        string first = Peek();
        TexNode? atom = first is "^" or "_" or "'" ? Nothing : Atom();
        if (atom is null or TexSpace)
            return atom;
        TexNode? lower = null;
        var upper = new List<TexNode>();
        bool raised = false;
        TexLimits limits = Limits(atom);
        while (true)
        {
            string token = Peek();
            switch (token)
            {
                case "^":
                    Next();
                    if (raised)
                        Fail("two superscripts");
                    raised = true;
                    upper.Add(Argument());
                    break;
                case "_":
                    Next();
                    if (lower is not null)
                        Fail("two subscripts");
                    lower = Argument();
                    break;
                case "'":
                    int primes = 0;
                    for (; Peek() == "'"; primes++)
                        Next();
                    upper.Add(new TexSymbol(new string('′', primes), TexClass.Ordinary));
                    break;
                case @"\limits" or @"\nolimits":
                    Next();
                    limits = token == @"\limits" ? TexLimits.Always : TexLimits.Beside;
                    break;
                default:
                    TexNode? over = upper.Count switch { 0 => null, 1 => upper[0], _ => new TexRow(upper) };
                    return lower is null && over is null ? atom : new TexScripts(atom, lower, over, limits);
            }
        }
    }

    private static TexLimits Limits(TexNode atom) => atom switch
    {
        TexSymbol symbol => symbol.Limits,
        TexFunction function => function.Limits,
        TexAccent { Mark.Sign: "⏞" or "⏟" } => TexLimits.Always,
        TexRow { Kind: TexClass.Operator } => TexLimits.InDisplay,
        _ => TexLimits.Beside,
    };

    /// <summary>What a command takes: a group in braces, or one atom without its scripts.</summary>
    private TexNode Argument()
    {
        SkipSpace();
        if (AtEnd() || Peek() is "^" or "_")
        {
            Fail("an argument is missing");
            return Nothing;
        }
        if (char.IsAsciiDigit(_tex[_at]))
            return new TexNumber(Next(), _face ?? TexFace.Upright);
        if (char.IsAsciiLetter(_tex[_at]))
            return new TexLetter(Next(), _face ?? TexFace.Italic);
        return Atom() ?? Nothing;
    }

    private TexNode? Atom()
    {
        Enter();
        string token = Next();
        TexNode? node = token switch
        {
            "" => null,
            "{" => Group(),
            "}" or "&" => Unexpected(token),
            "~" => new TexSpace(6),
            _ when token[0] == '\\' => Command(token[1..]),
            _ => Character(token),
        };
        _depth--;
        return node;
    }

    /// <summary>Goes one deeper; what lies too deep is not read.</summary>
    private void Enter()
    {
        if (++_depth <= Deepest)
            return;
        Fail($"deeper than {Deepest}");
        _isWhole = false;
        _at = _tex.Length;
    }

    private TexNode? Unexpected(string token)
    {
        Fail($"no start of {token}");
        return null;
    }

    /// <summary>What stands in braces, up to and with the closing one; {,} and the like lose their spaces.</summary>
    private TexNode Group()
    {
        TexRow row = Row();
        if (!Take("}"))
            Fail("a brace is not closed");
        return row.Nodes is [TexLetter or TexNumber] ? row.Nodes[0] : row;
    }

    private TexNode Character(string token)
    {
        if (char.IsAsciiDigit(token[0]))
            return Number(token);
        if (!char.IsAsciiLetter(token[0]) && TexSymbols.Signs.TryGetValue(token, out TexSymbol? symbol))
            return token == "-" ? symbol with { Text = "−" } : symbol;
        return Letter(token);
    }

    /// <summary>Digits that stand together, with a decimal point and with commas in braces.</summary>
    private TexNumber Number(string first)
    {
        var text = new StringBuilder(first);
        while (_at < _tex.Length)
        {
            if (char.IsAsciiDigit(_tex[_at]))
                text.Append(_tex[_at++]);
            else if (_tex[_at] == '.' && DigitAt(_at + 1))
                text.Append(_tex[_at++]);
            else if (string.CompareOrdinal(_tex, _at, "{,}", 0, 3) == 0 && DigitAt(_at + 3))
                (_at, text) = (_at + 3, text.Append(','));
            else
                break;
        }
        return new TexNumber(text.ToString(), _face ?? TexFace.Upright);
    }

    private bool DigitAt(int at) => at < _tex.Length && char.IsAsciiDigit(_tex[at]);

    /// <summary>A letter; under a face for words, letters that stand together are one.</summary>
    private TexNode Letter(string first)
    {
        if (!char.IsLetter(first, 0))
            return new TexText(first, TexFace.Upright);
        string text = first;
        if (_face is TexFace.Upright or TexFace.Italic or TexFace.Monospace or TexFace.Sans or TexFace.Bold)
        {
            int begin = _at;
            while (_at < _tex.Length && char.IsAsciiLetterOrDigit(_tex[_at]))
                _at++;
            text += _tex[begin.._at];
        }
        return new TexLetter(text, _face ?? (first[0] is >= 'Α' and <= 'Ω' ? TexFace.Upright : TexFace.Italic));
    }

    private TexNode? Command(string name)
    {
        if (TexSymbols.Greek.TryGetValue(name, out string? greek))
            return Letter(greek);
        if (TexSymbols.Spaces.TryGetValue(name, out double width))
            return new TexSpace(width);
        if (TexSymbols.Functions.TryGetValue(name, out TexFunction? function))
            return name == "arg" ? ArgumentOf(function) : function;
        if (TexSymbols.Accents.TryGetValue(name, out TexMark? mark))
            return new TexAccent(Argument(), mark);
        if (TexSymbols.Faces.TryGetValue(name, out TexFace face))
            return InFace(face);
        if (TexSymbols.Texts.TryGetValue(name, out TexFace words))
            return Text(words);
        if (TexSymbols.Sizes.TryGetValue(name, out (double Height, TexClass Class) size))
            return new TexDelimiter(Delimiter(), size.Height, size.Class);
        if (TexSymbols.Arrows.TryGetValue(name, out string? arrow))
            return Arrow(arrow);
        if (name == "|")
            return TexSymbols.Signs["Vert"];
        if (name is not ("" or "iff" or "implies" or "impliedby") && (char.IsAsciiLetter(name[0]) || Escaped.Contains(name[0]))
            && TexSymbols.Signs.TryGetValue(name, out TexSymbol? symbol))
            return symbol;
        return Construct(name);
    }

    private TexNode? Construct(string name)
    {
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac" or "cfrac" or "binom" or "dbinom" or "tbinom":
                TexNode above = Argument();
                TexStyle? style = name[0] switch { 'd' or 'c' => TexStyle.Display, 't' => TexStyle.Text, _ => null };
                bool bar = name.EndsWith("frac", StringComparison.Ordinal);
                var fraction = new TexFraction(above, Argument(), bar, style);
                return bar ? fraction : new TexFenced("(", fraction, ")");
            case "sqrt":
                TexNode? degree = Optional();
                return new TexRoot(Argument(), degree);
            case "left":
                return Fenced();
            case "middle":
                return new TexDelimiter(Delimiter(), null, TexClass.Opening);
            case "begin":
                return Environment();
            case "overset" or "stackrel":
                TexNode over = Argument();
                return new TexStack(Argument(), over, null);
            case "underset":
                TexNode under = Argument();
                return new TexStack(Argument(), null, under);
            case "operatorname":
                TexLimits limits = Take("*") ? TexLimits.InDisplay : TexLimits.Beside;
                return new TexFunction(Words(Text(TexFace.Upright)), limits);
            case "mathop":
                return new TexRow([Argument()], TexClass.Operator);
            case "mathbin":
                return new TexRow([Argument()], TexClass.Binary);
            case "mathrel":
                return new TexRow([Argument()], TexClass.Relation);
            case "mathopen":
                return new TexRow([Argument()], TexClass.Opening);
            case "mathclose":
                return new TexRow([Argument()], TexClass.Closing);
            case "mathpunct":
                return new TexRow([Argument()], TexClass.Punctuation);
            case "mathord":
                return new TexRow([Argument()]);
            case "mathinner":
                return new TexRow([Argument()], TexClass.Inner);
            case "bmod":
                return new TexRow([new TexText("mod", TexFace.Upright)], TexClass.Binary);
            case "pmod":
                return new TexRow([new TexSpace(18), new TexSymbol("(", TexClass.Opening), new TexText("mod", TexFace.Upright),
                    new TexSpace(6), Argument(), new TexSymbol(")", TexClass.Closing)]);
            case "not":
                return Argument() is TexSymbol negated
                    ? negated with { Text = TexSymbols.Negated(negated.Text) }
                    : Unknown(name);
            case "iff" or "implies" or "impliedby":
                return new TexRow([new TexSpace(5), TexSymbols.Signs[name], new TexSpace(5)], TexClass.Relation);
            case "boxed":
                return new TexBoxed(new TexStyled(TexStyle.Display, Argument()));
            case "phantom" or "hphantom" or "vphantom":
                return new TexPhantom(Argument());
            case "textcolor":
                string colour = Colour();
                return new TexColoured(colour, Argument());
            case "tag":
                Take("*");
                TexNode tag = Text(TexFace.Upright);
                _tag = tag;
                return null;
            case "nonumber" or "notag" or "hfill" or "strut" or "mathstrut" or "relax" or "noindent":
                return null;
            case "substack":
                return Take("{") ? Substack() : Unknown(name);
            default:
                return Unknown(name);
        }
    }

    private TexUnknown Unknown(string name)
    {
        Fail($@"\{name}");
        return new TexUnknown(name);
    }

    /// <summary>\arg\max is one name, so that what it ranges over stands below the whole.</summary>
    private TexFunction ArgumentOf(TexFunction arg)
    {
        int begin = _at;
        for (string token = Next(); ; token = Next())
        {
            switch (token)
            {
                case @"\," or @"\!" or @"\;" or @"\ " or "~":
                    continue;
                case @"\max" or @"\min" or @"\sup" or @"\inf":
                    return new TexFunction($"arg {token[1..]}", TexLimits.InDisplay);
                default:
                    _at = begin;
                    return arg;
            }
        }
    }

    private TexNode InFace(TexFace face)
    {
        TexFace? before = _face;
        _face = face;
        TexNode node = Argument();
        _face = before;
        return face is TexFace.Bold or TexFace.BoldItalic && node is TexSymbol { Identifier: true } sign
            ? new TexLetter(sign.Text, face)
            : node;
    }

    /// <summary>Words in braces, with formulas between dollar signs in them.</summary>
    private TexNode Text(TexFace face)
    {
        SkipSpace();
        if (_at == _tex.Length || _tex[_at] != '{')
        {
            Fail("words are missing");
            return Nothing;
        }
        Enter();
        _at = Math.Min(_at + 1, _tex.Length);
        var parts = new List<TexNode>();
        var words = new StringBuilder();
        int braces = 0;
        for (; _at < _tex.Length; _at++)
        {
            char c = _tex[_at];
            if (c == '}' && braces-- == 0)
                break;
            if (c == '{')
            {
                braces++;
            }
            else if (c == '$')
            {
                EndWords();
                int end = _tex.IndexOf('$', _at + 1);
                if (end < 0)
                {
                    Fail("a dollar sign is not closed");
                    end = _tex.Length;
                }
                _at++;
                parts.Add(Inside(end));
                _at = end;
            }
            else if (c == '\\' && _at + 1 < _tex.Length)
            {
                EscapedInWords();
            }
            else if (c == '~')
            {
                words.Append('\u00A0');
            }
            else if (c != '}')
            {
                words.Append(char.IsWhiteSpace(c) ? ' ' : c);
            }
        }
        if (_at >= _tex.Length)
            Fail("a brace is not closed");
        _at = Math.Min(_at + 1, _tex.Length);
        _depth--;
        EndWords();
        return parts.Count == 1 ? parts[0] : new TexRow(parts);

        void EndWords()
        {
            if (words.Length == 0)
                return;
            parts.Add(new TexText(Typographic(words.ToString()), face));
            words.Clear();
        }

        void EscapedInWords()
        {
            int begin = _at;
            string command = Next();
            string name = command[1..];
            _at = begin + command.Length - 1;
            if (TexSymbols.Texts.TryGetValue(name, out TexFace inner))
            {
                EndWords();
                _at++;
                parts.Add(Text(inner));
                _at--;
            }
            else if (name is "%" or "_" or "&" or "#" or "$" or "{" or "}")
            {
                words.Append(name);
            }
            else if (TexSymbols.Spaces.TryGetValue(name, out double width))
            {
                words.Append(width < 0 ? "" : width < 5 ? "\u2009" : "\u00A0");
            }
            else
            {
                Fail(command);
            }
        }
    }

    /// <summary>The formula up to a place.</summary>
    private TexRow Inside(int end)
    {
        TexRow row = Row();
        if (_at != end)
            Fail("a formula among words does not end where its dollar sign is");
        return row;
    }

    private static string Typographic(string words) => words
        .Replace("---", "—", StringComparison.Ordinal).Replace("--", "–", StringComparison.Ordinal)
        .Replace("``", "“", StringComparison.Ordinal).Replace("''", "”", StringComparison.Ordinal)
        .Replace('`', '‘').Replace('\'', '’');

    private static string Words(TexNode node) => node switch
    {
        TexText text => text.Text,
        TexRow row => string.Concat(row.Nodes.Select(Words)),
        _ => "",
    };

    private TexArrow Arrow(string arrow)
    {
        TexNode? below = Optional();
        return new TexArrow(arrow, Argument(), below);
    }

    private TexFenced Fenced()
    {
        string open = Delimiter();
        TexRow body = Row();
        if (!Take(@"\right"))
        {
            Fail(@"\left without \right");
            return new TexFenced(open, body, "");
        }
        return new TexFenced(open, body, Delimiter());
    }

    private string Delimiter()
    {
        string token = Next();
        string name = token.Length > 1 && char.IsAsciiLetter(token[1]) ? token[1..] : token;
        if (TexSymbols.Delimiters.TryGetValue(name, out string? sign))
            return sign;
        Fail($"no bracket: {token}");
        return "";
    }

    /// <summary>What stands in square brackets, or null where none open.</summary>
    private TexRow? Optional()
    {
        SkipSpace();
        if (_at == _tex.Length || _tex[_at] != '[')
            return null;
        _at++;
        var nodes = new List<TexNode>();
        while (!AtEnd() && Peek() != "]")
        {
            if (Scripted() is { } node)
                nodes.Add(node);
        }
        if (!Take("]"))
            Fail("a square bracket is not closed");
        return new TexRow(nodes);
    }

    private TexNode Environment()
    {
        string name = Braced();
        (string Columns, TexStyle Style, string Open, string Close)? form = name switch
        {
            "aligned" or "align" or "align*" or "split" or "alignedat" or "eqnarray" or "eqnarray*"
                => (TexTable.Aligned, TexStyle.Display, "", ""),
            "gathered" or "gather" or "gather*" or "multline" or "multline*" => ("c", TexStyle.Display, "", ""),
            "cases" => ("ll", TexStyle.Text, "{", ""),
            "dcases" => ("ll", TexStyle.Display, "{", ""),
            "rcases" => ("ll", TexStyle.Text, "", "}"),
            "matrix" or "smallmatrix" => ("c", TexStyle.Text, "", ""),
            "pmatrix" => ("c", TexStyle.Text, "(", ")"),
            "bmatrix" => ("c", TexStyle.Text, "[", "]"),
            "Bmatrix" => ("c", TexStyle.Text, "{", "}"),
            "vmatrix" => ("c", TexStyle.Text, "|", "|"),
            "Vmatrix" => ("c", TexStyle.Text, "‖", "‖"),
            "array" => (string.Concat(Braced().Where("lcr".Contains)), TexStyle.Text, "", ""),
            _ => null,
        };
        if (name == "alignedat")
            Braced();
        if (form is null)
        {
            Fail($@"\begin{{{name}}}");
            form = ("c", TexStyle.Text, "", "");
        }
        IReadOnlyList<IReadOnlyList<TexNode>> rows = Rows();
        if (!Take(@"\end"))
            Fail($@"\begin{{{name}}} without \end");
        else if (Braced() is var end && end != name)
            Fail($@"\begin{{{name}}} with \end{{{end}}}");
        var table = new TexTable(form.Value.Columns, form.Value.Style, rows);
        return form.Value.Open + form.Value.Close == "" ? table : new TexFenced(form.Value.Open, table, form.Value.Close);
    }

    private TexTable Substack()
    {
        IReadOnlyList<IReadOnlyList<TexNode>> rows = Rows();
        if (!Take("}"))
            Fail("a brace is not closed");
        return new TexTable("c", TexStyle.Script, rows);
    }

    private List<IReadOnlyList<TexNode>> Rows()
    {
        var rows = new List<IReadOnlyList<TexNode>>();
        var cells = new List<TexNode>();
        while (true)
        {
            TexFace? face = _face;
            cells.Add(Row());
            _face = face;
            if (Take("&"))
                continue;
            rows.Add(cells);
            cells = [];
            if (!Take(@"\\"))
                break;
            if (_at < _tex.Length && _tex[_at] == '[')
                Optional();
        }
        // A line break after the last row begins no further one.
        if (rows.Count > 1 && rows[^1] is [TexRow { Nodes.Count: 0 }])
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    /// <summary>The text in braces, as it stands.</summary>
    private string Braced()
    {
        SkipSpace();
        int end = _at < _tex.Length && _tex[_at] == '{' ? _tex.IndexOf('}', _at) : -1;
        if (end < 0)
        {
            Fail("a name in braces is missing");
            return "";
        }
        string text = _tex[(_at + 1)..end];
        _at = end + 1;
        return text.Trim();
    }

    private string Colour()
    {
        string colour = Braced();
        if (colour.Length is 0 or > 20 || !colour.All(c => char.IsAsciiLetterOrDigit(c) || c == '#'))
            Fail($"no colour: {colour}");
        return colour;
    }

    /// <summary>Whether what is being read ends here: its text does, or what it stands in goes on.</summary>
    private bool AtEnd()
    {
        string token = Peek();
        return token is "" or "}" or "&" or @"\\" or @"\right" or @"\end" or "$";
    }

    private bool Take(string token)
    {
        if (Peek() != token)
            return false;
        Next();
        return true;
    }

    private string Peek()
    {
        SkipSpace();
        int begin = _at;
        string token = Next();
        _at = begin;
        return token;
    }

    /// <summary>The next token: a command with its backslash, or a character. Empty at the end.</summary>
    private string Next()
    {
        SkipSpace();
        if (_at == _tex.Length)
            return "";
        int begin = _at++;
        if (_tex[begin] != '\\')
        {
            if (char.IsHighSurrogate(_tex[begin]) && _at < _tex.Length && char.IsLowSurrogate(_tex[_at]))
                _at++;
        }
        else if (_at < _tex.Length)
        {
            if (char.IsAsciiLetter(_tex[_at]))
            {
                while (_at < _tex.Length && char.IsAsciiLetter(_tex[_at]))
                    _at++;
            }
            else
            {
                _at++;
            }
        }
        return _tex[begin.._at];
    }

    /// <summary>Skips white space, and comments up to the end of their line.</summary>
    private void SkipSpace()
    {
        while (_at < _tex.Length && (char.IsWhiteSpace(_tex[_at]) || _tex[_at] == '%'))
        {
            if (_tex[_at] == '%')
                _at = _tex.IndexOf('\n', _at) is var end and >= 0 ? end : _tex.Length;
            else
                _at++;
        }
    }

    private void Fail(string problem) => _problem ??= problem;
}
