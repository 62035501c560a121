// Where plotly.js can be loaded, a drawing that is to be seen becomes a chart. Narrow screens and paper keep their drawings.
(function () {
  /*chart*/
  function colorsOf(figure) {
    var colors = {}, pair = /var\(--light,(#\w{6})\)var\(--dark,(#\w{6})\)/g, style = figure.getAttribute("style");
    for (var found = pair.exec(style); found; found = pair.exec(style)) colors[found[1]] = found[2];
    return colors;
  }
  function show(figure) {
    var drawing = figure.querySelector(".wide, .only"), old = figure.querySelector(".chart"), box = document.createElement("div");
    figure.classList.remove("charted");
    var size = drawing.getBoundingClientRect();
    if (!size.width) return;
    box.className = "chart";
    if (old) old.remove();
    drawing.after(box);
    var isDark = getComputedStyle(figure).getPropertyValue("--theme").trim() === "dark";
    Promise.resolve().then(function () {
      return courseChart.draw(box, figure.querySelector("script[type='application/json']").textContent, {
        paper: getComputedStyle(drawing.querySelector("rect")).fill, words: drawing.getAttribute("aria-label"),
        colors: isDark ? colorsOf(figure) : null, width: size.width, height: size.height });
    }).then(function () { figure.classList.add("charted"); }, function () { box.remove(); });
  }
  var shown = new Set(), near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      courseChart.load().then(function () { shown.add(entry.target.parentElement); show(entry.target.parentElement); }, function () {});
    });
  }, { rootMargin: "400px" });
  document.querySelectorAll("figure.figure > script[type='application/json']").forEach(function (data) {
    near.observe(data.parentElement.querySelector(".wide, .only"));
  });
  var waiting;
  function again() { clearTimeout(waiting); waiting = setTimeout(function () { shown.forEach(show); }, 200); }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("resize", again);
})();
