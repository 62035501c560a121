using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace Course.Interactive;

/// <summary>
/// Plotly's schema in the objects of Plotly.NET. Each part is of the class that Plotly.NET itself looks for, so that its functions find a
/// marker or an axis and change it instead of replacing it.
/// </summary>
internal static class PlotlyObjects
{
    public static Trace Trace(JsonObject json) => Filled(new Trace2D(json["type"]!.GetValue<string>()), json);

    public static Layout Layout(JsonObject json) => Filled(new Layout(), json);

    private static T Filled<T>(T target, JsonObject json)
        where T : DynamicObj.DynamicObj
    {
        foreach ((string name, JsonNode? value) in json)
            target.SetProperty(name, Value(name, value));
        return target;
    }

    private static object? Value(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonObject part => Part(name, part),
        JsonArray list when name == "annotations" => list.Select(item => Filled(new Annotation(), item!.AsObject())).ToArray(),
        JsonArray list when name == "shapes" => list.Select(item => Filled(new Shape(), item!.AsObject())).ToArray(),
        JsonArray list => list.Select(item => Value(name, item)).ToArray(),
        JsonValue number when number.TryGetValue(out int whole) => whole,
        JsonValue number when number.TryGetValue(out double real) => real,
        JsonValue truth when truth.GetValueKind() is JsonValueKind.True or JsonValueKind.False => truth.GetValue<bool>(),
        _ => value.GetValue<string>(),
    };

    private static DynamicObj.DynamicObj Part(string name, JsonObject json) => name switch
    {
        "marker" => Filled(new Marker(), json),
        "line" => Filled(new Line(), json),
        "error_y" => Filled(new Error(), json),
        "pattern" or "fillpattern" => Filled(new Pattern(), json),
        "contours" => Filled(new Contours(), json),
        "colorbar" => Filled(new ColorBar(), json),
        "title" => Filled(new Title(), json),
        "font" => Filled(new Font(), json),
        "margin" => Filled(new Margin(), json),
        "legend" => Filled(new Legend(), json),
        "meta" => Filled(new DynamicObj.DynamicObj(), json),
        _ when name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal) => Filled(new LinearAxis(), json),
        _ => throw new NotSupportedException($"There is no Plotly.NET object for '{name}'."),
    };
}
