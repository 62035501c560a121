namespace Course.Figures;

/// <summary>Writes a figure as part of a page.</summary>
internal static class FigureHtml
{
    // One for each figure: an output has to work by itself, wherever a host puts it. The drawing stays where there is no plotly.js.
    private const string Script = """
        (function () {
          §chart
          var colors = §colors;
          courseChart.load().then(function () {
            Array.prototype.forEach.call(document.querySelectorAll('figure[data-figure="§id"]'), function (figure) {
              var svg = figure.querySelector('svg');
              if (!svg || figure.getAttribute('data-drawn')) return;
              figure.setAttribute('data-drawn', 'true');
              var size = svg.getBoundingClientRect(), isDark = getComputedStyle(svg).getPropertyValue('--theme').trim() === 'dark';
              var box = document.createElement('div');
              figure.insertBefore(box, svg);
              var text = figure.querySelector('script[type="application/json"]').textContent;
              Promise.resolve().then(function () {
                return courseChart.draw(box, text, {
                  paper: getComputedStyle(svg.querySelector('rect')).fill, words: svg.querySelector('desc').textContent,
                  colors: isDark ? colors : null, width: size.width, height: size.height });
              }).then(function () { svg.style.display = 'none'; }, function () { box.remove(); });
            });
          }, function () { });
        })();
        """;

    public static string Write(Figure figure)
    {
        var svg = FigureSvg.Draw(figure);
        var id = svg.Split("id=\"", 2)[1].Split('"', 2)[0];
        var caption = figure.Caption is { } text
            ? $"<figcaption style=\"font-size:0.9em;max-width:{Number.Plain(figure.Width)}px\">{SvgWriter.Escape(text)}</figcaption>\n"
            : "";
        return $"<figure data-figure=\"{id}\" style=\"margin:1em 0\">\n{svg}\n{caption}"
            + $"<script type=\"application/json\">{figure.ToPlotlyJson()}</script>\n"
            + $"<script>\n{ScriptOf(figure, id)}\n</script>\n</figure>";
    }

    private static string ScriptOf(Figure figure, string id)
    {
        var colors = Chart.InksOf(figure).Select(ink => $"'{ink.Light}': '{ink.Dark}'");
        return Script.Replace("§id", id, StringComparison.Ordinal)
            .Replace("§colors", $"{{ {string.Join(", ", colors)} }}", StringComparison.Ordinal)
            .Replace("§chart", Chart.Script, StringComparison.Ordinal);
    }
}
