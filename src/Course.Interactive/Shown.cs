using System.Net;
using Course.Figures;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET.Interactive;
using RelativeEntropy;

namespace Course.Interactive;

/// <summary>How the kernel shows figures and the library's types once the extension is loaded.</summary>
internal static class Shown
{
    public static void Register()
    {
        Formatter.Register<Figure>(Html, HtmlFormatter.MimeType);
        Register<BetaBernoulli>(Portrait.Of);
        Register<DirichletCategorical>(Portrait.Of);
        Register<GammaPoisson>(Portrait.Of);
        Register<NormalGamma>(Portrait.Of);
        Register<NormalNormal>(Portrait.Of);
        Formatter.Register<Generator>(f => Definition(f) + Html(Portrait.Of(f)), HtmlFormatter.MimeType);
    }

    private static void Register<T>(Func<T, Figure?> portrait)
        where T : class => Formatter.Register<T>((value, context) =>
        {
            if (portrait(value) is not { } figure)
                return false;
            context.Writer.Write(Html(figure));
            return true;
        }, HtmlFormatter.MimeType);

    /// <summary>The chart, and the drawing for as long as no plotly.js has drawn the chart: offline it stays.</summary>
    private static string Html(Figure figure) => $"""
        <figure role="img" aria-label="{WebUtility.HtmlEncode(figure.AlternativeText)}" style="margin:1em 0">
        <style>figure:has(.js-plotly-plot) > svg {"{"} display: none {"}"}</style>
        {Formatters.toInteractiveHTML(figure.ToPlotlyNet())}
        {figure.WithCaption(null).ToSvg()}
        {(figure.Caption is { } caption ? $"<figcaption style=\"font-size:0.9em\">{WebUtility.HtmlEncode(caption)}</figcaption>" : "")}
        </figure>
        """;

    private static string Definition(Generator f) =>
        $"<p><b>{WebUtility.HtmlEncode(f.Name)}</b>: D(p ‖ q) = Σ q<sub>i</sub> f(p<sub>i</sub>/q<sub>i</sub>), f(u) = {WebUtility.HtmlEncode(f.Citation)}</p>\n";
}
