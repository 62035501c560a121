namespace Course.Grading;

/// <summary>
/// The words and signs of C# text, without comments and literals. Enough to see which names are used; that it is C# at all, the
/// compiler in the learner's process says.
/// </summary>
internal static class CSharpTokens
{
    /// <summary>Reads names whole and every other sign by itself.</summary>
    public static List<string> Of(string code)
    {
        var tokens = new List<string>();
        int at = 0;
        Read(code, ref at, tokens, untilBrace: false);
        return tokens;
    }

    public static bool IsName(string token) => char.IsLetter(token[0]) || token[0] == '_';

    private static void Read(string code, ref int at, List<string> tokens, bool untilBrace)
    {
        int depth = 0;
        while (at < code.Length)
        {
            char c = code[at];
            if (Starts(code, at, "//"))
                at = End(code, at, "\n");
            else if (Starts(code, at, "/*"))
                at = End(code, at + 2, "*/");
            else if (c == '\'')
                SkipQuoted(code, ref at);
            else if (StringStart(code, at) is { } start)
                ReadString(code, ref at, start, tokens);
            else if (char.IsLetter(c) || c == '_')
            {
                int begin = at;
                while (at < code.Length && (char.IsLetterOrDigit(code[at]) || code[at] == '_'))
                    at++;
                tokens.Add(code[begin..at]);
            }
            else
            {
                if (untilBrace && c == '}' && depth == 0)
                    return;
                depth += c switch { '{' => 1, '}' => -1, _ => 0 };
                if (!char.IsWhiteSpace(c))
                    tokens.Add(c.ToString());
                at++;
            }
        }
    }

    private readonly record struct Literal(int Prefix, int Quotes, int Dollars, bool Verbatim);

    private static Literal? StringStart(string code, int at)
    {
        int begin = at;
        while (at < code.Length && code[at] is '$' or '@')
            at++;
        if (at >= code.Length || code[at] != '"')
            return null;
        string prefix = code[begin..at];
        int quotes = Run(code, at, '"');
        bool raw = quotes >= 3 && !prefix.Contains('@', StringComparison.Ordinal);
        return new Literal(prefix.Length, raw ? quotes : 1, prefix.Count(c => c == '$'), prefix.Contains('@', StringComparison.Ordinal));
    }

    private static void ReadString(string code, ref int at, Literal start, List<string> tokens)
    {
        at += start.Prefix + start.Quotes;
        while (at < code.Length)
        {
            if (code[at] == '"' && Run(code, at, '"') is var quotes && quotes >= start.Quotes)
            {
                if (start.Verbatim && quotes >= 2)
                {
                    at += 2;
                    continue;
                }
                at += start.Quotes;
                return;
            }
            if (start is { Quotes: 1, Verbatim: false } && code[at] == '\\')
                at += 2;
            else if (start.Dollars > 0 && code[at] == '{')
                ReadHole(code, ref at, start, tokens);
            else
                at++;
        }
    }

    /// <summary>What stands between the braces of an interpolated string is code. Doubled braces (fewer than the dollars of a raw one) are text.</summary>
    private static void ReadHole(string code, ref int at, Literal start, List<string> tokens)
    {
        int braces = Run(code, at, '{');
        at += braces;
        if (start.Quotes == 1 ? braces % 2 == 0 : braces < start.Dollars)
            return;
        Read(code, ref at, tokens, untilBrace: true);
    }

    private static void SkipQuoted(string code, ref int at)
    {
        for (at++; at < code.Length && code[at] is not ('\'' or '\n'); at++)
        {
            if (code[at] == '\\')
                at++;
        }
        at++;
    }

    private static int Run(string code, int at, char c)
    {
        int end = at;
        while (end < code.Length && code[end] == c)
            end++;
        return end - at;
    }

    private static bool Starts(string code, int at, string text) => string.CompareOrdinal(code, at, text, 0, text.Length) == 0;

    private static int End(string code, int at, string text) =>
        at < code.Length && code.IndexOf(text, at, StringComparison.Ordinal) is var found and >= 0 ? found + text.Length : code.Length;
}
