namespace Course.Notebooks;

/// <summary>What a code cell holds: code, or the one directive that every host knows.</summary>
/// <param name="Import">The file named by <c>#!import</c>, or null.</param>
/// <param name="Refusal">Why the cell cannot run in every host, or null.</param>
internal sealed record CellSource(string? Import, string? Refusal)
{
    private const string Directive = "#!import";

    public static CellSource Parse(string source)
    {
        string[] lines = [.. source.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (!lines.Any(line => line.StartsWith(Directive, StringComparison.Ordinal)))
            return new CellSource(null, null);
        return lines is [var line] && line[Directive.Length..].Trim() is { Length: > 0 } file
            ? new CellSource(file, null)
            : new CellSource(null, $"{Directive} stands with other lines: Verso drops what follows it. Give it a cell of its own");
    }
}
