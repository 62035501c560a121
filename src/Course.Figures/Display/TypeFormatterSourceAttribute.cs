namespace Course.Figures;

/// <summary>
/// Names the formatters of a type. .NET Interactive finds this attribute by its name and its properties, wherever it is
/// declared, so that a library shows its types without referencing it.
/// </summary>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to show, each of which must have a formatter.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
