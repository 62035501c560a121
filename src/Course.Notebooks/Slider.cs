using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Notebooks;

/// <summary>What a slider on a page moves through: a figure at each value of a parameter, as numbers that a script draws.</summary>
public sealed class Slider
{
    /// <summary>The representation in which a value hands its slider to the runner; no notebook stores it.</summary>
    internal const string MimeType = "application/vnd.relative-entropy.slider+json";

    private const int MostValues = 200;

    private readonly JsonObject _json;

    private Slider(JsonObject json, string parameter, string unit, IReadOnlyList<string> values, int at) =>
        (_json, Parameter, Unit, Values, At) = (json, parameter, unit, values, at);

    /// <summary>What it changes.</summary>
    public string Parameter { get; }

    /// <summary>The unit of that; empty for none.</summary>
    public string Unit { get; }

    /// <summary>The values, as a reader sees them.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Which of them is shown first.</summary>
    public int At { get; }

    /// <summary>The value that is shown first, with its unit.</summary>
    public string Shown => Unit.Length > 0 ? $"{Values[At]} {Unit}" : Values[At];

    /// <summary>Reads a slider.</summary>
    /// <returns>The slider, or null where the JSON is none: then there is no slider, and the figure stays as it is.</returns>
    public static Slider? Read(JsonNode? node)
    {
        if (node is not JsonObject json
            || Text(json["parameter"]) is not { Length: > 0 } parameter || Text(json["unit"]) is not { } unit
            || json["values"] is not JsonArray values || values.Count is < 2 or > MostValues || values.Any(value => Text(value) is null)
            || json["at"] is not JsonValue place || !place.TryGetValue(out int at) || at < 0 || at >= values.Count
            || json["figure"] is not JsonObject figure || !figure.All(IsEntry)
            || Text(figure["caption"]) is null || Text(figure["text"]) is null
            || json["steps"] is not JsonArray steps || steps.Count != values.Count
            || !steps.All(step => step is JsonObject changes && changes.All(entry => figure.ContainsKey(entry.Key) && IsEntry(entry))))
        {
            return null;
        }
        return new Slider((JsonObject)json.DeepClone(), parameter, unit, [.. values.Select(value => value!.ToString())], at);
    }

    /// <summary>It as one line of JSON without characters that end a script.</summary>
    public string ToJson() => _json.ToJsonString();

    internal JsonNode ToNode() => _json.DeepClone();

    /// <summary>All that it shows at a value, by name.</summary>
    internal IReadOnlyDictionary<string, JsonNode?> Figure(int step)
    {
        var shown = new Dictionary<string, JsonNode?>(_json["figure"]!.AsObject(), StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in _json["steps"]![step]!.AsObject())
            shown[name] = value;
        return shown;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.ToString() : null;

    /// <summary>Whether a name goes with its value: a text, the widths of characters, lines and notes, or the places of a trace.</summary>
    private static bool IsEntry(KeyValuePair<string, JsonNode?> entry) => (entry.Key.Split('.'), entry.Value) switch
    {
        (["caption" or "text"], var text) => Text(text) is not null,
        (["widths"], JsonObject widths) => widths.All(width => IsNumber(width.Value)),
        ([var panel, "guides"], JsonArray guides) => IsCount(panel) && guides.All(guide => guide is JsonArray { Count: 3 } parts
            && IsNumber(parts[0]) && IsNumber(parts[1]) && (parts[2] is null || Text(parts[2]) is not null)),
        ([var panel, "notes"], JsonArray notes) => IsCount(panel) && notes.All(note =>
            note is JsonArray { Count: 5 } parts && IsNumber(parts[0]) && IsNumber(parts[1]) && Text(parts[2]) is not null
            && parts.Skip(3).All(offset => offset is null || IsNumber(offset))),
        ([var panel, var trace, _], JsonArray places) =>
            IsCount(panel) && IsCount(trace) && places.All(place => place is null || IsNumber(place)),
        _ => false,
    };

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsNumber(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number;
}
