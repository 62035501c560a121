using System.Diagnostics.CodeAnalysis;

namespace Course.Checks;

/// <summary>How .NET Interactive shows a verdict: it asks by these names and never calls <c>ToHtml</c> of itself.</summary>
internal sealed class VerdictFormatterSource
{
    [SuppressMessage("Performance", "CA1822", Justification = "The host calls it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new VerdictFormatter("text/html", verdict => verdict.ToHtml()),
        new VerdictFormatter("text/plain", verdict => verdict.ToString()),
    ];
}

/// <summary>Writes a verdict in one MIME type.</summary>
internal sealed class VerdictFormatter(string mimeType, Func<Verdict, string> text)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not Verdict verdict)
            return false;
        writer.Write(text(verdict));
        return true;
    }
}

/// <summary>Names the formatters of a type, by the name and the properties that .NET Interactive looks for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
