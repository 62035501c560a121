using System.Text.Json.Serialization;

namespace Course.Protocol;

/// <summary>The messages' converters, made by the compiler: a process that lives for a second has no time to make them.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(ChildEvent))]
internal sealed partial class MessageJson : JsonSerializerContext;
