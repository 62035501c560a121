using System.Net;
using System.Text;

namespace Course.Notebooks;

/// <summary>
/// C# as HTML with its keywords, strings, numbers and comments marked. It reads characters, not syntax: one pass, whatever the text is,
/// and a text that is no C# loses nothing but colours.
/// </summary>
internal static class CSharpColours
{
    private const int MostSigns = 8;

    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "async", "await", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float",
        "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "nameof", "namespace", "new",
        "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "record", "ref", "return",
        "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "var", "virtual", "void", "volatile", "when", "while", "with", "yield",
    ];

    /// <summary>The code, escaped, with a <c>span</c> around each coloured part.</summary>
    public static string Write(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        int at = 0;
        while (at < code.Length)
        {
            (int end, string? kind) = Token(code, at);
            string text = WebUtility.HtmlEncode(code[at..end]);
            html.Append(kind is null ? text : $"<span class=\"{kind}\">{text}</span>");
            at = end;
        }
        return html.ToString();
    }

    /// <summary>Where the token that begins at a place ends, and its class on the page: null for what has no colour.</summary>
    private static (int End, string? Kind) Token(string code, int at)
    {
        char c = code[at], next = at + 1 < code.Length ? code[at + 1] : '\0';
        if (c == '/' && next == '/')
            return (Until(code, "\n", at), "c");
        if (c == '/' && next == '*')
            return (Past(code, "*/", at + 2), "c");
        if (c == '#' && IsLineStart(code, at))
            return (Until(code, "\n", at), "c");
        if (c == '\'')
            return (Quoted(code, at, '\''), "s");
        if (StringAt(code, at) is { } end)
            return (end, "s");
        if (char.IsAsciiDigit(c))
            return (While(code, at, IsInNumber), "n");
        if (char.IsLetter(c) || c == '_')
        {
            int stop = While(code, at, (text, i) => char.IsLetterOrDigit(text[i]) || text[i] == '_');
            return (stop, Keywords.Contains(code[at..stop]) ? "k" : null);
        }
        return (at + 1, null);
    }

    /// <summary>Where a string ends that begins here with its quotes, or with the signs of an interpolated or verbatim one; else null.</summary>
    private static int? StringAt(string code, int at)
    {
        int quotes = While(code, at, (text, i) => text[i] is '$' or '@' && i - at < MostSigns);
        if (quotes >= code.Length || code[quotes] != '"')
            return null;
        int count = While(code, quotes, (text, i) => text[i] == '"') - quotes;
        if (count >= 3)
            return Past(code, new string('"', count), quotes + count);
        if (count == 2)
            return quotes + 2;
        return code.AsSpan(at, quotes - at).Contains('@') ? Verbatim(code, quotes + 1) : Quoted(code, quotes, '"');
    }

    private static int Quoted(string code, int at, char quote)
    {
        for (int i = at + 1; i < code.Length && code[i] != '\n'; i++)
        {
            if (code[i] == '\\')
                i++;
            else if (code[i] == quote)
                return i + 1;
        }
        return Until(code, "\n", at);
    }

    private static int Verbatim(string code, int at)
    {
        for (int i = at; i < code.Length; i++)
        {
            if (code[i] != '"')
                continue;
            if (i + 1 == code.Length || code[i + 1] != '"')
                return i + 1;
            i++;
        }
        return code.Length;
    }

    private static bool IsInNumber(string code, int i) => char.IsAsciiLetterOrDigit(code[i]) || code[i] == '_'
        || (code[i] == '.' && i + 1 < code.Length && char.IsAsciiDigit(code[i + 1]))
        || (code[i] is '-' or '+' && i >= 2 && code[i - 1] is 'e' or 'E' && char.IsAsciiDigit(code[i - 2]));

    private static bool IsLineStart(string code, int at)
    {
        while (at > 0 && code[at - 1] is ' ' or '\t')
            at--;
        return at == 0 || code[at - 1] == '\n';
    }

    private static int While(string code, int at, Func<string, int, bool> holds)
    {
        while (at < code.Length && holds(code, at))
            at++;
        return at;
    }

    private static int Until(string code, string end, int from) =>
        code.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found : code.Length;

    private static int Past(string code, string end, int from) =>
        code.IndexOf(end, Math.Min(from, code.Length), StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : code.Length;
}
