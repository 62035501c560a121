using System.Diagnostics.CodeAnalysis;

namespace Course.Figures;

/// <summary>Makes the formatters of <see cref="Figure"/>.</summary>
public sealed class FigureFormatterSource
{
    /// <summary>The formatters for HTML, SVG, Plotly and plain text.</summary>
    /// <returns>One formatter per MIME type.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "The hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => (value as Figure)?.ToHtml()),
        new MimeFormatter("image/svg+xml", value => (value as Figure)?.ToSvg()),
        new MimeFormatter("application/vnd.plotly.v1+json", value => (value as Figure)?.ToPlotlyJson()),
        new MimeFormatter("text/plain", value => (value as Figure)?.ToString()),
    ];
}
