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
        var cited = new Dictionary<string, Citation>(StringComparer.Ordinal);
        foreach ((string file, Notebook notebook) in notebooks)
        {
            string place = $"[{Number(file)}]({file}#References)";
            foreach (string work in WorksOf(notebook))
            {
                string[] keys = Keys(work);
                Citation citation = keys.Select(key => cited.GetValueOrDefault(key)).FirstOrDefault(found => found is not null) ?? new Citation();
                foreach (string key in keys)
                    cited[key] = citation;
                citation.Add(work, place);
            }
        }
        var text = new StringBuilder("# References\n\nEvery work that the course cites, and the chapters that cite it.\n\n");
        foreach (Citation citation in cited.Values.Distinct()
            .OrderBy(c => Surname(c.Work), StringComparer.Ordinal).ThenBy(c => Year(c.Work), StringComparer.Ordinal))
        {
            text.Append("- ").Append(citation.Work).Append(citation.Work.EndsWith('.') ? "" : ".").Append(" Cited in ")
                .AppendJoin(", ", citation.Places).Append(".\n");
        }
        return text.ToString();
    }

    /// <summary>The list below the heading "References".</summary>
    private static IEnumerable<string> WorksOf(Notebook notebook) =>
        notebook.Cells.OfType<MarkdownCell>().SelectMany(cell => cell.Source.Split('\n'))
            .SkipWhile(line => line != "## References").Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..].Trim());

    /// <summary>What two citations of one work may have in common: an identifier, or the first author, the year and the title's first words.</summary>
    private static string[] Keys(string work)
    {
        string title = Work().Match(work) is { Success: true } match ? match.Groups["title"].Value : work;
        string words = string.Concat(title.Split(". ")[0].Where(char.IsLetterOrDigit).Take(24)).ToLowerInvariant();
        return [.. Identifier().Matches(work).Select(m => m.Value.TrimEnd('.', ',')), $"{Surname(work)} {Year(work)} {words}"];
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

    [GeneratedRegex(@"(?:doi:|arXiv:)\S+")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\((?<year>\d{4}[a-z]?)\)\.?\s*(?<title>.*)$")]
    private static partial Regex Work();

    /// <summary>A work and where it is cited, in the words of the longest citation.</summary>
    private sealed class Citation
    {
        private readonly List<string> _places = [];

        public string Work { get; private set; } = "";

        public IReadOnlyList<string> Places => _places;

        public void Add(string work, string place)
        {
            if (work.Length > Work.Length)
                Work = work;
            if (!_places.Contains(place, StringComparer.Ordinal))
                _places.Add(place);
        }
    }
}
