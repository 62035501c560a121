using System.Diagnostics.CodeAnalysis;

namespace Course.Figures;

/// <summary>Makes the formatters of <see cref="FigureFamily"/>.</summary>
public sealed class FigureFamilyFormatterSource
{
    /// <summary>The formatters for HTML, SVG, Plotly and plain text, and for the slider on the page of a notebook.</summary>
    /// <returns>One formatter per MIME type.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "The hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => (value as FigureFamily)?.ToHtml()),
        new MimeFormatter("image/svg+xml", value => (value as FigureFamily)?.ToSvg()),
        new MimeFormatter("application/vnd.plotly.v1+json", value => (value as FigureFamily)?.ToPlotlyJson()),
        new MimeFormatter("application/vnd.relative-entropy.slider+json", value => (value as FigureFamily)?.ToSliderJson()),
        new MimeFormatter("text/plain", value => (value as FigureFamily)?.ToString()),
    ];
}
