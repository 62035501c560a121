using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Notebooks;

/// <summary>
/// The sliders of a notebook, in a file beside it: a line of JSON for each cell that has one. The notebook itself stores the figures of
/// their default values, and a page that is written from stored outputs has the sliders all the same.
/// </summary>
public static class SliderFile
{
    private const string Ending = ".sliders.json";
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The sliders of a notebook that has none.</summary>
    public static IReadOnlyDictionary<string, Slider> None { get; } = new Dictionary<string, Slider>();

    /// <summary>Where the sliders of a notebook lie.</summary>
    public static string Of(string notebook) => Path.ChangeExtension(notebook, null) + Ending;

    /// <summary>
    /// Reads the sliders of a notebook, by the ids of their cells. A file that is broken has none, and a slider that is broken is none.
    /// </summary>
    /// <param name="notebook">The notebook's path.</param>
    public static IReadOnlyDictionary<string, Slider> Read(string notebook)
    {
        try
        {
            var file = new FileInfo(Of(notebook));
            if (!file.Exists || file.Length > MostBytes)
                return None;
            if (JsonNode.Parse(File.ReadAllText(file.FullName), documentOptions: NotebookFile.EachNameOnce) is not JsonObject sliders)
                return None;
            return sliders.Select(entry => (Cell: entry.Key, Slider: Slider.Read(entry.Value))).Where(entry => entry.Slider is not null)
                .ToDictionary(entry => entry.Cell, entry => entry.Slider!, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return None;
        }
    }

    /// <summary>Writes the sliders of a notebook beside it; where there are none, no file stays.</summary>
    public static void Write(IReadOnlyDictionary<string, Slider> sliders, string notebook)
    {
        if (sliders.Count > 0)
            AtomicFile.Write(Of(notebook), ToText(sliders));
        else
            File.Delete(Of(notebook));
    }

    /// <summary>The text of the file: the cells in the order of their names, a line for each.</summary>
    internal static string ToText(IReadOnlyDictionary<string, Slider> sliders)
    {
        var text = new StringBuilder("{");
        foreach ((string cell, Slider slider) in sliders.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Append(text.Length > 1 ? ",\n" : "\n").Append(JsonValue.Create(cell).ToJsonString()).Append(": ").Append(slider.ToJson());
        return text.Append("\n}\n").ToString();
    }
}
