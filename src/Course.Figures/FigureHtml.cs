namespace Course.Figures;

/// <summary>Writes a figure as part of a page.</summary>
internal static class FigureHtml
{
    private const string PlotlyVersion = "2.35.2";
    private const string PlotlyHash = "sha384-cCVCZkAjYNxaYKbM8lsArLznDF/SvMFr1jcZrvOpSTCa0W40ZAdLzHCEulnUa5i7";

    // Loads plotly.js once per page and gives up after four seconds or on any error; then the drawing stays. It avoids the
    // characters that XML reserves, so that the page may be either HTML or XHTML.
    private const string Script = """
        (function () {
          var id = '§id', colors = §colors;
          function draw() {
            Array.prototype.forEach.call(document.querySelectorAll('figure[data-figure="' + id + '"]'), function (figure) {
              var svg = figure.querySelector('svg');
              if (!svg || figure.getAttribute('data-drawn')) return;
              figure.setAttribute('data-drawn', 'true');
              try {
                var text = figure.querySelector('script[type="application/json"]').textContent;
                if (getComputedStyle(svg).getPropertyValue('--theme').trim() === 'dark')
                  text = text.replace(/#[0-9A-F]{6}/g, function (color) { return colors[color] || color; });
                var chart = JSON.parse(text), size = svg.getBoundingClientRect(), div = document.createElement('div');
                chart.layout.paper_bgcolor = chart.layout.plot_bgcolor = getComputedStyle(svg.querySelector('rect')).fill;
                if (size.width) { chart.layout.width = size.width; chart.layout.height = size.height; }
                div.setAttribute('role', 'img');
                div.setAttribute('aria-label', svg.querySelector('desc').textContent);
                figure.insertBefore(div, svg);
                Promise.resolve(window.Plotly.newPlot(div, chart.data, chart.layout, { displaylogo: false }))
                  .then(function () { svg.style.display = 'none'; }, function () { div.remove(); });
              } catch (error) { if (div) div.remove(); }
            });
          }
          if (window.Plotly) return draw();
          window.coursePlotly = window.coursePlotly || new Promise(function (resolve, reject) {
            var script = document.createElement('script');
            script.src = 'https://cdn.plot.ly/plotly-§version.min.js';
            script.integrity = '§hash';
            script.crossOrigin = 'anonymous';
            script.onload = function () { window.Plotly ? resolve() : reject(); };
            script.onerror = reject;
            setTimeout(reject, 4000);
            document.head.appendChild(script);
          });
          window.coursePlotly.then(draw, function () { });
        })();
        """;

    public static string Write(Figure figure)
    {
        var svg = figure.ToSvg();
        var id = svg.Split("id=\"", 2)[1].Split('"', 2)[0];
        var caption = figure.Caption is { } text
            ? $"<figcaption style=\"font-size:0.9em;max-width:{Number.Plain(figure.Width)}px\">{SvgWriter.Escape(text)}</figcaption>\n"
            : "";
        return $"<figure data-figure=\"{id}\" style=\"margin:1em 0\">\n{svg}\n{caption}"
            + $"<script type=\"application/json\">{figure.ToPlotlyJson()}</script>\n"
            + $"<script>\n{ScriptOf(figure, id)}\n</script>\n</figure>";
    }

    private static IEnumerable<Ink> InksOf(Styled style) => style.Trace is ContourTrace { Ink: null, Filled: false } contour
        ? PlotlyTraces.LineInks().Concat(contour.Levels.Select((_, k) => contour.InkOf(k)))
        : [style.Ink];

    private static string ScriptOf(Figure figure, string id)
    {
        Ink[] inks = [Theme.Paper, Theme.Text, Theme.Muted, Theme.AxisLine, Theme.Grid,
            .. Styled.Of(figure).SelectMany(panel => panel.SelectMany(InksOf))];
        var colors = inks.DistinctBy(ink => ink.Light).Select(ink => $"'{ink.Light}': '{ink.Dark}'");
        return Script.Replace("§id", id, StringComparison.Ordinal)
            .Replace("§colors", $"{{ {string.Join(", ", colors)} }}", StringComparison.Ordinal)
            .Replace("§version", PlotlyVersion, StringComparison.Ordinal)
            .Replace("§hash", PlotlyHash, StringComparison.Ordinal);
    }
}
