// Redraws the figures of a page for the value of a slider, without a kernel and without a network. The data are those of FamilyJson,
// and the geometry is that of PanelDrawing (Course.Figures): places along an axis in ten-thousandths, pixels from a drawing's marks.
(() => {
  "use strict";
  const row = 16;
  const marker = {
    circle: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", square: "m-3.5 -3.5h7v7h-7z", diamond: "m0 -5l5 5l-5 5l-5 -5z",
    triangle: "m0 -5l4.8 8.4h-9.6z", cross: "m-4.5 0h9m-4.5 -4.5v9", saltire: "m-3.5 -3.5l7 7m0 -7l-7 7",
  };

  const px = v => +v.toFixed(2) + 0;
  const clamp = (v, low, high) => Math.max(low, Math.min(v, high));
  const axis = ([from, to]) => place => place === null ? NaN : clamp(from + place / 1e4 * (to - from), -20000, 20000);
  const outline = (x, y, w, h) => `M${px(x)} ${px(y)}h${px(w)}v${px(h)}h${px(-w)}z`;

  function path(points) {
    let d = "", run = 0;
    const end = () => { if (run === 1) d += "h0.01"; run = 0; };
    for (const [x, y] of points) {
      if (isNaN(x + y)) end();
      else d += (run++ ? "L" : "M") + px(x) + " " + px(y);
    }
    end();
    return d;
  }

  // The shape of each kind of part, from the values of its trace and the axes of its panel.
  const shapes = {
    line: (of, x, y) => path(of("x").map((v, i) => [x(v), y(of("y")[i])])),
    area(of, x, y) {
      let d = "", lower = [], upper = [];
      const end = () => { if (upper.length > 1) d += path([...upper, ...lower.reverse()]) + "z"; lower = []; upper = []; };
      of("x").forEach((v, i) => {
        const at = x(v), low = y(of("l")[i]), high = y(of("u")[i]);
        if (isNaN(at + low + high)) return end();
        lower.push([at, low]);
        upper.push([at, high]);
      });
      end();
      return d;
    },
    bars: (of, x, y) => of("y").map((v, i) => {
      const left = x(of("a")[i]), right = x(of("b")[i]), top = y(v), ground = y(of("o")[0]);
      return isNaN(left + right + top) ? ""
        : outline(Math.min(left, right), Math.min(top, ground), Math.abs(right - left), Math.abs(ground - top));
    }).join(""),
    steps(of, x, y) {
      const edges = of("x").map(x), ground = px(y(of("o")[0]));
      return `M${px(edges[0])} ${ground}` + of("y").map((v, i) => `V${px(y(v))}H${px(edges[i + 1])}`).join("") + `V${ground}z`;
    },
    points: (of, x, y, mark) => of("x").map((v, i) => {
      const w = of("y")[i];
      return v === null || w === null || v < 0 || v > 1e4 || w < 0 || w > 1e4 ? "" : `M${px(x(v))} ${px(y(w))}${marker[mark]}`;
    }).join(""),
    errors: (of, x, y) => of("x").map((v, i) => {
      const at = x(v), low = y(of("m")[i]), high = y(of("n")[i]);
      return isNaN(at + low + high) ? "" : `M${px(at - 4)} ${px(high)}h8m-4 0V${px(low)}m-4 0h8`;
    }).join(""),
  };

  function wrap(text, width, most) {
    const lines = [];
    for (const word of text.split(" ").filter(Boolean)) {
      const longer = lines.length ? lines[lines.length - 1] + " " + word : word;
      if (!lines.length || width(longer) > most) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  }

  // Points on all that is drawn, close enough together to tell whether a note would cover it.
  function covered(panel, values, guides, x, y) {
    const points = [];
    const dense = line => line.slice(1).forEach(([toX, toY], i) => {
      const [fromX, fromY] = line[i], length = Math.abs(toX - fromX) + Math.abs(toY - fromY);
      if (isNaN(length)) return;
      const steps = Math.trunc(clamp(length / 8, 1, 200));
      for (let k = 0; k < steps; k++) points.push([fromX + (toX - fromX) * k / steps, fromY + (toY - fromY) * k / steps]);
    });
    const [left, top, w, h] = panel.plot;
    for (const [vertical, place] of guides)
      dense(vertical ? [[x(place), top], [x(place), top + h]] : [[left, y(place)], [left + w, y(place)]]);
    for (const { key, kind } of panel.parts) {
      const xs = values[key + ".x"], ys = values[key + (kind === "area" ? ".u" : ".y")];
      const line = xs && ys && ys.map((v, i) => [x(xs[i]), y(v)]);
      if (kind === "line" || kind === "area") dense(line);
      else if (kind === "steps" || kind === "points" && !panel.parts.some(part => part.key === key && part.kind === "line"))
        points.push(...line);
    }
    return points;
  }

  // Lines across the panel and notes on points, each label where it covers least.
  function notes(panel, values) {
    const x = axis(panel.x), y = axis(panel.y), [left, top, w, h] = panel.plot, written = [];
    const guides = values[panel.index + ".guides"] || [], marks = values[panel.index + ".notes"] || [];
    const points = covered(panel, values, guides, x, y);
    const width = text => [...text].reduce((sum, c) => sum + values.widths[c], 0) * 0.12;
    const drawn = { guides: "", leaders: "", points: "", boxes: "", labels: [] };
    function write(text, places) {
      const lines = wrap(text, width, Math.max(90, w / 2));
      const bw = Math.max(0, ...lines.map(width)) + 4, bh = Math.max(1, lines.length) * row;
      let least = Infinity, box;
      for (const [wx, wy] of places(bw, bh)) {
        const bx = clamp(wx, left, left + w - bw), by = clamp(wy, top, top + h - bh);
        const cost = 1000 * written.filter(([ox, oy, ow, oh]) => bx < ox + ow && ox < bx + bw && by < oy + oh && oy < by + bh).length
          + points.filter(([qx, qy]) => qx >= bx && qx <= bx + bw && qy >= by && qy <= by + bh).length;
        if (cost < least) [least, box] = [cost, [bx, by, bw, bh]];
      }
      written.push(box);
      drawn.boxes += outline(...box);
      lines.forEach((line, i) => drawn.labels.push([line, px(box[0] + bw / 2), px(box[1] + 12 + i * row)]));
      return box;
    }
    for (const [vertical, place, label] of guides) {
      const at = (vertical ? x : y)(place);
      drawn.guides += vertical ? `M${px(at)} ${px(top)}v${px(h)}` : `M${px(left)} ${px(at)}h${px(w)}`;
      if (label !== null) write(label, (bw, bh) => vertical
        ? [0, 1, 2, 3, 4].flatMap(k => [at + 4, at - 4 - bw].map(bx => [bx, top + 2 + k * row]))
        : [left + w - bw - 2, left + 4, left + w / 2 - bw / 2].flatMap(bx => [at - bh - 1, at + 2].map(by => [bx, by])));
    }
    for (const [atX, atY, text, dx, dy] of marks) {
      const mx = x(atX), my = y(atY);
      const [bx, by, bw, bh] = write(text, (bw, bh) => (dx === null && dy === null
        ? [[1, -1], [-1, -1], [1, 1], [-1, 1], [0, -1.4], [0, 1.4], [1.6, -0.4], [-1.6, -0.4]]
          .map(d => [d[0] * (26 + bw / 2), d[1] * (18 + bh / 2)])
        : [[dx || 0, dy || 0]]).map(d => [mx + d[0] - bw / 2, my + d[1] - bh / 2]));
      const toX = clamp(mx, bx, bx + bw), toY = clamp(my, by, by + bh);
      if (Math.abs(toX - mx) + Math.abs(toY - my) > 4) drawn.leaders += `M${px(mx)} ${px(my)}L${px(toX)} ${px(toY)}`;
      drawn.points += `M${px(mx - 3)} ${px(my)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`;
    }
    return drawn;
  }

  const valuesAt = (family, step) => Object.assign({}, family.figure, family.steps[step]);
  const shape = (part, panel, values) =>
    shapes[part.kind](name => values[`${part.key}.${name}`] || [], axis(panel.x), axis(panel.y), part.marker);

  if (typeof module === "object") {
    module.exports = { valuesAt, shape, notes };
    return;
  }

  const numbers = text => text.split(" ").map(Number);
  function panelsOf(svg) {
    return [...svg.querySelectorAll("[data-panel]")].map(group => ({
      group, index: group.dataset.panel, x: numbers(group.dataset.x), y: numbers(group.dataset.y), plot: numbers(group.dataset.plot),
      parts: [...group.querySelectorAll("[data-trace]")].map(part =>
        ({ paths: part.querySelectorAll(":scope > path"), key: part.dataset.trace, kind: part.dataset.kind, marker: part.dataset.marker })),
    }));
  }

  function redraw(panel, values) {
    for (const part of panel.parts) part.paths.forEach(p => p.setAttribute("d", shape(part, panel, values)));
    const drawn = notes(panel, values);
    for (const part of panel.group.querySelectorAll("[data-kind=notes] > path")) part.setAttribute("d", drawn[part.dataset.part]);
    panel.group.querySelector("[data-part=labels]").replaceChildren(...drawn.labels.map(([text, x, y]) => {
      const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
      label.setAttribute("x", x);
      label.setAttribute("y", y);
      label.textContent = text;
      return label;
    }));
  }

  function start(slider) {
    const family = JSON.parse(slider.querySelector(".slider-data").textContent), svgs = [...slider.querySelectorAll("svg")];
    const panels = svgs.flatMap(panelsOf), input = slider.querySelector("input"), caption = slider.querySelector("figcaption");
    if (!panels.length) return;
    let said = family.figure.text;
    function show() {
      const step = +input.value, now = valuesAt(family, step), text = family.values[step] + (family.unit && " " + family.unit);
      panels.forEach(panel => redraw(panel, now));
      for (const s of svgs) s.ariaLabel = s.ariaLabel.replace(said, () => now.text);
      said = now.text;
      if (caption) caption.firstChild.data = now.caption;
      slider.querySelector("output").textContent = text;
      input.setAttribute("aria-valuetext", text);
    }
    input.addEventListener("input", show);
    if (+input.value !== family.at) show();
    slider.querySelector(".slider-control").hidden = false;
  }

  for (const slider of document.querySelectorAll(".slider")) {
    try { start(slider); } catch (error) { console.warn(error); }
  }
})();
