namespace Course.Grading;

/// <summary>
/// The words and signs of C# text, without comments and literals. Enough to see which names are used; that it is C# at all, the
/// compiler in the learner's process says.
/// </summary>
internal static class CSharpTokens
{
    /// <summary>
    /// Reads names whole and every other sign by itself. The work is proportional to the length, and nesting costs no stack: the text may
    /// be anything.
    /// </summary>
    public static List<string> Of(string code)
    {
        var tokens = new List<string>();
        var around = new Stack<Hole>();
        int at = 0, depth = 0;
        while (at < code.Length)
        {
            char c = code[at];
            if (Starts(code, at, "//"))
                at = End(code, at, "\n");
            else if (Starts(code, at, "/*"))
                at = End(code, at + 2, "*/");
            else if (c == '\'')
                SkipQuoted(code, ref at);
            else if (c is '"' or '$' or '@')
            {
                int prefix = PrefixLength(code, at);
                if (at + prefix < code.Length && code[at + prefix] == '"')
                    ReadString(LiteralAt(code, ref at, prefix));
                else
                {
                    tokens.AddRange(code.Substring(at, prefix).Select(sign => sign.ToString()));
                    at += prefix;
                }
            }
            else if (char.IsLetter(c) || c == '_')
            {
                int begin = at;
                while (at < code.Length && (char.IsLetterOrDigit(code[at]) || code[at] == '_'))
                    at++;
                tokens.Add(code[begin..at]);
            }
            else if (c == '}' && depth == 0 && around.TryPop(out Hole hole))
            {
                depth = hole.Depth;
                ReadString(hole.Of);
            }
            else
            {
                depth += c switch { '{' => 1, '}' => -1, _ => 0 };
                if (!char.IsWhiteSpace(c))
                    tokens.Add(c.ToString());
                at++;
            }
        }
        return tokens;

        // What stands between the braces of an interpolated string is code.
        void ReadString(Literal literal)
        {
            if (!SkipText(code, ref at, literal))
                return;
            around.Push(new Hole(literal, depth));
            depth = 0;
        }
    }

    public static bool IsName(string token) => char.IsLetter(token[0]) || token[0] == '_';

    private readonly record struct Literal(int Quotes, int Dollars, bool Verbatim);

    /// <summary>A place for code in an interpolated string.</summary>
    /// <param name="Of">The string.</param>
    /// <param name="Depth">How many braces are open around the string, in the code that it stands in.</param>
    private readonly record struct Hole(Literal Of, int Depth);

    private static int PrefixLength(string code, int at)
    {
        int end = at;
        while (end < code.Length && code[end] is '$' or '@')
            end++;
        return end - at;
    }

    private static Literal LiteralAt(string code, ref int at, int prefixLength)
    {
        ReadOnlySpan<char> prefix = code.AsSpan(at, prefixLength);
        bool verbatim = prefix.Contains('@');
        int quotes = !verbatim && Run(code, at + prefixLength, '"') is var run and >= 3 ? run : 1;
        var literal = new Literal(quotes, prefix.Count('$'), verbatim);
        at += prefixLength + quotes;
        return literal;
    }

    /// <summary>Goes to the end of a string, or into the next hole in it.</summary>
    /// <returns>Whether it is a hole.</returns>
    private static bool SkipText(string code, ref int at, Literal literal)
    {
        while (at < code.Length)
        {
            if (code[at] == '"')
            {
                if (literal is { Quotes: 1, Verbatim: false })
                {
                    at++;
                    return false;
                }
                int quotes = Run(code, at, '"');
                bool ends = literal.Verbatim ? quotes % 2 == 1 : quotes >= literal.Quotes;
                at += ends && !literal.Verbatim ? literal.Quotes : quotes;
                if (ends)
                    return false;
            }
            else if (literal is { Quotes: 1, Verbatim: false } && code[at] == '\\')
                at += 2;
            else if (literal.Dollars > 0 && code[at] == '{')
            {
                // Doubled braces, and fewer than the dollars of a raw string, are text.
                int braces = Run(code, at, '{');
                at += braces;
                if (literal.Quotes == 1 ? braces % 2 == 1 : braces >= literal.Dollars)
                    return true;
            }
            else
                at++;
        }
        return false;
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
