using System.Text;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>The works that the chapters cite, each once, and where it is cited.</summary>
public static partial class ReferenceList
{
    /// <summary>The list as Markdown.</summary>
    /// <param name="notebooks">The notebooks, and the file name of each.</param>
    public static string Markdown(IEnumerable<(string File, Notebook Notebook)> notebooks)
    {
        var cited = new Dictionary<string, (string Text, List<string> In)>(StringComparer.Ordinal);
        foreach ((string file, Notebook notebook) in notebooks)
        {
            string place = $"[{Number(file)}]({file}#References)";
            foreach (string work in notebook.Cells.OfType<MarkdownCell>().Where(c => c.Source.StartsWith("## References", StringComparison.Ordinal))
                .SelectMany(c => c.Source.Split('\n')).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..].Trim()))
            {
                string key = Key(work);
                if (!cited.TryGetValue(key, out (string Text, List<string> In) entry))
                    cited[key] = entry = (work, []);
                if (!entry.In.Contains(place, StringComparer.Ordinal))
                    entry.In.Add(place);
                if (work.Length > entry.Text.Length)
                    cited[key] = (work, entry.In);
            }
        }
        var text = new StringBuilder("# References\n\nEvery work that the course cites, and the chapters that cite it.\n\n");
        foreach ((string work, List<string> places) in cited.Values.OrderBy(e => Surname(e.Text), StringComparer.Ordinal).ThenBy(e => Year(e.Text), StringComparer.Ordinal))
            text.Append("- ").Append(work).Append(work.EndsWith('.') ? "" : ".").Append(" Cited in ").AppendJoin(", ", places).Append(".\n");
        return text.ToString();
    }

    /// <summary>What two citations of one work have in common: the first author, the year, and the first words of the title.</summary>
    private static string Key(string work)
    {
        string title = Work().Match(work) is { Success: true } match ? match.Groups["title"].Value : work;
        string words = string.Concat(title.Where(char.IsLetterOrDigit).Take(24)).ToLowerInvariant();
        return $"{Surname(work)} {Year(work)} {words}";
    }

    private static string Number(string file) => Path.GetFileName(file) is [var ten, var one, '-', ..] && char.IsAsciiDigit(ten)
        ? $"{ten}{one}" : Path.GetFileNameWithoutExtension(file).Split('-') is ["gpu", var k, ..] ? $"Tensors {k}" : "appendix";

    private static string Surname(string work)
    {
        string first = work.Split(',', '(')[0].Trim().TrimEnd('.');
        string[] names = [.. first.Split(' ').SkipWhile(part => part.EndsWith('.'))];
        return string.Join(' ', names);
    }

    private static string Year(string work) => Work().Match(work) is { Success: true } match ? match.Groups["year"].Value : "";

    [GeneratedRegex(@"\((?<year>\d{4}[a-z]?)\)\.?\s*(?<title>.*)$")]
    private static partial Regex Work();
}
