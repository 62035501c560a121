using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>
/// Reads and writes notebooks as .ipynb files: any nbformat 4 in, nbformat 4.5 out, laid out as Jupyter does but for lists of numbers. These
/// stand on one line: a figure has thousands of them, and with a line for each a chapter would be too large for GitHub to show.
/// </summary>
public static partial class NotebookFile
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A name that stands twice in an object is refused at once, not when the object is looked into.</summary>
    internal static readonly JsonDocumentOptions EachNameOnce = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook; the message names the file, the cell and the reason.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Notebook Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a notebook from the bytes of its file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="NotebookFormatException">They are not a notebook; the message names the file, the cell and the reason.</exception>
    public static Notebook Parse(byte[] bytes, string path)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
            return Parse(reader.ReadToEnd(), path);
        }
        catch (JsonException e)
        {
            string reason = e.LineNumber is { } line ? $"it is not JSON (line {line + 1})" : e.Message;
            throw new NotebookFormatException(path, $"not a notebook: {reason}", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new NotebookFormatException(path, $"not a notebook: {e.Message}", e);
        }
    }

    private static Notebook Parse(string text, string path)
    {
        JsonNode? root = JsonNode.Parse(text, documentOptions: EachNameOnce);
        if (root is not JsonObject notebook || notebook["cells"] is not JsonArray cells)
            throw new NotebookFormatException(path, "not a notebook: it has no list of cells");
        if (Integer(notebook["nbformat"]) is not 4)
            throw new NotebookFormatException(path, $"nbformat {notebook["nbformat"]?.ToJsonString() ?? "is missing"}; only version 4 can be read. Open it in Jupyter and save it again");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<Cell>(cells.Count);
        foreach (JsonNode? cell in cells)
            read.Add(ReadCell(cell, read.Count + 1, ids, path));
        return new Notebook(read, Copy(notebook["metadata"]));
    }

    /// <summary>The title of a notebook, or null where it has none or cannot be read.</summary>
    public static string? TitleOf(string path)
    {
        try
        {
            return Read(path).Title;
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a notebook in one step: whoever looks sees the old file or the new one, never a part.</summary>
    public static void Write(Notebook notebook, string path) => AtomicFile.Write(path, ToJson(notebook));

    /// <summary>The notebook as the text of an .ipynb file.</summary>
    public static string ToJson(Notebook notebook)
    {
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. notebook.Cells.Select(CellJson)]),
            ["metadata"] = Sorted(notebook.Metadata),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
            root.WriteTo(writer);
        string indented = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return Surrogates().Replace(NumberLists().Replace(indented, list => LineBreaks().Replace(list.Value, "")), Unescape) + "\n";
    }

    private static Cell ReadCell(JsonNode? node, int number, HashSet<string> ids, string path)
    {
        if (node is not JsonObject cell)
            throw new NotebookFormatException(path, $"cell {number} is not an object");
        string id = cell["id"]?.ToString() is { Length: > 0 } own && ids.Add(own) ? own : NewId(number, ids);
        JsonObject metadata = Copy(cell["metadata"]);
        string source = Text(cell["source"], path, number);
        return cell["cell_type"]?.ToString() switch
        {
            "markdown" => new MarkdownCell(id, source, metadata) { Attachments = Copy(cell["attachments"]) },
            "raw" => new RawCell(id, source, metadata) { Attachments = Copy(cell["attachments"]) },
            "code" => new CodeCell(id, source, metadata, Integer(cell["execution_count"]), ReadOutputs(cell["outputs"], path, number)),
            var other => throw new NotebookFormatException(path, $"cell {number} has the unknown type '{other}'; a cell is code, markdown or raw"),
        };
    }

    private static string NewId(int number, HashSet<string> ids)
    {
        string id = $"cell-{number}";
        for (int again = 2; !ids.Add(id); again++)
            id = $"cell-{number}-{again}";
        return id;
    }

    private static List<Output> ReadOutputs(JsonNode? node, string path, int number) => node is not JsonArray outputs ? [] :
    [
        .. outputs.Select(node => node as JsonObject).Select<JsonObject?, Output>(output => output?["output_type"]?.ToString() switch
        {
            "stream" => new StreamOutput(output!["name"]?.ToString() ?? "stdout", Text(output["text"], path, number)),
            "display_data" => new DataOutput(ReadData(output!["data"], path, number), Copy(output["metadata"]), null),
            "execute_result" => new DataOutput(ReadData(output!["data"], path, number), Copy(output["metadata"]), Integer(output["execution_count"]) ?? 0),
            "error" => new ErrorOutput(output!["ename"]?.ToString() ?? "", output["evalue"]?.ToString() ?? "", [.. (output["traceback"] as JsonArray ?? []).Select(l => l?.ToString() ?? "")]),
            var other => throw new NotebookFormatException(path, $"cell {number} has an output of the unknown type '{other}'"),
        }),
    ];

    private static JsonObject ReadData(JsonNode? node, string path, int number)
    {
        JsonObject data = Copy(node);
        foreach (string type in data.Select(entry => entry.Key).Where(type => !MimeTypes.IsJson(type)).ToList())
            data[type] = Text(data[type], path, number);
        return data;
    }

    private static string Text(JsonNode? node, string path, int number) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => line?.ToString())).Replace("\r\n", "\n", StringComparison.Ordinal),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.ToString().Replace("\r\n", "\n", StringComparison.Ordinal),
        _ => throw new NotebookFormatException(path, $"cell {number} has text that is neither a string nor a list of lines"),
    };

    private static int? Integer(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static JsonObject Copy(JsonNode? node) => node is JsonObject ? (JsonObject)node.DeepClone() : [];

    private static JsonObject CellJson(Cell cell)
    {
        var json = new JsonObject
        {
            ["cell_type"] = cell switch { CodeCell => "code", MarkdownCell => "markdown", _ => "raw" },
            ["id"] = cell.Id,
            ["metadata"] = Sorted(cell.Metadata),
        };
        if (cell is CodeCell code)
        {
            json["execution_count"] = code.ExecutionCount;
            json["outputs"] = new JsonArray([.. code.Outputs.Select(OutputJson)]);
        }
        if (cell.Attachments.Count > 0)
            json["attachments"] = cell.Attachments.DeepClone();
        json["source"] = Lines(cell.Source);
        return (JsonObject)Sorted(json);
    }

    private static JsonObject OutputJson(Output output) => output switch
    {
        StreamOutput stream => new() { ["name"] = stream.Name, ["output_type"] = "stream", ["text"] = Lines(stream.Text) },
        DataOutput { ExecutionCount: { } count } result => new() { ["data"] = DataJson(result.Data), ["execution_count"] = count, ["metadata"] = Sorted(result.Metadata), ["output_type"] = "execute_result" },
        DataOutput display => new() { ["data"] = DataJson(display.Data), ["metadata"] = Sorted(display.Metadata), ["output_type"] = "display_data" },
        ErrorOutput error => new() { ["ename"] = error.Name, ["evalue"] = error.Message, ["output_type"] = "error", ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]) },
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, "an output of a kind of its own"),
    };

    private static JsonObject DataJson(JsonObject data)
    {
        var json = new JsonObject();
        foreach ((string type, JsonNode? value) in data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json[type] = MimeTypes.IsJson(type) ? value?.DeepClone() : Lines(value?.ToString() ?? "");
        return json;
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is var at and >= 0 ? at + 1 : text.Length;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }
        return lines;
    }

    private static JsonNode Sorted(JsonNode node) => node is not JsonObject json ? node.DeepClone() :
        new JsonObject(json.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? null : Sorted(entry.Value))));

    /// <summary>Jupyter writes characters beyond the basic plane as they are; the writer of System.Text.Json escapes them.</summary>
    private static string Unescape(Match escape) => escape.Groups[1].Success
        ? string.Concat((char)Convert.ToInt32(escape.Groups[1].Value, 16), (char)Convert.ToInt32(escape.Groups[2].Value, 16))
        : escape.Value;

    /// <summary>A list of numbers with a line for each. Line breaks in the text of a cell are escaped, so none of them is taken for one here.</summary>
    [GeneratedRegex(@"\[(?:\n *(?:-?[0-9][0-9.eE+-]*|null),?)+\n *\]")]
    private static partial Regex NumberLists();

    [GeneratedRegex("\n *")]
    private static partial Regex LineBreaks();

    /// <summary>An escaped pair of surrogates; or an escaped backslash, so that what follows it is not taken for an escape.</summary>
    [GeneratedRegex(@"\\(?:\\|u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2}))")]
    private static partial Regex Surrogates();
}
