using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Figures;

/// <summary>The parts of a JSON object that a reader asks for; where one is missing or of another kind, a message that names it.</summary>
internal static class JsonParts
{
    public static bool Has(this JsonObject json, string name) => json[name] is not null;

    public static bool Is(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static JsonObject Part(this JsonObject json, string name) =>
        json[name] as JsonObject ?? throw new FormatException($"{name} is no object.");

    public static JsonArray List(this JsonObject json, string name) =>
        json[name] as JsonArray ?? throw new FormatException($"{name} is no list.");

    /// <summary>The objects of a list; none where there is no list.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => !json.Has(name) ? []
        : json.List(name).Select(item => item as JsonObject ?? throw new FormatException($"{name} holds what is no object."));

    public static string Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.ToString() : throw new FormatException($"{name} is no text.");

    public static double Finite(this JsonObject json, string name)
    {
        var value = Value(json[name], name);
        return double.IsFinite(value) ? value : throw new FormatException($"{name} is no finite number.");
    }

    public static int Whole(this JsonObject json, string name)
    {
        var value = json.Finite(name);
        return value is >= 1 and <= 100_000 && value == Math.Floor(value) ? (int)value : throw new FormatException($"{name} is no size.");
    }

    public static IReadOnlyList<double> Numbers(this JsonObject json, string name) => Numbers(json[name], name);

    /// <summary>Numbers, NaN for null.</summary>
    public static IReadOnlyList<double> Numbers(JsonNode? list, string name) =>
        list is JsonArray items ? [.. items.Select(item => Value(item, name))] : throw new FormatException($"{name} is no list.");

    /// <summary>The names of categories; null where the list holds numbers.</summary>
    public static IReadOnlyList<string>? Names(this JsonObject json, string name)
    {
        var items = json.List(name);
        return items.Count > 0 && items.All(item => item is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            ? [.. items.Select(item => PlotlyReader.Plain(item!.ToString()))] : null;
    }

    private static double Value(JsonNode? node, string name) => node switch
    {
        null => double.NaN,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) => number,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int whole) => whole,
        _ => throw new FormatException($"{name} holds what is no number."),
    };
}
