using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Notebooks;

namespace Course.Hosts;

/// <summary>What a host showed below each cell, in one form for all hosts: the text, the figures' data, other HTML, errors.</summary>
internal static partial class HostOutput
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private const string Html = "text/html";
    private const string Text = "text/plain";

    /// <summary>Reads what a host wrote: an executed notebook, or the JSON of <c>verso run --output json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="executed">The notebook that was executed.</param>
    public static Notebook Read(string path, Notebook executed)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        return json["nbformat"] is null ? OfVerso(json, executed) : NotebookFile.Read(path);
    }

    /// <summary>The notebook with its outputs in the common form.</summary>
    public static Notebook Common(Notebook notebook) => notebook with
    {
        Cells = [.. notebook.Cells.Select(cell => cell is CodeCell code ? code with { ExecutionCount = null, Outputs = IsImport(code) ? [.. code.Outputs.OfType<ErrorOutput>()] : Common(code.Outputs) } : cell)],
    };

    /// <summary>How many figures a notebook shows.</summary>
    public static int Figures(Notebook notebook) => notebook.CodeCells.SelectMany(cell => cell.Outputs).OfType<DataOutput>().Count(output => FigureIn(output.Data) is not null);

    private static List<Output> Common(IReadOnlyList<Output> outputs)
    {
        List<string> lines = [];
        List<Output> others = [];
        foreach (Output output in outputs)
        {
            switch (output)
            {
                case StreamOutput { Name: "stdout", Text: var text }:
                    lines.AddRange(Lines(text));
                    break;
                case DataOutput { Data: var data } when FigureIn(data) is { } figure:
                    others.Add(Shown(Plotly, figure));
                    break;
                case DataOutput { Data: var data } when data[Html]?.ToString() is { } html && PlainValue().Match(html) is { Success: false }:
                    others.Add(Shown(Html, html));
                    break;
                case DataOutput { Data: var data }:
                    lines.AddRange(Lines(data[Html]?.ToString() is { } value ? WebUtility.HtmlDecode(PlainValue().Match(value).Groups["text"].Value) : data[Text]?.ToString() ?? ""));
                    break;
                default:
                    others.Add(output);
                    break;
            }
        }
        return lines.Count == 0 ? others : [new StreamOutput("stdout", string.Join('\n', lines)), .. others];
    }

    /// <summary>What a host says of an import is its own.</summary>
    private static bool IsImport(CodeCell cell) => cell.Source.StartsWith("#!import", StringComparison.Ordinal);

    private static DataOutput Shown(string type, JsonNode value) => new(new JsonObject { [type] = value }, [], null);

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>A figure's data: beside its drawing, or inside its HTML.</summary>
    private static JsonNode? FigureIn(JsonObject data) =>
        data[Plotly]?.DeepClone()
        ?? (data[Html]?.ToString() is { } html && FigureData().Match(html) is { Success: true } figure ? JsonNode.Parse(figure.Groups["json"].Value) : null);

    private static Notebook OfVerso(JsonNode json, Notebook executed)
    {
        JsonArray shown = json["cells"]!.AsArray();
        return executed with
        {
            Cells = [.. executed.Cells.Select((cell, i) => cell is CodeCell code ? code with { Outputs = [.. shown[i]!["outputs"]!.AsArray().Select(output => OfVerso(output!))] } : cell)],
        };
    }

    private static Output OfVerso(JsonNode output)
    {
        string content = output["content"]!.ToString();
        return output["isError"]?.GetValue<bool>() is true
            ? new ErrorOutput(output["errorName"]?.ToString() ?? "", content, [content])
            : new DataOutput(new JsonObject { [output["mimeType"]!.ToString()] = content }, [], null);
    }

    [GeneratedRegex("""<script type="application/json">(?<json>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex FigureData();

    [GeneratedRegex("""^<div class="dni-plaintext"><pre>(?<text>.*?)</pre></div>""", RegexOptions.Singleline)]
    private static partial Regex PlainValue();
}
