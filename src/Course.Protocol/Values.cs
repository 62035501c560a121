using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Course.Protocol;

/// <summary>
/// How values cross between a check and an answer: as JSON, in a closed list of shapes, each with its converter made by the compiler. NaN
/// and the infinities are written by name; every other double comes back bit for bit.
/// </summary>
public static class Values
{
    /// <summary>Whether values of a type can cross.</summary>
    public static bool Has(Type type) => ValueJson.Default.GetTypeInfo(type) is not null;

    /// <summary>A value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="NotSupportedException">The type is none of the shapes.</exception>
    public static JsonElement ToJson(object? value, Type type) => JsonSerializer.SerializeToElement(value, ShapeOf(type));

    /// <summary>A value of a type.</summary>
    /// <exception cref="JsonException">The JSON is no value of that type.</exception>
    /// <exception cref="NotSupportedException">The type is none of the shapes.</exception>
    public static object? FromJson(JsonElement json, Type type) => json.Deserialize(ShapeOf(type));

    private static JsonTypeInfo ShapeOf(Type type) => ValueJson.Default.GetTypeInfo(type)
        ?? throw new NotSupportedException($"values of the type {type} cannot be sent; what can is numbers, texts, and arrays of them");
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(double[][]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ValueJson : JsonSerializerContext;
