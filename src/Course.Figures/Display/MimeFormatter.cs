namespace Course.Figures;

/// <summary>Writes an object in one MIME type.</summary>
public sealed class MimeFormatter
{
    private readonly Func<object, string?> _text;

    internal MimeFormatter(string mimeType, Func<object, string?> text)
    {
        MimeType = mimeType;
        _text = text;
    }

    /// <summary>The MIME type.</summary>
    public string MimeType { get; }

    /// <summary>Writes an object.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="writer">Where it is written.</param>
    /// <returns>False, with nothing written, when the object is of another type.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_text(instance) is not { } text) return false;
        writer.Write(text);
        return true;
    }
}
