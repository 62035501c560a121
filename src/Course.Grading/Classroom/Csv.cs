using System.Buffers;
using System.Text;

namespace Course.Grading.Classroom;

/// <summary>Tables as comma-separated values (RFC 4180).</summary>
internal static class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;'");

    /// <summary>
    /// A field as it is written: quoted where it must be. A text that a spreadsheet would take for a formula gets an apostrophe in front,
    /// which spreadsheets understand as "this is text"; what students hand in must not run in their instructor's spreadsheet.
    /// </summary>
    public static string Field(string text)
    {
        string plain = new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        if (plain.TrimStart() is { Length: > 0 } start
            && start[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20')
            plain = "'" + plain;
        return plain.AsSpan().ContainsAny(Quoted) || plain != plain.Trim()
            ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : plain;
    }

    /// <summary>
    /// Reads rows; a row's line is that of its start. Fields may be separated by commas or, as some spreadsheets save them, semicolons.
    /// </summary>
    /// <exception cref="FormatException">A quotation is not closed.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Read(string text)
    {
        string body = text.TrimStart('\uFEFF');
        string first = body.Split('\n')[0];
        char separator = first.Contains(';', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal) ? ';' : ',';
        List<string> fields = [];
        var field = new StringBuilder();
        bool quoted = false;
        int line = 1, start = 1;
        for (int i = 0; i <= body.Length; i++)
        {
            char c = i < body.Length ? body[i] : '\n';
            if (quoted && i == body.Length)
                throw new FormatException($"line {start}: a quotation is not closed");
            if (quoted && c == '"' && i + 1 < body.Length && body[i + 1] == '"')
                field.Append(body[i++]);
            else if (c == '"' && (quoted || string.IsNullOrWhiteSpace(field.ToString())))
                quoted = !quoted;
            else if (quoted || (c != separator && c != '\n'))
                field.Append(c);
            else
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            line += c == '\n' ? 1 : 0;
            if (c != '\n' || quoted)
                continue;
            if (fields is not [""])
                yield return (start, fields);
            fields = [];
            start = line;
        }
    }
}
