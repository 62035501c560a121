using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Notebooks;

/// <summary>What can be found in the book: an entry for each section of each page, as a script that works for pages opened from files.</summary>
public sealed class SearchIndex
{
    private readonly JsonArray _entries = [];

    /// <summary>Adds a page, a section at a time: each begins with a heading of level one to three.</summary>
    /// <param name="page">The page.</param>
    /// <param name="sources">Its Markdown.</param>
    public void Add(BookPage page, IEnumerable<string> sources)
    {
        var prose = new Prose(new BookContents("", []), page);
        string section = "", id = "";
        var text = new StringBuilder();
        foreach (string source in sources)
        {
            if (Prose.Parse(source) is not { } document)
                continue;
            foreach (Markdig.Syntax.Block block in document)
            {
                if (block is Markdig.Syntax.HeadingBlock { Level: <= 3 } heading)
                {
                    Flush();
                    PageHeading found = prose.Note(heading, source);
                    (section, id) = (found.Level == 1 ? "" : found.Text, found.Level == 1 ? "" : found.Id);
                }
                else
                {
                    text.Append(Prose.PlainText(block)).Append(' ');
                }
            }
        }
        Flush();

        void Flush()
        {
            if (text.Length > 0)
            {
                _entries.Add(new JsonObject
                {
                    ["p"] = page.File,
                    ["t"] = PageText.Plain(page.Title),
                    ["s"] = section,
                    ["h"] = id,
                    ["x"] = Words(text.ToString()),
                });
            }
            text.Clear();
        }
    }

    /// <summary>The script.</summary>
    public string ToScript() => $"window.bookSearch = {_entries.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web))};\n";

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
