namespace Course.Notebooks;

/// <summary>A code cell's text, split into the files it imports and the code that follows.</summary>
/// <param name="Imports">The files named by <c>#!import</c>, in order.</param>
/// <param name="Code">The code, its lines where they were.</param>
internal sealed record CellSource(IReadOnlyList<string> Imports, string Code)
{
    private const string Import = "#!import ";

    public static CellSource Parse(string source)
    {
        string[] lines = source.Split('\n');
        var imports = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.StartsWith(Import, StringComparison.Ordinal))
            {
                imports.Add(line[Import.Length..].Trim().Trim('"'));
                lines[i] = "";
            }
            else if (line.Length > 0)
            {
                break;
            }
        }
        return new CellSource(imports, string.Join('\n', lines));
    }
}
