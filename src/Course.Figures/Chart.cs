namespace Course.Figures;

/// <summary>What a page needs to show a figure as an interactive chart where plotly.js can be loaded.</summary>
public static class Chart
{
    /// <summary>
    /// Declares <c>courseChart</c>, for a page or for an output by itself. <c>load()</c> gives a promise of plotly.js, once a page, and
    /// gives up after four seconds or on any error. <c>draw(box, text, style)</c> draws the chart whose JSON is the text. Of the style,
    /// <c>paper</c> is the colour behind it, <c>words</c> its alternative text, <c>colors</c> the dark forms of its colours, or null on a
    /// light page. A colour scale keeps its colours, unless it is that of lines on paper. The characters that XML reserves are avoided:
    /// the page may be HTML or XHTML.
    /// </summary>
    public const string Script = """
        var courseChart = {
          load: function () {
            return window.coursePlotly = window.coursePlotly || new Promise(function (resolve, reject) {
              if (window.Plotly) return resolve();
              var script = document.createElement('script');
              script.src = 'https://cdn.plot.ly/plotly-2.35.2.min.js';
              script.integrity = 'sha384-cCVCZkAjYNxaYKbM8lsArLznDF/SvMFr1jcZrvOpSTCa0W40ZAdLzHCEulnUa5i7';
              script.crossOrigin = 'anonymous';
              script.onload = function () { window.Plotly ? resolve() : reject(); };
              script.onerror = reject;
              setTimeout(reject, 4000);
              document.head.appendChild(script);
            });
          },
          recolor: function (value, key, owner, style) {
            if (typeof value === 'string') {
              if (/bgcolor$/.test(key)) return style.paper;
              if (!style.colors) return value;
              var rgba = /^rgba\((\d+),(\d+),(\d+),([\d.]+)\)$/.exec(value);
              if (!rgba) return value === '#FFFFFF' ? value : style.colors[value] || value;
              var hex = '#' + [1, 2, 3].map(function (i) { return (256 + Number(rgba[i])).toString(16).slice(1); }).join('').toUpperCase();
              var dark = style.colors[hex];
              if (!dark) return value;
              return 'rgba(' + [1, 3, 5].map(function (i) { return parseInt(dark.substr(i, 2), 16); }).join(',') + ',' + rgba[4] + ')';
            }
            if (value === null || typeof value !== 'object') return value;
            if (key === 'colorscale') { if (!owner.contours || owner.contours.coloring !== 'lines') return value; }
            if (['x', 'y', 'z', 'array', 'arrayminus'].indexOf(key) !== -1) return value;
            Object.keys(value).forEach(function (name) { value[name] = courseChart.recolor(value[name], name, value, style); });
            return value;
          },
          draw: function (box, text, style) {
            var chart = courseChart.recolor(JSON.parse(text), '', null, style);
            if (style.width) { chart.layout.width = style.width; chart.layout.height = style.height; }
            box.setAttribute('role', 'img');
            box.setAttribute('aria-label', style.words);
            var bar = window.matchMedia('(hover: hover)').matches ? 'hover' : false;
            return Promise.resolve(window.Plotly.newPlot(box, chart.data, chart.layout, { displaylogo: false, displayModeBar: bar }));
          }
        };
        """;

    /// <summary>The inks of a figure and of its chart.</summary>
    internal static IEnumerable<Ink> InksOf(Figure figure) => new[] { Theme.Paper, Theme.Text, Theme.Muted, Theme.AxisLine, Theme.Grid }
        .Concat(Styled.Of(figure).SelectMany(panel => panel.SelectMany(InksOf))).DistinctBy(ink => ink.Light);

    private static IEnumerable<Ink> InksOf(Styled style) => style.Trace is ContourTrace { Ink: null, Filled: false } contour
        ? PlotlyTraces.LineInks().Concat(contour.Levels.Select((_, k) => contour.InkOf(k)))
        : [style.Ink];
}
