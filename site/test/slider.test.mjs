// The script of a slider draws what the library draws: for each step of a family with parts of every kind, every coordinate of the redrawn
// shapes is that of the drawing in C# (FamilyTests.cs writes these) to what the rounding of the data allows.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const path = new URL("../../src/Course.Notebooks/Pages/sliders.js", import.meta.url);
const module = { exports: {} };
vm.runInNewContext(readFileSync(path, "utf8"), { module });
const { valuesAt, shape, notes } = module.exports;
const { family, drawings } = JSON.parse(readFileSync(new URL("slider-drawings.json", import.meta.url), "utf8"));

// A ten-thousandth of an axis is less than 0.1 pixel here; half of it, and the rounding of both to hundredths.
const tolerance = 0.06;

const attribute = (tag, name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
const numbers = text => text.split(" ").map(Number);
const unescaped = text => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");

// The marks of a drawing, read without a browser: panels, their parts, and the shapes of these.
function panelsOf(svg) {
  return svg.split("<g data-panel").slice(1).map(text => {
    const tag = " data-panel" + text.slice(0, text.indexOf(">"));
    const parts = text.split("<g data-trace").slice(1).map(part => {
      const open = " data-trace" + part.slice(0, part.indexOf(">"));
      const inner = part.slice(0, part.indexOf("</g>")).replace(/<defs>.*?<\/defs>/s, "");
      return {
        key: attribute(open, "data-trace"), kind: attribute(open, "data-kind"), marker: attribute(open, "data-marker"),
        shapes: [...inner.matchAll(/<path d="([^"]*)"/g)].map(match => match[1]),
      };
    });
    const drawn = text.slice(text.indexOf('data-kind="notes"'));
    return {
      index: attribute(tag, "data-panel"), x: numbers(attribute(tag, "data-x")), y: numbers(attribute(tag, "data-y")),
      plot: numbers(attribute(tag, "data-plot")), parts,
      notes: Object.fromEntries([...drawn.matchAll(/<path d="([^"]*)"[^>]* data-part="(\w+)"/g)].map(match => [match[2], match[1]])),
      labels: [...drawn.matchAll(/<text x="([^"]*)" y="([^"]*)">([^<]*)<\/text>/g)]
        .map(match => [unescaped(match[3]), +match[1], +match[2]]),
    };
  });
}

function assertSameShape(actual, expected, what) {
  const split = text => [text.replace(/-?[\d.]+(?:e-?\d+)?/g, "#"), (text.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)];
  const [[form, values], [wanted, places]] = [split(actual), split(expected)];
  assert.equal(form, wanted, what);
  values.forEach((value, i) => assert.ok(Math.abs(value - places[i]) <= tolerance, `${what}: ${value} for ${places[i]}`));
}

for (const { step, svg } of drawings) {
  const width = attribute(svg, "width"), values = valuesAt(family, step), panels = panelsOf(svg);
  const where = `a = ${family.values[step]}, ${width} wide`;

  test(`traces at ${where}`, () => {
    const kinds = new Set(panels.flatMap(panel => panel.parts.map(part => part.kind)));
    assert.deepEqual([...kinds].sort(), ["area", "bars", "errors", "line", "points", "steps"]);
    for (const panel of panels)
      for (const part of panel.parts) {
        assert.ok(part.shapes.length > 0);
        for (const expected of part.shapes) assertSameShape(shape(part, panel, values), expected, `${part.kind} of ${part.key}`);
      }
  });

  test(`notes at ${where}`, () => {
    assert.ok(panels.some(panel => panel.labels.length > 2));
    for (const panel of panels) {
      const drawn = notes(panel, values);
      for (const [part, expected] of Object.entries(panel.notes))
        assertSameShape(drawn[part], expected, `${part} of panel ${panel.index}`);
      assert.deepEqual(Array.from(drawn.labels, label => label[0]), panel.labels.map(label => label[0]));
      drawn.labels.forEach(([text, x, y], i) => assertSameShape(`${x} ${y}`, `${panel.labels[i][1]} ${panel.labels[i][2]}`, `“${text}”`));
    }
  });
}

test("a step changes what it says, and nothing else", () => {
  const base = valuesAt(family, family.at);
  assert.deepEqual(JSON.parse(JSON.stringify(base)), family.figure);
  family.steps.forEach((changes, step) => {
    const values = valuesAt(family, step);
    for (const key of Object.keys(family.figure)) assert.deepEqual(values[key], changes[key] ?? family.figure[key]);
  });
});
