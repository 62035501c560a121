using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Grading.Tests;

/// <summary>
/// The part of JSON Schema that the course's schema uses. A keyword that it does not know is an error, so that nothing is checked in
/// appearance only.
/// </summary>
internal sealed class JsonSchema(string path)
{
    private readonly JsonObject _root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>Where a value differs from the schema, and how.</summary>
    public List<string> Problems(JsonNode? value) => [.. Problems(_root, value, "$")];

    private IEnumerable<string> Problems(JsonObject schema, JsonNode? value, string at) => schema.SelectMany(keyword => keyword.Key switch
    {
        "$schema" or "$defs" or "title" or "description" => [],
        "$ref" => Problems(_root["$defs"]![keyword.Value!.ToString().Split('/')[^1]]!.AsObject(), value, at),
        "type" =>
            Types(keyword.Value!).Contains(TypeOf(value)) || (TypeOf(value) == "integer" && Types(keyword.Value!).Contains("number"))
                ? []
                : [$"{at} is of type {TypeOf(value)}"],
        "const" => JsonNode.DeepEquals(keyword.Value, value) ? [] : [$"{at} is {value?.ToJsonString()}"],
        "enum" => keyword.Value!.AsArray().Any(v => JsonNode.DeepEquals(v, value)) ? [] : [$"{at} is {value?.ToJsonString()}"],
        "pattern" => value is null || Regex.IsMatch(value.ToString(), keyword.Value!.ToString()) ? [] : [$"{at} is {value.ToJsonString()}"],
        "minimum" =>
            value is null || TypeOf(value) is not ("integer" or "number") || Number(value) >= Number(keyword.Value!)
                ? []
                : [$"{at} is {value.ToJsonString()}"],
        "required" =>
            keyword.Value!.AsArray().Where(name => value is not JsonObject o || !o.ContainsKey(name!.ToString()))
                .Select(name => $"{at} lacks {name}"),
        "properties" =>
            keyword.Value!.AsObject().Where(p => value is JsonObject o && o.ContainsKey(p.Key))
                .SelectMany(p => Problems(p.Value!.AsObject(), value![p.Key], $"{at}.{p.Key}")),
        "items" => (value as JsonArray ?? []).SelectMany((item, i) => Problems(keyword.Value!.AsObject(), item, $"{at}[{i}]")),
        "anyOf" =>
            keyword.Value!.AsArray().Any(one => !Problems(one!.AsObject(), value, at).Any()) ? [] : [$"{at} is none of what it may be"],
        _ => throw new NotSupportedException($"the keyword {keyword.Key} of JSON Schema"),
    });

    private static string[] Types(JsonNode types) =>
        types is JsonArray several ? [.. several.Select(t => t!.ToString())] : [types.ToString()];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => decimal.IsInteger(Number(value)) ? "integer" : "number",
    };

    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
