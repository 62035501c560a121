using System.Diagnostics.CodeAnalysis;

namespace Course.Figures;

/// <summary>Makes the formatters of <see cref="Table"/>.</summary>
public sealed class TableFormatterSource
{
    /// <summary>The formatters for HTML and plain text.</summary>
    /// <returns>One formatter per MIME type.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "The hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => (value as Table)?.ToHtml()),
        new MimeFormatter("text/plain", value => (value as Table)?.ToString()),
    ];
}
