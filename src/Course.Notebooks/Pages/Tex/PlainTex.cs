using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>
/// Formulas as text that can be read in a terminal: <c>$\frac{p_i}{q_i}$</c> becomes <c>p_i/q_i</c>. What the course does not know is left
/// as it is written, without the backslash.
/// </summary>
public static partial class PlainTex
{
    private static readonly Dictionary<char, char> Superscripts =
        "0123456789+−()n".Zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ").ToDictionary(pair => pair.First, pair => pair.Second);

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["−"] = "-",
        ["∼"] = "~",
        ["⋅"] = "·",
        ["∗"] = "*",
        ["⋆"] = "*",
        ["′"] = "'",
        ["⊤"] = "T",
        ["∣"] = "|",
        ["ℓ"] = "l",
        ["…"] = "...",
        ["⋯"] = "...",
        ["∑"] = "Σ",
        ["∏"] = "Π",
        ["⟶"] = "→",
        ["⟵"] = "←",
        ["⟹"] = "⇒",
        ["⟺"] = "⇔",
    };

    /// <summary>Markdown with formulas in it as text.</summary>
    public static string Of(string markdown) => Formulas().Replace(
        markdown.Replace("**", "", StringComparison.Ordinal),
        m => m.Groups["code"].Success ? m.Value : Formula(m.Groups["tex"].Value.Trim()));

    /// <summary>A formula, without the dollar signs around it. One that is too long or nested too deep is left as it is.</summary>
    private static string Formula(string tex) =>
        TexParser.Parse(tex) is { IsWhole: true } formula ? Of(formula) : tex;

    /// <summary>A formula as text.</summary>
    internal static string Of(TexFormula formula) => Spaces().Replace(Text(formula.Body, script: false), " ").Trim();

    private static string Text(TexNode node, bool script) => node switch
    {
        TexRow row => Row(row.Nodes, script),
        TexLetter letter => letter.Text,
        TexNumber number => number.Text,
        TexSymbol sign => Sign(sign.Text),
        TexDelimiter bracket => Sign(bracket.Text),
        TexFunction function => function.Name,
        TexText text => text.Text,
        TexSpace space => space.Width > 0 ? " " : "",
        TexFraction { Bar: true } fraction => $"{Grouped(Text(fraction.Above, script))}/{Grouped(Text(fraction.Below, script))}",
        TexFraction pair => $"{Text(pair.Above, script)}, {Text(pair.Below, script)}",
        TexRoot root => Text(root.Of, script) is var of && of.Length == 1 ? $"√{of}" : $"√({of})",
        TexScripts scripts => Text(scripts.Base, script) + Lowered(scripts.Lower) + Raised(scripts.Upper),
        TexAccent accent => Text(accent.Base, script) is var of && of.Length == 1 ? of + accent.Mark.Combining : of,
        TexStack stack => Text(stack.Base, script) + Beside(stack.Below) + Beside(stack.Above),
        TexArrow arrow => $"{Sign(arrow.Text)}{Beside(arrow.Below)}{Beside(arrow.Above)}",
        TexFenced { Body: TexFraction { Bar: false } } binomial => $"C({Text(binomial.Body, script)})",
        TexFenced fenced => Sign(fenced.Open) + Text(fenced.Body, script) + Sign(fenced.Close),
        TexTable table => string.Join("; ", table.Rows.Select(r => string.Join(' ', r.Select(cell => Text(cell, script))))),
        TexStyled styled => Text(styled.Body, script),
        TexColoured coloured => Text(coloured.Body, script),
        TexBoxed boxed => Text(boxed.Body, script),
        TexUnknown unknown => unknown.Name,
        _ => "",
    };

    private static string Row(IReadOnlyList<TexNode> nodes, bool script)
    {
        var text = new StringBuilder();
        TexClass? last = null;
        TexNode? before = null;
        foreach (TexNode node in nodes)
        {
            if (node is TexSpace)
            {
                text.Append(Text(node, script));
                continue;
            }
            TexClass kind = node.Class;
            if (kind == TexClass.Binary && last is not (TexClass.Ordinary or TexClass.Closing or TexClass.Inner))
                kind = TexClass.Ordinary;
            string part = Text(node, script);
            // A function of a fraction: ln(p/q), since ln p/q could be the logarithm over q.
            if (before is TexFunction or TexScripts { Base: TexFunction } && node is TexFraction { Bar: true })
                part = $"({part})";
            if (Parted(text, before, last, part, node, kind, script))
                text.Append(' ');
            text.Append(part);
            (last, before) = (kind, node);
        }
        return text.ToString();
    }

    /// <summary>Whether a space stands before the next part.</summary>
    private static bool Parted(StringBuilder text, TexNode? before, TexClass? last, string part, TexNode node, TexClass kind, bool script)
    {
        if (text.Length == 0 || part.Length == 0 || last is null)
            return false;
        if (kind == TexClass.Relation || last == TexClass.Relation)
            return !script;
        if (kind == TexClass.Binary || last == TexClass.Binary)
            return !script && !IsTight(kind == TexClass.Binary ? node : before);
        if (last == TexClass.Punctuation)
            return !script;
        bool word = char.IsLetterOrDigit(part[0]) || part[0] is '√';
        if (last == TexClass.Operator)
            return word || part[0] is 'Σ' or '-' or '|' or '‖';
        if (kind == TexClass.Operator)
            return last != TexClass.Opening && (char.IsLetter(text[^1]) || char.IsNumber(text[^1]) || text[^1] is ')' or ']');
        // What follows a subscript, a word or a fraction would run into it.
        if (word && (last == TexClass.Closing || before is TexFraction or TexRoot))
            return true;
        return word && char.IsLetterOrDigit(text[^1]) && before is not TexNumber
            && (before is TexScripts || (part.Length > 1 && node is TexScripts or TexFraction));
    }

    /// <summary>The signs of products stand close: 2·x.</summary>
    private static bool IsTight(TexNode? node) => node is TexSymbol { Text: "⋅" or "×" or "∗" or "⋆" or "∘" };

    private static string Beside(TexNode? label) => label is null ? "" : $"[{Text(label, script: true)}]";

    private static string Sign(string text) => Signs.GetValueOrDefault(text, text);

    private static string Raised(TexNode? script)
    {
        if (script is null)
            return "";
        string text = Text(script, script: true);
        return text.Length > 0 && text.Replace('-', '−').All(Superscripts.ContainsKey)
            ? new string([.. text.Replace('-', '−').Select(c => Superscripts[c])])
            : text.Trim('*', '\'').Length == 0 ? text : $"^{Grouped(text)}";
    }

    private static string Lowered(TexNode? script) => script is null ? "" : $"_{Grouped(Text(script, script: true))}";

    /// <summary>With brackets around it, where it would otherwise be read as less than the whole.</summary>
    private static string Grouped(string text) => text.Trim() is var plain && IsOne(plain) ? plain : $"({plain})";

    /// <summary>Whether a text reads as one thing: letters and digits, with marks, one subscript and powers.</summary>
    private static bool IsOne(string text) =>
        text is "∞" || (text.Length > 0 && text.Count(c => c == '_') < 2 && text[0] != '_'
            && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '\'' || char.IsSurrogate(c)
                || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherNumber));

    [GeneratedRegex(@"(?<code>`[^`]*`)|\$\$(?<tex>.+?)\$\$|\$(?<tex>[^$]+)\$", RegexOptions.Singleline)]
    private static partial Regex Formulas();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
