using System.Text.Json.Nodes;
using Microsoft.FSharp.Collections;
using Plotly.NET;
using Figure = Course.Figures.Figure;

namespace Course.Interactive;

/// <summary>The course's figures in Plotly.NET.</summary>
public static class FigureExtensions
{
    /// <summary>The figure as a Plotly.NET chart, which Plotly.NET's own functions style further.</summary>
    /// <param name="figure">The figure.</param>
    /// <returns>A chart with the figure's data and layout; it has no caption, which is not Plotly's.</returns>
    public static GenericChart ToPlotlyNet(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return ToPlotlyNet(JsonNode.Parse(figure.ToPlotlyJson())!.AsObject());
    }

    /// <summary>A figure in Plotly's schema as a chart.</summary>
    internal static GenericChart ToPlotlyNet(JsonObject figure) => GenericChart.fromFigure(Plotly.NET.Figure.create(
        ListModule.OfSeq(figure["data"]!.AsArray().Select(trace => PlotlyObjects.Trace(trace!.AsObject()))),
        PlotlyObjects.Layout(figure["layout"]!.AsObject())));
}
